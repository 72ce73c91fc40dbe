"""Transcripts: what every reader ends in, the stored text of a file and the pieces that it is cut into."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.documents import Placement, Span
from ingest.elements import Notice, Properties
from ingest.pieces import Piece


@dataclass(frozen=True, slots=True)
class Transcript:
    """A file as text: its pages, its pieces in reading order, and where its words are printed.

    `pages[i]` is the range of page i + 1 in `text`; a file without pages is one. `places` are sorted
    and do not overlap; empty for plain text. `ocr` are the pages whose words were recognised from a picture.
    """

    text: str
    pages: tuple[Span, ...]
    pieces: tuple[Piece, ...]
    places: tuple[Placement, ...] = ()
    ocr: frozenset[int] = frozenset()
    notices: tuple[Notice, ...] = ()
    properties: Properties = field(default_factory=Properties)
