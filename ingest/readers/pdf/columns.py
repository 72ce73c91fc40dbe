"""Reading order: one column or two, what runs across both, and tables at their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.readers.pdf.found import FoundTable
from ingest.readers.pdf.gutters import GUTTER, INDENTED, Item, bands_of, is_columns, items_of, right_edge
from ingest.readers.pdf.page import Word
from ingest.readers.pdf.rows import Row, rows_of

STEP = 24.0
"""Points: columns whose gutters differ less are named alike."""


@dataclass(frozen=True, slots=True)
class Strip:
    """Rows to be read one after the other, or a table that stands there.

    `side` is 0 across the page; columns to the left of a gutter are negative, to the right positive.
    """

    rows: tuple[Row, ...]
    side: int = 0
    table: FoundTable | None = None


def strips(words: Sequence[Word], tables: Sequence[FoundTable] = ()) -> list[Strip]:
    """Put rows of words and tables in reading order; `words` are those outside the tables."""
    rows = rows_of(words)
    edge = right_edge(rows)
    items = items_of(rows, tables, edge)
    bands = list(bands_of(items)) if edge else []
    if not any(is_columns(band, edge) for band in bands):
        return list(_across(items))
    return [strip for band in bands for strip in _strips(band, edge)]


def _strips(band: Sequence[Item], edge: float) -> Iterator[Strip]:
    starts = [item.right[0].box[0] for item in band if item.right]
    few = starts and all(start - edge <= INDENTED for start in starts)
    if band[0].crosses or not (few or is_columns(band, edge)):
        yield from _across(band)
        return
    side = max(1, round(edge / STEP))
    cut = edge - GUTTER
    lefts = [(item.left, item.table) for item in band if item.left or (item.table and item.box[0] < cut)]
    rights = [(item.right, item.table) for item in band if item.right or (item.table and item.box[0] >= cut)]
    yield from _column(lefts, -side)
    yield from _column(rights, side)


def _column(held: Iterable[tuple[Row, FoundTable | None]], side: int) -> Iterator[Strip]:
    """One column of a band: its words are put in rows anew, since baselines of columns may differ."""
    words: list[Word] = []
    for row, table in held:
        words += row
        if table is not None:
            if words:
                yield Strip(tuple(rows_of(words)), side)
            yield Strip((), side, table)
            words = []
    if words:
        yield Strip(tuple(rows_of(words)), side)


def _across(items: Sequence[Item]) -> Iterator[Strip]:
    rows: list[Row] = []
    for item in items:
        if item.table is not None:
            if rows:
                yield Strip(tuple(rows))
            yield Strip((), 0, item.table)
            rows = []
        else:
            rows.append(item.row)
    if rows:
        yield Strip(tuple(rows))
