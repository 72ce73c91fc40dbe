"""Lines of a table of contents: a title, dots, and the number of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.elements import Element, ElementKind, Run, Table, TableCell
from ingest.markers import parse_marker
from ingest.readers.pdf.endings import hanging, starts_low
from ingest.readers.pdf.flow import Item
from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.notes import NoteLine

LEADERS = ".…·_\u2024\u2025 \u00a0"
FEWEST_DOTS = 4
"""Dots of a leader; an ellipsis has three."""
FEWEST = 3
"""Lines with leaders that make a table of contents."""
MOST_BETWEEN = 2
"""Lines without leaders between two with: a title of three lines, or the name of a part."""
PAGE_NUMBER = re.compile(r"(?:\d{1,4}|[ivxlcIVXLC]{1,7}|[A-Z]{0,2}-?\d{1,3})")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a table of contents: its title, and the page named after the dots; empty for neither."""

    line: Line
    title: str
    page: str


def entry_of(line: Line) -> Entry | None:
    """Read a line with dot leaders; None for any other."""
    text = line.text.rstrip()
    last = text.rsplit(None, 1)[-1].lstrip(LEADERS) if text else ""
    if not PAGE_NUMBER.fullmatch(last):
        return None
    title = text[: len(text) - len(last)]
    bare = title.rstrip(LEADERS)
    dots = title[len(bare) :]
    count = sum(3 if dot == "…" else 1 for dot in dots if not dot.isspace())
    return Entry(line, bare, last) if count >= FEWEST_DOTS else None


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents: its entries from the first line with leaders to the last."""

    entries: tuple[Entry, ...]

    @property
    def table(self) -> Table:
        """The contents as a table of titles and pages, without a header."""
        return Table(tuple(_row(group) for group in _grouped(self.entries)))


def with_contents(items: Iterable[Item | NoteLine]) -> Iterator[Item | NoteLine | Contents]:
    """Make runs of lines with leaders one each; a title may have lines without leaders before it."""
    entries: list[Entry] = []
    held: list[Line] = []
    for item in items:
        entry = entry_of(item) if isinstance(item, Line) else None
        if entry:
            kept = held if entries or (held and _wraps(held[-1], entry)) else []
            yield from held[: len(held) - len(kept)]
            entries += [*(Entry(line, line.text, "") for line in kept), entry]
            held = []
        elif isinstance(item, Line) and len(held) < (MOST_BETWEEN if entries else 1):
            held.append(item)
        else:
            yield from _closed(entries)
            yield from held
            entries, held = [], [item] if isinstance(item, Line) else []
            yield from () if held else (item,)
    yield from _closed(entries)
    yield from held


def _wraps(line: Line, entry: Entry) -> bool:
    """Whether a title begins on the line before the first with leaders."""
    return hanging(line.text) or starts_low(entry.title)


def _closed(entries: Sequence[Entry]) -> Iterator[Line | Contents]:
    if sum(bool(entry.page) for entry in entries) >= FEWEST:
        yield Contents(tuple(entries))
    else:
        yield from (entry.line for entry in entries)


def _grouped(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Lines of one title: those without a page number go with the next, unless it begins a title itself."""
    group: list[Entry] = []
    for entry in entries:
        if group and (group[-1].page or parse_marker(entry.line.text)):
            yield group
            group = []
        group.append(entry)
    if group:
        yield group


def _row(group: Sequence[Entry]) -> tuple[TableCell, TableCell]:
    titles = tuple(Run(entry.title, entry.line.page, entry.line.box) for entry in group if entry.title)
    last = group[-1]
    pages = (Run(last.page, last.line.page, last.line.box),) if last.page else ()
    return _cell(titles), _cell(pages)


def _cell(runs: tuple[Run, ...]) -> TableCell:
    return TableCell((Element(ElementKind.PARAGRAPH, runs),)) if runs else TableCell()
