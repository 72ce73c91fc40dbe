"""Tables of a script, from the rows that the text reader found."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from corpus.documents import Block, BlockKind, Cell, Document, Span
from tests.typesetting.printed import Printed, cut, printed
from tests.typesetting.script import Grid, GridCell, Text


def grid(document: Document, indices: Sequence[int], marks: Iterable[Span]) -> Grid:
    """Make one table of the rows among some blocks, and of the heads of columns that stand with them."""
    blocks = [document.blocks[i] for i in indices]
    rows = [block for block in blocks if block.kind is BlockKind.ROW]
    heads = _heads(document, blocks)
    columns = [[_cell_of(row, head) for row in rows] for head in heads]
    set_marks = tuple(marks)
    bodies = [_column(document, cells, set_marks) for cells in columns]
    header = tuple(GridCell((Text(words, bold=True),)) for words in heads.values())
    return Grid((header, *zip(*bodies, strict=True)), header=1)


def _heads(document: Document, blocks: Sequence[Block]) -> dict[str, Printed]:
    """The heads of the columns from left to right, as a line with tabs prints them or as rows name them."""
    named: dict[str, Printed] = {}
    for block in blocks:
        if block.kind is BlockKind.FURNITURE:
            for span in _between_tabs(document, block):
                words = document.text[span.start : span.end]
                named.setdefault(words, printed(document, [span]))
    used = dict.fromkeys(cell.head for block in blocks for cell in block.cells)
    missing = [head for head in used if head not in named]
    assert not missing, f"no line prints the heads {missing}"
    order = named if any("\t" in document.slice(block.spans) for block in blocks) else used
    return {head: named[head] for head in order}


def _between_tabs(document: Document, block: Block) -> list[Span]:
    start = block.spans[0].start
    found = re.finditer(r"[^\t]+", document.slice(block.spans))
    trimmed = ((part, part.group().strip()) for part in found)
    return [
        Span(at := start + part.start() + part.group().index(words), at + len(words))
        for part, words in trimmed
        if words
    ]


def _cell_of(row: Block, head: str) -> Cell | None:
    return next((cell for cell in row.cells if cell.head == head), None)


def _column(document: Document, cells: Sequence[Cell | None], marks: Sequence[Span]) -> list[GridCell | None]:
    """The cells of a column: one carried down from above is merged with it, with the words of the longest."""
    made: list[GridCell | None] = []
    for _, run in itertools.groupby(_runs(cells), key=lambda pair: pair[0]):
        merged = [cell for _, cell in run]
        made.append(_merged(document, merged, marks))
        made += [None] * (len(merged) - 1)
    return made


def _runs(cells: Sequence[Cell | None]) -> list[tuple[int, Cell | None]]:
    """Number the cells by the merged cell that each belongs to."""
    at, numbered = 0, []
    for cell in cells:
        at += not (cell and cell.filled)
        numbered.append((at, cell))
    return numbered


def _merged(document: Document, run: Sequence[Cell | None], marks: Sequence[Span]) -> GridCell:
    spans = max((cell.spans for cell in run if cell), key=len, default=())
    words = printed(document, spans, marks)
    return GridCell((Text(words),) if words.text else (), rows=len(run))


def entry(words: Printed, tabbed: str) -> tuple[Printed, Printed] | None:
    """Cut a line of a glossary at its tab, else after its first word; None for a line with a colon."""
    first = " ".join(tabbed.split("\t")[0].split()) if "\t" in tabbed else words.text.split()[0]
    if "\t" not in tabbed and words.text[len(first) :].startswith(" :"):
        return None
    return cut(words, 0, len(first)), cut(words, len(first))
