"""Tables whose cells hold whole outlines: paragraphs and nested bullets in HTML remnants."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from corpus.documents import Cell, Span
from ingest.markers import Marker, Style, parse_marker
from ingest.markup import UNDERLINED, words_between
from ingest.pieces import Piece, PieceKind

BLOCK_TAG = re.compile(r"</?(?:p|ul|ol|li|br|div)\b[^<>\n]*>", re.IGNORECASE)
CUT = re.compile(rf"(?:{BLOCK_TAG.pattern})|(?=[•◦○●▪■]\s)", re.IGNORECASE)
LABELLED = re.compile(r"(?<=[)\].;]\s)(?=[A-Z][a-z]+:\s)")
LABEL = re.compile(r"\s*([A-Z][a-z]+:)\s+")
LONGEST_HEAD = 8


def pieces_of(rows: Sequence[Sequence[Span]], text: str) -> list[Piece]:
    """Cut the rows into headings (row labels, underlined lines) and items, each with its column head.

    A row whose cells are all filled and short heads the columns of the rows below it. A row with
    fewer cells than the widest lacks its label, which stands in a row above. One cell alone, right
    of the label, is merged over all columns and has no column head.
    """
    width = max(len(row) for row in rows)
    heads: tuple[str, ...] = ()
    pieces: list[Piece] = []
    for row in rows:
        cells = [Span(0, 0)] * (width - len(row)) + list(row)
        words = [text[cell.start : cell.end] for cell in cells]
        if words[0]:
            pieces.append(_heading(cells[0], text))
        if all(words) and max(len(word.split()) for word in words) <= LONGEST_HEAD:
            heads = tuple(words)
            pieces += [_item(cell, "", text) for cell in cells[1:]]
            continue
        filled = [i for i in range(1, width) if words[i]]
        for i in filled:
            merged = filled == [1]
            head = heads[i] if heads and not merged else ""
            pieces += _cell_pieces(cells[i], head, text)
    return pieces


def _heading(span: Span, text: str) -> Piece:
    spans = words_between(text, span.start, span.end)
    words = "".join(text[part.start : part.end] for part in spans)
    return Piece(PieceKind.HEADING, spans, words, gap=True, level=2)


def _cell_pieces(cell: Span, head: str, text: str) -> Iterator[Piece]:
    for chunk in _chunks(cell, text):
        raw = text[chunk.start : chunk.end]
        spans = words_between(text, chunk.start, chunk.end)
        if not spans:
            continue
        if UNDERLINED.match(raw):
            words = "".join(text[span.start : span.end] for span in spans)
            yield Piece(PieceKind.HEADING, spans, words, gap=True, strong=True, level=3)
        else:
            yield _item(chunk, head, text)


def _chunks(cell: Span, text: str) -> Iterator[Span]:
    raw = text[cell.start : cell.end]
    cuts = {0, len(raw)}
    for found in CUT.finditer(raw):
        cuts |= {found.start(), found.end()}
    cuts |= {found.start() for found in LABELLED.finditer(raw)}
    edges = sorted(cuts)
    for start, end in itertools.pairwise(edges):
        if raw[start:end].strip() and not BLOCK_TAG.fullmatch(raw[start:end].strip()):
            yield Span(cell.start + start, cell.start + end)


def _item(chunk: Span, head: str, text: str) -> Piece:
    raw = text[chunk.start : chunk.end]
    label = LABEL.match(raw)
    marker = Marker(Style.LABEL, label[1], "", True, label.end()) if label else parse_marker(raw)
    spans = words_between(text, chunk.start + (marker.length if marker else 0), chunk.end)
    words = "".join(text[span.start : span.end] for span in spans)
    cells = (Cell(head, spans),) if head else ()
    return Piece(PieceKind.TEXT, spans, words, marker, cells=cells)
