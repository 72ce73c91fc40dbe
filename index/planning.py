"""What a build takes over from the generation before, and what it writes anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.outline import Held, Part
from index.supplies import Supply

LARGEST_PART = 65_536
"""Passages of a part, unless one document alone has more. Removing a document rewrites so many at most; a
million are then some sixteen parts, each of which a search looks into."""
JOINED_UP_TO = 16_384
"""Passages of a part that is written again with others, so that adding a document never rewrites many."""


@dataclass(frozen=True, slots=True)
class Moved:
    """An unchanged document whose part is written anew."""

    part: Part
    held: Held


Item = Supply | Moved
"""A document to be written: loaded, or read from the generation before."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The parts that stay as they are, and the documents of each part to be written."""

    kept: tuple[Part, ...]
    fresh: tuple[tuple[Item, ...], ...]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]


def plan(supplies: Sequence[Supply], parts: Sequence[Part]) -> Plan:
    """Decide by the digests of the documents what of the parts before stays, moves and goes.

    A part stays where all its documents do, unless it is no larger than what is to be written anyway: it is
    then written with it, so that parts grow in number with the logarithm of the builds, not with the builds.
    Nothing is ever marked as deleted: what goes is not written again.
    """
    wanted = {supply.id: supply for supply in supplies}
    before = {held.id: held for part in parts for held in part.documents}
    same = {name for name, one in wanted.items() if name in before and before[name].digest == one.digest}
    items: dict[str, Item] = {one.id: one for one in supplies if one.id not in same}
    whole = [part for part in parts if all(held.id in same for held in part.documents)]
    for part in parts:
        if part not in whole:
            items |= {held.id: Moved(part, held) for held in part.documents if held.id in same}
    kept = _join_small(whole, items)
    ordered = [items[supply.id] for supply in supplies if supply.id in items]
    return Plan(
        kept=tuple(part for part in whole if part in kept),
        fresh=tuple(_divided(ordered)),
        added=tuple(name for name in wanted if name not in before),
        changed=tuple(name for name in wanted if name in before and name not in same),
        removed=tuple(name for name in before if name not in wanted),
        unchanged=tuple(name for name in wanted if name in same),
    )


def size_of(item: Item) -> int:
    """Return the number of passages of a document."""
    return item.held.passages if isinstance(item, Moved) else item.passages


def _join_small(whole: Iterable[Part], items: dict[str, Item]) -> list[Part]:
    """Move the documents of parts that are small beside what is written; return the parts that stay."""
    kept = sorted(whole, key=lambda part: part.passages)
    writing = sum(map(size_of, items.values()))
    while kept and items and kept[0].passages <= min(writing, JOINED_UP_TO):
        part = kept.pop(0)
        items |= {held.id: Moved(part, held) for held in part.documents}
        writing += part.passages
    return kept


def _divided(items: Iterable[Item]) -> Iterator[tuple[Item, ...]]:
    """Divide documents, in their order, into parts of no more than LARGEST_PART passages."""
    part: list[Item] = []
    size = 0
    for item in items:
        if part and size + size_of(item) > LARGEST_PART:
            yield tuple(part)
            part, size = [], 0
        part.append(item)
        size += size_of(item)
    if part:
        yield tuple(part)
