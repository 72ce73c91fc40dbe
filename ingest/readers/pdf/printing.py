"""Blocks to elements: their lines as runs, each with its page and box."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.elements import Element, Run
from ingest.readers.pdf.blocks import Block
from ingest.readers.pdf.hyphens import Vocabulary, break_of
from ingest.readers.pdf.lines import Line


def element_of(block: Block, known: Vocabulary) -> Element:
    """Make an element of a block; `known` tells which hyphens belong to words."""
    runs = tuple(_runs(block.lines, block.skip, known))
    return Element(block.kind, runs, block.level, block.label, block.strong)


def _runs(lines: Sequence[Line], skip: int, known: Vocabulary) -> Iterator[Run]:
    for i, line in enumerate(lines):
        text = line.text[0 if i else skip :]
        after = lines[i + 1].text if i + 1 < len(lines) else ""
        text, joins = break_of(text, after, known)
        yield Run(text, line.page, line.box, joins)
