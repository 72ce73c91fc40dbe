"""Opening a PDF: how many pages it has, by which way they are read, and the pages one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.elements import Notice, Properties
from ingest.readers.pdf.page import Page


@dataclass(frozen=True, slots=True)
class Survey:
    """What a PDF says before its pages are read.

    `way` is how its pages are read: "pdfplumber", "repaired copy" (pdfplumber over a copy that pikepdf
    wrote anew) or "PDFium". `notices` concern the whole file; those of a page come with the page.
    """

    pages: int
    properties: Properties
    way: str
    notices: tuple[Notice, ...] = ()


def survey(path: Path, password: str = "") -> Survey:
    """Count the pages of a PDF and choose the way to read them. Raises SourceError."""
    raise NotImplementedError


def pages(
    path: Path, survey: Survey, first: int, last: int, password: str = "", language: str = "en"
) -> Iterator[Page]:
    """Read the pages `first` to `last` (from 1, both included), one at a time. Raises SourceError.

    `language` is the ISO 639-1 code of the words on scanned pages.
    """
    raise NotImplementedError


def merged(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Join notices of the same words into one that names all their pages."""
    held: dict[str, set[int]] = {}
    for notice in notices:
        held.setdefault(notice.words, set()).update(notice.pages)
    return tuple(Notice(words, tuple(sorted(on))) for words, on in held.items())
