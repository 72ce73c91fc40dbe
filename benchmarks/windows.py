"""The plain alternative to passages: windows of a fixed number of words, whatever they cut through."""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.documents import Document, Span
from corpus.ids import passage_id
from corpus.records import Passage, PassageKind

WORDS = 120
"""Words of a window, about as many as a long recommendation has."""

_WORD = re.compile(r"\S+")


def cut_windows(document: Document, words: int = WORDS) -> tuple[Passage, ...]:
    """Cut a document's stored text every so many words, without overlap and without context."""
    starts = [word.start() for word in _WORD.finditer(document.text)][::words]
    edges = [*starts, len(document.text)] if starts else []
    return tuple(_window(document, place, Span(*edge)) for place, edge in enumerate(pairwise(edges)))


def _window(document: Document, place: int, span: Span) -> Passage:
    text = document.slice((span,)).rstrip()
    spans = (Span(span.start, span.start + len(text)),)
    return Passage(
        id=passage_id(document.id, (), text, place),
        document=document.id,
        kind=PassageKind.PARAGRAPH,
        text=text,
        spans=spans,
        section=(),
        position=place,
        pages=document.pages_of(spans),
        lines=document.lines_of(spans),
    )
