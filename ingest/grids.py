"""Tables of a layout made into pieces: the grid says which cells are one, the rules of text the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.documents import Span
from ingest import cell_outline, tabbed
from ingest.cell_outline import Chunk, OutlineCell
from ingest.commitments.columns import is_matrix
from ingest.elements import ElementKind
from ingest.markup import printed_between
from ingest.nesting import DEEPEST
from ingest.pieces import Piece
from ingest.tabbed import Row
from ingest.written import Written, WrittenCell, WrittenTable


def pieces_of(table: WrittenTable, text: str) -> list[Piece]:
    """Cut a table into pieces, a row each; one whose cells hold outlines into their headings and items."""
    rows = [_row(cells, text) for cells in table.rows]
    listed = tabbed.listing(rows, text) or (tabbed.definitions(rows, text) if table.terms else [])
    if listed:
        return listed
    if _is_outline(rows[0], list(_cells(table))):
        outlines = [[_outline(cell, text) for cell in cells] for cells in table.rows]
        return cell_outline.pieces_of(outlines, text, printed_between)
    return tabbed.matrix(rows, text, table.header if table.header < len(rows) else 0)


def _cells(table: WrittenTable) -> Iterator[WrittenCell]:
    return (cell for row in table.rows for cell in row if cell)


def _row(cells: Sequence[WrittenCell | None], text: str) -> Row:
    """A row with the empty span of each covered place at the end of the cell before it."""
    spans: list[Span] = []
    widths: list[int] = []
    above: set[int] = set()
    covered = 0
    for i, cell in enumerate(cells):
        if cell is None and i >= covered:
            above.add(i)
        elif cell is not None:
            covered = i + cell.columns
        end = spans[-1].end if spans else 0
        spans.append(cell.span if cell else Span(end, end))
        widths.append(cell.columns if cell else 1)
    words = tuple(text[span.start : span.end] for span in spans)
    parts = tuple(tuple(part.span for part in cell.content) if cell else () for cell in cells)
    return Row(tuple(spans), words, frozenset(above), tuple(widths), parts)


def _is_outline(first: Row, cells: Sequence[WrittenCell]) -> bool:
    """Whether the cells of a table hold outlines: headings of their own, or bullets of several levels.

    Below heads of columns the bullets alone do not tell, and below those of a matrix nothing does.
    """
    if tabbed.is_header(first):
        return not is_matrix(first.words) and any(map(_is_headed, cells))
    return any(_is_headed(cell) or _is_nested(cell) for cell in cells)


def _is_headed(cell: WrittenCell) -> bool:
    parts = [written.element for written in cell.content]
    headed = any(part.strong or part.kind is ElementKind.HEADING for part in parts[:-1])
    return headed and any(not part.strong for part in parts)


def _is_nested(cell: WrittenCell) -> bool:
    parts = (written.element for written in cell.content)
    return len({part.level for part in parts if part.kind is ElementKind.ITEM}) > 1


def _outline(cell: WrittenCell | None, text: str) -> OutlineCell:
    if cell is None:
        return OutlineCell(Span(0, 0))
    chunks = tuple(chunk for written in cell.content for chunk in _chunks(written, text))
    return OutlineCell(cell.span, chunks, cell.columns > 1)


def _chunks(written: Written, text: str) -> Iterator[Chunk]:
    element = written.element
    if element.strong or element.kind is ElementKind.HEADING:
        yield Chunk(written.span, heading=True)
        return
    depth = min(element.level, DEEPEST) if element.kind is ElementKind.ITEM else None
    for i, span in enumerate(cell_outline.cut_up(written.span, text, cell_outline.BULLET)):
        yield Chunk(span, depth=None if i else depth)
