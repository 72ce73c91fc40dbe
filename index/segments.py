"""The segments of the lexical index: what is indexed of a passage, by which fields and words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from corpus.errors import BuildError
from index.bags import Words
from index.outline import Segment
from index.words import well_formed

if TYPE_CHECKING:
    import tantivy
    from tantivy import Schema, TextAnalyzer

NUMBER, TEXT, CONTEXT, SURFACE = "number", "text", "context", "surface"
LONGEST = 40
"""Bytes of the longest word kept."""
HEAP_BYTES = 128_000_000
META = "meta.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """What is indexed of a passage: its number (see `index.layout`) and its words."""

    number: int
    words: Words


def write_segments(folder: Path, entries: Iterable[Entry]) -> tuple[Segment, ...]:
    """Write an index of the entries into a new folder, and return its segments, which never change.

    Raises BuildError where it cannot be written.
    """
    folder.mkdir()
    try:
        _write(folder, entries)
    except ValueError as error:
        raise BuildError(
            f"the lexical index {folder} could not be written ({error}): see that the disk has room"
        ) from error
    for aside in folder.glob(".*"):
        aside.unlink()
    facts = json.loads((folder / META).read_text(encoding="utf-8"))
    return tuple(Segment(one["segment_id"].replace("-", ""), one["max_doc"]) for one in facts["segments"])


def _write(folder: Path, entries: Iterable[Entry]) -> None:
    import tantivy

    index = tantivy.Index(_schema(), path=str(folder))
    index.register_tokenizer("stems", analyzer(stemmed=True))
    index.register_tokenizer("words", analyzer(stemmed=False))
    writer = index.writer(HEAP_BYTES, 1)
    for entry in entries:
        writer.add_document(_document(entry))
    writer.commit()
    writer.wait_merging_threads()


def join_segments(folder: Path, segments: Iterable[Segment], template: Path) -> None:
    """Make one index of segments whose files stand in a folder, written as that of the folder `template`.

    Nothing is merged and nothing marked as deleted, so that the statistics are those of what is held.
    """
    facts = json.loads((template / META).read_text(encoding="utf-8"))
    facts["segments"] = [
        {"segment_id": str(UUID(one.id)), "max_doc": one.passages, "deletes": None} for one in segments
    ]
    (folder / META).write_text(json.dumps(facts, indent=2), encoding="utf-8")


def stemmer() -> Callable[[str], list[str]]:
    """Return what makes the stems of a text, in their order."""
    stems = analyzer(stemmed=True)
    return lambda text: stems.analyze(well_formed(text))


def _schema() -> Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field(NUMBER, fast=True)
    builder.add_text_field(TEXT, tokenizer_name="stems", index_option="position")
    builder.add_text_field(CONTEXT, tokenizer_name="stems", index_option="position")
    builder.add_text_field(SURFACE, tokenizer_name="words", index_option="basic")
    return builder.build()


def analyzer(stemmed: bool) -> TextAnalyzer:
    """Return what cuts a text into words, or into their stems."""
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    builder = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(LONGEST))
    builder = builder.filter(Filter.lowercase()).filter(Filter.ascii_fold())
    return (builder.filter(Filter.stemmer("english")) if stemmed else builder).build()


def _document(entry: Entry) -> tantivy.Document:
    """Each part of the context is a value of its own: no phrase runs from one into the next."""
    import tantivy

    document = tantivy.Document()
    document.add_integer(NUMBER, entry.number)
    document.add_text(TEXT, well_formed(entry.words.text))
    for part in map(well_formed, entry.words.context):
        document.add_text(CONTEXT, part)
    for part in map(well_formed, (entry.words.text, *entry.words.context)):
        document.add_text(SURFACE, part)
    return document
