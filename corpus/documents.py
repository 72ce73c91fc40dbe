"""A text as it was read: its source, its words, its sections and its blocks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points, origin at the top left of the page."""


LINE_BREAK = re.compile(r"\r\n|[\n\r\f]")
"""Where a line of a stored text ends; a form feed, which begins a page, ends one too."""


@lru_cache(maxsize=64)
def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(found.end() for found in LINE_BREAK.finditer(text)))


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of character offsets (code points) in a document's stored text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True, order=True)
class Placement:
    """Where a run of the stored text is printed: `page` from 1; `box` is None where no geometry is known."""

    span: Span
    page: int
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of the catalogue: the bibliographic facts of a file and its fingerprint.

    `date` is an ISO date, possibly partial ("2012-10"); `period` is the first and last year that a
    programme or plan covers, None where it covers none; `sha256` is of the file's bytes. `password`
    opens an encrypted file; it is neither shown nor stored outside the catalogue.
    """

    id: str
    title: str
    short_title: str
    body: str
    kind: str
    date: str
    period: tuple[int, int] | None
    language: str
    rights: str
    sha256: str
    path: Path
    password: str = field(default="", repr=False)

    @property
    def year(self) -> int:
        """The year of the document's date."""
        return int(self.date[:4])


class BlockKind(StrEnum):
    """What a block is, by its form in the text."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    DEFINITION = "definition"
    NOTE = "note"
    CONTENTS = "contents"
    FURNITURE = "furniture"


def _start_of(span: Span) -> int:
    return span.start


def _placed_at(place: Placement) -> int:
    return place.span.start


def _columns(boxes: Iterable[tuple[int, Box]]) -> tuple[tuple[int, Box], ...]:
    """Boxes of runs, those that follow each other down one page made one."""
    columns: list[tuple[int, Box]] = []
    top = 0.0
    for page, box in boxes:
        if columns and columns[-1][0] == page and box[1] >= top:
            columns[-1] = (page, _around(columns[-1][1], box))
        else:
            columns.append((page, box))
        top = box[1] - (box[3] - box[1]) / 2
    return tuple(columns)


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row: the head of its column, its words, and where they stand.

    `filled` is True where the row prints nothing and the value is carried down from a row above
    (blank for same); its spans are then those of the row above.
    """

    head: str
    spans: tuple[Span, ...]
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it: `parent` is an index into `Document.sections`."""

    title: str
    spans: tuple[Span, ...]
    level: int
    parent: int | None


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item, table row, definition or note, in reading order.

    `label` is the marker as printed ("14.", "(a)", "-"); `number` is the number or letter alone,
    also where it was lost in the print and follows from the place in the list (`inferred`).
    `section` and `parent` are indices into the document's sections and blocks. `lead` is the index
    of the block that introduces a list. `cells` are those of a row.
    """

    kind: BlockKind
    spans: tuple[Span, ...]
    section: int | None = None
    parent: int | None = None
    lead: int | None = None
    depth: int = 0
    label: str = ""
    number: str = ""
    inferred: bool = False
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A source with its stored text, its pages, and the structure found in it.

    `pages[i]` is the range of page i + 1. A text without page breaks has one page. `places` say more
    exactly, in the order of the text, where its runs are printed, for a paragraph or a row may run over
    a page break; empty where only `pages` are known. `ocr` are the pages whose words were recognised
    from a picture, ascending.
    """

    source: Source
    text: str
    pages: tuple[Span, ...]
    sections: tuple[Section, ...] = ()
    blocks: tuple[Block, ...] = ()
    places: tuple[Placement, ...] = ()
    ocr: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        """The id of the document's source."""
        return self.source.id

    def slice(self, spans: Iterable[Span]) -> str:
        """Join the exact slices of the stored text that the spans name."""
        return "".join(self.text[span.start : span.end] for span in spans)

    def pages_of(self, spans: Iterable[Span]) -> tuple[int, ...]:
        """Number the pages (from 1) on which the spans stand."""
        if self.places:
            return tuple(sorted({place.page for span in spans for place in self._touched(span)}))
        found: set[int] = set()
        for span in spans:
            first = bisect_right(self.pages, span.start, key=_start_of)
            last = bisect_right(self.pages, max(span.start, span.end - 1), key=_start_of)
            found.update(range(max(1, first), max(1, last) + 1))
        return tuple(sorted(found))

    def places_of(self, spans: Iterable[Span]) -> tuple[tuple[int, Box], ...]:
        """Page and box of each column of lines in which the spans stand; none without geometry."""
        found = [place for span in spans for place in self._touched(span) if place.span.end > span.start]
        runs = dict.fromkeys(found)
        return _columns((run.page, run.box) for run in runs if run.box is not None)

    def is_recognised(self, pages: Iterable[int]) -> bool:
        """Whether the words of any of these pages were recognised from a picture."""
        return not set(self.ocr).isdisjoint(pages)

    def _touched(self, span: Span) -> tuple[Placement, ...]:
        """Placements that a span touches; what stands before one, such as a label, is taken to be of it."""
        first = max(0, bisect_right(self.places, span.start, key=_placed_at) - 1)
        last = bisect_right(self.places, max(span.start, span.end - 1), key=_placed_at)
        if first + 1 < last and self.places[first].span.end <= span.start:
            first += 1
        return self.places[first : max(1, last)]

    def lines_of(self, spans: Iterable[Span]) -> tuple[int, int]:
        """Number (from 1) the first and the last line on which the spans stand."""
        held = tuple(spans)
        starts = _line_starts(self.text)
        first = bisect_right(starts, min(span.start for span in held))
        return first, bisect_right(starts, max(span.end for span in held) - 1)

    def path_of(self, section: int | None) -> tuple[str, ...]:
        """Titles from the outermost section down to the one given; empty for None."""
        titles: list[str] = []
        while section is not None:
            titles.append(self.sections[section].title)
            section = self.sections[section].parent
        return tuple(reversed(titles))
