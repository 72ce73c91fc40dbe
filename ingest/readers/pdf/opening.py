"""Opening a PDF: how many pages it has, by which way they are read, and the pages one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.errors import SourceError
from ingest.elements import Notice, Properties
from ingest.readers.pdf import pdfium, plumber, repair
from ingest.readers.pdf.checking import checked, filled
from ingest.readers.pdf.inflation import check_streams
from ingest.readers.pdf.page import Page
from ingest.readers.pdf.properties import properties
from ingest.readers.pdf.scans import recognised

HEAD = 1024
"""Bytes within which readers of PDF look for the mark that begins one."""


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
    """Count the pages of a PDF by two libraries and choose the way to read them.

    Raises SourceError where it is no PDF, has no pages, is damaged beyond reading, or is encrypted and
    the password does not open it.
    """
    _check_head(path)
    check_streams(path)
    try:
        with pdfium.opened(path, password) as document:
            pages, facts = pdfium.count(document), pdfium.metadata(document)
    except PermissionError as error:
        raise SourceError(_locked(path, password), "encrypted") from error
    number, way, notices = _way(path, password, pages)
    return Survey(number, properties(facts), way, notices)


def _check_head(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        raise SourceError(
            f"{path}: cannot be read ({error.strerror}). Check the path and the rights."
        ) from error
    if not head:
        raise SourceError(f"{path.name}: the file is empty. Fetch it again from where it came from.", "empty")
    if b"%PDF" not in head:
        raise SourceError(
            f"{path.name}: not a PDF, whatever its name says. Give it the ending of its format."
        )


def _locked(path: Path, password: str) -> str:
    if password:
        return f"{path.name}: the password given does not open it. Check its spelling, capitals included."
    return f"{path.name}: encrypted, and no password was given. Give the password that opens it."


def _way(path: Path, password: str, pages: int) -> tuple[int, str, tuple[Notice, ...]]:
    shown = plumber.count(path, password)
    if shown and shown == pages:
        return shown, "pdfplumber", ()
    with repair.copied(path, password) as copy:
        mended = plumber.count(copy) if copy else 0
    if mended and mended >= max(shown, pages):
        return (
            mended,
            "repaired copy",
            (_told(shown, pages, f"it was read from a repaired copy with {mended}"),),
        )
    if shown and shown >= pages:
        return shown, "pdfplumber", (_told(shown, pages, f"{shown} were read"),)
    if pages and not (shown == mended > 0):
        return pages, "PDFium", (_told(shown, pages, "it was read by PDFium"),)
    if shown:
        return shown, "pdfplumber", (_told(shown, pages, f"{shown} were read"),)
    raise SourceError(
        f"{path.name}: damaged, or without pages; neither pdfplumber nor PDFium nor a repaired copy shows"
        " any. Fetch it again, or open it in a viewer and print it to a new PDF.",
        "damaged",
    )


def _told(shown: int, pages: int, done: str) -> Notice:
    return Notice(f"The file is damaged: pdfplumber shows {shown} pages, PDFium {pages}; {done}.")


def pages(
    path: Path, survey: Survey, first: int, last: int, password: str = "", language: str = "en"
) -> Iterator[Page]:
    """Read the pages `first` to `last` (from 1, both included), one at a time. Raises SourceError.

    `language` is the ISO 639-1 code of the words on scanned pages. A page that cannot be read comes
    without words and with a notice.
    """
    first, last = max(1, first), min(last, survey.pages)
    with ExitStack() as stack:
        if survey.way == "repaired copy":
            path, password = _copy(stack, path, password), ""
        document = stack.enter_context(pdfium.opened(path, password))
        pdf = stack.enter_context(_plumbed(path, survey, first, last, password))
        for number in range(first, last + 1):
            page = filled(recognised(checked(pdf, document, number), document, language), pdf)
            yield replace(page, notices=tuple(replace(each, pages=(number,)) for each in page.notices))


def _copy(stack: ExitStack, path: Path, password: str) -> Path:
    copy = stack.enter_context(repair.copied(path, password))
    if copy is None:
        raise SourceError(f"{path.name}: changed or damaged while it was read. Read it again.")
    return copy


def _plumbed(path: Path, survey: Survey, first: int, last: int, password: str) -> AbstractContextManager[Any]:
    if survey.way == "PDFium" or last < first:
        return nullcontext(None)
    return plumber.opened(path, first, last, password)


def merged(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Join notices of the same words into one that names all their pages."""
    held: dict[str, set[int]] = {}
    for notice in notices:
        held.setdefault(notice.words, set()).update(notice.pages)
    return tuple(Notice(words, tuple(sorted(on))) for words, on in held.items())
