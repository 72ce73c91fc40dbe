"""Tables of a Word file: cells merged over columns and rows, and the rows that head the columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ingest.elements import Element, Table
from ingest.readers.grids import Placed, grid, header_rows
from ingest.readers.word.xml import Node, held, is_on, value, whole, within

ROWS = frozenset({"tr"})
CELLS = frozenset({"tc"})
PROPERTIES = frozenset({"tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "del"})
MOST_COLUMNS = 1_000
"""Word makes 63; other programs, and sheets pasted in, make more. What stands beyond goes to the last."""

Content = Callable[[Node], tuple[Element, ...]]


@dataclass(slots=True)
class _Cell:
    """A cell while its rows are counted."""

    row: int
    column: int
    columns: int
    content: tuple[Element, ...]
    rows: int = 1


@dataclass(slots=True)
class _Cells:
    """The cells so far, and of each column the one that a row below may go on with."""

    found: list[_Cell] = field(default_factory=list)
    open: dict[int, _Cell] = field(default_factory=dict)

    def add(self, row: int, column: int, node: Node, content: Content) -> None:
        merge = held(node, "tcPr", "vMerge")
        above = self.open.get(column)
        if merge is not None and value(merge) != "restart" and above and above.row + above.rows == row:
            above.rows += 1
            return
        self.found.append(_Cell(row, column, _span(node), content(node)))
        self.open[column] = self.found[-1]


def table(node: Node, content: Content) -> Table:
    """Read a table; `content` reads the elements of a cell, those of a table in it included."""
    rows = [row for row in within(node, ROWS, PROPERTIES) if held(row, "trPr", "del") is None]
    cells = _Cells()
    for at, row in enumerate(rows):
        for column, cell in _columns(row):
            cells.add(at, column, cell, content)
    placed = [Placed(cell.row, cell.column, cell.rows, cell.columns, cell.content) for cell in cells.found]
    laid = grid(placed, len(rows))
    marked = next((i for i, row in enumerate(rows) if not is_on(row, "trPr", "tblHeader")), len(rows))
    return Table(laid, marked if 0 < marked < len(rows) else header_rows(laid))


def _columns(row: Node) -> Iterator[tuple[int, Node]]:
    """The cells of a row with the columns at which they begin."""
    column = min(whole(value(held(row, "trPr", "gridBefore"))), MOST_COLUMNS - 1)
    for cell in within(row, CELLS, PROPERTIES):
        yield min(max(0, column), MOST_COLUMNS - 1), cell
        column += _span(cell)


def _span(cell: Node) -> int:
    return min(max(1, whole(value(held(cell, "tcPr", "gridSpan")), 1)), MOST_COLUMNS)
