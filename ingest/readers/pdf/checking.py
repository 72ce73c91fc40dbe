"""One reading of a page checked by another: whichever has the words is taken, and it is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ingest.elements import Notice
from ingest.readers.pdf import pdfium, plumber
from ingest.readers.pdf.assembly import assembled
from ingest.readers.pdf.drawn import Drawn
from ingest.readers.pdf.page import Page
from ingest.readers.pdf.weighing import TooHeavy
from ingest.readers.pdf.words import UNMAPPED

FEWER = 0.9
"""Share of PDFium's letters: below it pdfplumber has lost some; sound pages agree within one in a hundred."""
SLACK = 10
"""Letters: those of marks and forms that only one of the libraries reads."""
GARBLED = 0.1
"""Share of letters without a known meaning ("(cid:12)"), above which a reading is not trusted."""
SMALL = 0.5
"""Share of what is printed: running text in Latin script has 0.9 of small letters; numbers of shapes taken
for letters give 0.2."""
OUTLINES = 100
"""Shapes on a page without letters: words drawn as outlines; a rule or an ornament has a few."""

BY_PDFIUM = "Read by PDFium, since pdfplumber"
FAILED = Notice(f"{BY_PDFIUM} failed on it.")
FEWER_WORDS = Notice(f"{BY_PDFIUM} found fewer words.")
UNKNOWN_LETTERS = Notice(f"{BY_PDFIUM} found letters that it cannot name.")
HEAVY = Notice(f"{BY_PDFIUM} would have taken too long over what is drawn on it.")
REFUSED = Notice("Not read: what is drawn on it would exhaust memory or time, as in a file made to do so.")
UNREADABLE = Notice("Not read: damaged.")
FORM = Notice("What is filled into its form was not read: damaged. Print it to a new PDF and give that.")
NAMELESS = Notice("Some of its letters cannot be named, since the file does not say what they stand for.")


def letters(parts: Iterable[str]) -> int:
    """Count letters and digits."""
    return sum(sum(map(str.isalnum, part)) for part in parts)


def checked(pdf: Any, document: Any, number: int) -> Page:
    """Read a page by pdfplumber where it can be trusted, by PDFium where not.

    `pdf` is the file as pdfplumber opened it and `document` as PDFium did, None where it did not.
    """
    if pdf is None:
        return _by_pdfium(document, number, None)
    try:
        drawn = plumber.drawn_on(pdf, number)
    except TooHeavy as error:
        return _blank(number, REFUSED) if error.hopeless else _by_pdfium(document, number, HEAVY)
    except Exception:
        return _by_pdfium(document, number, FAILED)
    cause = _doubt(drawn, pdfium.text_of(document, number)) if document is not None else None
    if cause is None:
        return _told(assembled(number, drawn), drawn)
    page = _by_pdfium(document, number, cause)
    if cause is UNKNOWN_LETTERS and not _plausible(word.text for word in page.words):
        page = replace(page, notices=(*page.notices, NAMELESS))
    return page if page.words else _told(assembled(number, drawn), drawn)


def filled(page: Page, pdf: Any) -> Page:
    """Add to a page the words in its form fields, which no library draws."""
    if pdf is None or REFUSED in page.notices:
        return page
    try:
        words = plumber.fields_on(pdf, page.number, page.width)
    except Exception:
        return replace(page, notices=(*page.notices, FORM))
    return replace(page, words=page.words + words) if words else page


def _plausible(words: Iterable[str]) -> bool:
    """Whether most of what stands in words is small letters, as where PDFium did not guess them wrongly."""
    text = "".join(words)
    return sum(map(str.islower, text)) >= SMALL * max(1, len(text))


def _doubt(drawn: Drawn, text: str) -> Notice | None:
    """Why pdfplumber's reading of a page should not be trusted; None where it should."""
    nameless = _nameless(drawn)
    known = letters([UNMAPPED.sub("", "".join([glyph.text for glyph in drawn.glyphs]))])
    other = letters([text])
    if nameless > GARBLED and other > known:
        return UNKNOWN_LETTERS
    return FEWER_WORDS if known < FEWER * other - SLACK else None


def _nameless(drawn: Drawn) -> float:
    """The share of letters that stand for nothing known."""
    unknown = sum([text == "\ufffd" or text[:5] == "(cid:" for text, *_ in drawn.glyphs])
    return unknown / max(1, len(drawn.glyphs))


def _told(page: Page, drawn: Drawn) -> Page:
    """Add what the letters of a page say of how far it can be read: see also `scans.recognised`."""
    if _nameless(drawn) > GARBLED:
        return replace(page, notices=(*page.notices, NAMELESS))
    if drawn.curves > OUTLINES and not page.words:
        return replace(page, pictured=True)
    return page


def _by_pdfium(document: Any, number: int, cause: Notice | None) -> Page:
    try:
        drawn = pdfium.drawn_on(document, number)
    except (RuntimeError, TypeError, OSError):
        return _blank(number, UNREADABLE)
    page = _told(assembled(number, drawn), drawn)
    return replace(page, notices=(*((cause,) if cause else ()), *page.notices))


def _blank(number: int, cause: Notice) -> Page:
    return Page(number, 595.0, 842.0, (), notices=(cause,))
