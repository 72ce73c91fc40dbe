"""Meetings and plans that have a heading of their own, and the questions that name them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from corpus.authority import Authority, Entry
from corpus.understanding import section_key
from index.words import FUNCTION_WORDS
from search_api.understanding.numbers import ORDINAL, YEAR, ordinals_in
from search_api.words import words_of

MEETING_NOUNS = frozenset({"forum", "seminar", "conference", "workshop", "dialogue", "symposium", "meeting"})
PLAN_NOUNS = frozenset({"plan", "workplan"})
NOUNS = MEETING_NOUNS | PLAN_NOUNS
COMMON = FUNCTION_WORDS | {"asean", "national", "regional", "labour", "labor", "work"}
"""Words that tell no meeting of this field from another."""
TELLING = 2
"""Words that a question and a heading must share where neither place, number nor name agrees."""


@dataclass(frozen=True, slots=True)
class Named:
    """A meeting or plan: what a question can name it by.

    `entries` are of the authority file; of these, `meetings` are meetings themselves, whose bare name
    names each one held.
    """

    key: str
    nouns: frozenset[str]
    ordinals: tuple[int, ...]
    years: frozenset[int]
    entries: frozenset[str]
    meetings: frozenset[str]
    places: tuple[str, ...]
    words: frozenset[str]


def named_sections(
    headings: Iterable[tuple[str, str]], meetings: Iterable[tuple[str, str, str]], authority: Authority
) -> tuple[Named, ...]:
    """List the outermost headings that name a meeting or a plan, in the order of the texts.

    `headings` are (document, heading), `meetings` (document, heading, place of the meeting).
    """
    places = {section_key(document, heading): place for document, heading, place in meetings}
    keys = {section_key(document, heading): heading for document, heading in headings}
    found = (_named(key, heading, places.get(key, ""), authority) for key, heading in keys.items())
    return tuple(one for one in found if one.nouns)


def _named(key: str, heading: str, place: str, authority: Authority) -> Named:
    words = frozenset(words_of(heading))
    towns = tuple(part.strip().casefold() for part in place.split(",")[:1] if part.strip())
    aside = COMMON | NOUNS | frozenset(words_of(place))
    entries = [mention.entry for mention in authority.mentions(heading)]
    return Named(
        key=key,
        nouns=NOUNS & {*words, *(word.removesuffix("s") for word in words)},
        ordinals=ordinals_in(heading),
        years=frozenset(map(int, re.findall(YEAR, heading))),
        entries=frozenset(entry.id for entry in entries),
        meetings=frozenset(entry.id for entry in entries if _is_meeting(entry)),
        places=towns,
        words=frozenset(word for word in words - aside if not ORDINAL.fullmatch(word) and not word.isdigit()),
    )


def _numbers_after(question: str, authority: Authority) -> Iterator[int]:
    """Yield the numbers that stand right behind the name of a meeting, as in "AFML 5"."""
    for mention in authority.mentions(question):
        if _is_meeting(mention.entry) and (found := _NUMBER.match(question, mention.end)):
            yield int(found[1])


_NUMBER = re.compile(r"[\s-]*(\d{1,2})\b")


def _is_meeting(entry: Entry) -> bool:
    return entry.kind == "term" and not MEETING_NOUNS.isdisjoint(words_of(entry.name))


@dataclass(frozen=True, slots=True)
class Asked:
    """The meetings or plans that a question names: keys of those held, or none though it names one."""

    keys: tuple[str, ...]
    named: bool


def sections_asked(question: str, held: Iterable[Named], authority: Authority) -> Asked:
    """Find the sections that a question names; of several the best named ones.

    One of the right sort and subject but with another number ("the 6th forum") is named and not held.
    """
    asked = _named("", question, "", authority)
    asked = replace(asked, ordinals=(*asked.ordinals, *_numbers_after(question, authority)))
    folded = f" {' '.join(words_of(question))} "
    agreements = [(one, _agreement(asked, one, folded)) for one in held]
    right = [(one, agreement) for one, agreement in agreements if agreement and not _contradicts(asked, one)]
    wrong = max((agreement for one, agreement in agreements if _contradicts(asked, one)), default=0)
    if wrong > max((agreement for _, agreement in right), default=0):
        return Asked((), True)
    scores = {one.key: agreement + NUMBERED * _same_ordinal(asked, one) for one, agreement in right}
    best = max(scores.values(), default=0)
    return Asked(tuple(key for key, score in scores.items() if score == best), bool(right))


PLACE, NUMBERED, ENTRY = 4, 3, 2
"""What a place, a number and a name count beside one word shared; the order matters, not the figures."""


def _agreement(asked: Named, one: Named, question: str) -> int:
    """How well a question names a section but for its number; 0 where it does not name it."""
    place = any(f" {' '.join(words_of(town))} " in question for town in one.places)
    entries = bool(asked.entries & one.entries)
    noun = bool(asked.nouns & one.nouns)
    shared = len(asked.words & one.words)
    numbered = bool(asked.ordinals and one.ordinals)
    if not (
        place or bool(asked.meetings & one.meetings) or (noun and (entries or numbered or shared >= TELLING))
    ):
        return 0
    dated = bool(asked.years & one.years)
    return PLACE * place + ENTRY * entries + noun + dated + min(shared, TELLING)


def _contradicts(asked: Named, one: Named) -> bool:
    return bool(asked.ordinals and one.ordinals) and not _same_ordinal(asked, one)


def _same_ordinal(asked: Named, one: Named) -> bool:
    return not set(asked.ordinals).isdisjoint(one.ordinals)
