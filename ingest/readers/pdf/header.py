"""Which rows of a table are the heads of its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.elements import ElementKind, TableCell

LONGEST = 8
"""Words: the heads of the columns of work plans have one to five; so counts the text reader, too."""
MOST = 3
"""Rows: heads in more were not seen."""
FIGURE = re.compile(r"[-–(]?[\d.,\s]+[%)]?$")

Row = Sequence[TableCell | None]


def words_in(cell: TableCell | None) -> str:
    """The words of a cell, lines joined by spaces."""
    return " ".join(run.text for element in cell.content for run in element.runs) if cell else ""


def header_rows(rows: Sequence[Row]) -> int:
    """Count the rows at the top that are heads of the columns."""
    band = count = _band(rows)
    last = min(MOST, len(rows) - 1)
    while count < last and _reach(rows, count) <= last and _is_head(rows, count, first=count == band):
        count = _reach(rows, count)
    return count if count > band else 0


def _band(rows: Sequence[Row]) -> int:
    """1 where the first row is one cell over all columns, the title of the table; else 0."""
    return int(len(rows) > 2 and sum(cell is not None for cell in rows[0]) == 1)


def _reach(rows: Sequence[Row], row: int) -> int:
    """The row after the last that cells of a row are merged over."""
    return row + max(cell.rows for cell in rows[row] if cell)


def _is_head(rows: Sequence[Row], at: int, first: bool) -> bool:
    cells = [cell for cell in rows[at] if cell]
    rest = [cell for row in rows[at + 1 :] for cell in row if cell and cell.content]
    if not cells or not rest or not all(_short(cell) for cell in cells):
        return False
    if sum(1 for cell in cells if not cell.content) > (1 if cells[0].content == () else 0):
        return False
    if all(_strong(cell) for cell in cells if cell.content) and not all(map(_strong, rest)):
        return True
    if not first:
        return any(cell.columns > 1 for cell in rows[at - 1] if cell) and not _figures(rows[at])
    if any(cell.columns > 1 for cell in cells) and any(cell.rows > 1 for cell in cells):
        return True
    if len(rows[at]) < 3 and not _figures_below(rows, at):
        return False
    return _figures_below(rows, at) or (
        all(cell.content for cell in cells) and _longer(rows[at + 1 :], cells)
    )


def _short(cell: TableCell) -> bool:
    plain = all(element.kind is ElementKind.PARAGRAPH for element in cell.content)
    return plain and len(words_in(cell).split()) <= LONGEST


def _strong(cell: TableCell) -> bool:
    return all(element.strong for element in cell.content)


def _figures(row: Row) -> bool:
    return any(FIGURE.match(words_in(cell)) for cell in row if cell and cell.content)


def _figures_below(rows: Sequence[Row], at: int) -> bool:
    """Whether a column of figures stands under a head that is none."""
    if _figures(rows[at]):
        return False
    for column in range(1, len(rows[at])):
        below = [words_in(row[column]) for row in rows[at + 1 :] if row[column] and words_in(row[column])]
        if below and all(map(FIGURE.match, below)):
            return True
    return False


def _longer(rows: Sequence[Row], cells: Sequence[TableCell]) -> bool:
    """Whether most rows below hold more words in some cell than any head does."""
    most = max(len(words_in(cell).split()) for cell in cells)
    longest = [max((len(words_in(cell).split()) for cell in row if cell), default=0) for row in rows]
    return sum(length > most for length in longest) * 2 > len(longest)
