"""Nesting of lists: which items are open, and where one whose depth the layout knows stands among them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ingest.markers import Marker, Style
from ingest.pieces import Piece, PieceKind

Form = tuple[str, bool]
"""Style and form of a marker; True last of a bullet before a small letter, where depths are not known."""

DEEPEST = 12
"""Levels of a list that are told apart; the five texts have three."""
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Item:
    """An item of an open list: the form and value of its marker, its block, and what led to its list.

    `depth` is that of the layout, None where only forms tell; `continued` that a later item numbers on.
    """

    form: Form
    value: int
    block: int
    lead: int | None = None
    depth: int | None = None
    continued: bool = False


def form_of(piece: Piece, marker: Marker) -> Form:
    """The form by which items of one list are known."""
    low = piece.depth is None and marker.style is Style.BULLET and piece.starts_low
    return marker.style + marker.form, low


def continued(pieces: Sequence[Piece], ranks: Sequence[int]) -> frozenset[int]:
    """Indices of numbered items from which a later one of their depth and form numbers on.

    What stands between the two belongs to the first. No list goes on over a heading, nor, where depths
    are known, over an item that stands further out.
    """
    found: set[int] = set()
    last: dict[int, dict[str, tuple[int, int]]] = {}
    for i, (piece, rank) in enumerate(zip(pieces, ranks, strict=True)):
        if rank:
            last.clear()
        elif piece.kind is PieceKind.TEXT and piece.marker is not None:
            lists, value = at_depth(last, piece.depth, dict), piece.marker.value
            before, number = lists.get(form := form_of(piece, piece.marker)[0], (i, 0))
            if 0 < number == value - 1:
                found.add(before)
            lists[form] = i, value
    return frozenset(found)


Held = TypeVar("Held")


def at_depth(held: dict[int, Held], depth: int | None, new: Callable[[], Held]) -> Held:
    """What is held of the lists of a depth; that of deeper ones ends. Those of unknown depth are apart."""
    if depth is None:
        return held.setdefault(UNKNOWN, new())
    for deeper in [one for one in held if one > depth]:
        del held[deeper]
    return held.setdefault(depth, new())


def level_of(
    items: Sequence[Item], marker: Marker, form: Form, depth: int, introducing: Collection[int | None]
) -> int:
    """How many of the open items an item of known depth stands below.

    Those that stand deeper are left. One of its own depth is left too, but where it has another form and
    a later item numbers on from it, or where its block is `introducing` others: then the new list is part
    of it. An item whose depth is not known holds all others, as in a text.
    """
    beside = next((i for i, item in enumerate(items) if (item.form, item.depth) == (form, depth)), None)
    if beside is not None:
        return beside
    for i, item in enumerate(items):
        if item.depth is None:
            if item.form == form or (marker.style is Style.DECIMAL and item.block not in introducing):
                return i
        elif item.depth > depth or (item.depth == depth and not _holds(item, introducing)):
            return i
    return len(items)


def _holds(item: Item, introducing: Collection[int | None]) -> bool:
    """Whether an item holds others of its own depth."""
    return item.continued or item.block in introducing


def is_of(item: Item, form: Form, depth: int) -> bool:
    """Whether an open item is one of the list that an item of known depth goes on with."""
    return item.form == form and item.depth in (depth, None)
