"""Words and phrases that must stand in a commitment, its headings or its theme."""

from __future__ import annotations

import re

from corpus.records import Commitment
from search_api.words import words_of

TERM = re.compile(r'"([^"]*)"?|(\S+)')
QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'))


def terms_of(text: str) -> tuple[str, ...]:
    """Read words and "phrases"; a word with a hyphen is a phrase, one that ends in * a beginning.

    Each term is its words in one case, a space around each, as `searchable` writes them; the beginning
    of a word lacks the space after it.
    """
    found = [phrase or word for phrase, word in TERM.findall(text.translate(QUOTES))]
    return tuple(dict.fromkeys(filter(None, map(_term, found))))


def _term(written: str) -> str:
    words = _folded(written)
    return f" {words}{'' if written.endswith('*') else ' '}" if words else ""


def searchable(commitment: Commitment) -> str:
    """The words of a commitment, its headings and its theme; no phrase runs from one to the next."""
    parts = (commitment.text, *commitment.section, commitment.theme)
    return f" {' | '.join(map(_folded, parts))} "


def _folded(text: str) -> str:
    return " ".join(words_of(text))
