"""Pages set by hand, each letter half as wide as its font is high, and what a layout says in short."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from ingest.elements import Element, Layout, Table
from ingest.readers.pdf.found import FoundTable
from ingest.readers.pdf.page import Page, Rule, Word
from ingest.readers.pdf.reader import assemble, read_part

RAISED = re.compile(r"\^(\d+)")


class Sheet:
    """A page being set, line after line from the top; places in points."""

    def __init__(self, number: int = 1, top: float = 72.0, width: float = 595.0, height: float = 842.0):
        self.number, self.width, self.height = number, width, height
        self.top = top
        self.words: list[Word] = []
        self.rules: list[Rule] = []

    def word(self, text, left, base, size=11.0, bold=False):
        """Set one word so that its letters stand on a baseline; return where it ends."""
        bottom = base + 0.2 * size
        right = left + 0.5 * size * len(text)
        self.words.append(Word(text, (left, bottom - size, right, bottom), size, bold))
        return right

    def line(self, text, left=72.0, size=11.0, bold=False, base=None, space=None):
        """Set words on one baseline; "report^1" raises the number."""
        at = left
        base = self.top + size if base is None else base
        for token in text.split(" "):
            mark = RAISED.search(token)
            plain = RAISED.sub("", token)
            if plain:
                at = self.word(plain, at, base, size, bold)
            if mark:
                at = self.word(mark[1], at, base - 0.33 * size, 0.6 * size, bold)
            at += 0.25 * size if space is None else space
        return self

    def lines(self, texts, left=72.0, size=11.0, bold=False, leading=None, after=0.0):
        """Set one line below the other."""
        for text in texts:
            self.line(text, left, size, bold)
            self.top += leading or 1.2 * size
        self.top += after
        return self

    def paragraph(self, text, left=72.0, right=523.0, size=11.0, bold=False, indent=0.0, after=6.0):
        """Set a text in lines of a column; `indent` is that of its first line."""
        held: list[str] = []
        start = left + indent
        for token in [*text.split(" "), None]:
            fits = token and start + _width([*held, token], size) <= right
            if held and not fits:
                self.line(" ".join(held), start, size, bold)
                self.top += 1.2 * size
                held, start = [], left
            held += [token] if token else []
        self.top += after
        return self

    def item(self, marker, text, left=72.0, hang=18.0, **settings):
        """Set an item: its marker, and its words indented."""
        self.line(marker, left, settings.get("size", 11.0), settings.get("bold", False))
        return self.paragraph(text, left + hang, **settings)

    def rule(self, left=72.0, length=144.0, down=0.0):
        """Draw a rule at the current place."""
        self.rules.append(Rule(left, self.top + down, left + length, self.top + down))
        return self

    def page(self, ocr=False) -> Page:
        """The page as it is set so far."""
        return Page(self.number, self.width, self.height, tuple(self.words), tuple(self.rules), ocr=ocr)


def _width(tokens: Sequence[str], size: float) -> float:
    """How wide words are on one line; a raised number is 0.6 as large."""
    marks = sum(0.6 * len(found) for token in tokens for found in RAISED.findall(token))
    letters = sum(len(RAISED.sub("", token)) for token in tokens)
    return size * (0.5 * (letters + marks) + 0.25 * (len(tokens) - 1))


Tables = Callable[[Page], Sequence[FoundTable]]


def laid_out(*sheets: Sheet, find: Tables = lambda page: ()) -> Layout:
    """Read pages set by hand, each as a part of its own."""
    return assemble([read_part([sheet.page()], find) for sheet in sheets])


def first_of(layout: Layout) -> Element:
    """The first element, which is no table."""
    element = layout.elements[0]
    assert isinstance(element, Element)
    return element


def text_of(element: Element) -> str:
    """The words of an element's runs."""
    return "".join(run.text + ("" if run.joins else " ") for run in element.runs).strip()


def told(layout: Layout) -> list[Any]:
    """Each element in short: kind and level ("heading1", "item0"; none for a paragraph), label and words."""
    return [_told(element) for element in layout.elements]


def _told(element: Element | Table) -> Any:
    if isinstance(element, Table):
        return [
            [" ".join(map(text_of, cell.content)) if cell else None for cell in row] for row in element.rows
        ]
    named = element.kind.value in ("heading", "item")
    kind = f"{element.kind.value}{element.level}" if named else element.kind.value
    return " ".join(part for part in (kind, element.label, text_of(element)) if part)
