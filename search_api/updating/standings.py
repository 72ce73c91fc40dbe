"""What became of each document from one index to the next."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from corpus.documents import Source
from ingest import pipeline


class Standing(StrEnum):
    """What became of a document."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Standings:
    """The documents of the index before and of the sources now, by what became of them, as (id, standing)."""

    rows: tuple[tuple[str, Standing], ...]

    def of(self, standing: Standing) -> tuple[str, ...]:
        """The ids of the documents of a standing, in the order of the sources."""
        return tuple(name for name, one in self.rows if one is standing)


def standings(old: Iterable[Source], new: Iterable[Source], refused: Collection[str]) -> Standings:
    """Compare the entries of the index before with the sources now; `refused` are ids that cannot be read.

    A document has changed where its bytes or what its entry states of it have. One that the index before
    held and that can no longer be read is both removed and refused.
    """
    before = {source.id: source for source in old}
    rows = [(source.id, _standing(before.get(source.id), source, refused)) for source in new]
    now = {name for name, one in rows if one is not Standing.REFUSED}
    return Standings((*rows, *((name, Standing.REMOVED) for name in before if name not in now)))


def is_same(old: Source | None, new: Source) -> bool:
    """Whether an index that holds the one entry holds what the other asks for."""
    return old is not None and pipeline.facts_of(old) == pipeline.facts_of(new)


def _standing(old: Source | None, new: Source, refused: Collection[str]) -> Standing:
    if new.id in refused:
        return Standing.REFUSED
    if old is None:
        return Standing.ADDED
    return Standing.UNCHANGED if is_same(old, new) else Standing.CHANGED
