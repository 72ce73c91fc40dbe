"""Elements: what a reader of laid-out files (PDF, Word, web page) hands on, in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from corpus.documents import Box


class ElementKind(StrEnum):
    """What the layout of a file says that an element is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Run:
    """Words printed at one place: a line of a paragraph, or of a cell.

    `text` holds no line break; a number raised as a footnote's mark is written in superscript digits
    ("¹²"). `page` counts from 1, 0 where the format has no pages; `box` is None where it has no geometry.
    A hyphen that only breaks a word at the end of the line is left out and `joins` is True: the next
    run goes on without a space.
    """

    text: str
    page: int = 0
    box: Box | None = None
    joins: bool = False


@dataclass(frozen=True, slots=True)
class Element:
    """One heading, paragraph, list item or footnote.

    `level` is the depth of a heading from 1 (the outermost); of an item or a paragraph the number of items
    that are known to be around it. `label` is an item's
    marker or a heading's number as it is shown ("14.", "(a)", "•"), which the runs leave out; that of a
    note is its mark in superscript digits. `strong` tells that all of it is bold or underlined.
    """

    kind: ElementKind
    runs: tuple[Run, ...]
    level: int = 0
    label: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell: what it holds, and over how many rows and columns it is merged."""

    content: tuple[Element, ...] = ()
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a grid: each row names a cell for every column.

    A place covered by a cell merged from above or from the left is None. The first `header` rows are
    heads of the columns. A table that goes on over pages is one, without the repeated header rows.
    `terms` tells that it is a list of terms, each with its explanation beside it.
    """

    rows: tuple[tuple[TableCell | None, ...], ...]
    header: int = 0
    terms: bool = False


@dataclass(frozen=True, slots=True)
class Properties:
    """What a file says about itself; empty where it says nothing. `created` is an ISO date."""

    title: str = ""
    author: str = ""
    created: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a user should know about how a file was read: on which pages (none: all), in a sentence."""

    words: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """A file as its reader found it.

    `pages` counts its pages, 0 where the format has none; `ocr` are those whose words were recognised
    from a picture. Furniture (running heads, feet, page numbers) is not among the elements.
    """

    elements: tuple[Element | Table, ...]
    pages: int = 0
    ocr: frozenset[int] = frozenset()
    notices: tuple[Notice, ...] = ()
    properties: Properties = field(default_factory=Properties)
