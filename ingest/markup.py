"""Remnants of HTML and Markdown inside a text: found, so that quotes can step over them."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.documents import Span

Between = Callable[[str, int, int], tuple[Span, ...]]
"""Finds the words in text[start:end]."""

TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>\n]{0,300})?/?>")
UNDERLINED = re.compile(r"^(?:\s*<u>[^<>]*</u>)+\s*$", re.IGNORECASE)
BOLD = re.compile(r"^\s*\*{2,3}[^*]+\*{2,3}\s*$")

HASHES = re.compile(r"#{1,6}[ \t]+(?=[^\sa-z])")
"""What stands before a heading in Markdown; "# of participants" is none."""


def _marks(text: str) -> list[tuple[int, int]]:
    """Where tags and the asterisks of emphasis stand."""
    marks = [found.span() for found in TAG.finditer(text)] if "<" in text else []
    stars = [found.span() for found in re.finditer(r"\*{1,3}", text)]
    marks += [span for span in stars if _is_emphasis(text, *span, paired=len(stars) > 1)]
    return sorted(marks)


def _is_emphasis(text: str, start: int, end: int, paired: bool) -> bool:
    """Whether asterisks open or close emphasis, rather than mark a footnote ("services*")."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    opens = not after.isspace() and not before.isalnum()
    closes = not before.isspace() and not after.isalnum()
    if opens and not closes:
        return True
    return closes and (paired or (before in ".;:!?" and end == len(text.rstrip())))


def words_between(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Spans of the words in text[start:end] that skip markup and outer white space.

    The spans, joined, read as the words do; there are several only where markup stands between.
    """
    spans = []
    at = start
    for first, last in [*_marks(text[start:end]), (end - start, end - start)]:
        if start + first > at:
            spans.append(Span(at, start + first))
        at = max(at, start + last)
    return trim(text, tuple(spans))


def printed_between(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The span of the words in text[start:end] without outer white space: in a layout nothing is markup."""
    return trim(text, (Span(start, end),))


def trim(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Drop the white space at both ends of a run of spans; empty where nothing is left."""
    kept = list(spans)
    while kept and not text[kept[0].start : kept[0].end].strip():
        kept.pop(0)
    while kept and not text[kept[-1].start : kept[-1].end].strip():
        kept.pop()
    if not kept:
        return ()
    head, tail = kept[0], kept[-1]
    words = text[head.start : head.end]
    kept[0] = head = Span(head.start + len(words) - len(words.lstrip()), head.end)
    tail = kept[-1]
    words = text[tail.start : tail.end]
    kept[-1] = Span(tail.start, tail.start + len(words.rstrip()))
    return tuple(kept)
