"""Running text in two columns, which looks like a table without rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.documents import Box
from ingest.readers.pdf.found import FoundTable
from ingest.readers.pdf.gutters import GUTTER, Item, Part, bands_of, is_columns, items_of, right_edge
from ingest.readers.pdf.page import Rule, Word
from ingest.readers.pdf.rows import Row, rows_of

FULL = 0.8
"""Share of a column's width at which half its lines end or later; cells of tables are shorter."""
GAP = 1.25
"""Of the usual distance of lines: a greater one parts paragraphs, or rows of a table."""
SHARED = 0.6
"""Share of the gaps of one column that go on in the other: all of them do between rows of a table."""
FEWEST_GAPS = 2


@dataclass(frozen=True, slots=True)
class _Running:
    """Where text runs in two columns: the edge of the right one, and from where to where; in points."""

    edge: float
    top: float
    bottom: float

    def holds(self, box: Box) -> bool:
        """Whether a box reaches over the gutter into both columns."""
        return box[0] < self.edge - GUTTER < self.edge < box[2] and self.top < box[3] and box[1] < self.bottom


def without_running_text(
    tables: Sequence[FoundTable], words: Sequence[Word], rules: Sequence[Rule]
) -> list[FoundTable]:
    """Leave out tables without rules that are running text in two columns; `words` are all of the page."""
    bare = [table for table in tables if not any(_within(rule, table.box) for rule in rules)]
    if not bare:
        return list(tables)
    ruled = [table.box for table in tables if table not in bare]
    running = _running([word for word in words if not any(inside(word, box) for box in ruled)])
    return [table for table in tables if table not in bare or not any(r.holds(table.box) for r in running)]


def inside(word: Word, box: Box) -> bool:
    """Whether the middle of a word lies in a box."""
    x = (word.box[0] + word.box[2]) / 2
    y = (word.box[1] + word.box[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _within(rule: Rule, box: Box) -> bool:
    x, y = (rule.x0 + rule.x1) / 2, (rule.top + rule.bottom) / 2
    return box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1


def _running(words: Sequence[Word]) -> list[_Running]:
    rows = rows_of(words)
    edge = right_edge(rows)
    if not edge:
        return []
    bands = [band for band in bands_of(items_of(rows, (), edge)) if is_columns(band, edge)]
    return [
        _Running(edge, band[0].box[1], max(item.box[3] for item in band))
        for band in bands
        if _is_running(band)
    ]


def _is_running(band: Iterable[Item]) -> bool:
    held = list(band)
    sides = [rows_of(word for item in held for word in item.left)]
    sides.append(rows_of(word for item in held for word in item.right))
    return all(_is_full(rows) for rows in sides) and not _share_gaps(*map(_gaps, sides))


def _is_full(rows: Sequence[Row]) -> bool:
    start = min(row[0].box[0] for row in rows)
    ends = [row[-1].box[2] - start for row in rows]
    return median(ends) >= FULL * max(ends)


def _gaps(rows: Sequence[Row]) -> list[Part]:
    """The white between rows that stand farther apart than most."""
    bottoms = [max(word.box[3] for word in row) for row in rows]
    tops = [min(word.box[1] for word in row) for row in rows]
    usual = median(after - before for before, after in pairwise(bottoms))
    return [
        (bottoms[i], tops[i + 1]) for i in range(len(rows) - 1) if bottoms[i + 1] - bottoms[i] > GAP * usual
    ]


def _share_gaps(left: Sequence[Part], right: Sequence[Part]) -> bool:
    """Whether most gaps of the column that has fewer go on in the other, as between rows of a table."""
    few, many = sorted((left, right), key=len)
    shared = sum(any(top < other[1] and other[0] < bottom for other in many) for top, bottom in few)
    return len(few) >= FEWEST_GAPS and shared >= SHARED * len(few)
