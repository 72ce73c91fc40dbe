"""Near-duplicates: the same words in two places become one statement with both citations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from corpus.answers import Statement
from search_api.words import Trigram, trigrams_of, words_of

Print = tuple[frozenset[Trigram], tuple[str, ...]]
"""What two quotes are compared by: their word trigrams, and their figures in order."""

SAME_WORDS = 0.8
"""Share of word trigrams that two quotes must have in common (Jaccard) to be one statement.

A re-typed sentence differs in a word or a hyphen here and there and stays above it; two items of one
list that begin alike ("Ensure that ... ") stay far below.
"""

_LABEL = re.compile(r"^\W*(?:\d{1,3}(?:\.\d{1,3})*[.)]|[a-z][.)])\s+")


def fold_duplicates(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Fold each statement into the first one that says the same, keeping its citations there.

    Quotes whose figures differ (a year, a number of a meeting) are never folded; the number of a
    list item at the head of a quote does not count as one.
    """
    kept: list[Statement] = []
    prints: list[Print] = []
    for statement in statements:
        mark = _print(statement.quote)
        twin = next((place for place, other in enumerate(prints) if _same(mark, other)), None)
        if twin is None:
            kept.append(statement)
            prints.append(mark)
        else:
            kept[twin] = _join(kept[twin], statement)
    return tuple(kept)


def _print(quote: str) -> Print:
    words = words_of(_LABEL.sub("", quote.casefold()))
    figures = tuple(word for word in words if any(char.isdigit() for char in word))
    return trigrams_of(words), figures


def _same(one: Print, other: Print) -> bool:
    shared, either = len(one[0] & other[0]), len(one[0] | other[0])
    return one[1] == other[1] and shared >= SAME_WORDS * either


def _join(statement: Statement, twin: Statement) -> Statement:
    return replace(statement, citations=statement.citations + twin.citations)
