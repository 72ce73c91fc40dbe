"""The reader of web pages: headings, lists with their numbers, tables, notes; no menus and no page frames."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from corpus.errors import SourceError
from ingest.elements import Element, Layout, Notice, Properties, Table
from ingest.readers.grids import flat
from ingest.readers.web.blocks import Blocks, layout_tables
from ingest.readers.web.decoding import decoded
from ingest.readers.web.notes import in_place
from ingest.readers.web.tags import check
from ingest.readers.web.tree import Page
from ingest.readers.web.unread import outside, unread

LARGEST = 32 * 1024 * 1024
"""Bytes of a page; a printed page makes about ten thousand."""
MAIN = "main, [role=main]"
BODY = "body"
LEAST = 0.5
"""Share of the letters of a page, menus left out, that its main part must hold to be taken for its text."""
DATES = ("date", "dcterms.created", "dcterms.date", "dc.date", "article:published_time", "citation_date")
AUTHORS = ("author", "dc.creator", "dcterms.creator", "article:author", "citation_author")
DATE = re.compile(r"\d{4}-\d\d-\d\d")


def read(path: Path) -> Layout:
    """Read a web page. It has no pages: runs are on page 0 and without boxes.

    Where the page says which part of it is the text (`main`), that part is read. Raises SourceError where
    the file cannot be read, is too large or nested too deep, or holds no words.
    """
    try:
        page, notices = _page(path)
        elements, told = _text_of(page)
    except SourceError as error:
        raise SourceError(f"{path.name} cannot be read: {error}", error.reason) from error
    if not elements:
        raise SourceError(
            f"{path.name} holds no words. If a script writes it, print it from a browser as PDF."
        )
    return Layout(elements, notices=notices + told, properties=_properties(*page.head()))


def _page(path: Path) -> tuple[Page, tuple[Notice, ...]]:
    text, notices = decoded(_bytes(path))
    check(text)
    return Page(text), notices


def _text_of(page: Page) -> tuple[tuple[Element | Table, ...], tuple[Notice, ...]]:
    """The part of a page that it says is its text, unless most stands outside; and what was not read."""
    main, every = _elements(page, MAIN), _elements(page, BODY)
    if _length(main) < LEAST * _length(every):
        return every, unread(page, BODY)
    return main, unread(page, MAIN if main else BODY) + outside(main, every)


def _length(elements: Sequence[Element | Table]) -> int:
    return sum(len(run.text) for part in elements for element in flat(part) for run in element.runs)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise SourceError(f"{error.strerror}. Check the path and its permissions.") from error
    if len(data) > LARGEST:
        raise SourceError(f"it has more than {LARGEST} bytes. Split it in several.")
    return data


def _elements(page: Page, selector: str) -> tuple[Element | Table, ...]:
    read = Blocks(layout_tables(page.events(selector))).read(page.events(selector))
    return tuple(in_place(read))


def _properties(title: str, named: Mapping[str, str]) -> Properties:
    """Title, author and date that the head of a page states."""
    author = next((named[name] for name in AUTHORS if named.get(name)), "")
    found = (DATE.match(named.get(name, "").strip()) for name in DATES)
    created = next((date.group() for date in found if date), "")
    return Properties(" ".join(title.split()), " ".join(author.split()), created)
