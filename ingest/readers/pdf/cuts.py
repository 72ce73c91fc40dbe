"""Paragraphs, items and footnotes that the end of a page or a column cuts: their parts are joined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ingest.elements import ElementKind
from ingest.readers.pdf.blocks import Block, Placed, begins_low
from ingest.readers.pdf.endings import INDENT, apart, finished, hanging, same_size
from ingest.readers.pdf.measures import Measures

LONG = 60
"""Characters of a paragraph that may break off before a capital letter; names and labels are shorter."""


def mended(placed: Iterable[Placed], measures: Measures) -> list[Placed]:
    """Join what pages and columns cut; footnotes and tables that stood between follow what they cut."""
    return _joined_bodies(_joined_notes(placed), measures)


def _joined_notes(placed: Iterable[Placed]) -> list[Placed]:
    """Join footnotes that go on at the foot of the next column or page; one of no note is a paragraph."""
    done: list[Placed] = []
    last = -1
    for item in placed:
        if not isinstance(item, Block) or item.kind is not ElementKind.NOTE:
            done.append(item)
            continue
        before = done[last] if last >= 0 else None
        if item.label:
            last = len(done)
            done.append(item)
        elif isinstance(before, Block) and item.lines[0].page - before.lines[-1].page <= 1:
            done[last] = replace(before, lines=before.lines + item.lines)
        else:
            done.append(replace(item, kind=ElementKind.PARAGRAPH))
    return done


def _joined_bodies(placed: Iterable[Placed], measures: Measures) -> list[Placed]:
    done: list[Placed] = []
    held: list[Placed] = []
    for item in placed:
        if not isinstance(item, Block) or item.kind is ElementKind.NOTE:
            held.append(item)
            continue
        last = done[-1] if done else None
        if isinstance(last, Block) and _goes_on(last, item, held, measures):
            done[-1] = replace(last, lines=last.lines + item.lines)
        else:
            done += [*held, item]
            held = []
    return done + held


def _goes_on(block: Block, after: Block, held: Iterable[Placed], measures: Measures) -> bool:
    """Whether a block goes on with one that a page or column cut, maybe with notes and tables between."""
    before, line = block.lines[-1], after.lines[0]
    kinds = block.kind in (ElementKind.PARAGRAPH, ElementKind.ITEM) and after.kind is ElementKind.PARAGRAPH
    if not kinds or not apart(before, line) or line.page - before.page > 2:
        return False
    if not same_size(before, line) or line.strong != before.strong or finished(before.text):
        return False
    low = begins_low(after)
    if low or not all(isinstance(item, Block) for item in held):
        return low
    return _may_continue(block, after, measures)


def _may_continue(block: Block, after: Block, measures: Measures) -> bool:
    """Whether words before a capital letter break off: at a word that needs another, or at a full line."""
    before, line = block.lines[-1], after.lines[0]
    if hanging(before.text):
        return True
    if measures.is_short(before, line) or sum(len(held.text) for held in block.lines[:LONG]) <= LONG:
        return False
    indent = line.left - measures.left(line)
    if len(block.lines) == 1:
        return indent <= before.left - measures.left(before) + INDENT * line.size
    return abs(indent - (before.left - measures.left(before))) <= INDENT * line.size
