"""Pieces: what a reader hands on, paragraph by paragraph and row by row, before any structure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.documents import Cell, Span
from ingest.markers import Marker

FINISHED = re.compile(r"[.;:!?…][\"'”’)\]*]*$")
FUNCTION_WORDS = frozenset(
    {"the", "a", "an", "of", "and", "or", "to", "in", "on", "for", "with", "by", "from", "as", "at", "its"}
    | {"this", "that", "these", "their", "which", "is", "are", "be", "was", "were", "into", "such", "under"}
    | {"including", "between", "among"}
)
"""Words that no sentence ends with."""


class PieceKind(StrEnum):
    """What a reader can tell of a piece by its form alone."""

    TEXT = "text"
    HEADING = "heading"
    LABEL = "label"
    ROW = "row"
    DEFINITION = "definition"
    NOTE = "note"
    CONTENTS = "contents"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph, list item, heading or table row as the reader found it.

    `spans` are its words in the stored text without marker and markup; `words` is their join.
    `gap` tells that a blank line or page break stands before it; `narrow` that its lines break
    well before the margin; `strong` that it is all bold or underlined; `level` is 0 where only the
    outline can tell how deep a heading is. `depth` counts the items that a layout shows around an item or
    a paragraph (0 of a paragraph: none that is known); None where only forms tell.
    """

    kind: PieceKind
    spans: tuple[Span, ...]
    words: str
    marker: Marker | None = None
    gap: bool = False
    narrow: bool = False
    strong: bool = False
    level: int = 0
    cells: tuple[Cell, ...] = ()
    depth: int | None = None

    @property
    def finished(self) -> bool:
        """Whether the words end as a sentence or clause does."""
        return bool(FINISHED.search(self.words))

    @property
    def hanging(self) -> bool:
        """Whether the words break off: at a comma, a hyphen, or a word that needs another."""
        last = self.words.split()[-1] if self.words.split() else ""
        return last.endswith((",", "-", "–")) or last.casefold() in FUNCTION_WORDS

    @property
    def starts_low(self) -> bool:
        """Whether the first letter is a small one, as in the middle of a sentence."""
        first = re.search(r"[^\W_]", self.words)
        return first is not None and first.group().islower()


def joined(parts: Sequence[Piece], text: str) -> Piece:
    """Join a piece with its continuations, keeping one span where only white space stands between."""
    first = parts[0]
    if len(parts) == 1:
        return first
    spans = list(first.spans)
    for part in parts[1:]:
        end, start = spans[-1].end, part.spans[0].start
        between = text[end:start]
        if between.strip():
            pad = len(between) - len(between.lstrip())
            spans[-1] = Span(spans[-1].start, end + pad)
            spans.append(part.spans[0])
        else:
            spans[-1] = Span(spans[-1].start, part.spans[0].end)
        spans += part.spans[1:]
    words = "".join(text[span.start : span.end] for span in spans)
    return replace(first, spans=tuple(spans), words=words, narrow=all(part.narrow for part in parts))


def continues(first: Piece, second: Piece, interrupted: bool) -> bool:
    """Whether the second piece goes on with the sentence that the first breaks off.

    A small first letter after an unfinished piece always does; a capital one only after a comma or
    a word that needs another, or where a footnote or page head stands between.
    """
    if second.marker is not None or first.finished or second.strong or not first.words:
        return False
    if second.starts_low:
        return True
    return first.hanging or (interrupted and not first.strong and len(first.words) > 60)
