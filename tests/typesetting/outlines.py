"""Tables whose cells hold whole outlines: paragraphs, underlined headings and nested lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.documents import BlockKind, Document, Span
from ingest.cell_outline import BLOCK_TAG
from tests.typesetting.script import Content, Grid, GridCell, Heading, Text

TABBED = re.compile(r"^[^\n]*\t[^\n]*$", re.MULTILINE)
Make = Callable[[int], Content]


def region(document: Document) -> Span | None:
    """The lines of a table with HTML remnants in its cells, first to last; None where there is none."""
    lines = [found.span() for found in TABBED.finditer(document.text)]
    if not any(BLOCK_TAG.search(document.text[start:end]) for start, end in lines):
        return None
    return Span(lines[0][0], lines[-1][1])


def grid(document: Document, where: Span, make: Make) -> Grid:
    """Make the table; `make` makes the content of a block by its index."""
    lines = [found.span() for found in TABBED.finditer(document.text, where.start, where.end)]
    rows = [_cells(document.text, Span(*line)) for line in lines]
    width = max(len(row) for row in rows)
    padded = [[Span(row[0].start, row[0].start)] * (width - len(row)) + row for row in rows]
    bodies = [_body(document, row[1:], make) for row in padded]
    labels = _labels([_contents(document, row[0], make) for row in padded])
    return Grid(tuple((label, *body) for label, body in zip(labels, bodies, strict=True)))


def _cells(text: str, line: Span) -> list[Span]:
    cells, start = [], line.start
    for words in text[line.start : line.end].split("\t"):
        cells.append(Span(start, start + len(words)))
        start += len(words) + 1
    return cells


def _labels(contents: Sequence[tuple[Content, ...]]) -> list[GridCell | None]:
    """The first column: a label is merged with the blanks below it."""
    made: list[GridCell | None] = []
    for i, content in enumerate(contents):
        below = next((n for n in range(i + 1, len(contents)) if contents[n]), len(contents))
        made.append(GridCell(content, rows=below - i) if content else None)
    return made


def _body(document: Document, cells: Sequence[Span], make: Make) -> list[GridCell | None]:
    """The other columns of a row: what stands alone in the first of them is merged over all."""
    contents = [_contents(document, cell, make) for cell in cells]
    if contents[0] and not any(contents[1:]):
        return [GridCell(contents[0], columns=len(cells)), *[None] * (len(cells) - 1)]
    return [GridCell(content) for content in contents]


def _contents(document: Document, cell: Span, make: Make) -> tuple[Content, ...]:
    return tuple(
        _emphasised(document, cell, i, make)
        for i, block in enumerate(document.blocks)
        if block.kind is not BlockKind.FURNITURE and cell.start <= block.spans[0].start < cell.end
    )


def _emphasised(document: Document, cell: Span, index: int, make: Make) -> Content:
    """A heading in a cell: underlined where the text has it so, else bold; anything else as it is made."""
    content = make(index)
    if not isinstance(content, Heading):
        return content
    underlined = document.text[: document.blocks[index].spans[0].start].endswith("<u>")
    return Text(content.words, bold=not underlined, underlined=underlined)
