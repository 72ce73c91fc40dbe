"""What reading a file gives: a document without its catalogue entry, and what to say of the reading."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from corpus.documents import Block, Document, Placement, Section, Source, Span
from corpus.records import Commitment, Passage
from ingest.elements import Notice, Properties
from ingest.intake.codec import decode, encode


@dataclass(frozen=True, slots=True)
class Head:
    """What is to be said of how a file was read.

    `pages` counts its pages; the words of those `unread` are missing. `conditions` are those under which
    another reading would give the same, empty where any would.
    """

    pages: int
    notices: tuple[Notice, ...] = ()
    unread: tuple[int, ...] = ()
    conditions: str = ""
    properties: Properties = field(default_factory=Properties)


@dataclass(frozen=True, slots=True)
class Body:
    """A document without its source."""

    text: str
    pages: tuple[Span, ...]
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    places: tuple[Placement, ...]
    ocr: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """What a document was cut into."""

    passages: tuple[Passage, ...]
    commitments: tuple[Commitment, ...]


@dataclass(frozen=True, slots=True)
class Extraction:
    """A head, and a body still as it is stored."""

    head: Head
    body: bytes

    @classmethod
    def of(cls, document: Document, head: Head) -> Extraction:
        """Take the extraction of a document that was read."""
        values = (getattr(document, field.name) for field in fields(Body))
        return cls(head, encode(Body(*values)))

    @classmethod
    def from_bytes(cls, data: bytes) -> Extraction:
        """Read what `to_bytes` wrote, the body not yet; raises ValueError where it is not that."""
        head, _, body = data.partition(b"\n")
        return cls(decode(Head, head), body)

    def to_bytes(self) -> bytes:
        """Write the extraction: a line for the head and one for the body."""
        return encode(self.head) + b"\n" + self.body

    def document(self, source: Source) -> Document:
        """Read the document of a source; raises ValueError where the body is none."""
        body = decode(Body, self.body)
        return Document(source, **{field.name: getattr(body, field.name) for field in fields(Body)})
