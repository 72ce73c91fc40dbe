"""What stands in a cell: its words as paragraphs and items."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.elements import Element, ElementKind, Run, TableCell
from ingest.markers import BULLETS, Marker, Style, parse_marker
from ingest.pieces import FINISHED
from ingest.readers.pdf.cell_lines import CellLine, cell_lines, mended
from ingest.readers.pdf.page import Rule, Word

APART = 1.4
"""Of the least distance of two lines: a larger one parts paragraphs."""
OPEN = 0.6
"""Of the font's size: so much white between two lines parts them where there is no third to compare with."""
SHORT = 0.75
"""Of the width of the cell's print: a line that ends before was ended on purpose."""
INDENT = 0.5
"""Of the font's size: markers that start farther apart stand on different levels."""
LOOKED = 40
"""Parts of a cell among which a marker looks for others of its form."""
LONE = frozenset(BULLETS + "-*\uf0a7\uf0b7\uf0d8")


@dataclass(frozen=True, slots=True)
class CellPart:
    """Consecutive lines that make one element, with its marker where it has one."""

    lines: tuple[CellLine, ...]
    marker: Marker | None
    strong: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the cells of a page share: its number, the rules that may underline, and its known words."""

    page: int
    underlines: tuple[Rule, ...] = ()
    known: frozenset[str] = frozenset()


def cell_of(words: Iterable[Word], around: Surroundings, rows: int = 1, columns: int = 1) -> TableCell:
    """Make a cell of the words within it."""
    parts = _parts(_with_bullets(cell_lines(words)), around)
    return TableCell(tuple(_elements(parts, around)), rows, columns)


def _with_bullets(lines: Sequence[CellLine]) -> list[CellLine]:
    """Join a bullet that stands alone with the line below it, whose print it belongs to."""
    joined: list[CellLine] = []
    for line in lines:
        last = joined[-1].words if joined else ()
        if len(last) == 1 and last[0].text in LONE:
            joined[-1] = CellLine((*last, *line.words))
        else:
            joined.append(line)
    return joined


def _parts(lines: Sequence[CellLine], around: Surroundings) -> list[CellPart]:
    parts: list[CellPart] = []
    limit = _pitch(lines)
    right = max((line.box[2] for line in lines), default=0.0)
    left = min((line.box[0] for line in lines), default=0.0)
    for line in lines:
        last = parts[-1] if parts else None
        strong = line.bold or line.underlined(around.underlines)
        short = last is not None and last.lines[-1].box[2] < left + SHORT * (right - left)
        marker = _marker(line, parts, short)
        if last and not marker and last.strong == strong and not _apart(last, line, limit, short):
            parts[-1] = replace(last, lines=(*last.lines, line))
        else:
            parts.append(CellPart((line,), marker, strong))
    return parts


def _pitch(lines: Sequence[CellLine]) -> float:
    """The distance of two lines above which a new paragraph begins."""
    steps = [b.box[3] - a.box[3] for a, b in pairwise(lines)]
    size = max((line.size for line in lines), default=10.0)
    usual = min((step for step in steps if step > 0.8 * size), default=0.0)
    return APART * usual if len(steps) > 1 and usual < (1 + OPEN) * size else (1 + OPEN) * size


def _marker(line: CellLine, parts: Sequence[CellPart], short: bool) -> Marker | None:
    """The marker of a line; None for a number or dash that a wrapped line happens to start with."""
    before = [part.marker for part in parts[-LOOKED:] if part.marker]
    numbered = [marker for marker in before if marker.style is not Style.BULLET]
    marker = parse_marker(line.text, numbered[-1] if numbered else None)
    if not marker or not parts or (marker.style is Style.BULLET and marker.label not in "-–—*"):
        return marker
    known = any(other.form == marker.form for other in before)
    return marker if known or short or FINISHED.search(parts[-1].lines[-1].text) else None


def _apart(last: CellPart, line: CellLine, limit: float, short: bool) -> bool:
    """Whether a line without a marker begins a paragraph of its own."""
    before = last.lines[-1]
    if line.box[3] - before.box[3] > limit:
        return True
    ended = bool(FINISHED.search(before.text))
    outdented = last.marker is not None and line.box[0] < last.lines[0].box[0] - INDENT * line.size
    hanging = (
        last.marker is not None and len(last.lines) > 1 and line.box[0] < before.box[0] - INDENT * line.size
    )
    return (outdented or hanging) and (ended or short)


def _elements(parts: Sequence[CellPart], around: Surroundings) -> list[Element]:
    starts = _starts([part.lines[0] for part in parts if part.marker])
    made = []
    for part in parts:
        runs = tuple(_runs(part, around.page, around.known))
        if part.marker:
            level = sum(start <= part.lines[0].box[0] for start in starts) - 1
            made.append(Element(ElementKind.ITEM, runs, level, _label(part.marker), part.strong))
        else:
            made.append(Element(ElementKind.PARAGRAPH, runs, strong=part.strong))
    return made


def _label(marker: Marker) -> str:
    return "•" if marker.label in ("\uf0a7", "\uf0b7", "\uf0d8") else marker.label


def _starts(lines: Sequence[CellLine]) -> list[float]:
    """Where the markers of each level start, from the outermost."""
    starts: list[float] = []
    for line in sorted(lines, key=lambda line: line.box[0]):
        if not starts or line.box[0] - starts[-1] > INDENT * line.size:
            starts.append(line.box[0])
    return starts


def _runs(part: CellPart, page: int, known: Collection[str]) -> Iterable[Run]:
    texts = [line.text for line in part.lines]
    if part.marker:
        texts[0] = texts[0][part.marker.length :].strip()
    for i, line in enumerate(part.lines):
        text, joins = mended(texts[i], texts[i + 1] if i + 1 < len(texts) else "", known)
        yield Run(text, page, line.box, joins)
