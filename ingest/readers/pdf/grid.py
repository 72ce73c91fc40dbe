"""Rules to grids: the rows and columns that crossing rules part, and the cells merged over them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.documents import Box
from ingest.readers.pdf.page import Rule

CROSS = 2.5
"""Points: rules that end so near each other meet; the borders of tables have up to 2.25."""
SAME = 3.0
"""Points: edges no farther apart are one; the smallest print is twice as high."""
OPEN = 6.0
"""Points: a rule that runs on so far beyond the last one across it ends at an edge that is not drawn."""
MOST = 40_000
"""Cells of a grid: the hairlines of a chart or a map make more, a table of 60 columns and 100 rows 6,000."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell lies in a grid: its first row and column, and over how many it is merged."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid: the edges of its columns and rows in points, its cells, and whether a rule closes its foot."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    places: tuple[Place, ...]
    closed: bool
    rules: frozenset[Rule] = frozenset()

    @property
    def box(self) -> Box:
        """The box around the grid."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


def grids_of(rules: Sequence[Rule]) -> list[Grid]:
    """Find the grids that rules make, largest first; one may lie within another's cell."""
    return sorted((grid for part in _connected(rules) for grid in _grid(part)), key=_area, reverse=True)


def _area(grid: Grid) -> float:
    x0, top, x1, bottom = grid.box
    return (x1 - x0) * (bottom - top)


def _connected(rules: Sequence[Rule]) -> Iterable[list[Rule]]:
    """Group rules that cross or meet, directly or by way of others."""
    across = [rule for rule in rules if rule.horizontal]
    along = sorted((rule for rule in rules if not rule.horizontal), key=lambda rule: rule.x0)
    places = [rule.x0 for rule in along]
    group = list(range(len(along)))
    touching = []
    for rule in across:
        first, last = bisect_left(places, rule.x0 - CROSS), bisect_right(places, rule.x1 + CROSS)
        met = [i for i in range(first, last) if along[i].top - CROSS <= rule.top <= along[i].bottom + CROSS]
        touching.append(met)
        for i in met[1:]:
            group[_root(group, i)] = _root(group, met[0])
    parts: dict[int, list[Rule]] = {}
    for i, rule in enumerate(along):
        parts.setdefault(_root(group, i), []).append(rule)
    for rule, met in zip(across, touching, strict=True):
        if met:
            parts[_root(group, met[0])].append(rule)
    return parts.values()


def _root(group: list[int], i: int) -> int:
    while group[i] != i:
        group[i] = group[group[i]]
        i = group[i]
    return i


def _grid(rules: Sequence[Rule]) -> Iterator[Grid]:
    """Make a grid of rules that cross; none where they part nothing."""
    across = [rule for rule in rules if rule.horizontal]
    along = [rule for rule in rules if not rule.horizontal]
    if not across or not along:
        return
    xs = _edges([rule.x0 for rule in along], [rule.x0 for rule in across], [rule.x1 for rule in across])
    ys = _edges([rule.top for rule in across], [rule.top for rule in along], [rule.bottom for rule in along])
    if len(xs) < 3 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > MOST:
        return
    right = _parted(xs, ys, [(rule.x0, rule.top, rule.bottom) for rule in along])
    below = _parted(ys, xs, [(rule.top, rule.x0, rule.x1) for rule in across])
    closed = max(rule.bottom for rule in along) - max(rule.top for rule in across) <= OPEN
    yield _tight(xs, ys, list(_places(len(ys) - 1, len(xs) - 1, right, below)), closed, frozenset(rules))


def _edges(drawn: Iterable[float], starts: Iterable[float], ends: Iterable[float]) -> list[float]:
    """Edges as drawn, near ones as one, with an outermost where rules run on beyond the last one drawn."""
    edges: list[float] = []
    for edge in sorted(drawn):
        if not edges or edge - edges[-1] > SAME:
            edges.append(edge)
    first, last = min(starts), max(ends)
    if first < edges[0] - OPEN:
        edges.insert(0, first)
    if last > edges[-1] + OPEN:
        edges.append(last)
    return edges


def _parted(
    edges: Sequence[float], steps: Sequence[float], rules: Iterable[tuple[float, float, float]]
) -> set[tuple[int, int]]:
    """Which steps along which edges have a rule: pairs of the edge's and the step's number."""
    middles = [(a + b) / 2 for a, b in pairwise(steps)]
    drawn: set[tuple[int, int]] = set()
    for at, start, end in rules:
        edge = bisect_left(edges, at - SAME)
        steps_met = range(bisect_left(middles, start - CROSS), bisect_right(middles, end + CROSS))
        drawn.update((edge, step) for step in steps_met)
    return drawn


def _places(
    rows: int, columns: int, right: set[tuple[int, int]], below: set[tuple[int, int]]
) -> Iterator[Place]:
    """Cut a grid into cells: each as wide, then as high, as no rule parts it."""
    taken: set[tuple[int, int]] = set()
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            wide = 1
            while column + wide < columns and (column + wide, row) not in right:
                if (row, column + wide) in taken:
                    break
                wide += 1
            span = range(column, column + wide)
            high = 1
            while row + high < rows and _open(row + high, span, right, below):
                high += 1
            taken.update((r, c) for r in range(row, row + high) for c in span)
            yield Place(row, column, high, wide)


def _open(row: int, span: range, right: set[tuple[int, int]], below: set[tuple[int, int]]) -> bool:
    """Whether a cell that covers the columns of `span` goes on into a row."""
    parted = any((row, column) in below for column in span)
    return not parted and not any((column, row) in right for column in span[1:])


def _tight(
    xs: Sequence[float], ys: Sequence[float], places: Sequence[Place], closed: bool, rules: frozenset[Rule]
) -> Grid:
    """Drop the edges at which no cell begins."""
    rows = sorted({place.row for place in places})
    columns = sorted({place.column for place in places})
    kept = []
    for place in places:
        row, column = bisect_left(rows, place.row), bisect_left(columns, place.column)
        high = bisect_left(rows, place.row + place.rows) - row
        wide = bisect_left(columns, place.column + place.columns) - column
        kept.append(Place(row, column, high, wide))
    left = (*(xs[i] for i in columns), xs[-1])
    top = (*(ys[i] for i in rows), ys[-1])
    return Grid(left, top, tuple(kept), closed, rules)
