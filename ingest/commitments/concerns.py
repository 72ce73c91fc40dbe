"""Rows of tables that set priorities beside what they belong to, such as the pillars of a community."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.authority import Authority
from corpus.documents import Block, BlockKind, Document
from corpus.records import CommitmentKind
from ingest.commitments.drafts import Draft, cut, trimmed
from ingest.commitments.settings import Setting

CONCERNS = re.compile(r"\bpriorit(?:y|ies)\b", re.IGNORECASE)
BULLET = re.compile(r"[•●▪■]\s*")


def rows(document: Document, settings: Sequence[Setting], authority: Authority) -> Iterator[Draft]:
    """Priorities of a table of two columns whose second head names them: each bullet, or else the cell.

    The first cell is their theme.
    """
    for i, block in enumerate(document.blocks):
        if block.kind is BlockKind.ROW and len(block.cells) == 2 and CONCERNS.search(block.cells[1].head):
            yield from _priorities(document, i, block)


def _priorities(document: Document, index: int, block: Block) -> Iterator[Draft]:
    theme = " ".join(document.slice(block.cells[0].spans).split())
    spans = block.cells[1].spans
    words = document.slice(spans)
    starts = [0, *(found.end() for found in BULLET.finditer(words))]
    ends = [*(found.start() for found in BULLET.finditer(words)), len(words)]
    held = [(a, b) for a, b in zip(starts, ends, strict=True) if words[a:b].strip()]
    for n, (start, end) in enumerate(held):
        kept = trimmed(document.text, cut(spans, start, end))
        yield Draft((index, n), CommitmentKind.PRIORITY, kept, theme=theme)
