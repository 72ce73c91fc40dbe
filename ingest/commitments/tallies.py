"""Rows of tables of marks: which state has ratified what, as far as the print still tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.authority import Authority
from corpus.documents import BlockKind, Document
from corpus.records import CommitmentKind
from ingest.commitments.drafts import Draft
from ingest.commitments.settings import Setting

RATIFICATION = re.compile(r"\bratif", re.IGNORECASE)
LOST = "the extraction lost the empty cells, so that it is not known which column each mark stands in"


def rows(document: Document, settings: Sequence[Setting], authority: Authority) -> Iterator[Draft]:
    """Rows of a table on ratification that hold a mark: the state is the body, no column is guessed."""
    for i, block in enumerate(document.blocks):
        if block.kind is BlockKind.ROW and len(block.cells) == 2 and settings[i].says(RATIFICATION):
            name, marks = (" ".join(document.slice(cell.spans).split()) for cell in block.cells)
            columns = len(re.findall(r"\d+", block.cells[1].head))
            review = LOST if columns and len(marks.split()) < columns else ""
            yield Draft((i, 0), CommitmentKind.RATIFICATION, block.spans, body=name, review=review)
