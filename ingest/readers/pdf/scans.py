"""Scanned pages: their words recognised from the picture, where Tesseract is installed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ingest.elements import Notice
from ingest.readers.pdf import pdfium, tesseract
from ingest.readers.pdf.checking import NAMELESS, letters
from ingest.readers.pdf.page import Page, Word

FEW = 50
"""Letters: a page number or a short stamp over a scan; one line of print has 60 to 90."""
STAMPED = 300
"""Letters: stamps of signature services and libraries over a scan have up to three lines of print. A page
of so few over a picture may as well be a cover, so that its own words are kept unless many more are found."""
DOTS = 300
"""Dots to the inch: what Tesseract's makers advise."""

INSTALL = "Install Tesseract to read it (Debian: apt install tesseract-ocr)."
MISSING = Notice(f"Scanned: a picture without words, which was not read. {INSTALL}")
STAMP = Notice(f"Mostly a picture, of which no words were read but the few printed over it. {INSTALL}")
FAILED = Notice("Scanned, and not read: Tesseract failed on it or took too long.")
EMPTY = Notice(
    "A picture in which Tesseract found no words. If it is a page of print, scan it anew, upright and at"
    f" {DOTS} dots to the inch."
)
DEPENDING = frozenset({MISSING.words, STAMP.words, EMPTY.words})
"""What is told of pages that may be read better where Tesseract, or another language of it, is there."""


def recognised(page: Page, document: Any, language: str) -> Page:
    """Read a page from its picture where it has hardly any words; other pages come back as they are.

    `document` is the file as PDFium opened it; `language` an ISO 639-1 code.
    """
    if not needed(page):
        return page
    name = tesseract.chosen(language, tesseract.languages())
    if not name or document is None:
        return _noted(page, MISSING if _bare(page) else STAMP)
    try:
        picture, scale = pdfium.picture(document, page.number, DOTS)
        words = tesseract.recognise(picture, name, scale)
    except (OSError, RuntimeError, MemoryError, ValueError):
        return _noted(page, FAILED)
    if _count(words) <= 2 * (_count(page.words) - _lost(page)):
        return _noted(page, EMPTY) if _bare(page) and not _lost(page) else page
    wanted = tesseract.NAMES.get(language, language)
    told = () if name == wanted else (_fallback(wanted),)
    notices = tuple(notice for notice in page.notices if notice != NAMELESS)
    return replace(page, words=words, ocr=True, notices=(*notices, *told))


def needed(page: Page) -> bool:
    """Whether the words of a page must be read from its picture: it has one, or letters without meaning."""
    return _lost(page) > 0 or (page.pictured and _count(page.words) <= STAMPED)


def _bare(page: Page) -> bool:
    return _lost(page) > 0 or _count(page.words) <= FEW


def _count(words: Iterable[Word]) -> int:
    return letters(word.text for word in words)


def _lost(page: Page) -> int:
    """Letters of a page that mean nothing, since the file does not name them."""
    return _count(page.words) if NAMELESS in page.notices else 0


def _fallback(name: str) -> Notice:
    return Notice(
        f'Recognised as English, since Tesseract lacks the language "{name}"'
        f" (Debian: apt install tesseract-ocr-{name.replace('_', '-')})."
    )


def _noted(page: Page, notice: Notice) -> Page:
    return replace(page, notices=(*page.notices, notice))
