"""Documents that a question names by what they are and when they are of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus.documents import Source
from corpus.understanding import Condition, Facet
from search_api.understanding.numbers import years_in

NOUNS = {
    "work-programme": (
        r"(?:(?:asean\s+)?(?:labou?r\s+ministers?['’]?|alm)\s+)?work\s*program(?:me)?s?|alm\s*wp|almwp"
    ),
    "work-plans": r"work\s*plans?",
    "mission-report": r"mission(?: report)?s?|(?:mission )?reports?",
    "paper": r"papers?",
}
"""What people call a document of each kind of the catalogue; other kinds are called by their own words."""
SHORTEST, LONGEST = 3, 10
"""Years between the first and the last of a programme."""

Years = tuple[int, int, str]


def documents_asked(question: str, sources: Iterable[Source]) -> Condition | None:
    """Return the documents that a question names by kind, by period or by both; None where by neither.

    A kind alone ("the work programme") names every document of it. The condition has no values where
    the period given is of no document of that kind.
    """
    held = tuple(sources)
    years = years_in(question)
    called = {source.kind: _noun(source.kind).search(question) for source in held}
    named = [source for source in held if called[source.kind]]
    dated = _dated(named, years) or _dated([source for source in held if source.period], _periods(years))
    if dated:
        words = [found.group() for found in called.values() if found] + [dated[0][1]]
        return Condition(Facet.DOCUMENT, _unique(source.id for source, _ in dated), ", ".join(words))
    if not named:
        return None
    if _periods(years):
        return Condition(Facet.DOCUMENT, (), _periods(years)[0][2])
    found = called[named[0].kind]
    return Condition(Facet.DOCUMENT, _unique(source.id for source in named), found.group() if found else "")


def _dated(sources: Iterable[Source], years: Sequence[Years]) -> list[tuple[Source, str]]:
    """Pair each document with the words that give its period or the year of its date."""
    return [
        (source, words)
        for source in sources
        for first, last, words in years
        if (first, last) == source.period or first == last == source.year
    ]


def _periods(years: Iterable[Years]) -> list[Years]:
    """Keep what looks like the period of a programme."""
    return [one for one in years if SHORTEST <= one[1] - one[0] <= LONGEST]


def _noun(kind: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{NOUNS.get(kind, kind.replace('-', ' '))})\b", re.IGNORECASE)


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
