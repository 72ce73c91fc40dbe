"""Measures of a document: the size of its body, its margins, and how far its lines stand apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

from ingest.markers import parse_marker
from ingest.readers.pdf.flow import PageFlow
from ingest.readers.pdf.lines import Line

OUTLIERS = 0.02
"""Share of lines that may stick out of a margin."""
MANY = 10
"""Lines from which a page tells its own right margin."""
FULL_SHARE = 0.25
"""Share of a page's lines that end near the right margin where they are text that wraps."""
NEAR = 3.0
"""Of the font's size: lines of ragged text end this near the right margin."""
LEADING = 1.2
"""Of the font's size: how far lines stand apart where the document cannot tell."""
SPACE = 0.25
"""Of the font's size: the width of a space."""
TALL = 2.5
"""Of the font's size: lines farther apart do not wrap; double spacing is 2.3."""
SLACK = 1.0
"""Points."""

Column = tuple[int, int]
"""A page's number and a side of it (see columns.Strip)."""
Pitch = tuple[int, float]
"""A page's number, 0 for the whole document, and a size rounded to half points."""


def rounded(size: float) -> float:
    """A size rounded to half points: what is nearer is one size."""
    return round(size * 2) / 2


def body_size(pages: Iterable[PageFlow]) -> float:
    """The size that most letters of a document have, in points; 0 where it has none."""
    letters: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            letters[rounded(line.size)] += len(line.text)
    return max(letters, key=lambda size: letters[size], default=0.0)


@dataclass(frozen=True, slots=True)
class Measures:
    """The size of the body, the left and right margin of every column, and the pitch of lines."""

    body: float
    margins: Mapping[Column, tuple[float, float]]
    pitches: Mapping[Pitch, float]

    def left(self, line: Line) -> float:
        """The left margin of a line's column, in points."""
        return self.margins[line.page, line.side][0]

    def width(self, line: Line) -> float:
        """The width of a line's column, in points."""
        left, right = self.margins[line.page, line.side]
        return max(1.0, right - left)

    def room(self, line: Line) -> float:
        """How far before the right margin a line ends, in points."""
        return self.margins[line.page, line.side][1] - line.right

    def is_short(self, line: Line, after: Line) -> bool:
        """Whether a line was broken on purpose: the first word of the next would have fitted."""
        return self.room(line) > after.first + SPACE * line.size + SLACK

    def pitch(self, line: Line) -> float:
        """How far lines of a paragraph stand apart on the line's page, in points."""
        size = rounded(line.size)
        return self.pitches.get((line.page, size)) or self.pitches.get((0, size)) or LEADING * line.size


def measured(pages: Sequence[PageFlow]) -> Measures:
    """Take the measures of a document; its furniture should be gone from the pages."""
    margins = dict(_margins(pages))
    bare = Measures(body_size(pages), margins, {})
    return Measures(bare.body, margins, _pitches(pages, bare))


def _margins(pages: Sequence[PageFlow]) -> Iterator[tuple[Column, tuple[float, float]]]:
    lefts: dict[tuple[int, int, int], list[float]] = defaultdict(list)
    rights: dict[tuple[int, int], list[float]] = defaultdict(list)
    columns: list[tuple[PageFlow, int, list[Line]]] = []
    for page in pages:
        sides: dict[int, list[Line]] = defaultdict(list)
        for line in page.lines:
            sides[line.side].append(line)
        for side, lines in sides.items():
            columns.append((page, side, lines))
            lefts[round(page.width), page.number % 2, side] += [line.left for line in lines]
            rights[round(page.width), side] += [line.right for line in lines]
    lowest = {key: _cut(sorted(values)) for key, values in lefts.items()}
    highest = {key: _cut(sorted(values, reverse=True)) for key, values in rights.items()}
    for page, side, lines in columns:
        left = lowest[round(page.width), page.number % 2, side]
        own = max(line.right for line in lines)
        yield (page.number, side), (left, _right(lines, own, highest[round(page.width), side]))


def _cut(values: Sequence[float]) -> float:
    return values[int(OUTLIERS * len(values))]


def _right(lines: Sequence[Line], own: float, usual: float) -> float:
    """The right margin of a column: its own where enough of its lines end there, else that of its like."""
    near = sum(own - line.right <= NEAR * line.size for line in lines)
    return own if len(lines) >= MANY and near >= FULL_SHARE * len(lines) else usual


def _pitches(pages: Sequence[PageFlow], bare: Measures) -> dict[Pitch, float]:
    """Distances of lines that wrap: the one before is full and the next has no marker."""
    held: dict[Pitch, list[float]] = defaultdict(list)
    for page in pages:
        for line, after in pairwise(page.lines):
            size = rounded(line.size)
            apart = after.base - line.base
            if size != rounded(after.size) or line.side != after.side or not 0 < apart <= TALL * size:
                continue
            if not bare.is_short(line, after) and not parse_marker(after.text):
                held[page.number, size].append(apart)
                held[0, size].append(apart)
    return {key: median_low(values) for key, values in held.items()}
