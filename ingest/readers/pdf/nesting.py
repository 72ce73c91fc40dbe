"""How deep items are nested: by where their markers stand, and by the form of the markers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ingest.elements import ElementKind
from ingest.markers import Marker
from ingest.readers.pdf.blocks import Block, Placed
from ingest.readers.pdf.measures import Measures

INDENT = 0.5
"""Of the font's size: markers of one level stand closer; levels are 9 points or more apart."""
DEEPEST = 12
"""Levels that are told apart."""


@dataclass(frozen=True, slots=True)
class _Level:
    """An open list: how far its markers are indented, in points, and its last marker."""

    indent: float
    marker: Marker


def with_levels(placed: Iterable[Placed], measures: Measures) -> Iterator[Placed]:
    """Give every item its level from 0; a heading or a paragraph at the margin ends the lists before it."""
    open_lists: list[_Level] = []
    ended: list[_Level] = []
    introduces = False
    for item in placed:
        if isinstance(item, Block) and item.kind is ElementKind.ITEM and item.marker:
            level = _Level(item.lines[0].left - measures.left(item.lines[0]), item.marker)
            slack = INDENT * item.size
            open_lists = _opened(_resumed(open_lists, ended, level, slack), level, slack, introduces)
            ended = []
            yield replace(item, level=len(open_lists) - 1)
        else:
            if isinstance(item, Block) and open_lists and _ends(item, open_lists[0], measures):
                ended, open_lists = ([] if item.kind is ElementKind.HEADING else open_lists), []
            yield item
        introduces = isinstance(item, Block) and item.lines[-1].text.endswith(":")


def _ends(block: Block, outermost: _Level, measures: Measures) -> bool:
    """Whether a block that is no item ends the lists before it."""
    if block.kind is not ElementKind.PARAGRAPH:
        return block.kind is ElementKind.HEADING
    line = block.lines[0]
    return line.left - measures.left(line) <= outermost.indent + INDENT * line.size


def _resumed(open_lists: list[_Level], ended: list[_Level], level: _Level, slack: float) -> list[_Level]:
    """The open lists, or those that a paragraph ended where the item numbers on with one of them."""
    for i in reversed(range(len(ended))):
        last = ended[i].marker
        follows = last.form == level.marker.form and 0 < last.value == level.marker.value - 1
        if follows and abs(ended[i].indent - level.indent) <= slack:
            return ended[: i + 1]
    return open_lists


def _opened(open_lists: list[_Level], level: _Level, slack: float, introduces: bool) -> list[_Level]:
    """The lists that are open once an item is added."""
    outer = [held for held in open_lists if held.indent < level.indent - slack]
    beside = open_lists[len(outer) :]
    same = [held for held in beside if abs(held.indent - level.indent) <= slack]
    forms = [held.marker.form for held in same]
    if level.marker.form in forms:
        kept = same[: forms.index(level.marker.form)]
    else:
        kept = same if introduces and len(same) == len(beside) else same[:-1]
    return [*outer, *kept, level][:DEEPEST]
