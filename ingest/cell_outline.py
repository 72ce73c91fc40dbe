"""Tables whose cells hold whole outlines: paragraphs and nested bullets in HTML remnants."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.documents import Cell, Span
from ingest.markers import Marker, Style, parse_marker
from ingest.markup import UNDERLINED, Between, words_between
from ingest.pieces import Piece, PieceKind

BLOCK_TAG = re.compile(r"</?(?:p|ul|ol|li|br|div)\b[^<>\n]*>", re.IGNORECASE)
BULLET = re.compile(r"(?=[•◦○●▪■]\s)")
CUT = re.compile(rf"(?:{BLOCK_TAG.pattern})|{BULLET.pattern}", re.IGNORECASE)
LABELLED = re.compile(r"(?<=[)\].;]\s)(?=[A-Z][a-z]+:\s)")
LABEL = re.compile(r"\s*([A-Z][a-z]+:)\s+")
LONGEST_HEAD = 8


@dataclass(frozen=True, slots=True)
class Chunk:
    """One line of the outline in a cell; `heading` where all of it is underlined or bold.

    `depth` counts the items that a layout shows around an item, None of what is none.
    """

    span: Span
    heading: bool = False
    depth: int | None = None


@dataclass(frozen=True, slots=True)
class OutlineCell:
    """A cell with the lines of its outline; `wide` where it is merged over columns, so that none heads it."""

    span: Span
    chunks: tuple[Chunk, ...] = ()
    wide: bool = False


def tagged(rows: Sequence[Sequence[Span]], text: str) -> list[list[OutlineCell]]:
    """Cut cells at the tags left in them.

    A row with fewer cells than the widest lacks its label, which stands in a row above. One cell alone,
    right of the label, is merged over all columns.
    """
    width = max(len(row) for row in rows)
    return [_tagged_row([Span(0, 0)] * (width - len(row)) + list(row), text) for row in rows]


def _tagged_row(row: Sequence[Span], text: str) -> list[OutlineCell]:
    filled = [i for i, cell in enumerate(row) if i and cell]
    return [OutlineCell(cell, tuple(_chunks(cell, text)), wide=filled == [1]) for cell in row]


def pieces_of(
    rows: Sequence[Sequence[OutlineCell]], text: str, between: Between = words_between
) -> list[Piece]:
    """Cut the rows into headings (row labels, underlined lines) and items, each with its column head.

    A row whose cells are all filled and short heads the columns of the rows below it. `between` finds the
    words of a line.
    """
    heads: tuple[str, ...] = ()
    pieces: list[Piece] = []
    for row in rows:
        words = [text[cell.span.start : cell.span.end] for cell in row]
        if words[0]:
            pieces.append(_heading(row[0].span, text, between))
        short = max(len(word.split()) for word in words) <= LONGEST_HEAD
        if all(words) and short and all(len(cell.chunks) < 2 for cell in row):
            heads = tuple(words)
            pieces += [_item(Chunk(cell.span), "", text, between) for cell in row[1:]]
            continue
        for i, cell in enumerate(row[1:], 1):
            pieces += _cell_pieces(cell, heads[i] if heads and not cell.wide else "", text, between)
    return pieces


def _heading(span: Span, text: str, between: Between, strong: bool = False) -> Piece:
    spans = between(text, span.start, span.end)
    words = "".join(text[part.start : part.end] for part in spans)
    return Piece(PieceKind.HEADING, spans, words, gap=True, strong=strong)


def _cell_pieces(cell: OutlineCell, head: str, text: str, between: Between) -> Iterator[Piece]:
    for chunk in cell.chunks:
        if chunk.heading and between(text, chunk.span.start, chunk.span.end):
            yield _heading(chunk.span, text, between, strong=True)
        elif between(text, chunk.span.start, chunk.span.end):
            yield _item(chunk, head, text, between)


def _chunks(cell: Span, text: str) -> Iterator[Chunk]:
    for part in cut_up(cell, text):
        yield Chunk(part, bool(UNDERLINED.match(text[part.start : part.end])))


def cut_up(cell: Span, text: str, at: re.Pattern[str] = CUT) -> Iterator[Span]:
    """Cut a cell at tags and bullets, or only `at` what is given, and at labels ("Project:")."""
    raw = text[cell.start : cell.end]
    cuts = {0, len(raw)}
    for found in at.finditer(raw):
        cuts |= {found.start(), found.end()}
    cuts |= {found.start() for found in LABELLED.finditer(raw)}
    edges = sorted(cuts)
    for start, end in itertools.pairwise(edges):
        if raw[start:end].strip() and not at.fullmatch(raw[start:end].strip()):
            yield Span(cell.start + start, cell.start + end)


def _item(chunk: Chunk, head: str, text: str, between: Between) -> Piece:
    span = chunk.span
    raw = text[span.start : span.end]
    label = LABEL.match(raw)
    marker = Marker(Style.LABEL, label[1], "", True, label.end()) if label else parse_marker(raw)
    spans = between(text, span.start + (marker.length if marker else 0), span.end)
    words = "".join(text[part.start : part.end] for part in spans)
    cells = (Cell(head, spans),) if head else ()
    depth = chunk.depth if marker and not label else None
    return Piece(PieceKind.TEXT, spans, words, marker, cells=cells, depth=depth)
