"""A generation as its readers see it: immutable, checked when it is opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from corpus.answers import Filters
from corpus.documents import Document
from corpus.errors import GenerationError
from corpus.records import Commitment, Passage
from index.arrays import Positions
from index.bags import Bags, read_bags
from index.dense import DenseIndex, read_dense
from index.embedding import Embedder
from index.folders import NAME, generations_of, read_pointer
from index.late import LateIndex, read_late
from index.layout import Layout, commitment_layout, passage_layout
from index.lexical import LexicalIndex, read_lexical
from index.manifest import REBUILD, Manifest, ModelFact, check_files, read_manifest
from index.outline import Outline, read_outline
from index.postings import Postings
from index.records import Records, Rows
from index.store import Posting, RecordFile

RECORDS = "records.sqlite"
LEXICAL = "lexical"
LATE = "late"
BAGS = "bags"
ENCODER = "encoder"
REPORT = "report.json"
KEPT_COUNTS = 256
"""Filters for which it is kept how many passages they let through."""


@dataclass(frozen=True)
class Generation:
    """One published state of the index, which outlives its folder.

    The documents and what a search by vectors begins with are read at opening. Passages and commitments are
    read when they are asked for, and the vectors, tokens and words mapped from their files, which the system
    keeps, though they are removed, for as long as the generation is in use.

    Passages and commitments are in the order of their documents and positions; the place of a passage
    among them is what a search knows it by. `questions` embeds questions as the model that made the vectors
    would. `report` is what the builder of the index told of its sources.
    """

    manifest: Manifest
    documents: tuple[Document, ...]
    records: Records
    postings: Postings
    layout: Layout
    dense: DenseIndex
    lexical: LexicalIndex
    late: LateIndex
    questions: Embedder
    report: bytes = b""

    @property
    def name(self) -> str:
        """The name of the generation."""
        return self.manifest.name

    @property
    def passages(self) -> Rows[Passage]:
        """Every passage, read when it is asked for."""
        return self.records.passages

    @property
    def commitments(self) -> Rows[Commitment]:
        """Every commitment, read when it is asked for."""
        return self.records.commitments

    def document(self, document_id: str) -> Document | None:
        """Return the document of an id (source, text and pages), None where there is none."""
        return self._documents.get(document_id)

    def passage(self, passage_id: str) -> Passage | None:
        """Return the passage of an id, None where there is none."""
        return self.records.passage(passage_id)

    def commitment(self, name: str) -> Commitment | None:
        """Return the commitment of an id or an address, None where there is none."""
        return self.records.commitment(name)

    def commitments_of(self, passage_id: str) -> tuple[Commitment, ...]:
        """Return the commitments that stand in a passage, in their order."""
        return self.records.commitments_of(passage_id)

    def searched(self, filters: Filters) -> tuple[int, int]:
        """Count the passages that a search with filters looks through, and the documents they stand in."""
        return self._searched(filters)

    @cached_property
    def _searched(self) -> Callable[[Filters], tuple[int, int]]:
        return lru_cache(maxsize=KEPT_COUNTS)(self._counted)

    def _counted(self, filters: Filters) -> tuple[int, int]:
        allowed = self.postings.passing(filters)
        searchable = self.postings.searchable
        mask = searchable if allowed is None else np.zeros(len(searchable), dtype=bool)
        if allowed is not None:
            mask[allowed] = searchable[allowed]
        documents = sum(bool(mask[places.start : places.stop].any()) for places in self.layout.ranges())
        return int(mask.sum()), documents

    @cached_property
    def _documents(self) -> dict[str, Document]:
        return {document.id: document for document in self.documents}


def current_digest(home: Path) -> tuple[str, str, str] | None:
    """Return (source digest, model id, revision) of the published generation, if it is whole.

    None where there is none or it is damaged: there is then work to do.
    """
    try:
        name = read_pointer(home)
        if name is None:
            return None
        folder = generations_of(home) / name
        manifest = read_manifest(folder)
        check_files(folder, manifest)
    except GenerationError:
        return None
    return manifest.source_digest, manifest.model.id, manifest.model.revision


def is_whole(home: Path, name: str) -> bool:
    """Whether a generation has a manifest that can be read, and every file as that says."""
    folder = generations_of(home) / name
    try:
        check_files(folder, read_manifest(folder))
    except GenerationError:
        return False
    return True


def open_generation(home: Path, embedder: Embedder, name: str | None = None) -> Generation:
    """Open the published generation, or the one named, for searches with `embedder`.

    Raises GenerationError, with the remedy, where there is no index, where it is incomplete,
    damaged or of another format, and where another model or revision made it.
    """
    name = name or read_pointer(home)
    if name is None:
        raise GenerationError(f"there is no index in {home}: run `labour index`")
    folder = generations_of(home) / name
    if not NAME.fullmatch(name) or not folder.is_dir():
        raise GenerationError(f"there is no index {name!r} in {generations_of(home)}: run `labour index`")
    return open_folder(folder, embedder)


def open_folder(folder: Path, embedder: Embedder) -> Generation:
    """Open the generation in a folder, wherever it stands; raises as `open_generation` does."""
    manifest = read_manifest(folder)
    _check_model(manifest, embedder)
    check_files(folder, manifest)
    outline = read_outline(folder)
    layout, counts = passage_layout(outline), manifest.counts
    commitments = commitment_layout(outline)
    if (len(outline.order), len(layout), len(commitments)) != (
        counts.documents, counts.passages, counts.commitments,
    ):  # fmt: skip
        raise GenerationError(f"the index {folder} does not hold what its manifest counts: {REBUILD}")
    files = _record_files(folder, outline)
    records = Records(files, layout, commitments)
    folders = [(part, part.folder(folder)) for part in outline.parts]
    bags = Bags([read_bags(own / BAGS, part.passages) for part, own in folders], layout, counts.searchable)
    return Generation(
        manifest=manifest,
        documents=records.documents(),
        records=records,
        postings=_postings(files, layout),
        layout=layout,
        dense=_dense(folder, outline, layout, embedder.dimension),
        lexical=read_lexical(folder / LEXICAL, bags, layout, counts.searchable),
        late=LateIndex(
            [read_late(own / LATE, part.passages) for part, own in folders], layout, counts.searchable
        ),
        questions=_question_embedder(folder / ENCODER, manifest.model, embedder),
        report=(folder / REPORT).read_bytes() if (folder / REPORT).exists() else b"",
    )


def _dense(folder: Path, outline: Outline, layout: Layout, dimension: int) -> DenseIndex:
    parts = []
    for part in outline.parts:
        searchable = sum(held.searchable for held in part.documents)
        parts.append(read_dense(part.folder(folder), part.passages, searchable, dimension))
    return DenseIndex(parts, layout)


def _record_files(folder: Path, outline: Outline) -> list[RecordFile]:
    files = []
    for part in outline.parts:
        path = part.folder(folder) / RECORDS
        try:
            files.append(RecordFile(path))
        except sqlite3.Error as error:
            raise GenerationError(f"the records {path} cannot be read ({error}): {REBUILD}") from error
    return files


def _postings(files: list[RecordFile], layout: Layout) -> Postings:
    def lookup(key: Posting) -> Positions:
        return np.concatenate([layout.places(part, file.posting(key)) for part, file in enumerate(files)])

    def values(use: str, facet: str) -> set[str]:
        return {value for file in files for value in file.values(use, facet)}

    return Postings(len(layout), lookup, values)


def _question_embedder(folder: Path, made: ModelFact, embedder: Embedder) -> Embedder:
    """The encoder kept in the generation, which loads in no time, else the model itself."""
    if not folder.is_dir():
        return embedder
    from index.onnx_models import OnnxEmbedder

    return OnnxEmbedder(folder, made.id, made.revision, made.dimension)


def _check_model(manifest: Manifest, embedder: Embedder) -> None:
    made = manifest.model
    if (made.id, made.revision) == (embedder.model_id, embedder.revision):
        if made.dimension == embedder.dimension:
            return
        raise GenerationError(
            f"the index has vectors of {made.dimension} components, the model {made.id} makes"
            f" {embedder.dimension}: {REBUILD}"
        )
    raise GenerationError(
        f"the index was made with the model {made.id} (revision {made.revision}), not with"
        f" {embedder.model_id} (revision {embedder.revision}): run `labour index` to index for this model,"
        f" or set the model back to {made.id}"
    )


def open_records(folder: Path) -> Records:
    """Open the records of a generation alone, whatever model made it.

    Raises GenerationError where it is damaged or of another format.
    """
    manifest = read_manifest(folder)
    check_files(folder, manifest)
    outline = read_outline(folder)
    return Records(_record_files(folder, outline), passage_layout(outline), commitment_layout(outline))
