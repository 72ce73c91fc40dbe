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
    of the block that introduces a list. `cells` are those of a row. `places` holds (page, box)
    where the source has geometry.
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
    places: tuple[tuple[int, Box], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A source with its stored text, its pages, and the structure found in it.

    `pages[i]` is the range of page i + 1. A text without page breaks has one page.
    """

    source: Source
    text: str
    pages: tuple[Span, ...]
    sections: tuple[Section, ...] = ()
    blocks: tuple[Block, ...] = ()

    @property
    def id(self) -> str:
        """The id of the document's source."""
        return self.source.id

    def slice(self, spans: Iterable[Span]) -> str:
        """Join the exact slices of the stored text that the spans name."""
        return "".join(self.text[span.start : span.end] for span in spans)

    def pages_of(self, spans: Iterable[Span]) -> tuple[int, ...]:
        """Number the pages (from 1) on which the spans stand."""
        starts = [page.start for page in self.pages]
        found: set[int] = set()
        for span in spans:
            first = bisect_right(starts, span.start)
            last = bisect_right(starts, max(span.start, span.end - 1))
            found.update(range(max(1, first), max(1, last) + 1))
        return tuple(sorted(found))

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
