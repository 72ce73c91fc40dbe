"""A page as a flow: its lines and tables in reading order, without the words they were made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from corpus.documents import Box
from ingest.readers.pdf.columns import strips
from ingest.readers.pdf.found import FoundTable
from ingest.readers.pdf.lines import Line, line_of
from ingest.readers.pdf.page import Page, Rule
from ingest.readers.pdf.running import inside, without_running_text
from ingest.readers.pdf.strokes import stroked

RECOGNISED = 0.3
"""Of the page's median: sizes of recognised lines vary by as much though the print does not."""

Item = Line | FoundTable


@dataclass(frozen=True, slots=True)
class PageFlow:
    """What a page holds, in reading order; sizes in points."""

    number: int
    width: float
    height: float
    items: tuple[Item, ...]
    ocr: bool = False

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines alone."""
        return tuple(item for item in self.items if isinstance(item, Line))


def flow_of(page: Page, tables: Sequence[FoundTable] = ()) -> PageFlow:
    """Put a page's words outside its tables into lines, and lines and tables in reading order."""
    tables = without_running_text(tables, page.words, page.rules)
    boxes = [found.box for found in tables]
    words = [word for word in page.words if not any(inside(word, box) for box in boxes)]
    items: list[Item] = []
    for strip in strips(words, tables):
        if strip.table is not None:
            items.append(strip.table)
        items += [line_of(row, page.number, strip.side, not page.ocr) for row in strip.rows]
    lines = [item for item in items if isinstance(item, Line)]
    rules = [rule for rule in page.rules if not any(_on_table(rule, box) for box in boxes)]
    marked = iter(stroked(_levelled(lines) if page.ocr else lines, rules, page.height))
    ordered = tuple(next(marked) if isinstance(item, Line) else item for item in items)
    return PageFlow(page.number, page.width, page.height, ordered, page.ocr)


def _on_table(rule: Rule, box: Box) -> bool:
    x0, top, x1, bottom = box
    return rule.x0 < x1 + 1 and rule.x1 > x0 - 1 and rule.top < bottom + 1 and rule.bottom > top - 1


def _levelled(lines: Sequence[Line]) -> list[Line]:
    """Give recognised lines of nearly one size that size."""
    usual = median([line.size for line in lines]) if lines else 0.0
    near = RECOGNISED * usual
    return [replace(line, size=usual) if abs(line.size - usual) <= near else line for line in lines]
