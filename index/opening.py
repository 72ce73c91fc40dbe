"""A generation as its readers see it: immutable, checked when it is opened."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from corpus.documents import Document
from corpus.errors import GenerationError
from corpus.records import Commitment, Passage, PassageKind
from index.dense import DenseIndex, read_dense
from index.embedding import Embedder
from index.folders import NAME, generations_of, read_pointer
from index.late import LateIndex, read_late
from index.lexical import LexicalIndex, read_lexical
from index.manifest import REBUILD, Manifest, ModelFact, check_files, read_manifest
from index.matching import Postings
from index.store import read_commitments, read_documents, read_passages

RECORDS = "records.sqlite"
DENSE = "dense.faiss"
LEXICAL = "lexical"
LATE = "late"
ENCODER = "encoder"
REPORT = "report.json"


@dataclass(frozen=True)
class Generation:
    """One published state of the index, which outlives its folder.

    All is read at opening but the token vectors: they are mapped from their file, which the system
    keeps, though it is removed, for as long as the generation is in use.

    `passages` and `commitments` are in the order of their documents and positions; the place of a
    passage among them is what the dense and the lexical index know it by. `questions` embeds questions as
    the model that made the vectors would. `report` is what the builder of the index told of its sources.
    """

    manifest: Manifest
    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    commitments: tuple[Commitment, ...]
    dense: DenseIndex
    lexical: LexicalIndex
    late: LateIndex
    questions: Embedder
    report: bytes = b""

    @property
    def name(self) -> str:
        """The name of the generation."""
        return self.manifest.name

    def document(self, document_id: str) -> Document | None:
        """Return the document of an id (source, text and pages), None where there is none."""
        return self._documents.get(document_id)

    def passage(self, passage_id: str) -> Passage | None:
        """Return the passage of an id, None where there is none."""
        return self._passages.get(passage_id)

    def commitment(self, name: str) -> Commitment | None:
        """Return the commitment of an id or an address, None where there is none."""
        return self._commitments.get(name)

    def commitments_of(self, passage_id: str) -> tuple[Commitment, ...]:
        """Return the commitments that stand in a passage, in their order."""
        return self._by_passage.get(passage_id, ())

    @cached_property
    def postings(self) -> Postings:
        """Which searchable passages have what a question can state; made when a question first does."""
        searchable = tuple(None if p.kind == PassageKind.CONTENTS else p for p in self.passages)
        return Postings(searchable, self.commitments_of)

    @cached_property
    def _documents(self) -> dict[str, Document]:
        return {document.id: document for document in self.documents}

    @cached_property
    def _passages(self) -> dict[str, Passage]:
        return {passage.id: passage for passage in self.passages}

    @cached_property
    def _commitments(self) -> dict[str, Commitment]:
        by_address = {commitment.address: commitment for commitment in self.commitments}
        return by_address | {commitment.id: commitment for commitment in self.commitments}

    @cached_property
    def _by_passage(self) -> dict[str, tuple[Commitment, ...]]:
        found: defaultdict[str, list[Commitment]] = defaultdict(list)
        for commitment in self.commitments:
            found[commitment.passage].append(commitment)
        return {passage: tuple(row) for passage, row in found.items() if passage}


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
    dense = read_dense(folder / DENSE, manifest.counts.searchable, embedder.dimension)
    lexical = read_lexical(folder / LEXICAL, manifest.counts.searchable)
    late = read_late(folder / LATE, manifest.counts.searchable, embedder.dimension)
    documents, passages, commitments = _records(folder / RECORDS)
    counts = manifest.counts
    held = (len(documents), len(passages), len(commitments))
    if held != (counts.documents, counts.passages, counts.commitments):
        raise GenerationError(f"the index {folder} does not hold what its manifest counts: {REBUILD}")
    questions = _question_embedder(folder / ENCODER, manifest.model, embedder)
    report = (folder / REPORT).read_bytes() if (folder / REPORT).exists() else b""
    return Generation(manifest, documents, passages, commitments, dense, lexical, late, questions, report)


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


def _records(path: Path) -> tuple[tuple[Document, ...], tuple[Passage, ...], tuple[Commitment, ...]]:
    try:
        return read_documents(path), read_passages(path), read_commitments(path)
    except sqlite3.Error as error:
        raise GenerationError(f"the records {path} cannot be read ({error}): {REBUILD}") from error
