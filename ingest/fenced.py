"""Blocks between fences, as Markdown sets code or words apart from the paragraph or item before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from corpus.documents import Span
from ingest.lines import Line
from ingest.markup import trim
from ingest.pieces import Piece, PieceKind
from ingest.regions import Region

FENCE = re.compile(r"[ \t]*(?P<mark>`{3,})[^`]*")
"""Fences of "~~~" are left aside: plain texts draw rules with these."""


def find(lines: Sequence[Line]) -> tuple[Region, ...]:
    """Find the blocks: a line that is a fence, to the next one as long with nothing behind it."""
    regions: list[Region] = []
    mark, first = "", 0
    for i, line in enumerate(lines):
        found = FENCE.fullmatch(line.text)
        if not found:
            continue
        if not mark:
            mark, first = found["mark"], i
        elif line.text.strip() == found["mark"] and found["mark"].startswith(mark):
            regions.append(Region(first, i))
            mark = ""
    return tuple(regions)


def pieces_of(lines: Sequence[Line], text: str) -> list[Piece]:
    """Cut what stands between the fences into pieces at its blank lines."""
    inner = lines[1:-1]
    groups = (tuple(group) for blank, group in groupby(inner, key=lambda line: line.blank) if not blank)
    return [_piece(text, group[0].start, group[-1].end) for group in groups]


def _piece(text: str, start: int, end: int) -> Piece:
    spans = trim(text, (Span(start, end),))
    return Piece(PieceKind.TEXT, spans, "".join(text[span.start : span.end] for span in spans), gap=True)
