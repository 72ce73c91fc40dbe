"""Footnotes as Markdown writes them: a line that begins with the mark referred to, "[^1]: See below."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.lines import Line
from ingest.markup import words_between
from ingest.pieces import Piece, PieceKind
from ingest.regions import Region

MARK = re.compile(r" {0,3}\[\^[^\]\s]{1,30}\]:[ \t]*+(?=\S)")


def find(lines: Sequence[Line]) -> tuple[Region, ...]:
    """Find the notes: each with the lines on which it goes on, up to a blank line or the next."""
    regions: list[Region] = []
    for i, line in enumerate(lines):
        if MARK.match(line.text):
            regions.append(Region(i, i))
        elif regions and regions[-1].last == i - 1 and not line.blank and "|" not in line.text:
            regions[-1] = Region(regions[-1].first, i)
    return tuple(regions)


def pieces_of(lines: Sequence[Line], text: str) -> list[Piece]:
    """Make the lines of a note one piece, its mark left out."""
    found = MARK.match(lines[0].text)
    spans = words_between(text, lines[0].start + (found.end() if found else 0), lines[-1].end)
    words = "".join(text[span.start : span.end] for span in spans)
    return [Piece(PieceKind.NOTE, spans, words, gap=True)] if words else []
