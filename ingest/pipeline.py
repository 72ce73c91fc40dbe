"""The way of a file: source to Document to passages, and the digest that tells when to do it again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path

import corpus
from corpus.authority import Authority
from corpus.catalogue import read_text
from corpus.documents import Document, Source
from corpus.records import Commitment, Passage
from ingest.commitments import extract
from ingest.outline import outlined
from ingest.passages import cut
from ingest.readers.text import transcribe


def read(source: Source) -> Document:
    """Read a source into a Document with its structure; raises SourceError where the file is not fit."""
    return outlined(source, transcribe(read_text(source)))


def passages(document: Document, authority: Authority) -> tuple[Passage, ...]:
    """Cut a Document into passages with their context."""
    return cut(document, authority)


def commitments(
    document: Document, authority: Authority, passages: Sequence[Passage]
) -> tuple[Commitment, ...]:
    """Extract a Document's commitments; `passages` are those it was cut into."""
    return extract.commitments(document, authority, passages)


def digest(sources: Iterable[Source]) -> str:
    """Fingerprint of what an extraction depends on: the catalogue's entries and this code.

    The files themselves enter by the sha256 of their entries, which reading them checks.
    """
    state = hashlib.sha256(_code_digest().encode())
    for source in sources:
        facts = (getattr(source, field.name) for field in fields(source) if field.name != "path")
        state.update("\x1f".join(map(str, facts)).encode())
        state.update(b"\x1e")
    return state.hexdigest()


@cache
def _code_digest() -> str:
    """Fingerprint of the code and vocabulary that turn a file into passages."""
    state = hashlib.sha256()
    for folder in (Path(__file__).parent, Path(corpus.__file__).parent):
        for path in sorted([*folder.rglob("*.py"), *folder.glob("authority.toml")]):
            state.update(path.relative_to(folder.parent).as_posix().encode())
            state.update(path.read_bytes())
    return state.hexdigest()
