"""The words of an index, and those of them nearest to a misspelt one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from string import ascii_lowercase

import numpy as np
from numpy.typing import NDArray

LETTERS = 27
"""Components of a word's letter counts: a to z, and one for everything else."""
SHORTEST = 4
"""Shorter words are not corrected: most of them are within one edit of another word."""
LONG = 8
"""From this many letters on a word may hold two mistakes."""


class Vocabulary:
    """Looks up the words within a small edit distance of a given one."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = [word for word in words if _correctable(word)]
        self._counts = _letter_counts(self._words)

    def corrections(self, word: str) -> list[str]:
        """Return the nearest words within distance 1, or 2 for words of eight or more letters.

        The distance counts insertions, deletions, substitutions and swaps of neighbours. Words
        with digits and words of under four letters have no corrections, and a correction keeps the
        first letter unless it swaps it with the second: few misspellings touch it (Yannakoudakis
        and Fawthrop 1983: 1.4 %), while many other words differ in it alone (deport, report).
        """
        if not _correctable(word):
            return []
        limit = 2 if len(word) >= LONG else 1
        near = [(edit_distance(word, other), other) for other in self._similar(word, limit)]
        best = min((distance for distance, _ in near), default=limit + 1)
        return sorted(other for distance, other in near if distance == best <= limit)

    def _similar(self, word: str, limit: int) -> list[str]:
        """Words whose letter counts allow the distance: one edit changes at most two counts by one."""
        change = np.abs(self._counts - _letter_counts([word])).sum(axis=1)
        rows = np.flatnonzero(change <= 2 * limit)
        return [self._words[row] for row in rows if _same_start(word, self._words[row])]


def _correctable(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha()


def _same_start(word: str, other: str) -> bool:
    return word[0] == other[0] or word[:2] == other[1::-1]


def _letter_counts(words: Sequence[str]) -> NDArray[np.int16]:
    counts = np.zeros((len(words), LETTERS), dtype=np.int16)
    for row, word in zip(counts, words, strict=True):
        for letter in word:
            row[ascii_lowercase.find(letter)] += 1  # -1, where it is none of them, is the last
    return counts


def edit_distance(left: str, right: str) -> int:
    """Count the edits between two words: insertion, deletion, substitution, swap of neighbours.

    This is the optimal string alignment distance: no part is edited twice.
    """
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, letter in enumerate(left, 1):
        before, last, row = row, before, [i]
        for j, other in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == right[j - 2] and left[i - 2] == other:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
