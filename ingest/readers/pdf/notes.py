"""Footnotes: the lines at the foot of a column that are one, and where each begins."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ingest.readers.pdf.endings import finished
from ingest.readers.pdf.flow import Item, PageFlow
from ingest.readers.pdf.lines import Line
from ingest.readers.superscripts import DIGITS, PLAIN

SMALL = 0.93
"""Of the body's size: footnotes are set at 0.75 to 0.92 of it."""
NEXT = 1.45
"""Of the font's size: lines of one note stand closer."""
RAISED = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}")
RAISED_MARK = re.compile(r"\(?([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})[).]?\s*(?=\S)")
PLAIN_MARK = re.compile(r"\(?(\d{1,3})[).]?\s+(?=\S)")
STAR_MARK = re.compile(r"(\*{1,3})\s*(?=[^\s*])")
STARRED = re.compile(r"[\w)\]”’\"'.,;]\*{1,3}(?!\w)")


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A line of a footnote, and the mark that it begins with: in superscript digits or stars.

    `length` counts the characters of the mark; without one the line goes on with a note.
    """

    line: Line
    mark: str = ""
    length: int = 0


def with_notes(pages: Iterable[PageFlow], body: float) -> Iterator[Item | NoteLine]:
    """Tell the lines of footnotes among the items of all pages; `body` is the size of the body in points."""
    unfinished = False
    for page in pages:
        items = _page_items(page, body, unfinished)
        yield from items
        last = next((item for item in reversed(items) if isinstance(item, NoteLine)), None)
        unfinished = last is not None and not finished(last.line.text)


def _page_items(page: PageFlow, body: float, unfinished: bool) -> list[Item | NoteLine]:
    items: list[Item | NoteLine] = list(page.items)
    if page.ocr:
        return items
    marks = _marks(page.lines)
    for tail in _tails(page, body):
        for at, note in _notes(tail, marks, body, unfinished):
            items[at] = note
    return items


def _marks(lines: Iterable[Line]) -> frozenset[str]:
    """The marks that words of a page carry; "*" for any number of stars."""
    found: set[str] = set()
    for line in lines:
        if not line.text.isascii():
            found.update(match[0] for match in RAISED.finditer(line.text) if match.start())
        if "*" in line.text and STARRED.search(line.text):
            found.add("*")
    return frozenset(found)


def _tails(page: PageFlow, body: float) -> Iterator[list[tuple[int, Line]]]:
    """For every column, its last lines as far up as they are small or stand below a rule."""
    sides: dict[int, list[tuple[int, Line]]] = defaultdict(list)
    for i, item in enumerate(page.items):
        if isinstance(item, Line):
            sides[item.side].append((i, item))
    for held in sides.values():
        tail = takewhile(lambda place: place[1].below_rule or _is_small(place[1], body), reversed(held))
        yield list(tail)[::-1]


def _is_small(line: Line, body: float) -> bool:
    return line.size <= SMALL * body


def _notes(
    tail: Sequence[tuple[int, Line]], marks: frozenset[str], body: float, unfinished: bool
) -> list[tuple[int, NoteLine]]:
    """The lines of a column's tail from the first that begins a note, or from the rule above them."""
    found: list[tuple[int, NoteLine]] = []
    last = ""
    for i, line in tail:
        note = _note(line, marks, _is_small(line, body), last)
        found.append((i, note))
        last = note.mark or last
    return found[_first(found, body, unfinished) :]


def _first(tail: Sequence[tuple[int, NoteLine]], body: float, unfinished: bool) -> int:
    """Where notes begin in a tail: at a mark, at a rule, or where an unfinished one goes on."""
    begins = (i for i, (_, note) in enumerate(tail) if note.mark or _below_rule(note.line, body))
    first = next(begins, len(tail))
    if not unfinished or (first < len(tail) and not tail[first][1].mark):
        return first
    at = first if first < len(tail) else len(tail) - 1
    while at > 0 and _is_next(tail[at - 1][1].line, tail[at][1].line):
        at -= 1
    return max(0, at)


def _below_rule(line: Line, body: float) -> bool:
    return line.below_rule and _is_small(line, body)


def _is_next(line: Line, after: Line) -> bool:
    """Whether a line stands directly above another."""
    return after.base - line.base <= NEXT * after.size


def _note(line: Line, marks: frozenset[str], small: bool, last: str) -> NoteLine:
    raised = RAISED_MARK.match(line.text)
    if raised and (raised[1] in marks or (small and line.below_rule)):
        return NoteLine(line, raised[1], raised.end())
    plain = PLAIN_MARK.match(line.text)
    mark = plain[1].translate(DIGITS) if plain else ""
    if plain and mark in marks and (not last or _value(mark) == _value(last) + 1):
        return NoteLine(line, mark, plain.end())
    starred = STAR_MARK.match(line.text)
    if starred and "*" in marks:
        return NoteLine(line, starred[1], starred.end())
    return NoteLine(line)


def _value(mark: str) -> int:
    """The number that a mark stands for; -1 for stars."""
    return int(mark.translate(PLAIN)) if "*" not in mark else -1
