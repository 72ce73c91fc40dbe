"""Headings among the blocks, by size, weight and wording, and how deep each is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from ingest.elements import ElementKind
from ingest.markers import Style
from ingest.readers.pdf.blocks import Block, Placed, begins_low, is_plain_number
from ingest.readers.pdf.endings import BARE_PART, finished, hanging
from ingest.readers.pdf.measures import Measures, rounded

LARGER = 1.08
"""Of the body's size: headings are 12 on 11 at the least."""
LONGEST = 40
"""Words of a heading in larger print; the longest of the five texts has 33."""
LONGEST_STRONG = 25
"""Words of a heading in bold."""
MOST_LINES = 10
MOST_STRONG_LINES = 3
LONGEST_CAPITALS = 15
"""Words of a heading in capitals alone."""
FEWEST_CAPITALS = 6
"""Letters of one: shorter are abbreviations."""
DEEPEST = 9


class Look(NamedTuple):
    """How a heading is printed; of two, the one that sorts first is the outer.

    Weight and capitals count only in the size of the body. `part` is 0 for "Annex 2" and its like, 1 for
    others; `depth` is that of the number: 2 for "2.3".
    """

    smaller: float
    part: int
    plain: bool
    mixed: bool
    depth: int


def with_headings(placed: Sequence[Placed], measures: Measures) -> list[Placed]:
    """Turn the blocks that are headings into such, each with its level from 1."""
    is_heading = [
        isinstance(item, Block) and _is_heading(placed, i, measures) for i, item in enumerate(placed)
    ]
    headed = [item for item, heading in zip(placed, is_heading, strict=True) if heading]
    levels = _levels([item for item in headed if isinstance(item, Block)], measures.body)
    return [
        _made(item, levels[_look(item, measures.body)]) if heading and isinstance(item, Block) else item
        for item, heading in zip(placed, is_heading, strict=True)
    ]


def _made(block: Block, level: int) -> Block:
    return replace(block, kind=ElementKind.HEADING, level=level)


def _is_heading(placed: Sequence[Placed], at: int, measures: Measures) -> bool:
    block = placed[at]
    if not isinstance(block, Block) or block.kind is ElementKind.NOTE or not _may_be(block):
        return False
    words = len(block.text.split())
    if block.size >= LARGER * measures.body and words <= LONGEST and len(block.lines) <= MOST_LINES:
        return not finished(block.text) or words <= LONGEST_CAPITALS
    if BARE_PART.fullmatch(block.text):
        return True
    if begins_low(block) or block.text.rstrip().endswith((".", ";", ",")):
        return False
    if block.strong and words <= LONGEST_STRONG and len(block.lines) <= MOST_STRONG_LINES:
        return not hanging(block.text)
    return _in_capitals(block) and not _is_capitals(placed, at + 1)


def _may_be(block: Block) -> bool:
    marker = block.marker
    numbered = marker is None or is_plain_number(marker)
    link = "://" in block.text or "@" in block.text or "www." in block.text
    return numbered and not link and sum(letter.isalpha() for letter in block.text) > 1


def _in_capitals(block: Block) -> bool:
    words = block.text.split()
    letters = sum(letter.isalpha() for letter in block.text)
    short = len(words) <= LONGEST_CAPITALS and len(block.lines) <= MOST_STRONG_LINES
    return short and letters >= FEWEST_CAPITALS and block.text.isupper() and not hanging(block.text)


def _is_capitals(placed: Sequence[Placed], at: int) -> bool:
    """Whether the next block is in capitals too: lists of names are, headings seldom follow each other."""
    block = placed[at] if at < len(placed) else None
    return isinstance(block, Block) and block.kind is not ElementKind.NOTE and _in_capitals(block)


def _look(block: Block, body: float) -> Look:
    part = BARE_PART.fullmatch(block.lines[0].text) is not None
    marker = block.marker
    depth = marker.number.count(".") + 1 if marker and marker.style is Style.DOTTED else 1
    if block.size >= LARGER * body:
        return Look(-rounded(block.size), 0 if part else 1, False, False, depth)
    return Look(-body, 0 if part else 1, not block.strong, not block.text.isupper(), depth)


def _levels(headings: Sequence[Block], body: float) -> dict[Look, int]:
    """Rank the looks of headings from 1.

    Those on the first page alone (a title page) take no level of their own: all that outrank the others
    have 1, the rest that of the look before which they would stand.
    """
    looks = {_look(block, body) for block in headings}
    first = min((block.lines[0].page for block in headings), default=0)
    later = {_look(block, body) for block in headings if block.lines[0].page > first}
    ranked = sorted(later or looks)
    outer = sum(look < ranked[0] for look in looks) > 0 if ranked else False
    places = {look: bisect_left(ranked, look) + (outer and look >= ranked[0]) for look in looks}
    return {look: min(DEEPEST, 1 + place) for look, place in places.items()}
