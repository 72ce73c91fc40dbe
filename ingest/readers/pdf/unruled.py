"""Tables without rules between their columns: found by the white that runs down between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean, median

from corpus.documents import Box
from ingest.markers import parse_marker
from ingest.readers.pdf.cell_lines import CellLine, box_of, cell_lines
from ingest.readers.pdf.grid import Grid, Place
from ingest.readers.pdf.page import Rule, Word

GUTTER = 1.0
"""Ems of white between three columns or more: spaces of justified text stay under 0.9."""
WIDE = 2.0
"""Ems between two columns, where a single gap could be a chance or an indent."""
FEWEST = 3
"""Lines with print in most columns; in fewer, gaps fall in line by chance."""
ALIGNED = 2.0
"""Points: starts (or ends, or middles) of the print of one column differ by less."""
MOSTLY = 0.8
FILLED = 0.6
"""Share of the lines of a column that reach its right edge, above which it is running text."""
TERSE = 4.0
"""Words on the lines of a column, on average: running text in two columns has six or more."""
LOOSE = 3.0
"""Ems from one line of a table to the next."""
LONGEST = 200
"""Lines: a page of the smallest print has 130; more are not tried again from the next line on."""
NUMBER = re.compile(r"[\divxlc]{1,5}$")

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Printed:
    """A line of print cut where it has white of a gutter's width."""

    line: CellLine
    parts: tuple[tuple[Word, ...], ...]

    @property
    def spans(self) -> list[Span]:
        """Where each part starts and ends."""
        return [(part[0].box[0], max(word.box[2] for word in part)) for part in self.parts]


def grids_without_rules(words: Sequence[Word], rules: Sequence[Rule]) -> Iterator[Grid]:
    """Find tables by their columns of print, three or more, or two that stand far apart."""
    left: list[Word] = list(words)
    for gap, least in ((GUTTER, 3), (WIDE, 2)):
        for block, columns in _blocks(_printed(left, gap), least):
            grid = _grid(block, columns, rules)
            yield grid
            left = [word for word in left if not _held(word, grid.box)]


def _held(word: Word, box: Box) -> bool:
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _printed(words: Sequence[Word], gap: float) -> list[Printed]:
    return [Printed(line, tuple(_cut(line, gap))) for line in cell_lines(words)]


def _cut(line: CellLine, gap: float) -> Iterator[tuple[Word, ...]]:
    part = [line.words[0]]
    white = gap * line.size
    for before, word in pairwise(line.words):
        if word.box[0] - before.box[2] >= white:
            yield tuple(part)
            part = []
        part.append(word)
    yield tuple(part)


def _blocks(lines: Sequence[Printed], least: int) -> Iterator[tuple[list[Printed], list[Span]]]:
    """Runs of lines that share columns of print, `least` or more, and are no running text."""
    at = 0
    while at < len(lines):
        if len(lines[at].parts) < least:
            at += 1
            continue
        block, columns = _grown(lines, at, least)
        prose = _is_running(block, columns)
        if not prose and _is_table(block, columns, least):
            yield block, columns
            at += len(block)
        else:
            at += len(block) if prose or len(block) > LONGEST else 1


def _grown(lines: Sequence[Printed], at: int, least: int) -> tuple[list[Printed], list[Span]]:
    """Take lines from one on while all of them leave the white between the columns free."""
    block, columns, full = [lines[at]], lines[at].spans, 1
    for before, line in pairwise(lines[at:]):
        size = line.line.size
        if line.line.box[3] - before.line.box[3] > LOOSE * size:
            break
        merged = _merged([*columns, *line.spans])
        whole = len(line.parts) >= least
        if (
            len(merged) < least
            or (not whole and len(merged) < len(columns))
            or not _fits(line, merged, whole)
        ):
            break
        block.append(line)
        columns = merged
        full = len(block) if whole else full
    return _without_tail(block, full), columns


def _fits(line: Printed, columns: Sequence[Span], whole: bool) -> bool:
    """Whether each part of a wrapped line starts where its column does."""
    return whole or all(
        any(abs(part[0] - start) <= ALIGNED * 2 for start, _ in columns) for part in line.spans
    )


def _without_tail(block: list[Printed], full: int) -> list[Printed]:
    """Drop lines below the last whole one, unless they follow it as the wrapped lines of a cell do."""
    keep = full
    while keep < len(block):
        step = block[keep].line.box[3] - block[keep - 1].line.box[3]
        if step > 1.35 * block[keep].line.size:
            break
        keep += 1
    return block[:keep]


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return merged


def _is_table(block: Sequence[Printed], columns: Sequence[Span], least: int) -> bool:
    whole = [line for line in block if len(line.parts) >= least]
    if len(whole) < FEWEST:
        return False
    if len(columns) > 2:
        return True
    first, second = (_parts_in(block, column) for column in columns)
    return _in_line(second) and not _is_list(first) and _is_terse(first) and not _is_contents(second)


def _is_running(block: Sequence[Printed], columns: Sequence[Span]) -> bool:
    """Whether the lines are those of text set in columns."""
    return sum(_is_prose(_parts_in(block, column), column) for column in columns) > 1


def _parts_in(block: Sequence[Printed], column: Span) -> list[tuple[Word, ...]]:
    return [
        p for line in block for p in line.parts if column[0] <= (p[0].box[0] + p[-1].box[2]) / 2 <= column[1]
    ]


def _is_prose(parts: Sequence[Sequence[Word]], column: Span) -> bool:
    """Whether a column holds running text: most of its lines are filled to the edge with words."""
    width = column[1] - column[0]
    full = [part[-1].box[2] - part[0].box[0] >= MOSTLY * width for part in parts]
    return len(parts) > 2 and mean(full) > FILLED and mean(len(part) for part in parts) >= TERSE


def _in_line(parts: Sequence[Sequence[Word]]) -> bool:
    """Whether the print of a column stands in line at its left, or at its right."""
    return _agree([part[0].box[0] for part in parts]) or _agree([part[-1].box[2] for part in parts])


def _agree(places: Sequence[float]) -> bool:
    usual = median(places)
    return mean(abs(place - usual) <= ALIGNED for place in places) >= MOSTLY


def _is_list(parts: Sequence[Sequence[Word]]) -> bool:
    """Whether a column holds the markers of a list that hangs from them."""
    texts = [" ".join(word.text for word in part) for part in parts]
    return mean(parse_marker(f"{text} Words") is not None or len(text) < 3 for text in texts) > 0.5


def _is_terse(parts: Sequence[Sequence[Word]]) -> bool:
    return mean(len(part) for part in parts) <= TERSE


def _is_contents(parts: Sequence[Sequence[Word]]) -> bool:
    """Whether a column holds the page numbers of a table of contents."""
    return mean(len(part) == 1 and bool(NUMBER.match(part[0].text)) for part in parts) > MOSTLY


def _grid(block: Sequence[Printed], columns: Sequence[Span], rules: Sequence[Rule]) -> Grid:
    inner = [(a[1] + b[0]) / 2 for a, b in pairwise(columns)]
    left, top, right, bottom = box_of([word for line in block for word in line.line.words])
    xs = (left - 1, *inner, right + 1)
    starts = _row_starts(block, columns, [rule.top for rule in rules if _spans(rule, left, right)])
    cuts = [(block[i - 1].line.box[3] + block[i].line.box[1]) / 2 for i in starts[1:]]
    ys = (top - 1, *cuts, bottom + 1)
    places = tuple(Place(r, c) for r in range(len(ys) - 1) for c in range(len(xs) - 1))
    return Grid(xs, ys, places, closed=True)


def _spans(rule: Rule, left: float, right: float) -> bool:
    return rule.horizontal and rule.x0 <= left + 6 and rule.x1 >= right - 6


def _row_starts(block: Sequence[Printed], columns: Sequence[Span], ruled: Sequence[float]) -> list[int]:
    """The lines with which rows begin: below a rule, below more white, or with print in the first column."""
    steps = [b.line.box[3] - a.line.box[3] for a, b in pairwise(block)]
    if sum(block[0].line.box[1] < at < block[-1].line.box[1] for at in ruled) > 1:
        begins = [any(a.line.box[1] < at < b.line.box[3] for at in ruled) for a, b in pairwise(block)]
    elif max(steps) > 1.25 * min(steps) and _tight_lines_wrap(block, columns, steps):
        begins = [step > 1.25 * min(steps) for step in steps]
    else:
        begins = [_begins(line, columns) for line in block[1:]]
    return [0, *(i for i, new in enumerate(begins, 1) if new)]


def _tight_lines_wrap(block: Sequence[Printed], columns: Sequence[Span], steps: Sequence[float]) -> bool:
    """Whether lines that follow closely leave some column empty, as the wrapped lines of cells do."""
    close = [line for line, step in zip(block[1:], steps, strict=True) if step <= 1.25 * min(steps)]
    return mean(len(line.parts) < len(columns) for line in close) > 0.5


def _begins(line: Printed, columns: Sequence[Span]) -> bool:
    start, end = columns[0]
    first = any(start <= part[0] <= end for part in line.spans)
    return first and (len(line.parts) * 2 > len(columns) or len(columns) == 2)
