"""How far a passage, with the commitments in it, is what a question states that it seeks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from corpus.authority import normalise
from corpus.records import OPEN_END, Commitment, Passage
from corpus.understanding import Condition, Facet, numbered, section_key, years_of

Values = frozenset[str]
Match = Callable[[Values, Passage, Sequence[Commitment]], float]
"""How far (0 to 1) any of some values is that of a passage and of the commitments in it."""

MENTIONED = 0.3
"""What naming a party counts beside its being a commitment's body or coordinator."""
NAMED_YEAR = 0.8
"""What naming a year counts beside a commitment's having just that period."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def _document(values: Values, passage: Passage, _commitments: Sequence[Commitment]) -> float:
    return float(passage.document in values)


def _section(values: Values, passage: Passage, _commitments: Sequence[Commitment]) -> float:
    return float(bool(passage.section) and section_key(passage.document, passage.section[0]) in values)


def _responsible(values: Values, passage: Passage, commitments: Sequence[Commitment]) -> float:
    if any(not values.isdisjoint((*one.body_ids, *one.coordinator_ids)) for one in commitments):
        return 1.0
    return MENTIONED * (not values.isdisjoint((*passage.bodies, *passage.countries)))


def _partner(values: Values, _passage: Passage, commitments: Sequence[Commitment]) -> float:
    return float(any(not values.isdisjoint(one.partner_ids) for one in commitments))


def _party(values: Values, passage: Passage, commitments: Sequence[Commitment]) -> float:
    roles = ((*one.body_ids, *one.coordinator_ids, *one.partner_ids) for one in commitments)
    named = (*passage.bodies, *passage.countries)
    return float(not values.isdisjoint(named) or any(not values.isdisjoint(row) for row in roles))


def _year(values: Values, passage: Passage, commitments: Sequence[Commitment]) -> float:
    """The share of years in common with a commitment's period, or that the words name one of them."""
    named = years_named(passage)
    best = 0.0
    for value in values:
        first, last = years_of(value)
        shares = [_overlap((first, last), one.years) for one in commitments if one.years]
        best = max([best, NAMED_YEAR * any(first <= year <= last for year in named), *shares])
    return best


def years_named(passage: Passage) -> list[int]:
    """List the years that the words and cells of a passage name."""
    words = " ".join((passage.text, *(cell for _, cell in passage.cells)))
    return [int(year) for year in _YEAR.findall(words)]


def _status(values: Values, _passage: Passage, commitments: Sequence[Commitment]) -> float:
    return float(any(normalise(one.status) in values for one in commitments if one.status))


def _kind(values: Values, passage: Passage, commitments: Sequence[Commitment]) -> float:
    return float(passage.kind in values or any(one.kind in values for one in commitments))


def _number(values: Values, passage: Passage, commitments: Sequence[Commitment]) -> float:
    return float(not values.isdisjoint(numbers_of(passage, commitments)))


def numbers_of(passage: Passage, commitments: Sequence[Commitment]) -> Iterator[str]:
    """Yield the numbers of a passage and of its commitments, with their kind and without."""
    pairs = [(passage.number, passage.kind.value), *((one.number, one.kind.value) for one in commitments)]
    for number, kind in pairs:
        if number:
            yield from (numbered(number), numbered(number, kind))


MATCHES: Mapping[Facet, Match] = {
    Facet.DOCUMENT: _document,
    Facet.SECTION: _section,
    Facet.BODY: _responsible,
    Facet.COORDINATOR: _responsible,
    Facet.PARTNER: _partner,
    Facet.PARTY: _party,
    Facet.YEAR: _year,
    Facet.STATUS: _status,
    Facet.KIND: _kind,
    Facet.NUMBER: _number,
}
"""The facets that a passage is matched on."""


def match(conditions: Iterable[Condition], passage: Passage, commitments: Sequence[Commitment]) -> float:
    """Return the best match of a passage among conditions of one facet, 0 to 1."""
    return max(
        (MATCHES[one.facet](frozenset(one.values), passage, commitments) for one in conditions), default=0.0
    )


def _overlap(asked: tuple[int, int], period: tuple[int, int]) -> float:
    """Years in common as a share of those in either; a period without an end is taken as one year."""
    period = (period[0], period[0] if period[1] == OPEN_END else period[1])
    common = min(asked[1], period[1]) - max(asked[0], period[0]) + 1
    either = max(asked[1], period[1]) - min(asked[0], period[0]) + 1
    return max(0, common) / either
