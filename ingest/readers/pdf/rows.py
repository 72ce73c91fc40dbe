"""Words to rows: the words of one printed line, from left to right."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.readers.pdf.page import Word

Row = list[Word]

SAME_ROW = 0.4
"""Of the larger font's size: middles of words of one row lie closer (a raised number lies 0.3 above the
words it follows); rows set without any leading lie 1.0 apart."""


def _middle(word: Word) -> float:
    return (word.box[1] + word.box[3]) / 2


def _left(word: Word) -> float:
    return word.box[0]


def rows_of(words: Iterable[Word]) -> list[Row]:
    """Group words into rows, from top to bottom; the words of a row run from left to right."""
    found: list[Row] = []
    centre = size = 0.0
    for word in sorted(words, key=_middle):
        middle = _middle(word)
        if found and middle - centre <= SAME_ROW * max(size, word.size):
            found[-1].append(word)
            if word.size > size:
                centre, size = middle, word.size
        else:
            found.append([word])
            centre, size = middle, word.size
    for row in found:
        row.sort(key=_left)
    return found
