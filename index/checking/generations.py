"""Whether each generation that is kept holds what its manifest says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import GenerationError, ModelError
from index.checking.findings import INDEX, Check, Fault, by_rebuilding, checked, skipped
from index.checking.records import faults_of_records
from index.embedding import Embedder, Embeddings
from index.folders import generations_of
from index.history import read_history
from index.manifest import FILE_NAME, Manifest, ModelFact, faults_of, read_manifest
from index.opening import Generation, open_folder

DAMAGED = "no generation is whole"


@dataclass(frozen=True, slots=True)
class _Held:
    """A generation on the disk, by its name, and its manifest."""

    name: str
    folder: Path
    manifest: Manifest


class _AsMade:
    """A model named as the one that made a generation, so that this can be opened; it makes no vectors."""

    def __init__(self, made: ModelFact) -> None:
        self.model_id, self.revision, self.dimension = made.id, made.revision, made.dimension

    def embed(self, texts: Sequence[str]) -> Embeddings:
        raise ModelError(f"the model {self.model_id} was only named: load it")


def check_generations(home: Path, embedder: Embedder) -> Iterator[Check]:
    """Check the current generation and those kept before it: manifest, files, contents, ids, model."""
    names = read_history(home)
    read = [_read(home, name) for name in names]
    held = [one for one in read if isinstance(one, _Held)]
    yield checked("manifests", _listed(names), (one for one in read if isinstance(one, Fault)))
    if not held:
        yield from (skipped(name, DAMAGED) for name in ("files", "contents", "ids", "model"))
        return
    damaged = {one.name: _of(one, _wrong_files(one)) for one in held}
    files = sum(len(one.manifest.files) for one in held)
    yield checked("files", f"{files:,} files, each hashed", (f for row in damaged.values() for f in row))
    yield from _contents([one for one in held if not damaged[one.name]])
    yield _model(held[-1].manifest, embedder)


def _contents(held: list[_Held]) -> Iterator[Check]:
    if not held:
        yield from (skipped(name, DAMAGED) for name in ("contents", "ids"))
        return
    counts, model = held[-1].manifest.counts, held[-1].manifest.model
    records = (
        f"{counts.documents:,} documents, {counts.passages:,} passages, {counts.commitments:,} commitments"
    )
    vectors = f"{counts.searchable:,} vectors of {model.dimension} components"
    yield _each("contents", f"{records}, {vectors}", held, _wrong_contents)
    yield _each("ids", "unique, and those referred to are held", held, _wrong_ids)


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
        if path.relative_to(held.folder).as_posix() not in known:
            yield f"holds {path.relative_to(held.folder)}, which is not in its manifest"


def _open(held: _Held) -> Generation:
    return open_folder(held.folder, _AsMade(held.manifest.model))


def _wrong_contents(held: _Held) -> Iterator[str]:
    try:
        _open(held)
    except GenerationError as error:
        yield f"cannot be opened ({str(error).rpartition(': ')[0]})"


def _wrong_ids(held: _Held) -> Iterable[str]:
    try:
        opened = _open(held)
    except GenerationError:
        return ()
    records = opened.documents, opened.passages, opened.commitments
    return faults_of_records(*records, held.manifest.counts)


def _model(manifest: Manifest, embedder: Embedder) -> Check:
    made = f"{manifest.model.id}, revision {manifest.model.revision}"
    try:
        asked = f"{embedder.model_id}, revision {embedder.revision}"
    except ModelError as error:
        return checked("model", made, [Fault(str(error), "name another model in LABOUR_MODEL")])
    faults = [Fault(f"the index is of the model {made}; the one set is {asked}", INDEX)]
    return checked("model", made, faults if made != asked else ())
