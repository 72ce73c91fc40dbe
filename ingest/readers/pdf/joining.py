"""Tables that go on over page breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.elements import Table
from ingest.readers.pdf.breaks import Rows, add_rows, is_cut
from ingest.readers.pdf.found import FoundTable
from ingest.readers.pdf.header import MOST, Row
from ingest.readers.pdf.repeats import plain_words, without_heads, without_repeated

NEAR = 4.0
"""Points: the same column edge differs by less from page to page."""


def goes_on(before: FoundTable, after: FoundTable) -> bool:
    """Whether a table on the next page has the same columns and so goes on with the one before.

    That nothing but furniture stands between them is for the caller to know. The columns of one may be
    some of the other's, where cells are merged over them on the whole page; both may be moved sideways,
    as on left and right pages.
    """
    if after.page != before.last + 1 or _common(before.edges, after.edges) is None:
        return False
    return not _new_heads(before, after)


def _new_heads(before: FoundTable, after: FoundTable) -> bool:
    """Whether the next table begins with bold heads of its own, unlike those before."""
    if (
        not before.table.header
        or not after.table.header
        or _repeated(before.table.rows, before.table.header, after.table)
    ):
        return False
    strong = [element.strong for cell in after.table.rows[0] if cell for element in cell.content]
    return bool(strong) and all(strong)


@dataclass(slots=True)
class _Whole:
    """A table while those that go on with it are added; its rows are its own, and are changed."""

    rows: Rows
    edges: Sequence[float]
    header: int

    def add(self, after: FoundTable, closed: bool) -> None:
        """Add the rows of the next table; `closed` tells whether a rule ends the page before."""
        edges = _common(self.edges, after.edges) or self.edges
        if len(edges) != len(self.edges):
            self.rows = _regridded(self.rows, self.edges, edges)
        shift = after.edges[0] - self.edges[0]
        second = _regridded(after.table.rows, [edge - shift for edge in after.edges], edges)
        repeated = _repeated(self.rows, self.header, after.table)
        body = second[repeated:] if repeated else without_heads(second, self.rows[: self.header])
        if body:
            add_rows(self.rows, body, is_cut(self.rows, body, closed))
        self.edges, self.header = edges, max(self.header, repeated)


def joined(run: Sequence[FoundTable]) -> FoundTable:
    """Join tables of which each goes on with the one before; one table alone comes back as it is.

    Repeated header rows are dropped, a row cut by the break is joined, and a merged cell that goes on
    over it is one. Page and box are those of the first table.
    """
    first, last = run[0], run[-1]
    whole = _Whole([list(row) for row in first.table.rows], first.edges, first.table.header)
    for before, after in pairwise(run):
        whole.add(after, before.closed)
    table = without_repeated(Table(tuple(map(tuple, whole.rows)), whole.header))
    return replace(first, table=table, edges=tuple(whole.edges), last=last.last, closed=last.closed)


def _common(before: Sequence[float], after: Sequence[float]) -> Sequence[float] | None:
    """The edges of both, moved to where the first stands; None where neither holds all of the other's."""
    moved = [edge - after[0] + before[0] for edge in after]
    if abs(moved[-1] - before[-1]) > NEAR:
        return None
    many, few = (before, moved) if len(before) >= len(after) else (moved, before)
    return many if all(any(abs(edge - other) <= NEAR for other in many) for edge in few) else None


def _regridded(rows: Sequence[Row], own: Sequence[float], edges: Sequence[float]) -> Rows:
    """Spread rows over the finer columns that the edges make, cells merged over those they cover."""
    if len(own) == len(edges):
        return [list(row) for row in rows]
    at = [min(range(len(edges)), key=lambda i: abs(edges[i] - edge)) for edge in own]
    spread: Rows = []
    for row in rows:
        wide: Rows = [[None] * (len(edges) - 1)]
        for column, cell in enumerate(row):
            if cell:
                wide[0][at[column]] = replace(cell, columns=at[column + cell.columns] - at[column])
        spread += wide
    return spread


def _repeated(rows: Sequence[Row], header: int, after: Table) -> int:
    """How many rows at the top of the next table repeat those at the top of the first, with its `header`."""
    most = min(max(header, 1), MOST, len(rows), len(after.rows))
    pairs = list(zip(rows[:most], after.rows[:most], strict=True))
    same = all(plain_words(a) == plain_words(b) != [] for a, b in pairs)
    return most if same and not _reaches_below(after.rows, most) else 0


def _reaches_below(rows: Sequence[Row], count: int) -> bool:
    """Whether a cell of the first rows is merged over some below, where no rule parts it from them."""
    return any(cell and i + cell.rows > count for i, row in enumerate(rows[:count]) for cell in row)
