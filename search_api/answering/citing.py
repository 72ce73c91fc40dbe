"""Citations: where a quote stands, and the check that it does."""

from __future__ import annotations

import logging
from collections.abc import Callable

from corpus.answers import Citation
from corpus.documents import Document
from corpus.errors import QuoteError
from corpus.records import Commitment, Passage

logger = logging.getLogger(__name__)


def cite(document: Document, passage: Passage) -> Citation:
    """Cite a passage of a document; nothing is checked here (see `verify`)."""
    return Citation(
        document=document.id,
        title=document.source.title,
        passage=passage.id,
        kind=passage.kind.value,
        section=passage.section,
        number=passage.number,
        inferred=passage.inferred,
        pages=passage.pages,
        lines=passage.lines,
        place=place_of(document, passage),
        spans=passage.spans,
        quote=passage.text,
        ocr=passage.ocr,
    )


def place_of(document: Document, record: Passage | Commitment) -> str:
    """Say on which pages and lines a record stands; lines alone where the source has no page breaks."""
    lines = _range("line", *record.lines)
    if len(document.pages) == 1:
        return lines
    return f"{_range('page', record.pages[0], record.pages[-1])}, {lines}"


def _range(noun: str, first: int, last: int) -> str:
    return f"{noun} {first}" if first == last else f"{noun}s {first}-{last}"


def verify(document: Document, citation: Citation) -> None:
    """Check that the quote is, character for character, what the document says at the spans given.

    Raises QuoteError where the document is another, the quote is blank, a span is empty, overlaps
    another or ends beyond the text, the words differ, or the pages or lines are not those of the spans.
    """
    for check in _CHECKS:
        if fault := check(document, citation):
            raise QuoteError(
                f"The quote of {citation.passage} {fault}; rebuild the index with `labour index --rebuild`."
            )


def verified(document: Document, passage: Passage) -> Citation | None:
    """Cite a passage and verify the citation; None, with a warning in the log, where it fails."""
    citation = cite(document, passage)
    try:
        verify(document, citation)
    except QuoteError as error:
        logger.warning("left out of the answer: %s", error)
        return None
    return citation


def _wrong_document(document: Document, citation: Citation) -> str:
    if document.id == citation.document:
        return ""
    return f"is said to be of {citation.document}, not of {document.id}"


def _wrong_spans(document: Document, citation: Citation) -> str:
    edge = 0
    for span in sorted(citation.spans):
        if not edge <= span.start < span.end <= len(document.text):
            return f"has the span {span.start}-{span.end}, empty, overlapping another or beyond the text"
        edge = span.end
    return "" if citation.spans else "has no place in the text"


def _wrong_words(document: Document, citation: Citation) -> str:
    if not citation.quote.strip():
        return "is blank"
    same = document.slice(citation.spans) == citation.quote
    return "" if same else f"differs from the text of {document.id} at the spans given"


def _wrong_place(document: Document, citation: Citation) -> str:
    pages = document.pages_of(citation.spans)
    if citation.pages != pages:
        return f"is on pages {pages}, not {citation.pages}"
    lines = document.lines_of(citation.spans)
    return "" if citation.lines == lines else f"is on lines {lines}, not {citation.lines}"


_CHECKS: tuple[Callable[[Document, Citation], str], ...] = (
    _wrong_document,
    _wrong_spans,
    _wrong_words,
    _wrong_place,
)
