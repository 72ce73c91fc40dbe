"""Tables of a page, with or without rules, and tables that go on over pages."""

from __future__ import annotations

from corpus.documents import Box
from ingest.readers.pdf.cell_lines import vocabulary
from ingest.readers.pdf.cells import Surroundings
from ingest.readers.pdf.found import FoundTable
from ingest.readers.pdf.grid import Grid, grids_of
from ingest.readers.pdf.joining import goes_on, joined
from ingest.readers.pdf.page import Page, Rule
from ingest.readers.pdf.ruled import table_in, within
from ingest.readers.pdf.unruled import grids_without_rules

__all__ = ["FoundTable", "find_tables", "goes_on", "joined"]


def find_tables(page: Page) -> tuple[FoundTable, ...]:
    """Find the tables of a page, from top to bottom; none lies within another."""
    known = vocabulary(page.words)
    found: list[FoundTable] = []
    words = list(page.words)
    drawn = grids_of(page.rules)
    free = _free(page, drawn)
    for grid in drawn:
        if any(_centred(grid.box, other.box) for other in found):
            continue
        table = table_in(grid, words, Surroundings(page.number, free, known))
        if table:
            found.append(table)
            words = [word for word in words if not within(word, table.box)]
    for grid in grids_without_rules(words, free):
        table = table_in(grid, words, Surroundings(page.number, free, known))
        if table and not table.fragment and not any(_overlap(table, other) for other in found):
            found.append(table)
    return tuple(sorted(found, key=lambda table: table.box[1::-1]))


def _free(page: Page, drawn: list[Grid]) -> tuple[Rule, ...]:
    used = frozenset[Rule]().union(*(grid.rules for grid in drawn))
    return tuple(rule for rule in page.rules if rule not in used)


def _centred(box: Box, other: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return other[0] <= x <= other[2] and other[1] <= y <= other[3]


def _overlap(table: FoundTable, other: FoundTable) -> bool:
    a, b = table.box, other.box
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
