"""Which passages have each value that a question or a filter can ask for, listed when a part is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corpus.answers import Filters
from corpus.authority import normalise
from corpus.records import OPEN_END, Commitment, Passage, PassageKind
from corpus.understanding import Condition, Facet, section_key, years_of
from index.arrays import Positions
from index.matching import numbers_of, years_named
from index.store import Posting

SELECTING = frozenset(
    {Facet.SECTION, Facet.BODY, Facet.COORDINATOR, Facet.PARTNER, Facet.STATUS, Facet.NUMBER, Facet.YEAR}
)
"""Facets by which passages are put forward though they share no word with the question."""
SELECT, MEET, FILTER = "select", "meet", "filter"
"""What a posting is looked up for: to put passages forward, to keep those that match at all, to filter."""
HELD: Posting = (MEET, "record", "")
"""The passages that hold a commitment."""
SEARCHABLE: Posting = (MEET, "searchable", "")
"""The passages that a search can return."""


def postings_of(rows: Iterable[tuple[Passage, Sequence[Commitment]]]) -> dict[Posting, NDArray[np.int32]]:
    """List the places, from 0 in the order given, of the passages that have each value."""
    found: defaultdict[Posting, list[int]] = defaultdict(list)
    for place, (passage, commitments) in enumerate(rows):
        for key in set(_keys(passage, commitments)):
            found[key].append(place)
    return {key: np.array(places, dtype=np.int32) for key, places in found.items()}


def _keys(passage: Passage, commitments: Sequence[Commitment]) -> Iterator[Posting]:
    if commitments:
        yield HELD
    if passage.kind != PassageKind.CONTENTS:
        yield SEARCHABLE
        yield from ((SELECT, facet, value) for facet, value in _selecting(passage, commitments))
    yield from ((MEET, facet, value) for facet, value in _meeting(passage, commitments) if value)
    yield from ((FILTER, facet, value) for facet, value in _filtered(passage, commitments))


def _selecting(passage: Passage, commitments: Sequence[Commitment]) -> Iterator[tuple[str, str]]:
    if passage.section:
        yield Facet.SECTION, section_key(passage.document, passage.section[0])
    yield from ((Facet.NUMBER, value) for value in numbers_of(passage, commitments))
    for one in commitments:
        for party in (*one.body_ids, *one.coordinator_ids):
            yield Facet.BODY, party
            yield Facet.COORDINATOR, party
        yield from ((Facet.PARTNER, party) for party in one.partner_ids)
        if status := normalise(one.status):
            yield Facet.STATUS, status
        if one.years:
            yield Facet.YEAR, str(one.years[0])


def _meeting(passage: Passage, commitments: Sequence[Commitment]) -> Iterator[tuple[str, str]]:
    """Every value of a condition that `index.matching` finds a passage to meet to any degree."""
    yield Facet.DOCUMENT, passage.document
    if passage.section:
        yield Facet.SECTION, section_key(passage.document, passage.section[0])
    yield from ((Facet.NUMBER, value) for value in numbers_of(passage, commitments))
    yield from ((Facet.KIND, kind) for kind in (passage.kind.value, *(one.kind.value for one in commitments)))
    yield from ((Facet.STATUS, normalise(one.status)) for one in commitments if one.status)
    yield from ((Facet.YEAR, str(year)) for year in _years(passage, commitments))
    named = (*passage.bodies, *passage.countries)
    leads = [party for one in commitments for party in (*one.body_ids, *one.coordinator_ids)]
    partners = [party for one in commitments for party in one.partner_ids]
    for party in (*named, *leads):
        yield Facet.BODY, party
        yield Facet.COORDINATOR, party
    yield from ((Facet.PARTNER, party) for party in partners)
    yield from ((Facet.PARTY, party) for party in (*named, *leads, *partners))


def _years(passage: Passage, commitments: Sequence[Commitment]) -> Iterator[int]:
    yield from years_named(passage)
    for one in commitments:
        if one.years:
            first, last = one.years
            yield from range(first, (first if last == OPEN_END else last) + 1)


def _filtered(passage: Passage, commitments: Sequence[Commitment]) -> Iterator[tuple[str, str]]:
    """What `index.filtering` asks of a passage and the commitments in it."""
    yield "document", passage.document
    yield from (("kind", kind) for kind in (passage.kind.value, *(one.kind.value for one in commitments)))
    yield from (("body", body) for body in passage.bodies)
    yield from (("country", country) for country in passage.countries)
    for one in commitments:
        yield from (("body", body) for body in one.body_ids)
        yield from (("country", p) for p in (*one.body_ids, *one.coordinator_ids, *one.partner_ids))
    periods = (passage.years, *(one.years for one in commitments))
    yield from (("period", f"{years[0]}-{years[1]}") for years in periods if years)


Lookup = Callable[[Posting], Positions]
"""Gives the places of the passages of a posting, in any order."""


class Postings:
    """Looks up which passages of a generation have what is asked for."""

    def __init__(self, count: int, lookup: Lookup, values: Callable[[str, str], Iterable[str]]) -> None:
        """Take the number of passages, what looks a posting up, and what lists the values of a facet."""
        self._count = count
        self._lookup = lookup
        self._values = values

    def candidates(self, conditions: Iterable[Condition], limit: int) -> Positions:
        """Return at most `limit` positions that meet a condition, those that meet most of them first."""
        selecting = [one for one in conditions if one.facet in SELECTING]
        if not selecting:
            return np.zeros(0, dtype=np.int64)
        met = np.zeros(self._count, dtype=np.uint8)
        for one in selecting:
            met += self._any(SELECT, one.facet, _listed(one))
        best = [np.flatnonzero(met == times) for times in range(int(met.max(initial=0)), 0, -1)]
        return np.concatenate([*best, np.zeros(0, dtype=np.int64)])[:limit]

    def meeting(self, condition: Condition) -> Positions:
        """Return the positions that meet a condition to any degree, ascending."""
        return np.flatnonzero(self._any(MEET, condition.facet, _listed(condition)))

    def passing(self, filters: Filters) -> Positions | None:
        """Return the positions that pass the filters, ascending; None where there is nothing to filter.

        They are those that `index.filtering.admits` lets through.
        """
        if filters == Filters():
            return None
        passing = np.ones(self._count, dtype=bool)
        wanted = {
            "document": filters.documents,
            "kind": filters.kinds,
            "body": filters.bodies,
            "country": filters.countries,
        }
        for facet, values in wanted.items():
            if values:
                passing &= self._any(FILTER, facet, values)
        if filters.first_year is not None or filters.last_year is not None:
            passing &= self._any(FILTER, "period", self._periods(filters.first_year, filters.last_year))
        return np.flatnonzero(passing)

    @cached_property
    def holding_records(self) -> NDArray[np.bool_]:
        """Which passages hold a commitment."""
        return self._mask([HELD])

    @cached_property
    def searchable(self) -> NDArray[np.bool_]:
        """Which passages a search can return."""
        return self._mask([SEARCHABLE])

    def _periods(self, first: int | None, last: int | None) -> list[str]:
        found = []
        for value in self._values(FILTER, "period"):
            begins, ends = years_of(value)
            if (last is None or begins <= last) and (first is None or ends >= first):
                found.append(value)
        return found

    def _any(self, use: str, facet: str, values: Iterable[str]) -> NDArray[np.bool_]:
        return self._mask([(use, facet, value) for value in values])

    def _mask(self, keys: Iterable[Posting]) -> NDArray[np.bool_]:
        mask = np.zeros(self._count, dtype=bool)
        for key in keys:
            mask[self._lookup(key)] = True
        return mask


def _listed(condition: Condition) -> Iterator[str]:
    if condition.facet != Facet.YEAR:
        yield from condition.values
        return
    for value in condition.values:
        first, last = years_of(value)
        yield from map(str, range(first, last + 1))
