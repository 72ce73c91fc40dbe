"""Gutters: the empty stripe between two columns of a page, and what runs across it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil, floor
from statistics import median

from corpus.documents import Box
from ingest.readers.pdf.found import FoundTable
from ingest.readers.pdf.rows import Row

GUTTER = 7.0
"""Points: no gutter is narrower (LaTeX sets 10, Word 36); spaces of justified lines seldom are as wide,
and never above each other on many lines."""
FEWEST = 4
"""Rows on either side before an empty stripe is a gutter."""
ALIGNED = 4.0
"""Points: rows that begin within this begin at one place."""
WIDEST = 20000.0
"""Points: no page is wider (PDF allows 14,400)."""
INDENTS = 3
"""Places at which half the rows of a right column begin: its edge, and those of items and their words."""
WORSE = 0.05
"""Share of the rows by which an edge may be crossed more often than the best."""
INDENTED = 36.0
"""Points: how far the few rows of a right column may be indented where the page has columns elsewhere."""
SLACK = 2.0
"""Points: places are told apart by two."""
FILLED = 0.4
"""Share of a column's width that its rows fill on average; labels before values fill less."""
NARROWEST = 0.2
"""Share of the text's width that a column takes."""
MIDDLE = (0.2, 0.8)
"""Where, within the text's width, the right column may begin."""
LARGER = 1.12
"""A row this much larger than those around it may stand across both columns though it is short."""
SPACED = 0.6
"""Of the font's size: wider than the spaces of large print, which take a quarter to a half."""
Part = tuple[float, float]
"""Where a stretch of words begins and ends, in points."""


@dataclass(frozen=True, slots=True)
class Item:
    """A row or a table, split at the gutter where it does not cross it."""

    box: Box
    row: Row
    left: Row
    right: Row
    crosses: bool
    table: FoundTable | None = None

    @property
    def size(self) -> float:
        """The largest font's size; 0 for a table."""
        return max((word.size for word in self.row), default=0.0)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words between gaps as wide as a gutter: where they begin and end, and how wide the gap is at least."""

    start: float
    end: float
    gap: float


def _stretches(row: Row) -> list[Stretch]:
    """The stretches of a row; in large print spaces are wider, and so must a gutter be."""
    found: list[Stretch] = []
    start, last = row[0].box[0], row[0]
    for word in row:
        gap = _gap(min(last.size, word.size))
        if word.box[0] - last.box[2] >= gap:
            found.append(Stretch(start, last.box[2], gap))
            start, last = word.box[0], word
        elif word.box[2] >= last.box[2]:
            last = word
    return [*found, Stretch(start, last.box[2], _gap(last.size))]


def _gap(size: float) -> float:
    return max(GUTTER, SPACED * size)


def right_edge(rows: Sequence[Row]) -> float:
    """Where a right column may begin: with the stripe before it empty on most rows; 0 for nowhere.

    Of places that are as good the leftmost is the edge, since items are indented.
    """
    left = min((row[0].box[0] for row in rows), default=0.0)
    width = max((row[-1].box[2] for row in rows), default=0.0) - left
    if len(rows) < FEWEST or not 0 < width <= WIDEST:
        return 0.0
    parts = [part for row in rows for part in _stretches(row)]
    starts = Counter(round(part.start / SLACK) for part in parts)
    inner = range(round((left + MIDDLE[0] * width) / SLACK), round((left + MIDDLE[1] * width) / SLACK))
    crossed = _crossings(parts, inner.stop)
    often = [at for at in inner if starts[at] + starts[at + 1] >= FEWEST]
    fewest = min((crossed[at] for at in often), default=0) + WORSE * len(rows)
    edge = next((at for at in often if crossed[at] <= fewest), 0)
    before = range(max(inner.start, edge - round(INDENTED / SLACK)), edge)
    return SLACK * next((at for at in before if starts[at] and crossed[at] <= fewest), edge)


def _crossings(parts: Iterable[Stretch], stop: int) -> list[int]:
    """For every place up to `stop`, in steps of SLACK: how many rows have words in the stripe before it."""
    changes = [0] * (stop + 1)
    for part in parts:
        first, last = floor(part.start / SLACK) + 2, ceil((part.end + part.gap) / SLACK)
        if 0 <= first < min(last, stop):
            changes[first] += 1
            changes[min(last, stop)] -= 1
    return list(accumulate(changes))


def items_of(rows: Iterable[Row], tables: Iterable[FoundTable], edge: float) -> list[Item]:
    """Split rows at the gutter before an edge, and put them and the tables in order from the top."""
    items = [_item(row, edge - SLACK) for row in rows]
    for found in tables:
        x0, _, x1, _ = found.box
        crosses = not edge or x0 < edge - GUTTER < x1 - GUTTER
        items.append(Item(found.box, [], [], [], crosses, found))
    return sorted(items, key=lambda item: item.box[1])


def _item(row: Row, cut: float) -> Item:
    box = (row[0].box[0], min(w.box[1] for w in row), row[-1].box[2], max(w.box[3] for w in row))
    if cut <= 0:
        return Item(box, row, [], [], True)
    crosses = any(part.start < cut < part.end for part in _stretches(row))
    left = [] if crosses else [word for word in row if word.box[0] < cut]
    return Item(box, row, left, [] if crosses else [w for w in row if w.box[0] >= cut], crosses)


def bands_of(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Runs of items that do not cross the gutter, and single ones that do."""
    band: list[Item] = []
    for i, item in enumerate(items):
        if item.crosses:
            if band:
                yield band
            yield [item]
            band = []
        else:
            if band and _divides(items, i):
                yield band
                band = []
            band.append(item)
    if band:
        yield band


def _divides(items: Sequence[Item], at: int) -> bool:
    """Whether a short row is a heading across both columns: larger, and with nothing beside it."""
    item = items[at]
    if item.right or not item.left or not 0 < at < len(items) - 1:
        return False
    above, below = items[at - 1], items[at + 1]
    larger = above.size and item.size >= LARGER * above.size and item.size >= LARGER * below.size
    both = above.left and above.right and below.left and below.right
    return bool(larger and both and above.box[3] <= item.box[1] + 1 and below.box[1] >= item.box[3] - 1)


def is_columns(band: Sequence[Item], edge: float) -> bool:
    """Whether a band is two columns: enough rows on either side, wide, filled, and beside each other."""
    lefts = [item.left for item in band if item.left]
    rights = [item.right for item in band if item.right]
    if min(len(lefts), len(rights)) < FEWEST:
        return False
    start, end = min(row[0].box[0] for row in lefts), max(row[-1].box[2] for row in rights)
    places = Counter(round(row[0].box[0] / ALIGNED) for row in rights).most_common(INDENTS)
    aligned = sum(count for _, count in places)
    wide = min(edge - GUTTER - start, end - edge) >= NARROWEST * (end - start)
    filled = min(_fill(lefts, edge - GUTTER - start), _fill(rights, end - edge)) >= FILLED
    return wide and filled and 2 * aligned >= len(rights) and _beside(band)


def _fill(rows: Sequence[Row], width: float) -> float:
    return median(row[-1].box[2] - row[0].box[0] for row in rows) / max(1.0, width)


def _beside(band: Sequence[Item]) -> bool:
    """Whether the columns stand beside each other for half the height of the shorter."""
    top, bottom = _extent([item for item in band if item.left])
    other_top, other_bottom = _extent([item for item in band if item.right])
    shared = min(bottom, other_bottom) - max(top, other_top)
    return 2 * shared >= min(bottom - top, other_bottom - other_top)


def _extent(items: Sequence[Item]) -> Part:
    return items[0].box[1], max(item.box[3] for item in items)
