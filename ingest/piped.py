"""Tables as Markdown writes them: cells between strokes, a line of dashes below the heads of the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.documents import Span
from ingest import tabbed
from ingest.lines import Line
from ingest.pieces import Piece
from ingest.regions import Region

RULE = re.compile(r"\|?(?:\s*+:?-++:?\s*+\|)+(?:\s*+:?-++:?)?")
CELL = re.compile(r"(?:\\.|[^|\\])*+")


def find(lines: Sequence[Line]) -> tuple[Region, ...]:
    """Find the tables: a line of heads, the line of dashes, and the lines with strokes below."""
    regions: list[Region] = []
    for i in range(1, len(lines)):
        head = lines[i - 1].text
        if regions and i <= regions[-1].last:
            continue
        if (
            "|" in head
            and "|" in lines[i].text
            and RULE.fullmatch(lines[i].text)
            and not RULE.fullmatch(head)
        ):
            regions.append(Region(i - 1, _last(lines, i)))
    return tuple(regions)


def _last(lines: Sequence[Line], rule: int) -> int:
    last = rule
    while last + 1 < len(lines) and "|" in lines[last + 1].text:
        last += 1
    return last


def pieces_of(lines: Sequence[Line], text: str) -> list[Piece]:
    """Cut the lines of a table into rows."""
    rows = [row for line in (lines[0], *lines[2:]) if any((row := _row(line)).words)]
    return tabbed.listing(rows, text) or tabbed.matrix(rows, text, header=1) if rows else []


def _row(line: Line) -> tabbed.Row:
    """The cells of a line, without the strokes at its ends."""
    printed = line.text.rstrip()
    start = len(printed) - len(printed.lstrip())
    start += printed[start : start + 1] == "|"
    end = len(printed) - (printed.endswith("|") and not printed.endswith("\\|"))
    spans = []
    while start <= end:
        found = CELL.match(printed, start, end)
        last = found.end() if found else end
        cell = printed[start:last]
        left = line.start + start + len(cell) - len(cell.lstrip())
        spans.append(Span(left, left + len(cell.strip())))
        start = last + 1
    words = tuple(line.text[span.start - line.start : span.end - line.start] for span in spans)
    return tabbed.Row(tuple(spans), words)
