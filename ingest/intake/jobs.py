"""The jobs of a reading process; the readers, and the libraries they read with, are imported there alone.

What passes between the processes of one file is pickled by this program and read by no other.
"""

from __future__ import annotations

import gc
import pickle
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.authority import Authority
from corpus.documents import Document, Source
from corpus.errors import SourceError
from ingest import pipeline
from ingest.composing import compose
from ingest.elements import Notice
from ingest.intake.codec import encode
from ingest.intake.extractions import Extraction, Head, Records
from ingest.intake.limits import ANY, NEVER, Limits, met
from ingest.intake.workers import CRASHED, TOO_SLOW
from ingest.outline import outlined
from ingest.readers.kinds import FileType, file_type
from ingest.readers.pdf import tesseract
from ingest.readers.pdf.page import Page
from ingest.transcripts import Transcript

if TYPE_CHECKING:
    from ingest.readers.pdf.opening import Survey

PART = 40
"""Pages read by one process: beginning one takes 10 ms and opening the file a page's time, a page 50 ms or
more, so that less than one part in fifty is lost, and a file of 400 pages still fills ten cores."""
PASSING = (TOO_SLOW, CRASHED)
"""Reasons that another reading of the same file need not meet: a busy machine, and want of memory."""
A4 = (595.0, 842.0)

Whole = tuple[Extraction, bytes]
"""An extraction, and its records as stored; these are empty where no authority was given."""


@dataclass(frozen=True, slots=True)
class Long:
    """A PDF that one process shall not read alone, as it was surveyed."""

    survey: Survey


@dataclass(frozen=True, slots=True)
class Pages:
    """A part of a PDF as it passes between processes, and those of its pages that gave no words."""

    part: bytes
    unread: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Lost:
    """Pages of a PDF that could not be read, the first and the last, and why: in words, and as a reason."""

    first: int
    last: int
    words: str
    reason: str = "unreadable"


def read_whole(source: Source, authority: Authority | None, limits: Limits) -> Whole | Long:
    """Read a file in one go, unless it is a PDF too long for that.

    Raises SourceError where it is not fit, holds no words or has too many pages.
    """
    kind = file_type(source.path)
    if kind is not FileType.PDF:
        with _uncollected() if kind is FileType.TEXT else nullcontext():
            return finished(source, pipeline.transcribe(source, limits.most_bytes), authority, limits)
    survey = survey_of(source, limits)
    if survey.pages > PART:
        return Long(survey)
    return assemble(source, survey, [read_pages(source, survey, 1, survey.pages)], authority, limits)


def survey_of(source: Source, limits: Limits) -> Survey:
    """Survey a PDF; raises SourceError where it cannot be opened or has too many pages."""
    from ingest.readers.pdf import opening

    survey = opening.survey(source.path, source.password)
    if survey.pages > limits.pages:
        cause = f"It has {survey.pages} pages, over the {limits.pages} allowed."
        raise SourceError(f"{cause} Raise LABOUR_READ_PAGES, or divide it.", "too many pages")
    return survey


def read_pages(source: Source, survey: Survey, first: int, last: int) -> Pages:
    """Read the pages of a PDF from the first to the last, both included."""
    from ingest.readers.pdf import opening, reader

    unread: list[int] = []
    pages = opening.pages(source.path, survey, first, last, source.password, source.language)
    part = reader.read_part(_noting(pages, unread))
    return Pages(pickle.dumps(part), tuple(unread))


def assemble(
    source: Source,
    survey: Survey,
    parts: Sequence[Pages | Lost],
    authority: Authority | None,
    limits: Limits,
) -> Whole:
    """Put the parts of a PDF together, in the order of its pages; lost pages are blank, with a notice."""
    from ingest.readers.pdf import reader

    held = [
        pickle.loads(part.part) if isinstance(part, Pages) else reader.read_part(_blank(part))
        for part in parts
    ]
    unread = [page for part in parts for page in _unread(part)]
    passing = any(isinstance(part, Lost) and part.reason in PASSING for part in parts)
    transcript = compose(reader.assemble(held, survey.properties, survey.notices))
    return finished(source, transcript, authority, limits, tuple(unread), passing)


def finished(
    source: Source,
    transcript: Transcript,
    authority: Authority | None,
    limits: Limits,
    unread: tuple[int, ...] = (),
    passing: bool = False,
) -> Whole:
    """Give a transcript its structure and, with an authority, cut it up; raises SourceError without words.

    `passing` tells that some of the pages unread may be read the next time.
    """
    if not transcript.text.strip():
        told = " ".join(notice.words for notice in transcript.notices[:1])
        raise SourceError(f"It holds no words that can be read. {told or 'Export it as text.'}", "no words")
    document = outlined(source, transcript)
    asked = _conditions(transcript, unread, passing, source.language, limits)
    head = Head(len(document.pages), transcript.notices, unread, asked, transcript.properties)
    extraction = Extraction.of(document, head)
    return extraction, _records(document, authority) if authority else b""


def _conditions(
    transcript: Transcript, unread: Sequence[int], passing: bool, language: str, limits: Limits
) -> str:
    """Under which conditions another reading would give the same."""
    from ingest.readers.pdf.scans import DEPENDING, FAILED

    told = {notice.words for notice in transcript.notices}
    if passing or FAILED.words in told:
        return NEVER
    if not unread and not transcript.ocr and told.isdisjoint(DEPENDING):
        return ANY
    _, pictured, every = met(limits, language, tesseract.languages())
    return every if unread else pictured


def cut_up(source: Source, extraction: Extraction, authority: Authority) -> bytes:
    """Cut a document into its passages and commitments, and return these `Records` as they are stored."""
    return _records(extraction.document(source), authority)


def _records(document: Document, authority: Authority) -> bytes:
    passages = pipeline.passages(document, authority)
    return encode(Records(passages, pipeline.commitments(document, authority, passages)))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Do without the search for objects that refer to each other: those made of a text do not.

    It takes a fifth of the time, since a long text makes many small objects that all stay.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _noting(pages: Iterable[Page], unread: list[int]) -> Iterator[Page]:
    """Pass pages on, and note those that gave no words, though something is printed on them."""
    from ingest.readers.pdf.scans import EMPTY, FAILED, MISSING

    scanned = {FAILED.words, MISSING.words}
    for page in pages:
        told = {each.words for each in page.notices} - {EMPTY.words}
        if told and (not page.words or not scanned.isdisjoint(told)):
            unread.append(page.number)
        yield page


def _blank(lost: Lost) -> Iterator[Page]:
    notice = Notice(f"Not read: {lost.words}")
    for number in range(lost.first, lost.last + 1):
        yield Page(number, *A4, words=(), notices=(notice,))


def _unread(part: Pages | Lost) -> Iterable[int]:
    return part.unread if isinstance(part, Pages) else range(part.first, part.last + 1)
