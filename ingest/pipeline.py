"""The way of a file: source to Document to passages, and the digest that tells when to do it again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path

import corpus
from corpus.authority import Authority
from corpus.catalogue import MAX_BYTES, check_file
from corpus.documents import Document, Source
from corpus.records import Commitment, Passage
from ingest.commitments import extract
from ingest.composing import compose
from ingest.elements import Layout
from ingest.outline import outlined
from ingest.passages import cut
from ingest.readers import text
from ingest.readers.kinds import FileType, file_type
from ingest.transcripts import Transcript

PRIVATE = frozenset({"path", "password"})
"""Facts of a catalogue entry that no record depends on."""


def transcribe(source: Source, most: int = MAX_BYTES) -> Transcript:
    """Read a source's file, of `most` bytes at most, whatever its format, as text.

    Raises SourceError where it is not fit.
    """
    check_file(source, most)
    kind = file_type(source.path)
    if kind is FileType.TEXT:
        return text.read(source.path)
    return compose(_layout(source, kind))


def _layout(source: Source, kind: FileType) -> Layout:
    """Read a file that has a layout; its reader, and the library that it reads with, are imported now."""
    if kind is FileType.PDF:
        from ingest.readers.pdf import reader

        return reader.read(source.path, source.password, source.language)
    if kind is FileType.DOCX:
        from ingest.readers import docx

        return docx.read(source.path)
    from ingest.readers import html

    return html.read(source.path)


def read(source: Source) -> Document:
    """Read a source into a Document with its structure; raises SourceError where the file is not fit."""
    return outlined(source, transcribe(source))


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
    state = hashlib.sha256(code_digest().encode())
    for source in sources:
        state.update("\x1f".join(map(str, facts_of(source))).encode())
        state.update(b"\x1e")
    return state.hexdigest()


def facts_of(source: Source) -> tuple[object, ...]:
    """What a catalogue entry states, but for the place of the file and its password."""
    return tuple(getattr(source, field.name) for field in fields(source) if field.name not in PRIVATE)


@cache
def code_digest() -> str:
    """Fingerprint of the code and vocabulary that turn a file into passages."""
    state = hashlib.sha256()
    for folder in (Path(__file__).parent, Path(corpus.__file__).parent):
        for path in sorted([*folder.rglob("*.py"), *folder.glob("authority.toml")]):
            state.update(path.relative_to(folder.parent).as_posix().encode())
            state.update(path.read_bytes())
    return state.hexdigest()
