"""Building a generation aside and publishing it."""

from __future__ import annotations

import platform
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import numpy as np

from corpus.documents import Document
from corpus.errors import BuildError, GenerationError
from corpus.ids import digest
from corpus.records import Commitment, Passage, PassageKind
from index.arrays import Positions
from index.context import context_parts, embedded_text
from index.dense import write_dense
from index.embedding import Embedder, Exporter
from index.folders import (
    build_lock,
    building_folder,
    free_name,
    settle,
    vector_cache_of,
)
from index.history import KEPT, drop_unlisted, publish
from index.late import write_late
from index.lexical import Entry, write_lexical
from index.manifest import Counts, Manifest, ModelFact, facts_of, write_manifest
from index.opening import DENSE, ENCODER, LATE, LEXICAL, RECORDS, REPORT, open_folder
from index.store import write_records
from index.vectors import Kept, cached_vectors

Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and of how much."""
LIBRARIES = ("faiss-cpu", "numpy", "onnxruntime", "tantivy")


def build(
    home: Path,
    documents: Sequence[Document],
    passages: Sequence[Passage],
    embedder: Embedder,
    source_digest: str,
    progress: Progress | None = None,
    commitments: Sequence[Commitment] = (),
    report: bytes = b"",
    keep: int = KEPT,
) -> str:
    """Build a generation from the passages and commitments, publish it, and return its name.

    Both are kept in the order of their documents, then of their `position`; `report` tells, in whatever
    form, what became of the sources, and is kept beside them. Until the pointer
    is replaced, at the very end, readers see the generation before, which stays for a rollback;
    `keep` generations stay in all, as index.history says. Raises LockedError where another build is at
    work, BuildError where the records contradict each other or the disk refuses, and ModelError where the
    model fails.
    """
    material = _material(documents, passages, commitments, report)
    try:
        home.mkdir(parents=True, exist_ok=True)
        with build_lock(home):
            name = _build(home, material, embedder, source_digest, progress or _silent)
            _publish(home, name, progress or _silent, keep)
            return name
    except (OSError, sqlite3.Error, UnicodeEncodeError) as error:
        raise BuildError(
            f"the index could not be written in {home} ({error}): see that the folder can be written to"
            " and that the disk has room, then run `labour index` again"
        ) from error
    except GenerationError as error:
        raise BuildError(f"the index just written does not read back as it should: {error}") from error


@dataclass(frozen=True, slots=True)
class _Material:
    """What goes into a generation; positions, entries and texts are of the searchable passages."""

    documents: Sequence[Document]
    passages: Sequence[Passage]
    positions: Positions
    entries: Sequence[Entry]
    texts: Sequence[str]
    commitments: Sequence[Commitment]
    report: bytes

    @property
    def counts(self) -> Counts:
        return Counts(len(self.documents), len(self.passages), len(self.positions), len(self.commitments))


def _material(
    documents: Sequence[Document],
    passages: Sequence[Passage],
    commitments: Sequence[Commitment],
    report: bytes,
) -> _Material:
    _check(documents, passages, commitments)
    order = {document.id: place for place, document in enumerate(documents)}
    titles = {document.id: document.source.title for document in documents}
    ordered = sorted(passages, key=lambda passage: (order[passage.document], passage.position))
    chosen = [(i, p, titles[p.document]) for i, p in enumerate(ordered) if p.kind != PassageKind.CONTENTS]
    return _Material(
        documents=documents,
        passages=ordered,
        positions=np.array([i for i, _, _ in chosen], dtype=np.int64),
        entries=[Entry(i, passage.text, context_parts(passage, title)) for i, passage, title in chosen],
        texts=[embedded_text(passage, title) for _, passage, title in chosen],
        commitments=sorted(commitments, key=lambda one: (order[one.document], one.position)),
        report=report,
    )


def _check(
    documents: Sequence[Document], passages: Sequence[Passage], commitments: Sequence[Commitment]
) -> None:
    if not passages:
        raise BuildError("there is nothing to index, the sources hold no passages: add a text to the corpus")
    known = {document.id for document in documents}
    for noun, records in (("passage", passages), ("commitment", commitments)):
        for record in records:
            if record.document not in known:
                raise BuildError(
                    f"{noun} {record.id} is of {record.document!r}, not one of the documents: index both"
                )
    _refuse_twice("id", chain((d.id for d in documents), (p.id for p in passages)))
    _refuse_twice("id", (one.id for one in commitments))
    _refuse_twice("address", (one.address for one in commitments))


def _refuse_twice(noun: str, names: Iterable[str]) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            raise BuildError(f"{count} records have the {noun} {name}: give each {noun} once")


def _build(
    home: Path, material: _Material, embedder: Embedder, source_digest: str, progress: Progress
) -> str:
    """Write a whole generation under its name, not yet pointed to."""
    name = free_name(home, digest((source_digest, embedder.model_id, embedder.revision)))
    report = partial(progress, "embedding")
    kept = cached_vectors(vector_cache_of(home), material.texts, embedder, report)
    with building_folder(home, name) as folder:
        _write(folder, material, kept, embedder, progress)
        write_manifest(folder, _manifest(folder, name, material.counts, embedder, source_digest))
        progress("verifying", 0, 1)
        open_folder(folder, embedder)
        settle(folder, home, name)
    return name


def _publish(home: Path, name: str, progress: Progress, keep: int) -> None:
    progress("publishing", 0, 1)
    publish(home, name, keep)
    drop_unlisted(home)
    progress("publishing", 1, 1)


def _write(
    folder: Path, material: _Material, kept: Sequence[Kept], embedder: Embedder, progress: Progress
) -> None:
    dimension = embedder.dimension
    vectors = np.array([one.vector for one in kept], dtype=np.float32).reshape(-1, dimension)
    tokens = [one.tokens for one in kept]
    steps: tuple[Callable[[], object], ...] = (
        lambda: write_records(folder / RECORDS, material.documents, material.passages, material.commitments),
        lambda: write_dense(folder / DENSE, material.positions, vectors, dimension),
        lambda: write_late(folder / LATE, material.positions, tokens, dimension),
        lambda: write_lexical(folder / LEXICAL, material.entries),
        lambda: _write_encoder(folder / ENCODER, embedder),
        lambda: _write_report(folder / REPORT, material.report),
    )
    for done, step in enumerate(steps):
        progress("writing", done, len(steps))
        step()
    progress("writing", len(steps), len(steps))


def _write_encoder(folder: Path, embedder: Embedder) -> None:
    if isinstance(embedder, Exporter):
        embedder.export(folder)


def _write_report(path: Path, report: bytes) -> None:
    if report:
        path.write_bytes(report)


def _manifest(folder: Path, name: str, counts: Counts, embedder: Embedder, source_digest: str) -> Manifest:
    libraries = tuple((library, version(library)) for library in LIBRARIES)
    return Manifest(
        name=name,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        source_digest=source_digest,
        model=ModelFact(embedder.model_id, embedder.revision, embedder.dimension),
        counts=counts,
        files=facts_of(folder),
        versions=(("python", platform.python_version()), *libraries),
    )


def _silent(stage: str, done: int, total: int) -> None:
    """Report nothing."""
