"""What a web page shows that is no text of its own: pictures, and other pages in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingest.elements import Element, Notice, Table
from ingest.readers.grids import flat
from ingest.readers.web.lists import whole
from ingest.readers.web.tree import Page

PICTURES = "img, svg, canvas"
EMBEDDED = "iframe[src], iframe[srcdoc], object[data], embed[src]"
LEAST = 200
"""Dots, where a page states the sides of a picture: those of a logo or a sign are shorter."""
LONG = 120
"""Letters of a paragraph; entries of menus, and most notes on rights, have fewer."""

PICTURED = Notice(
    "It holds pictures, whose words were not read. Where these matter, print the page from a browser as PDF"
    " and recognise the words in its pictures, for example with ocrmypdf."
)
FRAMED = Notice(
    "It shows other pages or files inside it, which were not read. Save each as a file of its own."
)
OUTSIDE = Notice(
    "Only what the page marks as its main text was read; paragraphs or tables stand outside. Where these"
    " belong to it, print the page from a browser as PDF."
)


def unread(page: Page, selector: str) -> tuple[Notice, ...]:
    """Tell what was not read of the first element that a CSS selector finds, each kind once."""
    pictured = any(map(_tells, page.held(selector, PICTURES)))
    framed = any(True for _ in page.held(selector, EMBEDDED))
    return (PICTURED,) * pictured + (FRAMED,) * framed


def _tells(picture: Mapping[str, str]) -> bool:
    """Whether a picture may hold words: it is no ornament, and not known to be small."""
    sides = [
        whole(picture[name].removesuffix("px"), LEAST) for name in ("width", "height") if name in picture
    ]
    return picture.get("alt") != "" and min(sides, default=LEAST) >= LEAST


def outside(main: Sequence[Element | Table], every: Sequence[Element | Table]) -> tuple[Notice, ...]:
    """Tell whether a page holds text outside its main part."""
    read = set(map(_text, main))
    missed = (part for part in every if _text(part) not in read)
    return (OUTSIDE,) if any(isinstance(part, Table) or len(_text(part)) >= LONG for part in missed) else ()


def _text(part: Element | Table) -> str:
    return "\n".join(run.text for element in flat(part) for run in element.runs)
