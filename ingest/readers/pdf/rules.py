"""Segments to rules: what touches along one line becomes one rule, and specks are dropped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from corpus.documents import Box
from ingest.readers.pdf.page import Rule

THIN = 3.0
"""Points: a rectangle no thicker is drawn as a line; borders of tables have up to 2.25."""
SAME = 1.0
"""Points: segments no farther apart lie on one line."""
TOUCH = 2.0
"""Points: segments of one line that close up to this are one; the dots of a dotted line are nearer."""
SHORTEST = 4.0
"""Points: less than the height of any line of text."""
MOST = 2000
"""Rules of a page: 500 rows drawn line by line need fewer; a map has more, and its longest suffice."""

Stretch = tuple[float, float, float]
"""Where a line lies across its direction, and its start and end along it."""


def rules_of(segments: Iterable[Box]) -> tuple[Rule, ...]:
    """Make rules of straight segments given as boxes, thin ones in either direction."""
    across, along = [], []
    for x0, top, x1, bottom in segments:
        if bottom - top <= min(THIN, x1 - x0):
            across.append(((top + bottom) / 2, x0, x1))
        elif x1 - x0 <= THIN:
            along.append(((x0 + x1) / 2, top, bottom))
    rules = [Rule(start, at, end, at) for at, start, end in _merged(across)]
    rules += [Rule(at, start, at, end) for at, start, end in _merged(along)]
    return tuple(sorted(rules, key=_length, reverse=True)[:MOST])


def edges_of(box: Box) -> tuple[Box, ...]:
    """Give the segments that a drawn rectangle shows: itself where it is thin, else its four edges."""
    x0, top, x1, bottom = box
    if bottom - top <= THIN or x1 - x0 <= THIN:
        return (box,)
    return (x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)


def _length(rule: Rule) -> float:
    return max(rule.x1 - rule.x0, rule.bottom - rule.top)


def _merged(stretches: list[Stretch]) -> Iterator[Stretch]:
    for level in _levels(sorted(stretches)):
        at = sum(stretch[0] for stretch in level) / len(level)
        for start, end in _unions(sorted((start, end) for _, start, end in level)):
            if end - start >= SHORTEST:
                yield at, start, end


def _levels(stretches: Sequence[Stretch]) -> Iterator[list[Stretch]]:
    level: list[Stretch] = []
    for stretch in stretches:
        if level and stretch[0] - level[0][0] > SAME:
            yield level
            level = []
        level.append(stretch)
    if level:
        yield level


def _unions(ranges: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    held: tuple[float, float] | None = None
    for start, end in ranges:
        if held and start - held[1] <= TOUCH:
            held = held[0], max(held[1], end)
        else:
            if held:
                yield held
            held = start, end
    if held:
        yield held
