"""Cells with the places that they cover, laid out as the grid of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.errors import SourceError
from ingest.elements import Element, Table, TableCell

MOST_PLACES = 500_000
"""Rows times columns of one table; the longest matrix of the five texts has 300."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell at its row and column (from 0), and over how many of each it is merged."""

    row: int
    column: int
    rows: int
    columns: int
    content: tuple[Element, ...]


def grid(cells: Sequence[Placed], height: int) -> tuple[tuple[TableCell | None, ...], ...]:
    """Lay cells out in rows of one width: None where a cell is covered, an empty cell where there is none.

    Where two cells lie over each other, the second is cut to one place, or its words go to the first.
    Raises SourceError where the table has too many places.
    """
    width = max((cell.column + cell.columns for cell in cells), default=0)
    if height * width > MOST_PLACES:
        raise SourceError(f"a table in it has {height} rows and {width} columns. Split the table.")
    rows: list[list[TableCell | None]] = [[TableCell() for _ in range(width)] for _ in range(height)]
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for cell in cells:
        place = cell.row, cell.column
        covered = _covered(cell, height)
        if place in owners:
            row, column = owners[place]
            rows[row][column] = _with(rows[row][column], cell.content)
            continue
        if any(taken in owners for taken in covered):
            covered = [place]
        owners |= dict.fromkeys(covered, place)
        for row, column in covered:
            rows[row][column] = None
        last, right = covered[-1]
        rows[cell.row][cell.column] = TableCell(cell.content, last + 1 - cell.row, right + 1 - cell.column)
    return tuple(map(tuple, rows))


def _with(cell: TableCell | None, more: tuple[Element, ...]) -> TableCell:
    return replace(cell, content=(*cell.content, *more)) if cell else TableCell(more)


def _covered(cell: Placed, height: int) -> list[tuple[int, int]]:
    last = min(cell.row + cell.rows, height)
    columns = range(cell.column, cell.column + cell.columns)
    return [(row, column) for row in range(cell.row, last) for column in columns]


def header_rows(rows: Sequence[Sequence[TableCell | None]]) -> int:
    """How many rows head the columns by their look: one, where it alone is bold in all its cells."""
    if len(rows) < 2 or not _is_bold(rows[0]) or _is_bold(rows[1]):
        return 0
    return 1


def _is_bold(row: Sequence[TableCell | None]) -> bool:
    cells = [cell for cell in row if cell is not None and cell.content]
    return len(cells) > 1 and all(element.strong for cell in cells for element in cell.content)


def flat(part: Element | Table) -> Iterator[Element]:
    """An element itself, or those in the cells of a table, row by row."""
    if isinstance(part, Element):
        yield part
    else:
        yield from (element for row in part.rows for cell in row if cell for element in cell.content)
