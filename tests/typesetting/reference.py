"""The register that every version of a text must give again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.authority import Authority
from corpus.catalogue import read_text
from corpus.documents import Document, Source
from corpus.records import Commitment
from ingest import pipeline
from ingest.outline import outlined
from ingest.readers.text import transcribe

EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=\S)([^*]+)(?<=\S)\1(?![\w*])")


@dataclass(frozen=True, slots=True)
class Reference:
    """A text as the text reader reads it, and its register."""

    document: Document
    register: tuple[Commitment, ...]


def reference(source: Source, authority: Authority) -> Reference:
    """Read a source without its marks of emphasis, which no layout hands on.

    The only facts that hang on them are the titles that five rows of one report take from the
    emphasised words at the head of their paragraphs.
    """
    text = read_text(source)
    while EMPHASIS.search(text):
        text = EMPHASIS.sub(r"\2", text)
    document = outlined(source, transcribe(text))
    return Reference(document, register_of(document, authority))


def register_of(document: Document, authority: Authority) -> tuple[Commitment, ...]:
    """Extract the register of a document."""
    return pipeline.commitments(document, authority, pipeline.passages(document, authority))
