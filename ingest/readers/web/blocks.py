"""Blocks of a web page: headings, paragraphs, items, notes and tables, from its stream of tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from ingest.elements import Element, ElementKind, Run, Table
from ingest.readers.superscripts import raised
from ingest.readers.web.lists import BY_DEPTH, ShownList, opened
from ingest.readers.web.tables import TableBuilder
from ingest.readers.web.tree import Close, Event, Open, Text
from ingest.readers.web.vocabulary import (
    BLOCKS,
    CELLS,
    EMPHATIC,
    HEADINGS,
    LISTS,
    SECTIONS,
    STRONG_STYLE,
    TABLES,
    is_notes,
    is_unread,
)

MARK = re.compile(r"\s*(?P<mark>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s*")
BRACKETS = "[]() \t\r\n"
SPACE = re.compile(r"\s+")
MOST_BLOCKS = 2
"""So many blocks that explain one term make the list of terms a way to lay out a page."""


@dataclass(slots=True)
class _Role:
    """What the words of a block are. A label stands before the first of them alone."""

    kind: ElementKind = ElementKind.PARAGRAPH
    level: int = 0
    label: str = ""

    def element(self, runs: tuple[Run, ...], strong: bool) -> Element:
        """The element of some words; of an item without a label, or after the first, a paragraph."""
        label, level = self.take(), self.level
        if self.kind is ElementKind.ITEM and not label:
            return Element(ElementKind.PARAGRAPH, runs, level, strong=strong)
        self.level += self.kind is ElementKind.ITEM
        return Element(self.kind, runs, level, label, strong)

    def take(self) -> str:
        """The label, which is then used up."""
        label, self.label = self.label, ""
        return label


@dataclass(frozen=True, slots=True)
class _Frame:
    """What holds for the words and tags inside an open element.

    `table` is the one whose rows or cells stand directly inside; `celled` tells that a cell is around.
    `inside` tells that the element belongs to the text, not to the frame of the page.
    """

    name: str = ""
    role: _Role = field(default_factory=_Role)
    unread: bool = False
    inside: bool = False
    notes: bool = False
    strong: bool = False
    pre: bool = False
    lists: int = 0
    bullets: int = 0
    shown: ShownList | None = None
    table: TableBuilder | None = None
    marked: bool = False
    celled: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)
    cell_of: TableBuilder | None = None
    raised_from: int = -1


def layout_tables(events: Iterable[Event]) -> frozenset[int]:
    """Ids of the tables that lay out a page: they hold another table, and no cell that heads anything."""
    around: list[int] = []
    outer: set[int] = set()
    headed: set[int] = set()
    for event in events:
        if isinstance(event, Open) and event.name == "table":
            outer.update(around[-1:])
            around.append(event.id)
        elif isinstance(event, Close) and event.name == "table":
            around.pop()
        elif isinstance(event, Open) and event.name in ("th", "thead"):
            headed.update(around[-1:])
    return frozenset(outer - headed)


class Blocks:
    """Reads a stream of tags into elements; nothing in it calls itself, however deep the page."""

    def __init__(self, layouts: frozenset[int]) -> None:
        self.layouts = layouts
        self.frames: list[_Frame] = [_Frame()]
        self.outputs: list[list[Element | Table]] = [[]]
        self.words: list[str] = []
        self.strong = True

    def read(self, events: Iterable[Event]) -> tuple[Element | Table, ...]:
        """Read the stream to its end."""
        for event in events:
            if isinstance(event, Text):
                self._text(event.words)
            elif isinstance(event, Open):
                self._open(event)
            else:
                self._close()
        self._flush()
        return tuple(self.outputs[0])

    def _text(self, words: str) -> None:
        frame = self.frames[-1]
        if not frame.unread:
            self.words.append(words if frame.pre else SPACE.sub(" ", words))
            self.strong = self.strong and (frame.strong or not words.strip())

    def _open(self, event: Open) -> None:
        around = self.frames[-1]
        if around.unread or is_unread(event.name, event.attributes, around.inside, around.notes):
            self.frames.append(replace(around, name=event.name, unread=True, cell_of=None))
            return
        if event.name in BLOCKS:
            self._flush()
        if event.name == "br":
            self.words.append("\n")
        self.frames.append(self._frame(event, around))
        if self.frames[-1].cell_of is not None:
            self.outputs.append([])

    def _frame(self, event: Open, around: _Frame) -> _Frame:
        name, held = event.name, event.attributes
        frame = replace(
            around,
            name=name,
            attributes=held,
            cell_of=None,
            raised_from=len(self.words) if name == "sup" else -1,
            inside=around.inside or name in SECTIONS,
            notes=around.notes or is_notes(held),
            strong=around.strong or name in EMPHATIC or bool(STRONG_STYLE.search(held.get("style", ""))),
            pre=around.pre or name == "pre",
            marked=around.marked or name == "thead",
        )
        if name in HEADINGS:
            return replace(frame, role=_Role(ElementKind.HEADING, HEADINGS[name], around.role.take()))
        if name in LISTS:
            shown = opened(name, held, around.bullets)
            return replace(
                frame,
                shown=shown,
                lists=around.lists + shown.is_shown,
                bullets=around.bullets + bool(shown.bullet),
            )
        if name == "li":
            return replace(frame, role=_item(frame))
        return self._tabular(event, frame)

    def _tabular(self, event: Open, frame: _Frame) -> _Frame:
        """A table, row or cell: those of a table in a cell, or of one that lays out the page, are blocks."""
        if event.name in TABLES:
            builds = not frame.celled and event.id not in self.layouts
            return replace(frame, table=TableBuilder() if builds else None, role=_Role(), marked=False)
        if frame.table is None:
            return frame
        if event.name in ("tr", "dt"):
            frame.table.begin_row(frame.marked)
        if event.name == "dd" and frame.table.column != 1:
            frame.table.begin_row()
            frame.table.add("dt", {}, ())
        if event.name in CELLS:
            return replace(frame, cell_of=frame.table, table=None, celled=True, role=_Role())
        return frame

    def _close(self) -> None:
        if self.frames[-1].name in BLOCKS:
            self._flush()
        frame = self.frames.pop()
        if frame.unread:
            return
        if frame.cell_of is not None:
            content = tuple(part for part in self.outputs.pop() if isinstance(part, Element))
            frame.cell_of.add(frame.name, frame.attributes, content)
        elif frame.name in TABLES and frame.table is not None:
            self.outputs[-1] += _laid(frame.name, frame.table.table())
        elif 0 <= frame.raised_from <= len(self.words):
            words = "".join(self.words[frame.raised_from :])
            self.words[frame.raised_from :] = [_raised(words)]

    def _flush(self) -> None:
        """Make the words read so far an element of what is open."""
        frame, text = self.frames[-1], "".join(self.words)
        strong, self.strong = self.strong, True
        self.words.clear()
        if not text.strip():
            return
        if frame.notes and frame.role.kind is not ElementKind.HEADING:
            self.outputs[-1].append(_note(text, frame.role.take()))
        else:
            self.outputs[-1].append(frame.role.element(_runs(text), strong))


def _item(frame: _Frame) -> _Role:
    """What an item of a list is; in a list of notes, a note with its number as mark."""
    label = frame.shown.label(frame.attributes) if frame.shown else BY_DEPTH[0]
    return _Role(ElementKind.ITEM, max(0, frame.lists - bool(label)), label)


def _note(text: str, label: str) -> Element:
    """A note with its mark, which stands before its words or is its number in a list."""
    found = MARK.match(text)
    if found:
        return Element(ElementKind.NOTE, _runs(text[found.end() :]), label=found["mark"])
    return Element(ElementKind.NOTE, _runs(text), label=raised(label.rstrip(".")))


def _runs(text: str) -> tuple[Run, ...]:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return tuple(Run(line) for line in lines if line)


def _raised(words: str) -> str:
    """Raised words; the number of a note may stand in brackets."""
    number = words.strip(BRACKETS)
    return raised(number) if number.isdecimal() else words


def _laid(name: str, table: Table | None) -> list[Element | Table]:
    """A table as it is; a list of terms whose explanations are several blocks long as those blocks."""
    if table is None:
        return []
    cells = [cell for row in table.rows for cell in row if cell]
    if name == "table" or all(len(cell.content) < MOST_BLOCKS for cell in cells):
        return [replace(table, terms=name == "dl")]
    return [element for cell in cells for element in cell.content]
