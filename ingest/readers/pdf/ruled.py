"""Tables drawn with rules: the words of a page in the cells of a grid."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from corpus.documents import Box
from ingest.elements import Table, TableCell
from ingest.readers.pdf.cells import Surroundings, cell_of
from ingest.readers.pdf.found import FoundTable
from ingest.readers.pdf.grid import Grid, Place
from ingest.readers.pdf.header import header_rows
from ingest.readers.pdf.page import Word


def within(word: Word, box: Box) -> bool:
    """Whether the centre of a word lies in a box."""
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def table_in(grid: Grid, words: Iterable[Word], around: Surroundings) -> FoundTable | None:
    """Fill a grid with the words whose centres lie in its cells; None where it is no table.

    A table has print in two columns at least, and in two rows; a grid of one row is kept, since it may
    be the rest of one from the page before.
    """
    held = _assigned(grid, words)
    columns = {place.column for place, inside in held.items() if inside}
    rows = {place.row for place, inside in held.items() if inside}
    single = len(grid.ys) == 2
    if len(columns) < 2 and not (single and columns and len(grid.xs) > 3):
        return None
    if len(rows) < 2 and not single:
        return None
    table = _table(grid, held, around)
    return FoundTable(around.page, grid.box, table, grid.xs, around.page, grid.closed)


def _assigned(grid: Grid, words: Iterable[Word]) -> dict[Place, list[Word]]:
    owner = {
        (row, column): place
        for place in grid.places
        for row in range(place.row, place.row + place.rows)
        for column in range(place.column, place.column + place.columns)
    }
    held: dict[Place, list[Word]] = {place: [] for place in grid.places}
    for word in words:
        if within(word, grid.box):
            row = _step(grid.ys, (word.box[1] + word.box[3]) / 2)
            held[owner[row, _step(grid.xs, (word.box[0] + word.box[2]) / 2)]].append(word)
    return held


def _step(edges: Sequence[float], at: float) -> int:
    return min(max(bisect_right(edges, at) - 1, 0), len(edges) - 2)


def _table(grid: Grid, held: dict[Place, list[Word]], around: Surroundings) -> Table:
    rows: list[list[TableCell | None]] = [[None] * (len(grid.xs) - 1) for _ in grid.ys[1:]]
    for place, inside in held.items():
        rows[place.row][place.column] = cell_of(inside, around, place.rows, place.columns)
    return Table(tuple(tuple(row) for row in rows), header_rows(rows))
