"""Words to be typeset that remember at which character of the stored text each of theirs stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from corpus.documents import Document, Span

ADDED = -1
"""The origin of a character that does not stand in the spans: a marker printed before the words."""
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
JOINED = re.compile(r"(?<=\w[-/])[ \t]*[\r\n\f]\s*(?!(?:or|and|to)\b)(?=\w)")
"""A line break after a hyphen or stroke, where the print has no space."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A text with single spaces; `origins` and `raised` go with its characters other than spaces.

    `origins` are offsets in the stored text; `raised` are the places of those set as superscripts.
    """

    text: str
    origins: tuple[int, ...]
    raised: frozenset[int] = frozenset()

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """The text in runs of characters that are raised or are not."""
        run, high, at = "", False, 0
        for letter in self.text:
            up = letter != " " and at in self.raised
            at += letter != " "
            if up != high and run:
                yield run, high
                run = ""
            run, high = run + letter, up
        if run:
            yield run, high

    def prefixed(self, words: str) -> Printed:
        """The same with words before it that do not stand in its spans."""
        count = sum(not letter.isspace() for letter in words)
        moved = frozenset(place + count for place in self.raised)
        return Printed(f"{words} {self.text}", (ADDED,) * count + self.origins, moved)


def printed(document: Document, spans: Iterable[Span], marks: Iterable[Span] = ()) -> Printed:
    """Set the words of spans; superscript digits, and what `marks` cover, are raised plain digits."""
    text = document.text
    raised = {offset for mark in marks for offset in range(mark.start, mark.end)}
    letters: list[tuple[str, int]] = []
    last = None
    for span in spans:
        if last is not None and re.search(r"[\t\r\n]", text[last : span.start]):
            letters.append((" ", ADDED))
        letters += _letters(text, span)
        last = span.end
    return _folded(letters, raised)


def _letters(text: str, span: Span) -> Iterator[tuple[str, int]]:
    """The characters of a span with their offsets, without line breaks in the middle of a word."""
    words = text[span.start : span.end]
    gone = {at for found in JOINED.finditer(words) for at in range(*found.span())}
    return ((letter, span.start + at) for at, letter in enumerate(words) if at not in gone)


def _folded(letters: Iterable[tuple[str, int]], raised: set[int]) -> Printed:
    text = ""
    origins: list[int] = []
    high: set[int] = set()
    for letter, offset in letters:
        if letter.isspace():
            text += "" if text.endswith(" ") or not text else " "
            continue
        if offset in raised or letter in SUPERSCRIPTS:
            high.add(len(origins))
        text += unicodedata.normalize("NFKC", letter) if letter in SUPERSCRIPTS else letter
        origins.append(offset)
    return Printed(text.rstrip(" "), tuple(origins), frozenset(high))


def cut(words: Printed, start: int, end: int | None = None) -> Printed:
    """The part of the words between two places in their text, outer spaces dropped."""
    part = words.text[start:end]
    lead = len(words.text[:start].replace(" ", ""))
    count = len(part.replace(" ", ""))
    high = frozenset(at - lead for at in words.raised if lead <= at < lead + count)
    return replace(words, text=part.strip(), origins=words.origins[lead : lead + count], raised=high)
