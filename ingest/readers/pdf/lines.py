"""Rows to lines: their words as one text, with what layout tells of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.documents import Box
from ingest.readers.pdf.page import Word
from ingest.readers.pdf.rows import Row
from ingest.readers.superscripts import DIGITS

RAISED_SIZE = 0.82
"""Of the line's size: marks of footnotes are set at 0.58 to 0.7 of it."""
RAISED = 0.12
"""Of the line's size: how far above the others a raised word ends; marks are raised by 0.3."""
TIGHT = 0.1
"""Of the line's size: words closer than this were parted by a change of font, not by a space."""
MARK = re.compile(r"\(?[\d,;–-]+[).]?")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line within its column.

    `side` names the column (see columns.Strip). `base` is the bottom of its main words; `first` the
    width of its first word and `second` where its second begins; `gap` the widest space between its
    words; all in points.
    `opens` tells that it begins in bold, `strong` that all of it is bold or underlined; `below_rule`
    that it stands below a rule such as sets footnotes off.
    """

    text: str
    page: int
    box: Box
    base: float
    size: float
    side: int = 0
    first: float = 0.0
    second: float = 0.0
    gap: float = 0.0
    opens: bool = False
    strong: bool = False
    below_rule: bool = False

    @property
    def left(self) -> float:
        """Where the line begins, in points from the left of the page."""
        return self.box[0]

    @property
    def right(self) -> float:
        """Where the line ends, in points from the left of the page."""
        return self.box[2]


def line_of(row: Row, page: int, side: int = 0, marks: bool = True) -> Line:
    """Make a line of a row; `marks` tells whether sizes are exact enough to see raised numbers."""
    size = _main_size(row)
    base = max(word.box[3] for word in row if word.size >= size)
    gaps = [after.box[0] - word.box[2] for word, after in pairwise(row)]
    lettered = [word for word in row if word.text[-1:].isalnum() or word.text[:1].isalnum()] or row
    return Line(
        _text(row, gaps, size, base) if marks else " ".join([word.text for word in row]),
        page,
        (
            row[0].box[0],
            min([w.box[1] for w in row]),
            max([w.box[2] for w in row]),
            max([w.box[3] for w in row]),
        ),
        base,
        size,
        side,
        row[0].box[2] - row[0].box[0],
        row[1].box[0] if len(row) > 1 else row[0].box[0],
        max(gaps, default=0.0),
        lettered[0].bold,
        all(word.bold for word in lettered),
    )


def _main_size(row: Row) -> float:
    """The size that most letters of a row have."""
    first = row[0].size
    if all(word.size == first for word in row):
        return first
    letters: Counter[float] = Counter()
    for word in row:
        letters[word.size] += len(word.text)
    return max(letters, key=lambda size: (letters[size], size))


def _text(row: Row, gaps: Sequence[float], size: float, base: float) -> str:
    parts = [_raised(row[0], size, base) or row[0].text]
    for word, gap in zip(row[1:], gaps, strict=True):
        raised = _raised(word, size, base)
        if gap >= TIGHT * size and not (raised and gap < size):
            parts.append(" ")
        parts.append(raised or word.text)
    return "".join(parts)


def _raised(word: Word, size: float, base: float) -> str:
    """The text of a raised word, numbers in superscript digits; empty for any other word."""
    if word.size > RAISED_SIZE * size or word.box[3] > base - RAISED * size:
        return ""
    return word.text.translate(DIGITS) if MARK.fullmatch(word.text) else word.text
