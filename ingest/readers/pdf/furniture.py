"""Furniture: running heads, feet and page numbers, recognised by repetition at the same height."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ingest.numerals import roman_value
from ingest.readers.pdf.flow import PageFlow
from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.measures import body_size
from ingest.readers.pdf.notes import RAISED

ZONE = 0.16
"""Share of the page's height, at its top and its foot, in which furniture stands."""
SHORT = 3
"""Pages of a file in which print smaller than the body, or beside tables alone, is a head on two of them."""
SMALLER = 0.95
"""Of the size of the body."""
LONGEST = 200
"""Characters of a line that can be a head or foot."""
LARGER = 1.05
"""Of the size of the body: "Area 1" and "Area 2" in larger print on facing pages are headings."""
DEEPEST = 5
"""Lines of a head or foot; letterheads have four."""
FEWEST = 3
"""Pages that must repeat words that carry no page number."""
DENSITY = 0.4
"""Share of the pages from the first to the last with them: words on odd pages alone have 0.5."""
NUMBERED = 2
"""Pages that must carry a page number that grows with the pages."""
STEP = 8.0
"""Points: lines whose distance from the edge of the page differs by half as much share a height."""
APART = 2.0
"""Of the font's size: words and the number of the page are set apart by more."""
WORDY = 2
"""Words beside a page number in a head; one word and a number is more likely "Annex 1"."""

NUMBER = re.compile(r"(?<![\w.,/])(?:\d{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7})(?![\w/]|[.,]\w)")
ALONE = re.compile(r"[^\w]*(?:\d{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7})[^\w]*")
PAGE_WORD = re.compile(
    r"\b(?:page|pages|pg|p|halaman|hal|trang|pahina|muka surat)\b\.?\s*\W?\s*$", re.IGNORECASE
)
OF_PAGES = re.compile(r"\W*page\s+\d{1,4}\s+(?:of|/)\s+\d{1,4}\W*", re.IGNORECASE)
SEPARATOR = re.compile(r"[|•·–—-]\s*$|^\s*[|•·–—-]")
YEARS = range(1900, 2101)
"""Numbers that are rather years than pages."""

Place = tuple[int, int]
"""A page's index and the index of one of its items."""


class Form(NamedTuple):
    """What stands in a line but for its page number.

    `sure` is how surely a number in it is the page's: "words" where none is left out ("small" where they
    are in smaller print), "own" where the line is the page's own number alone, "of" for "Page 1 of 9",
    "alone" for a number alone, "page" where a word or a space sets it apart, "beside" where it merely
    stands beside words; "at" for any line with a number so far from the page's.
    """

    sure: str
    before: str
    away: int = 0
    after: str = ""


Key = tuple[bool, float, int, Form]
"""Foot or head, height, size and words of a line: what it shares with its like on other pages."""


def furniture(pages: Sequence[PageFlow]) -> frozenset[Place]:
    """Find the lines of all pages that are furniture. A line counts only where nothing but
    furniture stands between it and the edge of the page.
    """
    edges = [_edges(page) for page in pages]
    body = (
        body_size(pages)
        if any(_has_body(page, sides) for page, sides in zip(pages, edges, strict=True))
        else 0
    )
    keys = {place: _keys(pages, place, foot, body) for foot, place in _places(edges)}
    held: dict[Key, list[int]] = defaultdict(list)
    for (page, _), own in keys.items():
        for key in own:
            held[key].append(pages[page].number)
    repeated = {key for key, numbers in held.items() if _repeats(key[3], sorted(set(numbers)))}
    repeated |= set(_known_places(keys.values(), repeated))
    found: set[Place] = set()
    for i, sides in enumerate(edges):
        for side in sides:
            for at in side:
                if not any(key in repeated and key[3].sure != "at" for key in keys[i, at]):
                    break
                found.add((i, at))
    return frozenset(found)


def _edges(page: PageFlow) -> tuple[list[int], list[int]]:
    """Indices of the lines at the head of a page and at its foot, each from the edge inwards."""
    held = [(item.box[1], item.box[3], i) for i, item in enumerate(page.items) if isinstance(item, Line)]
    heads = sorted((top, i) for top, bottom, i in held if bottom <= ZONE * page.height)
    feet = sorted((-bottom, i) for top, bottom, i in held if top >= (1 - ZONE) * page.height)
    return [i for _, i in heads[:DEEPEST]], [i for _, i in feet[:DEEPEST]]


def _has_body(page: PageFlow, edges: tuple[list[int], list[int]]) -> bool:
    """Whether a page has lines beside those at its edges, rather than tables alone."""
    return sum(isinstance(item, Line) for item in page.items) > len({*edges[0], *edges[1]})


def _places(edges: Sequence[tuple[list[int], list[int]]]) -> Iterator[tuple[bool, Place]]:
    for i, (heads, feet) in enumerate(edges):
        yield from ((False, (i, at)) for at in heads)
        yield from ((True, (i, at)) for at in feet)


def _keys(pages: Sequence[PageFlow], place: Place, foot: bool, body: float) -> frozenset[Key]:
    page = pages[place[0]]
    line = page.items[place[1]]
    if not isinstance(line, Line) or RAISED.match(line.text):
        return frozenset()
    away = (page.height - line.base if foot else line.base) / STEP
    forms = {Form("words", " ".join(line.text.split())), *_numbered(line, page.number, len(pages))}
    if len(pages) <= SHORT and (line.size < SMALLER * body or not body):
        forms.add(Form("small", line.text))
    if body and (line.size > LARGER * body or line.strong):
        forms = {form for form in forms if form.sure != "beside"}
    heights = (float(round(away)), round(away + 0.5) - 0.5)
    return frozenset((foot, height, round(line.size), form) for height in heights for form in forms)


def _numbered(line: Line, page: int, pages: int) -> Iterator[Form]:
    """Forms of a line in which a number is told by how far it is from the page's own."""
    if OF_PAGES.fullmatch(line.text):
        yield Form("of", "")
    for found in NUMBER.finditer(line.text[:LONGEST]):
        value = int(found[0]) if found[0].isdigit() else roman_value(found[0])
        before, after = line.text[: found.start()].strip(), line.text[found.end() :].strip()
        sure = _certainty(line, before, after)
        if sure and value and value not in YEARS:
            yield Form(sure, before, value - page, after)
            yield Form("at", "", value - page)
            if sure == "alone" and value == page and pages > 1:
                yield Form("own", before, 0, after)


def _known_places(keys: Iterable[frozenset[Key]], repeated: set[Key]) -> Iterator[Key]:
    """Keys of lone numbers, or numbers set apart, at a height at which pages have their numbers."""
    heights = {key[:2] for key in repeated if key[3].sure == "at"}
    for own in keys:
        numbered = own & repeated and any(key[3].sure == "at" for key in own & repeated)
        yield from (key for key in own if key[3].sure == "alone" and key[:2] in heights)
        yield from (key for key in own if key[3].sure == "page" and numbered)


def _certainty(line: Line, before: str, after: str) -> str:
    """How surely a number in a line is the page's, from what stands beside it; empty where not."""
    if ALONE.fullmatch(line.text):
        return "alone"
    if PAGE_WORD.search(before):
        return "page"
    if before and after:
        return ""
    words = f"{before} {after}".split()
    parted = line.gap >= APART * line.size or SEPARATOR.search(before) or SEPARATOR.search(after)
    if len(words) >= WORDY:
        return "page" if parted else "beside"
    return "page" if parted and not line.strong else ""


def _repeats(form: Form, numbers: Sequence[int]) -> bool:
    """Whether lines of one form stand on enough pages."""
    if form.sure in ("of", "own"):
        return True
    fewest = NUMBERED if form.sure in ("alone", "page", "small") else FEWEST
    return len(numbers) >= fewest and len(numbers) >= DENSITY * (numbers[-1] - numbers[0] + 1)
