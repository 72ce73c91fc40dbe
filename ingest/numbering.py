"""Numbers that a list lost in extraction, and numbers that belong to a quoted text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.headings import SECOND, TOP
from ingest.markers import Marker, Style
from ingest.nesting import at_depth
from ingest.pieces import Piece

NUMBERED = (Style.DECIMAL, Style.LETTER)


@dataclass(slots=True)
class _Chain:
    """The last numbered item of a list and the dashes after it."""

    before: Marker | None = None
    run: list[int] = field(default_factory=list)


def restored(pieces: Sequence[Piece], ranks: Sequence[int]) -> tuple[Piece, ...]:
    """Give dash items the number that their place between two numbered items leaves for them.

    k dashes between items p and q are items of that list only where q - p - 1 = k, and k dashes at
    its head only where q - 1 = k; any other dashes are sub-items, and so are those that a layout shows at
    another depth; at the same depth any bullet is as good as a dash. `ranks` are those of the pieces as
    headings: no list goes on over a heading of the two highest.
    """
    fixed = list(pieces)
    for style in NUMBERED:
        chains: dict[int, _Chain] = {}
        for i, piece in enumerate(fixed):
            marker = piece.marker
            if ranks[i] in (TOP, SECOND):
                chains.clear()
            if marker is None:
                continue
            chain = at_depth(chains, piece.depth, _Chain)
            if marker.style is style:
                _fill(fixed, chain.run, chain.before, marker)
                chain.before, chain.run = fixed[i].marker, []
            elif marker.style is Style.BULLET and (marker.label == "-" or piece.depth is not None):
                chain.run.append(i)
    return tuple(fixed)


def _fill(pieces: list[Piece], run: Sequence[int], before: Marker | None, after: Marker) -> None:
    """Number the dashes of a run that fits between two markers exactly."""
    starts_anew = before is None or after.value <= before.value
    first = 0 if starts_anew or before is None else before.value
    if not run or after.value - first - 1 != len(run):
        return
    for number, i in enumerate(run, first + 1):
        marker = pieces[i].marker
        if marker is not None:
            name = str(number) if after.style is Style.DECIMAL else chr(ord("a") + number - 1)
            pieces[i] = replace(
                pieces[i], marker=replace(marker, style=after.style, number=name, inferred=True)
            )


def quoted(pieces: Sequence[Piece]) -> frozenset[int]:
    """Indices of numbered paragraphs quoted from another text: their number breaks a chain that goes on.

    In 15, 19, 16 the 19 is quoted, since 16 still comes. Items that a layout shows at different depths are
    of different chains.
    """
    chains: dict[int, list[tuple[int, int]]] = {}
    held: list[list[tuple[int, int]]] = []
    for i, piece in enumerate(pieces):
        if piece.marker is not None and (piece.depth is not None or piece.marker.style is Style.DECIMAL):
            chain = at_depth(chains, piece.depth, list)
            if piece.marker.style is Style.DECIMAL:
                held += [] if chain else [chain]
                chain.append((i, piece.marker.value))
    return frozenset(i for chain in held for i in _quoted(chain))


def _quoted(chain: Sequence[tuple[int, int]]) -> Iterator[int]:
    """The quoted ones of a chain of indices with their numbers."""
    last = 0
    for at, (i, value) in enumerate(chain):
        ahead = [later for _, later in chain[at + 1 : at + 4]]
        if last and value not in (1, last + 1) and last + 1 in ahead:
            yield i
        else:
            last = value
