"""Which passages a filter lets through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from corpus.answers import Filters
from corpus.records import Commitment, Passage


def admits(filters: Filters, passage: Passage, commitments: Sequence[Commitment] = ()) -> bool:
    """Say whether a passage passes every filter; within one filter any of its values will do.

    What the commitments in it say counts as said by the passage: their kinds, responsible bodies,
    countries among coordinators and partners, and periods.
    """
    return (
        _any(filters.documents, (passage.document,))
        and _any(filters.kinds, (passage.kind, *(one.kind for one in commitments)))
        and _any(filters.bodies, chain(passage.bodies, *(one.body_ids for one in commitments)))
        and _any(filters.countries, chain(passage.countries, *map(_parties, commitments)))
        and _any_overlaps(filters, (passage.years, *(one.years for one in commitments)))
    )


def _parties(commitment: Commitment) -> tuple[str, ...]:
    return (*commitment.body_ids, *commitment.coordinator_ids, *commitment.partner_ids)


def _any(wanted: Iterable[str], present: Iterable[str]) -> bool:
    wanted = frozenset(wanted)
    return not wanted or not wanted.isdisjoint(present)


def _any_overlaps(filters: Filters, periods: Iterable[tuple[int, int] | None]) -> bool:
    return any(overlaps(filters.first_year, filters.last_year, years) for years in periods)


def overlaps(first: int | None, last: int | None, years: tuple[int, int] | None) -> bool:
    """Say whether years touch those asked for; no years pass only where none are asked for."""
    if first is None and last is None:
        return True
    if years is None:
        return False
    return (last is None or years[0] <= last) and (first is None or years[1] >= first)
