"""Tables with rules around their cells, broken over pages at any line, as word processors break them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportlab.platypus import Flowable

from tests.typesetting.script import Content, Grid, GridCell, words_of
from tests.typesetting.traced import Traced

PADDING = 3.0
DESCENT = 2.0
MINIMUM = 34.0
"""A lower rest of a page holds no part of a table."""

Set = Callable[[Content, float], Sequence[Traced]]
"""Sets the content of a cell in lines of a width."""


@dataclass(frozen=True, slots=True)
class Strip:
    """One line's height of a table: the line of each column, and the rules above and beside them.

    `above` are the columns with a rule above, `beside` the edges between columns that have one.
    """

    lines: dict[int, Traced]
    above: frozenset[int]
    beside: frozenset[int]


class Ruled(Flowable):  # type: ignore[misc]
    """A table as strips of one line each; the strips of its head are drawn anew on every page."""

    def __init__(self, widths: Sequence[float], leading: float, head: list[Strip], body: list[Strip]) -> None:
        super().__init__()
        self.widths, self.leading, self.head, self.body = widths, leading, head, body
        self.edges = [0.0, *itertools.accumulate(widths)]
        self.every = frozenset(range(len(widths)))
        self.spaceBefore = self.spaceAfter = 8

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = self.edges[-1], self._height(self.head + self.body)
        return self.width, self.height

    def _height(self, strips: Sequence[Strip]) -> float:
        return sum(map(self._tall, strips)) + PADDING

    def _tall(self, strip: Strip) -> float:
        return self.leading + (PADDING if strip.above else 0)

    def split(self, width: float, height: float) -> list[Flowable]:
        room = height - self._height(self.head)
        fits = [tall <= room for tall in itertools.accumulate(map(self._tall, self.body))]
        count = self._kept(sum(fits))
        if count < 2 or height < MINIMUM:
            return []
        if count == len(self.body):
            return [self]
        first, *rest = self.body[count:]
        return [self._part(self.body[:count]), self._part([replace(first, above=self.every), *rest])]

    def _kept(self, count: int) -> int:
        """How many strips stay, of those that fit: no row leaves one line of several alone on a page."""
        starts = [i for i, strip in enumerate(self.body) if strip.above]
        for first, after in itertools.pairwise([*starts, len(self.body)]):
            if first < count < after:
                stays = count - first - (after - count == 1)
                return first + (stays if stays > 1 else 0)
        return count

    def _part(self, body: list[Strip]) -> Ruled:
        return Ruled(self.widths, self.leading, self.head, body)

    def draw(self) -> None:
        canvas: Any = self.canv
        canvas.setLineWidth(0.5)
        top = self.height
        self._across(canvas, top, self.every)
        for n, strip in enumerate(self.head + self.body):
            if n:
                self._across(canvas, top, strip.above)
            bottom = top - self._tall(strip) - (PADDING if n + 1 == len(self.head + self.body) else 0)
            for edge in strip.beside:
                canvas.line(self.edges[edge], top, self.edges[edge], bottom)
            for column, line in strip.lines.items():
                line.drawOn(canvas, self.edges[column] + PADDING, top - self._tall(strip) + DESCENT)
            top = bottom
        self._across(canvas, top, self.every)

    def _across(self, canvas: Any, at: float, columns: frozenset[int]) -> None:
        """Draw a rule over each unbroken run of columns."""
        for _, run in itertools.groupby(enumerate(sorted(columns)), key=lambda pair: pair[1] - pair[0]):
            held = [column for _, column in run]
            canvas.line(self.edges[held[0]], at, self.edges[held[-1] + 1], at)


def ruled(grid: Grid, width: float, leading: float, measure: Callable[[str], float], set_: Set) -> Ruled:
    """Set a table to a width; `measure` gives the width of a word."""
    widths = _widths(grid, width, measure)
    strips = [list(rows) for rows in _strips(grid, widths, set_)]
    head = [strip for rows in strips[: grid.header] for strip in rows]
    return Ruled(widths, leading, head, [strip for rows in strips[grid.header :] for strip in rows])


def _widths(grid: Grid, width: float, measure: Callable[[str], float]) -> list[float]:
    """Each column gets the width of its widest word, and a share of the rest by the root of its words."""
    count = len(grid.rows[0])
    least, amount = [20.0] * count, [1.0] * count
    for row in grid.rows:
        for column, cell in enumerate(row):
            if cell and cell.columns == 1:
                found = (words.text for content in cell.content for words in words_of(content))
                words = [word for text in found for word in re.split(r"\s+|(?<=\w[-/])(?=\w)", text)]
                indent = 2 * PADDING + 26 * any(hasattr(content, "depth") for content in cell.content)
                least[column] = max([least[column], *(measure(word) + indent + 1 for word in words)])
                amount[column] = max(amount[column], len(words))
    spare = width - sum(least)
    assert spare >= 0, f"a table of {count} columns needs {sum(least):.0f} pt, there are {width:.0f}"
    shares = [n**0.5 for n in amount]
    return [low + spare * share / sum(shares) for low, share in zip(least, shares, strict=True)]


def _strips(grid: Grid, widths: Sequence[float], set_: Set) -> Iterator[list[Strip]]:
    """The strips of each row; the lines of a merged cell run on over the rows that it covers."""
    pending: dict[int, list[Traced]] = {}
    until: dict[int, int] = {}
    for n, row in enumerate(grid.rows):
        for column, cell in enumerate(row):
            if cell:
                space = sum(widths[column : column + cell.columns]) - 2 * PADDING
                pending[column] = [line for content in cell.content for line in set_(content, space)]
                until[column] = n + cell.rows - 1
        ending = [len(lines) for column, lines in pending.items() if until[column] <= n]
        tall = max([1, *ending])
        above = frozenset(column for column, _ in enumerate(row) if _is_new(row, column))
        beside = frozenset({0, len(row)} | {c for c in range(len(row)) if not _is_crossed(row, c)})
        yield [
            Strip(
                {c: held[i] for c, held in pending.items() if i < len(held)},
                above if not i else frozenset(),
                beside,
            )
            for i in range(tall)
        ]
        pending = {column: lines[tall:] for column, lines in pending.items() if until[column] > n}


def _is_new(row: Sequence[GridCell | None], column: int) -> bool:
    """Whether a cell begins in a row at a column, or is merged over it from the left."""
    return row[column] is not None or _is_crossed(row, column)


def _is_crossed(row: Sequence[GridCell | None], column: int) -> bool:
    """Whether a merged cell of a row runs over the left edge of a column."""
    return any(cell is not None and at + cell.columns > column for at, cell in enumerate(row[:column]))
