"""Tables of marks ("Yes", "Denounced") whose empty cells the extraction lost: rows, not columns, are sure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.documents import Cell, Span
from ingest.lines import Line
from ingest.pieces import Piece, PieceKind
from ingest.regions import Region

ROW = re.compile(r"^\s*(?P<label>[A-Z][^\d\t]*?)(?P<marks>(?:\s+(?:Yes|No|Denounced|[xX✓✔✗–-]))+)\s*$")
HEAD = re.compile(r"^\s*[A-Z][\w ]*?(?:\s+\d{1,4}){3,}\s*$")
LONGEST_LABEL = 4
LONGEST_LINE = 300
"""Characters; a longer line is prose."""
FEWEST = 4
WIDEST_GAP = 6
"""Lines without marks between two rows: a few labels and the blanks around them."""


def find(lines: Sequence[Line]) -> tuple[Region, ...]:
    """Find the tables of marks: a line of column numbers, then rows of a label and marks."""
    regions: list[Region] = []
    for i, line in enumerate(lines):
        after_last = not regions or i > regions[-1].last
        if after_last and len(line.text) <= LONGEST_LINE and HEAD.match(line.text):
            last, rows = _rows_below(lines, i)
            if rows >= FEWEST:
                regions.append(Region(i, last))
    return tuple(regions)


def _rows_below(lines: Sequence[Line], head: int) -> tuple[int, int]:
    """Index of the last row under a head, and how many rows have marks."""
    last, rows = head, 0
    for j in range(head + 1, len(lines)):
        if len(lines[j].text) <= LONGEST_LINE and ROW.match(lines[j].text):
            last, rows = j, rows + 1
        elif len(lines[j].text.split()) > LONGEST_LABEL or j - last > WIDEST_GAP:
            break
    return last, rows


def pieces_of(lines: Sequence[Line], text: str) -> list[Piece]:
    """Cut the lines of a table of marks into rows, each with the line of column numbers as its head.

    A label without marks between rows is a row with none; the line under the head names the labels.
    """
    head = " ".join(lines[0].text.split())
    printed = [line for line in lines[1:] if not line.blank]
    labels = "" if ROW.match(printed[0].text) else printed[0].text.strip()
    rows = [_row(line, head, labels, text) for line in (printed[1:] if labels else printed)]
    heads = [lines[0], *(printed[:1] if labels else [])]
    return [_plain(PieceKind.FURNITURE, line, text) for line in heads] + rows


def _words_span(line: Line) -> Span:
    left = len(line.text) - len(line.text.lstrip())
    return Span(line.start + left, line.start + len(line.text.rstrip()))


def _plain(kind: PieceKind, line: Line, text: str) -> Piece:
    span = _words_span(line)
    return Piece(kind, (span,), text[span.start : span.end], gap=True)


def _row(line: Line, head: str, labels: str, text: str) -> Piece:
    span = _words_span(line)
    found = ROW.match(line.text)
    cut = line.start + found.end("label") if found else span.end
    cells = [Cell(labels, (Span(span.start, cut),))]
    if found:
        start = line.start + found.start("marks")
        cells.append(Cell(head, (Span(start + 1, span.end),)))
    return Piece(PieceKind.ROW, (span,), text[span.start : span.end], gap=True, cells=tuple(cells))
