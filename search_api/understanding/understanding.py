"""A question as its conditions and its topic."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.authority import Authority, normalise
from corpus.documents import Source
from corpus.understanding import ANY, Condition, Facet, Understanding, numbered
from search_api.understanding.cues import FIELDS, KINDS, STATUSES, Table
from search_api.understanding.documents import documents_asked
from search_api.understanding.numbers import FIRST_YEAR, LAST_YEAR, YEAR, items_in, years_in
from search_api.understanding.parties import parties_in
from search_api.understanding.sections import Named, sections_asked
from search_api.words import words_of

SHORT_SPAN = 2
"""A span of more years than this tells nothing apart: it covers most of what is held."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a question is understood by: the authority file, the documents, and their meetings and plans."""

    authority: Authority
    sources: tuple[Source, ...]
    sections: tuple[Named, ...]


def understand(question: str, known: Known) -> Understanding:
    """Read what a question states about what it seeks, and the names in it that have another form."""
    section = _section(question, known)
    document = documents_asked(question, known.sources)
    if section and section.values and document and not re.search(YEAR, document.words):
        document = None  # "the ACMW work plan" is a plan, not every document that holds plans
    taken = [one for one in (document, section) if one]
    found = [*taken, *_years(question, taken), *parties_in(question, known.authority)]
    found += _cued(question, Facet.STATUS, STATUSES)
    naming = section.words if section else ""
    found += [one for one in _cued(question, Facet.KIND, KINDS) if one.words not in naming]
    found += _cued(question, Facet.FIELD, FIELDS)
    found += _numbers(question)
    found = [replace(one, only=_is_exclusive(question, one)) for one in found]
    return Understanding(
        conditions=tuple(one for one in found if one.values),
        unmet=tuple(one for one in found if not one.values),
        topic=_topic(question, found),
        expansions=_expansions(question, known.authority),
        spellings=_spellings(question, known.authority),
    )


def _is_exclusive(question: str, condition: Condition) -> bool:
    """Whether "only" stands shortly before the words of a condition: "only by Thailand"."""
    first = condition.words.split(", ")[0]
    before = r"\b(?:only|solely|exclusively)\s+(?:\w+\s+){0,3}"
    return bool(first) and bool(re.search(before + re.escape(first), question, re.IGNORECASE))


def _section(question: str, known: Known) -> Condition | None:
    """The meetings or plans named; without values where one of that number is not held."""
    asked = sections_asked(question, known.sections, known.authority)
    if not asked.named:
        return None
    named = [one for one in known.sections if one.key in asked.keys]
    naming = {word for one in named for word in (*one.words, *one.nouns, *words_of(" ".join(one.places)))}
    naming |= {f"{noun}s" for one in named for noun in one.nouns}
    words = [word for word in question.split() if naming.intersection(words_of(word))]
    return Condition(Facet.SECTION, asked.keys, " ".join(words))


def _years(question: str, taken: Sequence[Condition]) -> Iterator[Condition]:
    """The years that name neither a document nor a meeting."""
    used = {year for one in taken for year in re.findall(YEAR, one.words + " ".join(one.values))}
    for first, last, words in years_in(question):
        telling = last - first <= SHORT_SPAN or first == FIRST_YEAR or last == LAST_YEAR
        if telling and used.isdisjoint(re.findall(YEAR, words)):
            yield Condition(Facet.YEAR, (f"{first}-{last}",), words)


def _cued(question: str, facet: Facet, table: Table) -> Iterator[Condition]:
    for pattern, values in table:
        if words := [match.group() for match in pattern.finditer(question)]:
            yield Condition(facet, tuple(map(str, values)), ", ".join(dict.fromkeys(words)))


def _numbers(question: str) -> Iterator[Condition]:
    for noun, number, words in items_in(question):
        kinds = [kind for pattern, values in KINDS if pattern.fullmatch(noun) for kind in values]
        yield Condition(Facet.NUMBER, tuple(numbered(number, kind) for kind in kinds or [ANY]), words)


def _topic(question: str, conditions: Iterable[Condition]) -> str:
    """The question without the words of its conditions."""
    taken = {word for one in conditions for word in words_of(one.words)}
    return " ".join(word for word in question.split() if not words_of(word) or set(words_of(word)) - taken)


def _expansions(question: str, authority: Authority) -> tuple[tuple[str, str], ...]:
    """Each acronym or full name in a question, with the other one."""
    pairs = []
    for mention in authority.mentions(question):
        entry, typed = mention.entry, question[mention.start : mention.end]
        if entry.acronym and entry.name:
            other = entry.name if typed.casefold() == entry.acronym.casefold() else entry.acronym
            pairs.append((typed, other))
    return tuple(dict.fromkeys(pairs))


def _spellings(question: str, authority: Authority) -> tuple[tuple[str, str], ...]:
    """Each member state in another spelling than its own ("Vietnam"), with its own."""
    named = [m for m in authority.mentions(question) if m.entry.kind == "country"]
    pairs = [(question[mention.start : mention.end], mention.entry.name) for mention in named]
    alike = [pair for pair in pairs if pair[0] != pair[1] and normalise(pair[0]) == normalise(pair[1])]
    return tuple(dict.fromkeys(alike))
