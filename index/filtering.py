"""Which passages a filter lets through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from corpus.answers import Filters
from corpus.records import Passage
from index.arrays import Positions


def allowed_positions(passages: Sequence[Passage], filters: Filters) -> Positions | None:
    """Return the places in `passages` that pass the filters, None where there is nothing to filter."""
    if filters == Filters():
        return None
    return np.array([i for i, passage in enumerate(passages) if admits(filters, passage)], dtype=np.int64)


def admits(filters: Filters, passage: Passage) -> bool:
    """Say whether a passage passes every filter; within one filter any of its values will do."""
    return (
        _any(filters.documents, (passage.document,))
        and _any(filters.kinds, (passage.kind,))
        and _any(filters.bodies, passage.bodies)
        and _any(filters.countries, passage.countries)
        and _overlaps(filters.first_year, filters.last_year, passage.years)
    )


def _any(wanted: Iterable[str], present: Iterable[str]) -> bool:
    wanted = frozenset(wanted)
    return not wanted or not wanted.isdisjoint(present)


def _overlaps(first: int | None, last: int | None, years: tuple[int, int] | None) -> bool:
    """A passage that speaks of no year passes only where no year is asked for."""
    if first is None and last is None:
        return True
    if years is None:
        return False
    return (last is None or years[0] <= last) and (first is None or years[1] >= first)
