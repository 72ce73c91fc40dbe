"""Words of a cell to its lines of print."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from statistics import median

from corpus.documents import Box
from ingest.readers.pdf.hyphens import SUSPENDED
from ingest.readers.pdf.page import Rule, Word
from ingest.readers.superscripts import DIGITS

SPACE = 0.12
"""Of the font's size: words nearer than that were parted by a change of font, not by a space."""
OVERLAP = 0.5
"""Of the height of the smaller: words of one line share more, those of lines set close a fifth at most."""
SMALL = 0.8
"""Of a line's size: a number no larger that stands above the line is a footnote's mark."""
BROKEN = re.compile(r"([^\W\d_]{2,})[-\u2010]$")
TAIL = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class CellLine:
    """A line of print: its words from left to right."""

    words: tuple[Word, ...]

    @property
    def box(self) -> Box:
        """The box around all its words."""
        return box_of(self.words)

    @property
    def size(self) -> float:
        """The size of the font of most of it."""
        return median(word.size for word in self.words)

    @property
    def bold(self) -> bool:
        """Whether every word that has letters is bold."""
        lettered = [word for word in self.words if any(map(str.isalnum, word.text))]
        return bool(lettered) and all(word.bold for word in lettered)

    @property
    def text(self) -> str:
        """The words, with spaces where they stand apart, raised numbers in superscript digits."""
        largest = max(word.size for word in self.words)
        foot = max(word.box[3] for word in self.words)
        parts: list[str] = []
        for i, word in enumerate(self.words):
            if i and word.box[0] - self.words[i - 1].box[2] > SPACE * word.size:
                parts.append(" ")
            parts.append(word.text.translate(DIGITS) if _is_raised(word, largest, foot) else word.text)
        return "".join(parts)

    def underlined(self, rules: Iterable[Rule]) -> bool:
        """Whether a rule runs right under the whole line and not much further."""
        x0, _, x1, bottom = self.box
        near = (r for r in rules if r.horizontal and -0.35 * self.size <= r.top - bottom <= 2)
        return any(r.x0 <= x0 + 2 and r.x1 >= x1 - 2 and r.x1 - r.x0 <= 1.2 * (x1 - x0) + 4 for r in near)


def _is_raised(word: Word, largest: float, foot: float) -> bool:
    """Whether a word is a small number that stands above the foot of its line."""
    return word.size <= SMALL * largest and foot - word.box[3] > 0.15 * largest and word.text.isdecimal()


def box_of(words: Collection[Word]) -> Box:
    """The box around words, at least one."""
    boxes = [word.box for word in words]
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def cell_lines(words: Iterable[Word]) -> list[CellLine]:
    """Group words into lines from top to bottom: half the height of each word lies within its line."""
    lines: list[list[Word]] = []
    foot = 0.0
    for word in sorted(words, key=lambda word: word.box[1] + word.box[3]):
        least = min(word.box[3] - word.box[1], foot - lines[-1][0].box[1]) if lines else 0.0
        if lines and foot - word.box[1] >= OVERLAP * least:
            lines[-1].append(word)
            foot = max(foot, word.box[3])
        else:
            lines.append([word])
            foot = word.box[3]
    return [CellLine(tuple(sorted(line, key=lambda word: word.box[0]))) for line in lines]


def vocabulary(words: Iterable[Word]) -> frozenset[str]:
    """The words of a page in small letters, by which a broken word is told from a compound."""
    return frozenset(part.casefold().strip(".,;:()“”\"'’") for word in words for part in word.text.split())


def mended(text: str, after: str, known: Collection[str]) -> tuple[str, bool]:
    """Tell how a line goes on: its text, and whether the next joins it without a space.

    The hyphen is dropped where the whole word is known from elsewhere on the page; it stays where that
    is not sure, since it may be a compound's own.
    """
    head, tail = BROKEN.search(text), TAIL.match(after)
    if not head or not tail or not tail.group()[0].islower() or tail.group().casefold() in SUSPENDED:
        return text, False
    whole = (head[1] + tail.group()).casefold()
    return (text[:-1] if whole in known else text), True
