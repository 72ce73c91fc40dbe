"""Tables of a web page while they are read: cells at the places that spans leave free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.elements import Element, Table
from ingest.readers.grids import Placed, grid, header_rows
from ingest.readers.web.lists import whole

MOST_COLUMNS = 200
"""Over which a cell may be merged; browsers allow 1,000."""
MOST_ROWS = 5_000


@dataclass(slots=True)
class TableBuilder:
    """The cells read so far, and up to which row each column is covered from above.

    `marked` are the rows that the page marks as heads, `headed` those with a cell that heads something,
    `filled` those with an ordinary cell that says something.
    """

    cells: list[Placed] = field(default_factory=list)
    covered: dict[int, int] = field(default_factory=dict)
    row: int = -1
    column: int = 0
    marked: set[int] = field(default_factory=set)
    headed: set[int] = field(default_factory=set)
    filled: set[int] = field(default_factory=set)

    def begin_row(self, marked: bool = False) -> None:
        """Begin a row."""
        self.row, self.column = self.row + 1, 0
        self.marked |= {self.row} if marked else set()

    def add(self, name: str, attributes: Mapping[str, str], content: tuple[Element, ...]) -> None:
        """Add a cell at the next place of the row that no cell covers; it covers no place twice."""
        if self.row < 0:
            self.begin_row()
        while self._is_covered(self.column):
            self.column += 1
        rows = _span(attributes, "rowspan", MOST_ROWS)
        columns = self._free(_span(attributes, "colspan", MOST_COLUMNS))
        self.cells.append(Placed(self.row, self.column, rows, columns, content))
        self.covered.update(dict.fromkeys(range(self.column, self.column + columns), self.row + rows))
        self.column += columns
        if content:
            (self.headed if name == "th" else self.filled).add(self.row)

    def table(self) -> Table | None:
        """The table; None where it has no cells."""
        if not self.cells:
            return None
        rows = grid(self.cells, self.row + 1)
        header = next((i for i in range(len(rows)) if not self._is_header(i)), 0)
        return Table(rows, header or header_rows(rows))

    def _is_header(self, row: int) -> bool:
        return row in self.marked or (row in self.headed and row not in self.filled)

    def _is_covered(self, column: int) -> bool:
        return self.covered.get(column, 0) > self.row

    def _free(self, wanted: int) -> int:
        """How many of the columns from here on are free, at most as many as wanted."""
        taken = (count for count in range(1, wanted) if self._is_covered(self.column + count))
        return next(taken, wanted)


def _span(attributes: Mapping[str, str], name: str, most: int) -> int:
    """Over how many rows or columns a cell is merged; rowspan="0" reaches to the end."""
    count = whole(attributes.get(name, "1"), 1)
    return most if count == 0 else min(max(1, count), most)
