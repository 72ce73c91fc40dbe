"""Scripts: what is to be typeset of a text, whatever the format: headings, lists, tables, notes in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.typesetting.printed import Printed


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` counts from 1. `words` hold its number, if any."""

    words: Printed
    level: int


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, or a line of its own; `bold` and `underlined` hold for all of it."""

    words: Printed
    bold: bool = False
    underlined: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A list item with its marker as printed; `number` is the marker's number or letter, if it has one."""

    words: Printed
    marker: str
    number: str
    depth: int

    @property
    def whole(self) -> Printed:
        """Marker and words in one."""
        return self.words.prefixed(self.marker)


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote; `anchor` is the offset of its mark in the text, `marked` whether one is printed there."""

    words: Printed
    mark: str
    anchor: int
    marked: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a glossary, or of a table of contents (then `second` is the page)."""

    first: Printed
    second: Printed
    contents: bool = False


Content = Heading | Text | Item


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table, merged over so many rows and columns."""

    content: tuple[Content, ...] = ()
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; a place that a merged cell covers is None. The first `header` rows are heads."""

    rows: tuple[tuple[GridCell | None, ...], ...]
    header: int = 0


Element = Content | Note | Entry | Grid


@dataclass(frozen=True, slots=True)
class Script:
    """What is to be typeset of a text, in reading order."""

    title: str
    author: str
    elements: tuple[Element, ...]

    @property
    def notes(self) -> tuple[Note, ...]:
        """The footnotes."""
        return tuple(element for element in self.elements if isinstance(element, Note))

    def words(self) -> Iterator[Printed]:
        """All words, element by element."""
        for element in self.elements:
            yield from words_of(element)


def words_of(element: Element) -> Iterator[Printed]:
    """The words of an element, markers included."""
    match element:
        case Item():
            yield element.whole
        case Entry():
            yield from (element.first, element.second)
        case Grid():
            yield from _cells(element.rows)
        case _:
            yield element.words


def _cells(rows: Iterable[tuple[GridCell | None, ...]]) -> Iterator[Printed]:
    for row in rows:
        for cell in row:
            for content in cell.content if cell else ():
                yield from words_of(content)
