"""The part of a quote that says most of what was asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from corpus.documents import Span
from index.lexical import Term

Stems = Callable[[str], frozenset[str]]
"""Gives the stems of the words of a text."""

_END = re.compile(r"[.;!?](?:\s*\[?\d{0,2}\]?)\s+(?=[A-Z(“\"•\-–\d])|\n\s*\n")


def part_of(quote: str, terms: Sequence[Term], stems: Stems) -> Span:
    """Find the sentence of a quote that holds most of a question's terms, weighed by their idf.

    Of equal ones the first; the whole quote where no sentence holds any.
    """
    best, most = Span(0, len(quote)), 0.0
    for span in sentences_of(quote):
        held = stems(quote[span.start : span.end])
        weight = sum(term.idf for term in terms if not held.isdisjoint(term.stems))
        if weight > most:
            best, most = span, weight
    return best


def words_in(text: str, terms: Sequence[Term], stems: Stems) -> tuple[str, ...]:
    """Return the words of a question, as typed, that stand in a text in any of their forms."""
    held = stems(text)
    return tuple(term.word for term in terms if not held.isdisjoint(term.stems))


def sentences_of(quote: str) -> Iterator[Span]:
    """Cut a quote where a sentence, or a part set off by a semicolon, ends; white space belongs to none."""
    start = 0
    for edge in [*(found.end() for found in _END.finditer(quote)), len(quote)]:
        words = quote[start:edge]
        if words.strip():
            first = start + len(words) - len(words.lstrip())
            yield Span(first, first + len(words.strip()))
        start = edge
