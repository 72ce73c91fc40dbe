"""What rules tell of lines: which are underlined, and which stand below the rule above footnotes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.page import Rule

UNDER = (-0.3, 0.15)
"""Of the font's size, from the bottom of a line's words: where a rule underlines them."""
UNDERLINED = 0.85
"""Share of a line that rules must underline for all of it to count as underlined."""
SHORTEST = 30.0
"""Points: the rule above footnotes is 144 long in Word, 0.4 of the line in LaTeX; strokes of letters and
ticks are shorter."""
LOWER = 0.35
"""Share of the page's height below which footnotes may begin."""
MOST = 40
"""Rules looked at for each line of a page; a page has one above its footnotes, and one above its foot."""


def stroked(lines: Sequence[Line], rules: Sequence[Rule], height: float) -> tuple[Line, ...]:
    """Mark the lines of a page that are underlined, or stand below the rule above the footnotes."""
    flat = sorted((rule for rule in rules if rule.horizontal), key=lambda rule: rule.top)
    if not flat:
        return tuple(lines)
    tops = [rule.top for rule in flat]
    under = [_underlines(line, flat, tops) for line in lines]
    used = {id(rule) for held in under for rule in held}
    notes = [rule for rule in flat if id(rule) not in used and _may_part(rule, height)][:MOST]
    return tuple(
        replace(line, strong=line.strong or _covers(held, line), below_rule=_is_below(line, notes))
        if held or notes
        else line
        for line, held in zip(lines, under, strict=True)
    )


def _underlines(line: Line, flat: Sequence[Rule], tops: Sequence[float]) -> list[Rule]:
    at = bisect_left(tops, line.base + UNDER[0] * line.size)
    found = []
    while at < len(flat) and tops[at] <= line.base + UNDER[1] * line.size:
        if _stands_within(flat[at], line):
            found.append(flat[at])
        at += 1
    return found


def _stands_within(rule: Rule, line: Line) -> bool:
    near = line.left - line.size <= rule.x0 and rule.x1 <= line.right + line.size
    return near and rule.x0 < line.right and rule.x1 > line.left


def _covers(rules: Sequence[Rule], line: Line) -> bool:
    covered = sum(min(rule.x1, line.right) - max(rule.x0, line.left) for rule in rules)
    return covered >= UNDERLINED * (line.right - line.left)


def _may_part(rule: Rule, height: float) -> bool:
    return rule.top >= LOWER * height and rule.x1 - rule.x0 >= SHORTEST


def _is_below(line: Line, rules: Sequence[Rule]) -> bool:
    return any(
        rule.top <= line.base - line.size / 2 and rule.x0 < line.right and line.left < rule.x1
        for rule in rules
    )
