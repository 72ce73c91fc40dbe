"""Rows of a table of priorities: a pillar, and the priorities of it, a paragraph each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.authority import Authority
from corpus.documents import Block, BlockKind, Document
from corpus.records import CommitmentKind
from ingest.commitments.drafts import Draft, trimmed
from ingest.commitments.prose_lists import CONCERNS
from ingest.commitments.settings import Setting

COLUMNS = 2
BULLETS = "•●▪■"


def rows(document: Document, settings: Sequence[Setting], authority: Authority) -> Iterator[Draft]:
    """Under a heading in capitals that names priorities: each paragraph right of a row's head.

    The same table printed as lines is read by the rule of prose lists; the heads of its columns, where
    it has any, stand for the heading.
    """
    for i, block in enumerate(document.blocks):
        if _is_row(block) and _names_concerns(block, settings[i]):
            theme = " ".join(document.slice(block.cells[0].spans).split())
            for order, span in enumerate(block.cells[1].spans):
                spans = trimmed(document.text, [span], BULLETS)
                yield Draft((i, order), CommitmentKind.PRIORITY, spans, theme=theme)


def _is_row(block: Block) -> bool:
    return block.kind is BlockKind.ROW and len(block.cells) == COLUMNS


def _names_concerns(block: Block, setting: Setting) -> bool:
    title = block.cells[1].head or (setting.path[-1] if setting.path else "")
    return title.isupper() and bool(CONCERNS.search(title))
