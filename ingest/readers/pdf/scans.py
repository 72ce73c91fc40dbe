"""Scanned pages: their words recognised from the picture, where Tesseract is installed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ingest.elements import Notice
from ingest.readers.pdf import pdfium, tesseract
from ingest.readers.pdf.checking import NAMELESS, letters
from ingest.readers.pdf.page import Page

FEW = 50
"""Letters: a stamp or a page number over a scan; one line of print has 60 to 90."""
DOTS = 300
"""Dots to the inch: what Tesseract's makers advise."""

MISSING = Notice(
    "Scanned: a picture without words, which was not read. Install Tesseract to read it"
    " (Debian: apt install tesseract-ocr)."
)
FAILED = Notice("Scanned, and not read: Tesseract failed on it or took too long.")


def recognised(page: Page, document: Any, language: str) -> Page:
    """Read a page from its picture where it has hardly any words; other pages come back as they are.

    `document` is the file as PDFium opened it; `language` an ISO 639-1 code.
    """
    if not needed(page):
        return page
    known = tesseract.languages()
    if not known or document is None:
        return _noted(page, MISSING)
    name = tesseract.NAMES.get(language, language)
    told = () if name in known else (_fallback(name),)
    try:
        picture, scale = pdfium.picture(document, page.number, DOTS)
        words = tesseract.recognise(picture, name if name in known else tesseract.FALLBACK, scale)
    except (OSError, RuntimeError, MemoryError):
        return _noted(page, FAILED)
    if letters(word.text for word in words) <= 2 * letters(word.text for word in page.words) - 2 * _lost(
        page
    ):
        return page
    notices = tuple(notice for notice in page.notices if notice != NAMELESS)
    return replace(page, words=words, ocr=True, notices=(*notices, *told))


def needed(page: Page) -> bool:
    """Whether the words of a page must be read from its picture: it has one, or letters without meaning."""
    return _lost(page) > 0 or (page.pictured and letters(word.text for word in page.words) <= FEW)


def _lost(page: Page) -> int:
    """Letters of a page that mean nothing, since the file does not name them."""
    return letters(word.text for word in page.words) if NAMELESS in page.notices else 0


def _fallback(name: str) -> Notice:
    return Notice(
        f'Recognised as English, since Tesseract lacks the language "{name}"'
        f" (Debian: apt install tesseract-ocr-{name.replace('_', '-')})."
    )


def _noted(page: Page, notice: Notice) -> Page:
    return replace(page, notices=(*page.notices, notice))
