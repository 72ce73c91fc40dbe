"""Marks of footnotes: where in the words of a text a note is referred to."""

from __future__ import annotations

import re

from corpus.documents import Block, BlockKind, Document, Span
from tests.typesetting.printed import SUPERSCRIPTS, cut, printed
from tests.typesetting.script import Note

MARK = re.compile(rf"[{SUPERSCRIPTS}]{{1,3}}|\d{{1,2}}\)?|\*")


def marks(document: Document) -> dict[int, Span]:
    """The mark of each note that has one in the text, by the note's block."""
    found = {i: _mark(document, i) for i, block in enumerate(document.blocks) if block.kind is BlockKind.NOTE}
    return {i: span for i, span in found.items() if span}


def note(document: Document, index: int, mark: Span | None) -> Note:
    """Make the note of a block; without a mark in the text it goes with the block before it."""
    block = document.blocks[index]
    words = printed(document, block.spans)
    label = MARK.match(words.text)
    assert label, f"the note {words.text[:40]!r} begins with no mark"
    anchor = mark.start if mark else _end_of(document.blocks[index - 1])
    return Note(cut(words, label.end()), label.group(), anchor, mark is not None)


def _mark(document: Document, index: int) -> Span | None:
    """The place nearest to a note that carries its mark."""
    start = document.blocks[index].spans[0].start
    label = MARK.match(document.text, start)
    if not label:
        return None
    places = [
        found.span()
        for i, block in enumerate(document.blocks)
        if block.kind is not BlockKind.NOTE
        for span in block.spans
        for found in _pattern(label.group()).finditer(document.text, span.start, span.end)
    ]
    nearest = min(places, key=lambda place: abs(place[0] - start), default=None)
    return Span(*nearest) if nearest else None


def _pattern(label: str) -> re.Pattern[str]:
    """What the mark looks like behind a word: a plain number only behind a letter or a closing sign."""
    behind = r"(?<=[^\W\d])" if label.endswith((")", "*")) else r"(?<=[^\W\d]|[\].,])"
    if label[0] in SUPERSCRIPTS:
        return re.compile(re.escape(label))
    return re.compile(rf"{behind}{re.escape(label)}(?![\w*])")


def _end_of(block: Block) -> int:
    return block.spans[-1].end - 1
