"""Lines of cells: words put on lines of a width, which may end after a hyphen within a word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlab.pdfbase.pdfmetrics import stringWidth

from tests.typesetting.printed import Printed, cut

BREAK = re.compile(r" |(?<=\w)[-/](?=\w)|$")


def broken(words: Printed, font: str, size: float, widths: tuple[float, float]) -> Iterator[Printed]:
    """Cut words into lines; `widths` are those of the first line and of the others, in points."""
    start = last = 0
    width = widths[0]
    for end in (found.end() for found in BREAK.finditer(words.text)):
        if stringWidth(words.text[start:end].rstrip(), font, size) > width and last > start:
            yield cut(words, start, last)
            start, width = last, widths[1]
        last = end
    if words.text[start:]:
        yield cut(words, start)
