"""What a build takes over from the generation before, and what it writes anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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


def plan(supplies: Sequence[Supply], parts: Sequence[Part], sizes: Mapping[str, int]) -> Plan:
    """Decide by the digests of the documents what of the parts before stays, moves and goes.

    A part stays where all its documents do, unless it is no larger than what is to be written anyway: it is
    then written with it, so that parts grow in number with the logarithm of the builds, not with the builds.
    Nothing is ever marked as deleted: what goes is not written again. `sizes` are those of `sizes_of`.
    """
    wanted = {supply.id: supply for supply in supplies}
    before = _held(parts)
    same = {name for name, one in wanted.items() if _is_same(one, before)}
    items: dict[str, Item] = {one.id: one for one in supplies if one.id not in same}
    whole = [part for part in parts if all(held.id in same for held in part.documents)]
    for part in parts:
        if part not in whole:
            items |= {held.id: Moved(part, held) for held in part.documents if held.id in same}
    kept = _join_small(whole, items, sizes)
    ordered = [(supply.id, items[supply.id]) for supply in supplies if supply.id in items]
    return Plan(
        kept=tuple(part for part in whole if part in kept),
        fresh=tuple(_divided(ordered, sizes)),
        added=tuple(name for name in wanted if name not in before),
        changed=tuple(name for name in wanted if name in before and name not in same),
        removed=tuple(name for name in before if name not in wanted),
        unchanged=tuple(name for name in wanted if name in same),
    )


def sizes_of(supplies: Iterable[Supply], parts: Iterable[Part]) -> dict[str, int]:
    """Count the passages of each document, loading those alone that are not held and do not say."""
    before = _held(parts)
    return {one.id: before[one.id].passages if _is_same(one, before) else _count(one) for one in supplies}


def _held(parts: Iterable[Part]) -> dict[str, Held]:
    return {held.id: held for part in parts for held in part.documents}


def _is_same(supply: Supply, before: Mapping[str, Held]) -> bool:
    return supply.id in before and before[supply.id].digest == supply.digest


def _count(supply: Supply) -> int:
    return len(supply.load().passages) if supply.passages is None else supply.passages


def _join_small(whole: Iterable[Part], items: dict[str, Item], sizes: Mapping[str, int]) -> list[Part]:
    """Move the documents of parts that are small beside what is written; return the parts that stay."""
    kept = sorted(whole, key=lambda part: part.passages)
    writing = sum(sizes[name] for name in items)
    while kept and items and kept[0].passages <= min(writing, JOINED_UP_TO):
        part = kept.pop(0)
        items |= {held.id: Moved(part, held) for held in part.documents}
        writing += part.passages
    return kept


def _divided(items: Iterable[tuple[str, Item]], sizes: Mapping[str, int]) -> Iterator[tuple[Item, ...]]:
    """Divide documents, in their order, into parts of no more than LARGEST_PART passages."""
    part: list[Item] = []
    size = 0
    for name, item in items:
        if part and size + sizes[name] > LARGEST_PART:
            yield tuple(part)
            part, size = [], 0
        part.append(item)
        size += sizes[name]
    if part:
        yield tuple(part)
