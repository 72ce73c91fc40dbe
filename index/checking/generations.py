"""Whether each generation that is kept holds what its manifest says."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import GenerationError, ModelError
from index.checking.findings import INDEX, Check, Fault, by_rebuilding, checked, skipped
from index.checking.lexical import LOCKS, count_held
from index.checking.records import wrong_counts, wrong_ids
from index.dense import read_dense
from index.embedding import Embedder
from index.folders import generations_of
from index.history import read_history
from index.late import read_late
from index.manifest import FILE_NAME, Manifest, faults_of, read_manifest
from index.opening import DENSE, LATE, LEXICAL, RECORDS

DAMAGED = "no generation is whole"


@dataclass(frozen=True, slots=True)
class _Held:
    """A generation on the disk, by its name, and its manifest."""

    name: str
    folder: Path
    manifest: Manifest


def check_generations(home: Path, embedder: Embedder) -> Iterator[Check]:
    """Check the current generation and those kept before it: manifest, files, counts, ids, vectors, model."""
    names = read_history(home)
    read = [_read(home, name) for name in names]
    held = [one for one in read if isinstance(one, _Held)]
    yield checked("manifests", _listed(names), (one for one in read if isinstance(one, Fault)))
    if not held:
        yield from (skipped(name, DAMAGED) for name in ("files", "counts", "ids", "vectors", "model"))
        return
    damaged = {one.name: tuple(_of(one, _wrong_files(one))) for one in held}
    files = sum(len(one.manifest.files) for one in held)
    yield checked("files", f"{files:,} files, each hashed", (f for row in damaged.values() for f in row))
    whole = [one for one in held if not damaged[one.name]]
    yield from _contents(whole) if whole else (skipped(n, DAMAGED) for n in ("counts", "ids", "vectors"))
    yield _model(held[-1].manifest, embedder)


def _contents(held: list[_Held]) -> Iterator[Check]:
    newest = held[-1].manifest
    counts = newest.counts
    words = (
        f"{counts.documents:,} documents, {counts.passages:,} passages, {counts.commitments:,} commitments"
    )
    yield _each("counts", words, held, _wrong_counts)
    yield _each("ids", "unique, and those referred to are there", held, _wrong_ids)
    vectors = f"{counts.searchable:,} of {newest.model.dimension} components"
    yield _each("vectors", vectors, held, _wrong_vectors)


def _each(name: str, found: str, held: list[_Held], faults: Callable[[_Held], Iterable[str]]) -> Check:
    return checked(name, found, (fault for one in held for fault in _of(one, faults(one))))


def _of(held: _Held, faults: Iterable[str]) -> tuple[Fault, ...]:
    return by_rebuilding(f"generation {held.name} {fault}" for fault in faults)


def _read(home: Path, name: str) -> _Held | Fault:
    folder = generations_of(home) / name
    try:
        return _Held(name, folder, read_manifest(folder))
    except GenerationError as error:
        what, _, remedy = str(error).rpartition(": ")
        return Fault(what, remedy)


def _listed(names: tuple[str, ...]) -> str:
    return f"generations {', '.join(names)}, in this order" if names else "no generation"


def _wrong_files(held: _Held) -> Iterator[str]:
    yield from (f"is damaged, {fault}" for fault in faults_of(held.folder, held.manifest))
    known = {fact.path for fact in held.manifest.files} | {FILE_NAME}
    for path in sorted(path for path in held.folder.rglob("*") if path.is_file()):
        if path.relative_to(held.folder).as_posix() not in known and path.name not in LOCKS:
            yield f"holds {path.relative_to(held.folder)}, which is not in its manifest"


def _wrong_counts(held: _Held) -> Iterator[str]:
    try:
        yield from wrong_counts(held.folder / RECORDS, held.manifest.counts)
        found = count_held(held.folder / LEXICAL)
    except (sqlite3.Error, GenerationError) as error:
        yield f"cannot be counted ({error})"
        return
    if found != held.manifest.counts.searchable:
        yield f"has {found} passages in its lexical index, not {held.manifest.counts.searchable}"


def _wrong_ids(held: _Held) -> Iterator[str]:
    try:
        yield from wrong_ids(held.folder / RECORDS)
    except sqlite3.Error as error:
        yield f"has records that cannot be read ({error})"


def _wrong_vectors(held: _Held) -> Iterator[str]:
    count, dimension = held.manifest.counts.searchable, held.manifest.model.dimension
    for read, name in ((read_dense, DENSE), (read_late, LATE)):
        try:
            read(held.folder / name, count, dimension)
        except GenerationError as error:
            yield f"has other vectors than it says ({str(error).rpartition(': ')[0]})"


def _model(manifest: Manifest, embedder: Embedder) -> Check:
    made = f"{manifest.model.id}, revision {manifest.model.revision}"
    try:
        asked = f"{embedder.model_id}, revision {embedder.revision}"
    except ModelError as error:
        return checked("model", made, [Fault(str(error), "name another model in LABOUR_MODEL")])
    faults = [Fault(f"the index is of the model {made}; the one set is {asked}", INDEX)]
    return checked("model", made, faults if made != asked else ())
