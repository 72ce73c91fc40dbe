"""Questions that the register answers: every commitment that meets what is stated, counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from corpus.answers import Filters, Records
from corpus.records import Commitment, CommitmentKind
from corpus.understanding import Condition, Facet, Understanding, numbered, years_of
from index.filtering import admits, overlaps
from index.matching import MATCHES
from index.words import FUNCTION_WORDS
from search_api.reading import Reading
from search_api.words import words_of

LISTING = frozenset({Facet.COORDINATOR, Facet.PARTNER, Facet.STATUS, Facet.NUMBER})
"""Facets that only the register knows: one of them makes a question one about records."""
NARROWING = frozenset({Facet.BODY, Facet.DOCUMENT, Facet.SECTION, Facet.YEAR})
"""Facets of which two, or one with a kind, make a question one about records."""
APPLIED = LISTING | NARROWING | {Facet.KIND}

ASKING = frozenset(
    """
    activities activity asean assign assigned bodies body carry commitment commitments coordinate
    coordinated coordinates coordinating coordinator coordinators countries country everything find give
    given hold host hosted hosting hosts item items lead leading leads list listed member members name
    named organise organised organises organising partner partners party planned potential programme
    project projects responsible schedule scheduled show state states status table task tasks text texts
    thing things use work year years
    """.split()  # noqa: SIM905 - a paragraph of words is read more easily than a list of strings
)
"""Words that ask for records rather than say what they are about."""
FULL = 0.999
"""A match, or a coverage, of everything asked."""


def records_of(reading: Reading, understanding: Understanding, filters: Filters) -> Records | None:
    """Return every commitment that meets all that a question states; None where it states too little.

    Conditions of one facet are alternatives. A condition on the kind is dropped where nothing is of
    that kind. What is left of the question's words must stand in each commitment or its context.
    """
    if not _is_about_records(understanding.conditions):
        return None
    conditions = tuple(one for one in understanding.conditions if one.facet in APPLIED)
    topic = _topic_words(understanding.topic)
    for applied in (conditions, tuple(one for one in conditions if one.facet != Facet.KIND)):
        found = tuple(_meeting_all(reading, applied, topic, filters))
        if found:
            return Records(applied, " ".join(topic), found)
    return None


def _is_about_records(conditions: Sequence[Condition]) -> bool:
    facets = {one.facet for one in conditions}
    kinds = {Facet.KIND} if any(_of_commitments(one) for one in conditions) else set()
    led = Facet.BODY in facets and any("coordinators" in one.values for one in conditions)
    return led or bool(facets & LISTING) or len(facets & NARROWING | kinds) > 1


def _of_commitments(condition: Condition) -> bool:
    known = {kind.value for kind in CommitmentKind}
    return condition.facet == Facet.KIND and not known.isdisjoint(condition.values)


def _topic_words(topic: str) -> tuple[str, ...]:
    words = (word for word in words_of(topic) if len(word) > 1)
    return tuple(word for word in words if word not in FUNCTION_WORDS and word not in ASKING)


def _meeting_all(
    reading: Reading, conditions: Sequence[Condition], topic: Sequence[str], filters: Filters
) -> Iterator[Commitment]:
    held = reading.holding(" ".join(topic)) if topic else None
    by_facet: dict[Facet, list[Condition]] = {}
    for condition in conditions:
        by_facet.setdefault(condition.facet, []).append(condition)
    for one in reading.commitments_meeting(conditions):
        passage = reading.generation.passage(one.passage)
        if passage is None or (held is not None and passage.id not in held):
            continue
        if _meets(one, reading, by_facet.values()) and admits(filters, passage, (one,)):
            yield one


def _meets(one: Commitment, reading: Reading, alternatives: Iterable[Sequence[Condition]]) -> bool:
    return all(any(_meets_one(one, reading, condition) for condition in row) for row in alternatives)


def _meets_one(one: Commitment, reading: Reading, condition: Condition) -> bool:
    """The period need only touch the years asked for; a party must have the role, not just be named."""
    passage = reading.passage(one.passage)
    values = frozenset(condition.values)
    if condition.facet == Facet.KIND:
        return one.kind.value in values
    if condition.facet == Facet.NUMBER:
        return not values.isdisjoint((numbered(one.number), numbered(one.number, one.kind)))
    if condition.facet == Facet.YEAR:
        return any(overlaps(*years_of(value), one.years) for value in values)
    return MATCHES[condition.facet](values, passage, (one,)) >= FULL
