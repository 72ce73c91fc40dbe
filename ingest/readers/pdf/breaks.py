"""Rows at a page break: one cut by it, and cells merged over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.elements import Element, ElementKind, TableCell
from ingest.pieces import FINISHED
from ingest.readers.pdf.header import Row, words_in

OPENING = ("(", "[")
"""What stands in brackets goes on with the words before it, whatever letter it begins with."""
SENTENCE = 4
"""Words: a cell with fewer is complete ("yes", "not applicable"), whatever letter the next begins with."""

Rows = list[list[TableCell | None]]
Owner = tuple[int, int]
"""The row and column at which a cell begins."""


def _owner(rows: Sequence[Row], row: int, column: int) -> Owner:
    """Where the cell begins that covers a place."""
    for r in range(row, -1, -1):
        for c in range(column, -1, -1):
            cell = rows[r][c]
            if cell and r + cell.rows > row and c + cell.columns > column:
                return r, c
    return row, column


def _last(rows: Sequence[Row]) -> list[Owner]:
    """The cells that reach the foot, by column."""
    return [_owner(rows, len(rows) - 1, column) for column in range(len(rows[0]))]


def _cell(rows: Sequence[Row], owner: Owner) -> TableCell:
    return rows[owner[0]][owner[1]] or TableCell()


def is_cut(before: Sequence[Row], after: Sequence[Row], closed: bool) -> bool:
    """Whether the first row after a break is the rest of the last row before it.

    So it is where the first cell is empty and another goes on in small letters with one that ended
    unfinished, or no rule closes the page before; where a word or two in one cell alone stand below such
    a one; and where all filled cells go on in this way, one of them with the start of a sentence.
    """
    above = _last(before)
    starts = [column for column, owner in enumerate(above) if owner[1] == column]
    if [column for column, cell in enumerate(after[0]) if cell] != starts:
        return False
    pairs = [(_cell(before, above[column]), after[0][column] or TableCell()) for column in starts]
    filled = [(a, b) for a, b in pairs if b.content]
    if not filled:
        return True
    going_on = [len(words_in(a).split()) for a, b in filled if _continues(a, b)]
    if pairs[0][1].content:
        return len(going_on) == len(filled) and max(going_on) >= SENTENCE
    return bool(going_on) or not closed or (len(filled) == 1 and _is_rest(*filled[0]))


def _is_rest(before: TableCell, after: TableCell) -> bool:
    """Whether a cell holds no more than the last words of one that ended unfinished."""
    text, rest = words_in(before), words_in(after)
    item = after.content[0].kind is ElementKind.ITEM
    short = len(rest.split()) < SENTENCE <= len(text.split()) and rest[:1].isalpha()
    return short and not item and not FINISHED.search(text)


def _continues(before: TableCell, after: TableCell) -> bool:
    """Whether the words of a cell go on with those of another in mid-sentence."""
    text, rest = words_in(before), words_in(after)
    first = next(filter(str.isalnum, rest), "")
    low = first.islower() or rest.startswith(OPENING)
    item = after.content[0].kind is ElementKind.ITEM
    return bool(text) and low and not item and not FINISHED.search(text)


def add_rows(rows: Rows, after: Sequence[Row], cut: bool) -> None:
    """Add the rows after a break to those before it; where it cut a row, the two are one."""
    rest: Rows = [list(row) for row in after]
    above = _last(rows)
    merged = range(len(rest[0])) if cut else range(_leading(rows, rest))
    for column in merged:
        cell, (row, start) = rest[0][column], above[column]
        upper = rows[row][start]
        if cell and upper and start == column:
            high = upper.rows + cell.rows - int(cut)
            rows[row][start] = replace(upper, rows=high, content=_content(upper, cell))
            rest[0][column] = None
    rows += rest[int(cut) :]


def _leading(before: Sequence[Row], after: Sequence[Row]) -> int:
    """How many empty cells stand at the start of the first row after a break, below cells as wide."""
    above, count = _last(before), 0
    for column, cell in enumerate(after[0]):
        if cell is None:
            continue
        upper = _cell(before, above[column])
        if cell.content or above[column][1] != column or cell.columns != upper.columns or not upper.content:
            return count
        count = column + cell.columns
    return 0


def _content(before: TableCell, after: TableCell) -> tuple[Element, ...]:
    """The content of both, the sentence that the break interrupts made whole."""
    if not before.content or not after.content or not _continues(before, after):
        return before.content + after.content
    last, first = before.content[-1], after.content[0]
    return (*before.content[:-1], replace(last, runs=last.runs + first.runs), *after.content[1:])
