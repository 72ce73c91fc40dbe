"""Heads of columns that are printed again on a further page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.elements import Element, Table, TableCell
from ingest.readers.pdf.breaks import Rows
from ingest.readers.pdf.header import Row, words_in


def plain_words(row: Row) -> list[str]:
    """The words of a row's cells, without spaces and capitals, empty cells left aside."""
    return [text for text in (_plain(words_in(cell)) for cell in row) if text]


def _plain(words: str) -> str:
    return "".join(words.split()).casefold()


def without_repeated(table: Table) -> Table:
    """Drop rows that print the heads again in mid-table, as where a page of another layout was cut."""
    heads = [plain_words(row) for row in table.rows[: table.header] if all(row)]
    kept = [row for row in table.rows[table.header :] if not _repeats(row, heads)]
    return replace(table, rows=table.rows[: table.header] + tuple(kept))


def _repeats(row: Row, heads: Sequence[list[str]]) -> bool:
    return plain_words(row) in heads and all(cell and cell.rows == 1 for cell in row)


def without_heads(rows: Rows, heads: Sequence[Row]) -> Rows:
    """Strip the heads that stand in the cells of a first row, where no rule parts them from its words."""
    if len(heads) != 1 or not rows:
        return rows
    pairs = list(zip(rows[0], heads[0], strict=True))
    if sum(head is not None and bool(words_in(head)) for _, head in pairs) < 2:
        return rows
    stripped = [_stripped(cell, head) for cell, head in pairs]
    if any(cell is not None and rest is None for (cell, _), rest in zip(pairs, stripped, strict=True)):
        return rows
    return [stripped, *rows[1:]]


def _stripped(cell: TableCell | None, head: TableCell | None) -> TableCell | None:
    """A cell without the words of its head, with which it begins; None where it does not."""
    rest = _plain(words_in(head))
    if cell is None or head is None or not rest:
        return cell
    content: list[Element] = []
    for element in cell.content:
        runs = list(element.runs)
        while rest and runs and rest.startswith(_plain(runs[0].text)):
            rest = rest[len(_plain(runs.pop(0).text)) :]
        if runs:
            content.append(replace(element, runs=tuple(runs)))
    return None if rest else replace(cell, content=tuple(content))
