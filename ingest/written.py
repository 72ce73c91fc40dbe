"""A layout written out as the stored text, by the conventions of the text reader.

A line a paragraph, a blank line between blocks, a form feed before each new page, the items of a list
on lines that follow each other, a row of a table on one line with tabs between its cells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.documents import Placement, Span
from ingest.elements import Element, ElementKind, Layout, Run, Table, TableCell
from ingest.linebreaks import are_kept

UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\ufeff]")
Row = tuple[TableCell | None, ...]
SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Written:
    """An element on its line: `span` is the line, label included; `gap` tells that a block begins here.

    A paragraph whose lines end on purpose stands on several (`broken`); `strip` tells that it is one of
    several cells beside each other.
    """

    element: Element
    span: Span
    gap: bool = True
    broken: bool = False
    strip: bool = False


@dataclass(frozen=True, slots=True)
class WrittenCell:
    """A cell on the line of its row: what it holds, one after the other, and over what it is merged."""

    span: Span
    content: tuple[Written, ...] = ()
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """A table, a line a row; None where a cell from above or from the left covers the place.

    Rows that print nothing have no line of their own and are left out.
    """

    rows: tuple[tuple[WrittenCell | None, ...], ...]
    span: Span
    header: int = 0
    terms: bool = False


@dataclass(frozen=True, slots=True)
class Manuscript:
    """The stored text of a layout, what stands where in it, and where its runs are printed."""

    text: str
    parts: tuple[Written | WrittenTable, ...]
    places: tuple[Placement, ...]


def write(layout: Layout) -> Manuscript:
    """Write a layout out; every word of its runs and every label stands in the text."""
    writer = _Writer()
    for element in layout.elements:
        writer.add(element)
    return writer.finished(layout.pages)


def clean(words: str) -> str:
    """Words with white space folded, without characters that print nothing or that no file can hold."""
    return " ".join(SURROGATE.sub("\ufffd", UNPRINTABLE.sub("", words)).split())


@dataclass(slots=True)
class _Writer:
    """The text so far, its length, and the page it has come to."""

    pieces: list[str] = field(default_factory=list)
    at: int = 0
    page: int = 1
    parts: list[Written | WrittenTable] = field(default_factory=list)
    places: list[Placement] = field(default_factory=list)

    def put(self, words: str) -> None:
        self.pieces.append(words)
        self.at += len(words)

    def add(self, element: Element | Table) -> None:
        if isinstance(element, Element):
            self._add_element(element)
        elif _width(element) == 1 or (len(element.rows) == 1 and not element.terms):
            self._add_box(element)
        else:
            self._add_table(element)

    def finished(self, pages: int) -> Manuscript:
        if self.at:
            self.put("\n")
        self.put("\f" * (pages - self.page))
        return Manuscript("".join(self.pieces), tuple(self.parts), tuple(self.places))

    def _add_element(self, element: Element, strip: bool = False) -> None:
        if not any(clean(run.text) for run in element.runs):
            return
        before = self.parts[-1] if self.parts else None
        listed = isinstance(before, Written) and before.element.kind is element.kind is ElementKind.ITEM
        self._turn(_first_page(element), "\n" if listed else "\n\n")
        runs = [run for run in element.runs if clean(run.text)]
        broken = element.kind is ElementKind.PARAGRAPH and are_kept(runs)
        span = self._element(element, "\n" if broken else " ")
        self.parts.append(Written(element, span, not listed, broken, strip))

    def _add_box(self, table: Table) -> None:
        """Write a frame around a text, or a strip of cells, as the paragraphs that it holds."""
        for row in table.rows:
            strip = sum(map(_prints, row)) > 1
            for cell in row:
                for element in cell.content if cell else ():
                    self._add_element(element, strip)

    def _add_table(self, table: Table) -> None:
        printed = [i for i, row in enumerate(table.rows) if any(map(_prints, row))]
        if not printed:
            return
        self._turn(_table_page(table), "\n\n")
        start = self.at
        width = _width(table)
        rows = tuple(self._row(_padded(table.rows[i], width), last=i == printed[-1]) for i in printed)
        header = sum(i < table.header for i in printed)
        self.parts.append(WrittenTable(rows, Span(start, self.at), header, table.terms))

    def _row(self, row: Row, last: bool) -> tuple[WrittenCell | None, ...]:
        cells: list[WrittenCell | None] = []
        for column, cell in enumerate(row):
            self.put("\t" * bool(column))
            cells.append(self._cell(cell) if cell else None)
        self.put("" if last else "\n")
        return tuple(cells)

    def _cell(self, cell: TableCell) -> WrittenCell:
        start = self.at
        content: list[Written] = []
        for element in cell.content:
            if any(clean(run.text) for run in element.runs):
                self.put(" " * bool(content))
                content.append(Written(element, self._element(element), gap=False))
        return WrittenCell(Span(start, self.at), tuple(content), cell.rows, cell.columns)

    def _turn(self, page: int, gap: str) -> None:
        """Go on to the page of the next block, or else leave the gap before it."""
        if page > self.page:
            self.put("\n" * bool(self.at) + "\f" * (page - self.page))
            self.page = page
        elif self.at and not "".join(self.pieces[-1:]).endswith("\f"):
            self.put(gap)

    def _element(self, element: Element, between: str = " ") -> Span:
        start = self.at
        label = clean(element.label)
        self.put(f"{label} " if label else "")
        joins = True
        for run in element.runs:
            words = clean(run.text)
            if words:
                self.put("" if joins else between)
                self._run(words, run)
                joins = run.joins
        return Span(start, self.at)

    def _run(self, words: str, run: Run) -> None:
        start = self.at
        self.put(words)
        if run.page:
            self.places.append(Placement(Span(start, self.at), run.page, run.box))


def _width(table: Table) -> int:
    return max((len(row) for row in table.rows), default=0)


def _padded(row: Row, width: int) -> Row:
    return row + (TableCell(),) * (width - len(row))


def _prints(cell: TableCell | None) -> bool:
    return cell is not None and any(clean(run.text) for part in cell.content for run in part.runs)


def _first_page(element: Element) -> int:
    return next((run.page for run in element.runs if clean(run.text)), 0)


def _table_page(table: Table) -> int:
    cells = (cell for row in table.rows for cell in row if cell)
    return next(filter(None, (_first_page(part) for cell in cells for part in cell.content)), 0)
