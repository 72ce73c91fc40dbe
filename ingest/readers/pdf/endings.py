"""Where a paragraph ends: what tells that a line begins another block than the lines before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.markers import Marker, Style
from ingest.pieces import FUNCTION_WORDS
from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.marks import is_certain
from ingest.readers.pdf.measures import Measures

SAME_SIZE = 0.08
"""Of the font's size: lines of one paragraph differ less."""
WIDER = 1.15
"""Of the pitch: space between paragraphs is 3 points or more, a quarter of the pitch at 10 on 12."""
JITTER = 0.6
"""Points that lines of one paragraph may stand farther apart: grids round, tall letters push."""
INDENT = 0.6
"""Of the font's size: less is no indent. Word indents by 18 points or more, LaTeX by 15."""
DEEPEST = 6.0
"""Of the font's size: how far a first line may be indented; Word's default is 36 points at 11."""
SHORT = 0.4
"""Of the column's width: a line ending so far before the margin was broken on purpose."""
FLUSH = 1.0
"""Points: lines of justified text end at one place."""
SENTENCE_END = re.compile(r"[.;:!?…][\"'”’)\]*]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$")
BARE_PART = re.compile(
    r"(?:annex|appendix|attachment|part|chapter|section)\s+[\dA-Z]{1,4}[.:]?", re.IGNORECASE
)


def finished(text: str) -> bool:
    """Whether words end as a sentence or clause does, be it with the mark of a footnote."""
    return bool(SENTENCE_END.search(text[-20:]))


def starts_low(text: str) -> bool:
    """Whether the first letter is a small one, as in the middle of a sentence."""
    first = re.search(r"[^\W_]", text[:40])
    return first is not None and first.group().islower()


def hanging(text: str) -> bool:
    """Whether words break off: at a comma, a hyphen, or a word that needs another."""
    last = text[-40:].rsplit(None, 1)[-1] if text.strip() else ""
    return last.endswith((",", "-", "\u2010", "–")) or last.casefold() in FUNCTION_WORDS


def apart(before: Line, line: Line) -> bool:
    """Whether a page or a column ends between two lines."""
    return before.page != line.page or before.side != line.side or line.base <= before.base


def same_size(line: Line, other: Line) -> bool:
    """Whether two lines could be of one paragraph by their size."""
    return abs(line.size - other.size) <= SAME_SIZE * max(line.size, other.size)


def breaks(
    lines: Sequence[Line], marker: Marker | None, line: Line, own: Marker | None, measures: Measures
) -> bool:
    """Whether a line begins a new block; `lines` are those of the block before, which `marker` begins.

    `own` is the marker that the line itself would have.
    """
    before = lines[-1]
    if apart(before, line) or not same_size(before, line):
        return True
    if line.base - before.base > WIDER * measures.pitch(line) + JITTER:
        return True
    if BARE_PART.fullmatch(before.text) or (BARE_PART.fullmatch(line.text) and not hanging(before.text)):
        return True
    centred = _centred(before, line)
    short = not centred and _was_short(lines, line, measures)
    if own and _begins_item(lines, marker, line, own, short):
        return True
    return (
        _weight_breaks(before, line, short) or short or (not centred and _indent_breaks(lines, marker, line))
    )


def _centred(before: Line, line: Line) -> bool:
    """Whether two lines are centred over each other."""
    middles = abs(before.left + before.right - line.left - line.right) / 2
    return middles <= INDENT * line.size and abs(before.left - line.left) > INDENT * line.size


def _was_short(lines: Sequence[Line], line: Line, measures: Measures) -> bool:
    """Whether the line before was broken on purpose, to judge by its end and by what follows."""
    before = lines[-1]
    if before.text.endswith(("-", "\u00ad")) or not measures.is_short(before, line):
        return False
    if measures.room(before) > SHORT * measures.width(before):
        return not (hanging(before.text) and starts_low(line.text))
    if len(lines) > 1 and abs(lines[-2].right - before.right) <= FLUSH:
        return False
    return finished(before.text) or not (starts_low(line.text) or hanging(before.text))


def _begins_item(lines: Sequence[Line], marker: Marker | None, line: Line, own: Marker, short: bool) -> bool:
    """Whether a marker at the head of a line is one, not a number that a wrapped line begins with."""
    if is_certain(own) or short or (finished(lines[-1].text) and _follows(marker, own)):
        return True
    first = lines[0]
    indent = INDENT * line.size
    if marker is not None and first.second - first.left > indent:
        return abs(line.left - first.left) <= indent
    return abs(line.left - lines[-1].left) > indent


def _follows(marker: Marker | None, own: Marker) -> bool:
    """Whether a marker is the first of a list or the next after another; initials of names are not."""
    if marker is None:
        return not (own.style is Style.LETTER and own.label.endswith("."))
    return own.value in (0, 1) or (own.form == marker.form and own.value == marker.value + 1)


def _weight_breaks(before: Line, line: Line, short: bool) -> bool:
    """Whether a line that is all bold ends or begins here, as a heading does."""
    if before.strong == line.strong:
        return False
    if before.strong:
        return not line.opens and (short or not starts_low(line.text))
    return short or finished(before.text)


def _indent_breaks(lines: Sequence[Line], marker: Marker | None, line: Line) -> bool:
    first, before = lines[0], lines[-1]
    indent = INDENT * line.size
    if len(lines) > 1:
        return abs(line.left - lines[1].left) > indent
    if marker is not None and first.left - indent <= line.left <= first.second + indent:
        return False
    if line.left > first.left + indent:
        return finished(before.text) or marker is not None
    return first.left - line.left > DEEPEST * line.size
