"""Composing: from what a reader of laid-out files found to the stored text and the pieces it is cut into."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.documents import Placement, Span
from ingest import grids
from ingest.elements import Element, ElementKind, Layout
from ingest.footnotes import References, is_footnote, references
from ingest.headings import is_dateline
from ingest.lines import Line, split_lines
from ingest.markers import Marker, alike, labelled, parse_marker
from ingest.markup import printed_between
from ingest.nesting import DEEPEST, at_depth
from ingest.pieces import Piece, PieceKind, continues
from ingest.readers.text import LEGEND, Cutter, Join, finished, page_spans, regions_of, split_labels
from ingest.transcripts import Transcript
from ingest.written import Written, WrittenTable, clean, write

KINDS = {
    ElementKind.HEADING: PieceKind.HEADING,
    ElementKind.ITEM: PieceKind.TEXT,
    ElementKind.NOTE: PieceKind.NOTE,
}

LEADERS = re.compile(r"(?:\.{4,}|(?: \.){4,}|…{2,}) ?(?:\d{1,4}|[ivxl]{1,6})$")
"""Dots and the number of a page, as a table of contents has them at the end of a line."""
SPACED = 1.5
"""Heights of a line: the lines of one paragraph are set closer, but for those of a typescript."""
LONGEST_END = 40
"""Characters at the end of a line in which its last dots are looked for."""


def compose(layout: Layout) -> Transcript:
    """Write a layout out as a text and cut it into pieces, by what the layout knows of each.

    Where it knows nothing, as of a paragraph that begins with a number, the rules of the text reader
    decide. A layout without words has an empty text.
    """
    written = write(layout)
    pieces = finished(tuple(_pieces(written.text, written.parts)), written.text, _goes_on(written.places))
    return Transcript(
        written.text,
        page_spans(written.text),
        pieces,
        written.places,
        layout.ocr,
        layout.notices,
        layout.properties,
    )


def _pieces(text: str, parts: Sequence[Written | WrittenTable]) -> Iterator[Piece]:
    """Pieces of every part in order; a list of abbreviations or a table printed as lines is read whole."""
    regions = {held[0].start: (held, cutter) for held, cutter in _regions(text, parts)}
    elements = _Elements(text, references(text), _knows_headings(parts))
    end = -1
    for part in parts:
        if part.span.start in regions:
            held, cutter = regions[part.span.start]
            yield from cutter(held, text)
            end = held[-1].end
        elif part.span.start > end:
            yield from (
                elements.pieces_of(part) if isinstance(part, Written) else grids.pieces_of(part, text)
            )


def _goes_on(places: Sequence[Placement]) -> Join:
    """What tells whether a piece goes on with another: as in a text, but only where it may have been cut.

    A layout knows its headings, its rows and its paragraphs; without pages it has cut none in two.
    """

    def place(offset: int) -> Placement | None:
        at = bisect_right(places, offset, key=lambda place: place.span.start)
        return places[at - 1] if at else None

    def goes_on(first: Piece, second: Piece, interrupted: bool) -> bool:
        if first.kind is not PieceKind.TEXT or second.cells:
            return False
        before, after = place(first.spans[-1].end - 1), place(second.spans[0].start)
        return _may_be_cut(before, after) and continues(first, second, interrupted)

    return goes_on


def _may_be_cut(before: Placement | None, after: Placement | None) -> bool:
    """Whether a paragraph may have been cut between two runs: a page or column ends, or no space is left."""
    if before is None or after is None:
        return False
    if before.page != after.page or before.box is None or after.box is None:
        return before.page < after.page
    turns = after.box[0] >= before.box[2] and after.box[1] < before.box[1]
    return turns or 0 <= after.box[3] - before.box[3] <= SPACED * (before.box[3] - before.box[1])


def _regions(text: str, parts: Sequence[Written | WrittenTable]) -> Iterator[tuple[Sequence[Line], Cutter]]:
    """Lines of each region that the text reader finds, but for those that reach over a table."""
    lines = split_lines(text)
    tables = [part.span.start for part in parts if isinstance(part, WrittenTable)]
    for region, cutter in regions_of(lines):
        held = [line for line in lines[region.first : region.last + 1] if not line.blank]
        if bisect_left(tables, held[0].start) == bisect_right(tables, held[-1].start):
            yield held, cutter


def _knows_headings(parts: Sequence[Written | WrittenTable]) -> bool:
    return any(isinstance(part, Written) and part.element.kind is ElementKind.HEADING for part in parts)


class _Elements:
    """Makes elements into pieces; remembers the last numbered marker, which the next may follow.

    `titled` tells that the layout marks its headings: then only a bold line or one in capitals may be
    one that it missed.
    """

    def __init__(self, text: str, marks: References, titled: bool) -> None:
        self.text = text
        self.marks = marks
        self.titled = titled
        self.after: Marker | None = None
        self.lists: dict[int, list[Marker]] = {}
        self.headed = False

    def pieces_of(self, written: Written) -> Iterator[Piece]:
        """Pieces of an element: one, but for a paragraph in which lines begin with markers of their own.

        Where the label of a row stands before its first bullet, it is a piece too.
        """
        if written.element.kind is not ElementKind.PARAGRAPH:
            yield self._piece(written, written.span, written.gap)
            return
        raw = self.text[written.span.start : written.span.end]
        starts = [0, *(found.end() for found in re.finditer("\n", raw) if parse_marker(raw[found.end() :]))]
        for start, end in pairwise([*starts, len(raw)]):
            lines = list(split_labels([Line(raw[start:end].rstrip(), written.span.start + start)]))
            for i, line in enumerate(lines):
                piece = self._piece(written, Span(line.start, line.end), written.gap and not start and not i)
                yield replace(piece, kind=PieceKind.LABEL) if i + 1 < len(lines) else piece

    def _piece(self, written: Written, span: Span, gap: bool) -> Piece:
        element, raw = written.element, self.text[span.start : span.end]
        kind = self._kind(element, raw)
        marker = self._marker(element, raw) if kind in (PieceKind.TEXT, PieceKind.HEADING) else None
        depth = _depth(element, marker) if kind is PieceKind.TEXT else None
        if marker and kind is PieceKind.TEXT:
            marker = self._remembered(marker, depth)
        spans = printed_between(self.text, span.start + (marker.length if marker else 0), span.end)
        words = "".join(self.text[part.start : part.end] for part in spans)
        if not re.search(r"[^\W_]", words):
            kind = PieceKind.FURNITURE
        gap = gap and (kind is not PieceKind.TEXT or self._may_head(written, words))
        self.headed = kind is PieceKind.HEADING
        level = element.level if kind is PieceKind.HEADING else 0
        return Piece(kind, spans, words, marker, gap, written.broken, element.strong, level, depth=depth)

    def _remembered(self, marker: Marker, depth: int | None) -> Marker:
        """The marker of an item, read as those of its list are; the next of its list will be read as it."""
        if depth is not None:
            beside = at_depth(self.lists, depth, list)
            marker = alike(marker, beside[-1]) if beside else marker
            beside[:] = [marker] if marker.number else beside
        self.after = marker if marker.number else self.after
        return marker

    def _kind(self, element: Element, raw: str) -> PieceKind:
        if element.kind is not ElementKind.NOTE and LEADERS.search(raw[-LONGEST_END:]):
            return PieceKind.CONTENTS
        if element.kind is ElementKind.PARAGRAPH:
            note = is_footnote(raw, below_rule=False, marks=self.marks)
            return PieceKind.NOTE if note else PieceKind.DEFINITION if LEGEND.match(raw) else PieceKind.TEXT
        return KINDS[element.kind]

    def _marker(self, element: Element, raw: str) -> Marker | None:
        """The marker of a line; a label of unknown form is one too, but of a heading it is words."""
        marker = parse_marker(raw, self.after)
        label = clean(element.label)
        if not label or element.kind is ElementKind.HEADING or (marker and marker.length > len(label)):
            return marker
        return labelled(label)

    def _may_head(self, written: Written, words: str) -> bool:
        """Whether a paragraph may be a heading that the layout does not mark; none of several cells is."""
        dated = self.headed and is_dateline(words)
        loud = written.element.strong or words.upper() == words
        return not written.strip and (not self.titled or loud or dated)


def _depth(element: Element, marker: Marker | None) -> int | None:
    """How many items the layout shows around an item or a paragraph; None of one that begins like an item."""
    if (element.kind is ElementKind.ITEM) != (marker is not None):
        return None
    return min(element.level, DEEPEST)
