"""Nesting of lists in a Word file: levels of one list, or lists that are indented deeper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.readers.word.xml import Node, value, whole

SLACK = 100
"""Twips (twentieths of a point) between markers that are taken to stand one below the other; the lists that
Word comes with are 360 apart."""
DEEPEST = 12
"""Levels that are told apart."""


@dataclass(frozen=True, slots=True)
class Indent:
    """How far the lines of a paragraph, and its first line, are set in from the margin, in twips."""

    left: int = 0
    first: int = 0


def indent_of(nodes: Iterable[Node]) -> Indent:
    """The indent that some properties make together, the weakest first."""
    said: dict[str, str] = {}
    for node in nodes:
        said |= {name: value(node, name) for name in ("left", "start", "hanging", "firstLine")}
        said = {name: one for name, one in said.items() if one}
    left = whole(said.get("left") or said.get("start", ""))
    hanging = whole(said.get("hanging", ""))
    return Indent(left, left - hanging if hanging else left + whole(said.get("firstLine", "")))


@dataclass(frozen=True, slots=True)
class _Open:
    """An item whose list may go on: its list, its level in it, and where its marker stands."""

    definition: str
    level: int
    marker: int


@dataclass(slots=True)
class Nesting:
    """The open lists of one body, cell or box.

    `margin` is where the paragraphs between lists stand; `apart` tells that one came after the last item.
    """

    open: list[_Open] = field(default_factory=list)
    margin: int = 0
    apart: bool = False

    def item(self, definition: str, level: int, indent: Indent) -> int:
        """In how many items an item stands.

        One of another list stands inside where its marker is indented deeper and no paragraph came between.
        """
        if self.apart and all(item.definition != definition for item in self.open):
            self.open.clear()
        self.apart = False
        own = _Open(definition, level, indent.first)
        while self.open and not _is_inside(own, self.open[-1]):
            self.open.pop()
        self.open = [*self.open, own][:DEEPEST]
        return len(self.open) - 1

    def paragraph(self, indent: Indent) -> int:
        """In how many items a paragraph without a marker stands; one at the margin stands in none."""
        around = [item for item in self.open if item.marker + SLACK < indent.left]
        if around and not self.apart and indent.left > self.margin:
            return len(around)
        self.margin, self.apart = indent.left, True
        return 0

    def close(self) -> None:
        """End the open lists, as a heading does."""
        self.open.clear()


def _is_inside(item: _Open, other: _Open) -> bool:
    if item.definition == other.definition:
        return item.level > other.level
    return item.marker > other.marker + SLACK
