"""Reading a text that a test makes up."""

from __future__ import annotations

from pathlib import Path

from corpus.authority import load_authority
from corpus.documents import Block, BlockKind, Document, Source
from corpus.records import Commitment, Passage
from ingest.commitments.extract import commitments
from ingest.outline import outlined
from ingest.passages import cut
from ingest.readers.text import transcribe

SOURCE = Source(
    "made-up", "A made-up text", "Made up", "slom", "work-plans", "2012", None, "en", "", "", Path()
)


def read(text: str) -> Document:
    """Read a stored text as the text reader does."""
    return outlined(SOURCE, transcribe(text))


def cut_up(text: str) -> tuple[Passage, ...]:
    """Read a stored text and cut it into passages."""
    return cut(read(text), load_authority())


def words(document: Document, block: Block) -> str:
    """The words of a block, white space folded."""
    return " ".join(document.slice(block.spans).split())


def of_kind(document: Document, kind: BlockKind) -> list[str]:
    """The words of all blocks of a kind, in order."""
    return [words(document, block) for block in document.blocks if block.kind is kind]


def register(text: str) -> tuple[Commitment, ...]:
    """Extract the commitments of a stored text."""
    return register_of(read(text))


def register_of(document: Document) -> tuple[Commitment, ...]:
    """Extract the commitments of a document."""
    authority = load_authority()
    return commitments(document, authority, cut(document, authority))
