"""Tables whose cells are set apart by tabs: contents, glossaries, matrices and outlines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.documents import Cell, Span
from ingest import cell_outline
from ingest.headings import ASIDE
from ingest.lines import Line
from ingest.markup import printed_between, words_between
from ingest.pieces import Piece, PieceKind

LONGEST_HEAD = 8
"""Words: the column heads of the five texts have one to five words, and 95% of body cells have more
in at least one cell of their row."""
MOST = 0.6
MOST_PARTS = 12
"""Rows over which one cell may be broken."""
SHORTEST_BROKEN = 3
"""Words: a cell with fewer is not broken over lines; a small letter below it begins a name ("gtz")."""


@dataclass(frozen=True, slots=True)
class Row:
    """One printed line of a table: the span of each cell, empty cells included.

    `above` are the columns that a cell merged from a row above covers; `widths` over how many columns
    each cell is merged, and `parts` the paragraphs in each; both empty where the source does not say.
    """

    cells: tuple[Span, ...]
    words: tuple[str, ...]
    above: frozenset[int] = frozenset()
    widths: tuple[int, ...] = ()
    parts: tuple[tuple[Span, ...], ...] = ()

    @property
    def span(self) -> Span:
        """From the first printed cell to the last."""
        filled = [cell for cell, words in zip(self.cells, self.words, strict=True) if words]
        return Span(filled[0].start, filled[-1].end) if filled else self.cells[0]

    @property
    def first(self) -> int:
        """Index of the first cell that prints something."""
        return next((i for i, words in enumerate(self.words) if words), len(self.words))

    def spans(self, i: int, text: str) -> tuple[Span, ...]:
        """The words of a cell, a span for each paragraph that reaches to the start of the next."""
        cell = self.cells[i]
        if not self.parts:
            return words_between(text, cell.start, cell.end)
        parts = self.parts[i]
        if len(parts) < 2:
            return printed_between(text, cell.start, cell.end)
        ends = [*(part.start for part in parts[1:]), parts[-1].end]
        return tuple(Span(part.start, end) for part, end in zip(parts, ends, strict=True))

    def is_wide(self, i: int) -> bool:
        """Whether a cell is merged over several columns."""
        return bool(self.widths) and self.widths[i] > 1

    @property
    def is_band(self) -> bool:
        """Whether one cell merged over all columns is the whole row."""
        return self.widths[:1] == (len(self.words),) and len(self.words) > 1

    def over(self, i: int) -> str:
        """Words of the cell that stands over a column, merged from the left or not."""
        widths = self.widths or (1,) * len(self.words)
        return next((self.words[j] for j in range(i, -1, -1) if j + widths[j] > i), "")


def pieces_of(segments: Sequence[Sequence[Line]], text: str) -> list[Piece]:
    """Cut the segments of a table (its parts between blank lines) into pieces, a row each."""
    rows = [_row(line) for lines in segments for line in lines]
    rows = [row for row in rows if any(row.words)]
    if not rows:
        return []
    listed = listing(rows, text)
    if listed:
        return listed
    if any(cell_outline.BLOCK_TAG.search(words) for row in rows for words in row.words):
        return cell_outline.pieces_of(cell_outline.tagged([row.cells for row in rows], text), text)
    return matrix(rows, text)


def listing(rows: Sequence[Row], text: str) -> list[Piece]:
    """Entries of a table of contents or of a list of abbreviations; none where the rows are neither."""
    if _is_contents(rows):
        return [_plain(PieceKind.CONTENTS, row, text) for row in rows]
    return definitions(rows, text) if _is_glossary(rows) else []


def _row(line: Line) -> Row:
    spans = []
    start = line.start
    for cell in line.text.split("\t"):
        left = len(cell) - len(cell.lstrip())
        spans.append(Span(start + left, start + max(left, len(cell.rstrip()))))
        start += len(cell) + 1
    return Row(tuple(spans), tuple(cell.strip() for cell in line.text.split("\t")))


def _plain(kind: PieceKind, row: Row, text: str) -> Piece:
    span = row.span
    return Piece(kind, (span,), text[span.start : span.end], gap=True)


def _is_contents(rows: Sequence[Row]) -> bool:
    """Whether the rows are a table of contents: most end in a page number and nothing else."""
    paged = sum(bool(re.fullmatch(r"[\divxl]{1,4}", row.words[-1])) for row in rows)
    return len(rows) > 2 and len(rows[0].words) == 2 and paged >= MOST * len(rows)


def _is_glossary(rows: Sequence[Row]) -> bool:
    """Whether the rows are a list of abbreviations: two columns, the first of acronyms or blank."""
    if any(len(row.words) != 2 for row in rows):
        return False
    acronyms = sum(bool(re.fullmatch(r"[A-Z][A-Za-z/& -]*[A-Z]s?", row.words[0])) for row in rows)
    blank = sum(not row.words[0] for row in rows)
    return acronyms > 2 and acronyms + blank >= MOST * len(rows)


def definitions(rows: Sequence[Row], text: str) -> list[Piece]:
    """Terms with what explains them; a row without a term goes on with the one above."""
    pieces: list[Piece] = []
    for row in rows:
        if pieces and not row.words[0]:
            span = Span(pieces[-1].spans[0].start, row.span.end)
            pieces[-1] = Piece(PieceKind.DEFINITION, (span,), text[span.start : span.end], gap=True)
        else:
            pieces.append(_plain(PieceKind.DEFINITION, row, text))
    return pieces


def is_header(row: Row) -> bool:
    """Whether a row can be the heads of the columns: three or more, all short."""
    short = max(len(words.split()) for words in row.words) <= LONGEST_HEAD
    return len(row.words) > 2 and all(row.words) and short


def matrix(rows: Sequence[Row], text: str, header: int = 0) -> list[Piece]:
    """Read a table with one record a row: heads from its first row, blanks filled from above.

    `header` is how many rows are known to be heads. In a table that merges cells, a blank is empty.
    """
    top = rows[: _header(rows, header)]
    heads = _heads(top)
    merges = any(row.above for row in rows[len(top) :])
    pieces: list[Piece] = []
    above: list[Cell] = []
    last = max((i for i, row in enumerate(rows) if not row.is_band), default=len(rows))
    for i, row in enumerate(rows):
        if row.is_band and i > last:
            pieces.append(_aside(row, text))
        elif row.is_band:
            pieces.append(_band(row, text, begun=any(piece.kind is PieceKind.ROW for piece in pieces)))
        elif any(row.words == head.words for head in top):
            pieces.append(_plain(PieceKind.FURNITURE, row, text))
        elif pieces and pieces[-1].kind is PieceKind.ROW and not merges and _goes_on(row, above, text):
            above = _extended(above, row)
            pieces[-1] = _row_piece(Span(pieces[-1].spans[0].start, row.span.end), above, text)
        else:
            above = _merged(row, heads, above, text) if merges else _cells(row, heads, above, text)
            pieces.append(_row_piece(row.span, above, text))
    return pieces


def _band(row: Row, text: str, begun: bool) -> Piece:
    """A row that is one cell: the name of the table, or a label of the rows that follow."""
    return replace(_plain(PieceKind.LABEL if begun else PieceKind.TEXT, row, text), strong=True)


def _aside(row: Row, text: str) -> Piece:
    """A row that is one cell with no row below it, as "Source: ILO, 2012": a note, or a text."""
    piece = replace(_plain(PieceKind.TEXT, row, text), gap=False)
    return replace(piece, kind=PieceKind.NOTE) if ASIDE.match(piece.words) else piece


def _header(rows: Sequence[Row], known: int) -> int:
    """How many rows head the columns, with the bands above them that name the table."""
    bands = next((i for i, row in enumerate(rows) if not row.is_band), len(rows))
    if known > bands or bands == len(rows):
        return known
    return bands + 1 if is_header(rows[bands]) else 0


def _heads(top: Sequence[Row]) -> tuple[str, ...]:
    """Head of each column: the words of all rows of heads that stand over it."""
    rows = [row for row in top if not row.is_band]
    width = max((len(row.words) for row in rows), default=0)
    return tuple(_joined(row.over(i) for row in rows if i < len(row.words)) for i in range(width))


def _joined(words: Iterable[str]) -> str:
    return " ".join(filter(None, words))


def _row_piece(span: Span, cells: Sequence[Cell], text: str) -> Piece:
    kept = tuple(cell for cell in cells if cell.spans)
    return Piece(PieceKind.ROW, (span,), text[span.start : span.end], gap=True, cells=kept)


def _words(cell: Cell, text: str) -> str:
    return "".join(text[span.start : span.end] for span in cell.spans)


def _resumes(words: str, above: str) -> bool:
    """Whether a cell goes on with the cell above: it starts small, and that one is long enough to break."""
    return len(words) > 1 and words[0].islower() and len(above.split()) >= SHORTEST_BROKEN


def _goes_on(row: Row, above: Sequence[Cell], text: str) -> bool:
    """Whether a row only continues the one above, broken over lines."""
    printed = [(i, words) for i, words in enumerate(row.words) if words]
    if row.first == 0 or max((len(cell.spans) for cell in above), default=0) >= MOST_PARTS:
        return False
    return all(i < len(above) and _resumes(words, _words(above[i], text)) for i, words in printed)


def _extended(above: Sequence[Cell], row: Row) -> list[Cell]:
    cells = []
    for i, cell in enumerate(above):
        more = (row.cells[i],) if i < len(row.cells) and row.words[i] else ()
        cells.append(Cell(cell.head, (*cell.spans, *more), cell.filled))
    return cells


def _cells(row: Row, heads: Sequence[str], above: Sequence[Cell], text: str) -> list[Cell]:
    """Cells of a row: printed ones, those that continue the row above, and blanks filled from above.

    A row whose first cell is printed begins anew, whatever the case of its letters. Only the blanks
    left of the first printed cell mean "same as above"; a blank to its right is empty, as in the
    work-plan matrices, where theme and action stand once for several activities.
    """
    cells = []
    for i, (span, words) in enumerate(zip(row.cells, row.words, strict=True)):
        head = _head(row, i, heads)
        old = above[i] if i < len(above) else Cell(head, ())
        if words and row.first > 0 and len(old.spans) < MOST_PARTS and _resumes(words, _words(old, text)):
            cells.append(Cell(head, (*old.spans, span), filled=True))
        elif words:
            cells.append(Cell(head, row.spans(i, text)))
        elif i < row.first:
            cells.append(Cell(head, old.spans, filled=True))
        else:
            cells.append(Cell(head, ()))
    return cells


def _head(row: Row, i: int, heads: Sequence[str]) -> str:
    """Head of a cell's column; none for a cell that is merged over several."""
    return heads[i] if i < len(heads) and not row.is_wide(i) else ""


def _merged(row: Row, heads: Sequence[str], above: Sequence[Cell], text: str) -> list[Cell]:
    """Cells of a row in a table that says itself which cells go on from the row above."""
    cells = []
    for i, words in enumerate(row.words):
        if i in row.above and i < len(above):
            cells.append(Cell(above[i].head, above[i].spans, filled=True))
        else:
            cells.append(Cell(_head(row, i, heads), row.spans(i, text) if words else ()))
    return cells
