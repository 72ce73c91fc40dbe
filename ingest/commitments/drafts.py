"""Drafts: what a rule finds, before ids, addresses and the authority file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.documents import Span
from corpus.records import CommitmentKind

Key = tuple[int, int]
"""Index of the block that a draft stands in, and its place among the drafts of that block."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One item as a rule found it; every field as printed, empty where the text does not state it.

    `parent` is the key of the draft it stands under. `review` says why a field may be wrong.
    """

    key: Key
    kind: CommitmentKind
    spans: tuple[Span, ...]
    number: str = ""
    inferred: bool = False
    parent: Key | None = None
    body: str = ""
    theme: str = ""
    period: str = ""
    status: str = ""
    coordinators: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    review: str = ""


def cut(spans: Iterable[Span], start: int, end: int) -> tuple[Span, ...]:
    """Return the spans of characters start to end of the text that the spans, joined, make."""
    parts = []
    at = 0
    for span in spans:
        first, last = max(start, at), min(end, at + len(span))
        if first < last:
            parts.append(Span(span.start + first - at, span.start + last - at))
        at += len(span)
    return tuple(parts)


def trimmed(text: str, spans: Iterable[Span], ends: str = "") -> tuple[Span, ...]:
    """Drop white space, and any of the characters `ends`, from both ends of what the spans make."""
    kept = tuple(spans)
    words = "".join(text[span.start : span.end] for span in kept)
    drop = f" \t\r\n\f{ends}"
    return cut(kept, len(words) - len(words.lstrip(drop)), len(words.rstrip(drop)))
