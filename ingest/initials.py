"""Initials of names that look like the letters of a list: "A. Smith of the ILO"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.documents import Span
from ingest.markers import Marker, Style
from ingest.pieces import Piece


def spared(pieces: Sequence[Piece], text: str) -> tuple[Piece, ...]:
    """Give a single capital with a full stop back to the words where no list has the letter beside it.

    A line in capitals keeps it: "A. PRIORITIES AND PLANS" heads a part, whatever follows.
    """
    letters = {(m.form, m.value) for piece in pieces if (m := piece.marker) and m.style is Style.LETTER}
    return tuple(_restored(piece, text) if _is_initial(piece, letters) else piece for piece in pieces)


def _is_initial(piece: Piece, letters: set[tuple[str, int]]) -> bool:
    marker = piece.marker
    if marker is None or marker.style is not Style.LETTER or not _looks_like_one(marker):
        return False
    beside = {(marker.form, marker.value - 1), (marker.form, marker.value + 1)}
    return not beside & letters and piece.words.upper() != piece.words


def _looks_like_one(marker: Marker) -> bool:
    return marker.bare and marker.label.endswith(".") and marker.number.isupper()


def _restored(piece: Piece, text: str) -> Piece:
    first = piece.spans[0]
    start = text.rfind(piece.marker.label, 0, first.start) if piece.marker else first.start
    spans = (Span(start, first.end), *piece.spans[1:])
    words = "".join(text[span.start : span.end] for span in spans)
    return replace(piece, spans=spans, words=words, marker=None)
