"""Tables that extraction flattened into lines of words, told by the way their rows end."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from corpus.documents import Span
from ingest.lines import Line, repeated_lines
from ingest.markup import trim
from ingest.pieces import Piece, PieceKind
from ingest.regions import Region

ROW_TAIL = re.compile(
    r"(?:^|\s)-?[A-Z][A-Z-]{2,}(?:-[A-Z]+)*"
    r"\s+(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)\d\d)?"
    r"(?:\s+[A-Z][\w ,&/()-]{0,40})?$"
)
"""The end of a row's first line: an acting body, a year or two, and perhaps collaborators. It finds
all 46 rows of the one such table of the five texts and none of their other lines."""

FEWEST_ROWS = 6
WIDEST_GAP = 14
CAPTION = re.compile(r"^\s*(?:Table|Annex|Figure|Box)\s+\d+\s*$")
LONGEST_LABEL = 3
LONGEST_LINE = 300
LONGEST_TAIL = 90
"""Characters of a row's line, and of the part of it that ends the row."""


def find(lines: Sequence[Line]) -> tuple[Region, ...]:
    """Find the flattened tables of a text: enough row ends, close enough to each other."""
    tails = [i for i, line in enumerate(lines) if _ends_row(line)]
    runs: list[list[int]] = []
    for i in tails:
        if runs and i - runs[-1][-1] <= WIDEST_GAP:
            runs[-1].append(i)
        else:
            runs.append([i])
    runs = [run for run in runs if len(run) >= FEWEST_ROWS]
    heads = _heads(lines) if runs else frozenset()
    return tuple(_region(lines, run, heads) for run in runs)


def _ends_row(line: Line) -> bool:
    """Whether a line ends as a row does; one with tabs or too long for a row does not."""
    return len(line.text) <= LONGEST_LINE and "\t" not in line.text and ends_row(line.text)


def ends_row(text: str) -> bool:
    """Whether text ends in a body, a period and perhaps collaborators."""
    return ROW_TAIL.search(text[-LONGEST_TAIL:].rstrip()) is not None


def _region(lines: Sequence[Line], tails: Sequence[int], heads: frozenset[str]) -> Region:
    first, last = tails[0], tails[-1]
    for i in range(first, max(-1, first - WIDEST_GAP), -1):
        if _folded(lines[i]) in heads:
            first = i
    while last + 1 < len(lines) and not lines[last + 1].blank:
        last += 1
    return Region(first, last)


def _heads(lines: Sequence[Line]) -> frozenset[str]:
    """Folded words of the lines that come again, as the heads of the columns do on every page."""
    return frozenset(words for words in repeated_lines(lines, 2) if not ends_row(words))


def _folded(line: Line) -> str:
    return " ".join(line.text.split())


def pieces_of(lines: Sequence[Line], text: str) -> list[Piece]:
    """Cut the lines of a flattened table into its caption, its group labels and its rows."""
    heads = _heads(lines)
    caption: list[Piece] = []
    pieces: list[Piece] = []
    for block in _blocks(lines):
        kept = [line for line in block if _folded(line) not in heads]
        if kept and CAPTION.match(kept[0].text):
            caption.append(_piece(PieceKind.HEADING, kept, text))
        else:
            _add_block(pieces, kept, text)
        pieces += [_piece(PieceKind.FURNITURE, [line], text) for line in block if _folded(line) in heads]
    return caption + pieces


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    blocks: list[list[Line]] = [[]]
    for line in lines:
        if line.blank or CAPTION.match(line.text):
            blocks.append([])
        if not line.blank:
            blocks[-1].append(line)
    return [block for block in blocks if block]


def _add_block(pieces: list[Piece], block: Sequence[Line], text: str) -> None:
    """Add the rows of one block, or the rest of the row before it, or a label of the rows that follow."""
    tails = [i for i, line in enumerate(block) if _ends_row(line)]
    if block and not tails:
        words = block[0].text.split()
        goes_on = words[0][0].islower() or len(words) > LONGEST_LABEL
        if goes_on and pieces and pieces[-1].kind is PieceKind.ROW:
            pieces[-1] = _grown(pieces[-1], block, text)
        else:
            pieces.append(_piece(PieceKind.LABEL, block, text))
    cuts = [0, *tails[1:], len(block)] if tails else []
    pieces += [_piece(PieceKind.ROW, block[a:b], text) for a, b in itertools.pairwise(cuts)]


def _piece(kind: PieceKind, block: Sequence[Line], text: str) -> Piece:
    spans = trim(text, (Span(block[0].start, block[-1].end),))
    return Piece(kind, spans, "".join(text[span.start : span.end] for span in spans), gap=True)


def _grown(row: Piece, block: Sequence[Line], text: str) -> Piece:
    spans = (Span(row.spans[0].start, block[-1].start + len(block[-1].text.rstrip())),)
    return Piece(PieceKind.ROW, spans, text[spans[0].start : spans[0].end], gap=True)
