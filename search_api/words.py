"""Words and trigrams, by which texts are compared whatever their case and punctuation."""

from __future__ import annotations

import re
from collections.abc import Sequence

Trigram = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """The words of a text in order, case and punctuation aside."""
    return _WORD.findall(text.casefold())


def trigrams_of(words: Sequence[str]) -> frozenset[Trigram]:
    """All runs of three words; of fewer words, the words themselves."""
    runs = frozenset(tuple(words[start : start + 3]) for start in range(len(words) - 2))
    return runs or frozenset({tuple(words)})
