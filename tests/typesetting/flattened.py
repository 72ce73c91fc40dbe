"""Tables that a text holds as bare lines, set as tables again by what the register read in them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from corpus.documents import Block, Document
from corpus.records import Commitment
from tests.typesetting.printed import ADDED, Printed, cut, printed
from tests.typesetting.script import Grid, GridCell, Item, Text

HEADS = (
    "Thematic Areas",
    "Recommended Actions",
    "Responsible ASEAN bodies",
    "Indicative Calendar",
    "Potential Collaborators",
)


def rows_in(block: Block, register: Sequence[Commitment]) -> tuple[Commitment, ...]:
    """The rows of the register that stand in a block, in the order of the text."""
    start, end = block.spans[0].start, block.spans[-1].end
    held = (row for row in register if start <= row.spans[0].start and row.spans[-1].end <= end)
    return tuple(sorted(held, key=lambda row: row.spans[0].start))


def matrix(document: Document, rows: Sequence[Commitment]) -> Grid:
    """Set one row for each: theme, merged where it goes on, then action, body, period and collaborators.

    Letters that refer to a legend, labels between rows and a first column that groups the themes belong
    to no row of the register: they are left out.
    """
    header = tuple(GridCell((Text(added(head), bold=True),)) for head in HEADS)
    themes = _themes([row.theme for row in rows])
    body = [
        (theme, GridCell((Text(printed(document, row.spans)),)), *map(_cell, _values(row)))
        for theme, row in zip(themes, rows, strict=True)
    ]
    return Grid((header, *body), header=1)


def columns(document: Document, head: Block | None, blocks: Sequence[Sequence[Commitment]]) -> Grid:
    """Set one row for each block: the theme of its rows, and beside it their words, a bullet each.

    `head` is the line above, if it heads the columns: the second begins where it names what the rows are.
    """
    made = [
        (
            _cell(rows[0].theme),
            GridCell(tuple(Item(printed(document, row.spans), "•", "", 0) for row in rows)),
        )
        for rows in blocks
    ]
    header = (_head(printed(document, head.spans), blocks[0][0].kind.value),) if head else ()
    return Grid((*header, *made), header=len(header))


def _head(words: Printed, kind: str) -> tuple[GridCell, GridCell]:
    at = words.text.casefold().index(kind)
    first, second = (GridCell((Text(part, bold=True),)) for part in (cut(words, 0, at), cut(words, at)))
    return first, second


def added(words: str) -> Printed:
    """Words that are printed at no one place of the stored text."""
    folded = " ".join(words.split())
    return Printed(folded, (ADDED,) * len(folded.replace(" ", "")))


def _values(row: Commitment) -> tuple[str, str, str]:
    return row.body, row.period, ", ".join(row.partners)


def _cell(words: str) -> GridCell:
    return GridCell((Text(added(words)),) if words else ())


def _themes(themes: Sequence[str]) -> list[GridCell | None]:
    made: list[GridCell | None] = []
    for theme, run in itertools.groupby(themes):
        count = sum(1 for _ in run)
        cell = GridCell((Text(added(theme)),), rows=count)
        made += [cell, *[None] * (count - 1)]
    return made
