"""Building a generation aside, from the one before where documents are unchanged, and publishing it."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

from corpus.documents import Document
from corpus.errors import BuildError, GenerationError
from corpus.ids import digest, folder_digest
from corpus.records import Commitment, Passage
from index.embedding import Embedder, Exporter
from index.folders import (
    build_lock,
    building_folder,
    free_name,
    generations_of,
    read_pointer,
    settle,
    vector_cache_of,
)
from index.history import KEPT, drop_unlisted, publish
from index.manifest import (
    Counts,
    FileFact,
    Manifest,
    ModelFact,
    check_files,
    facts_of,
    read_manifest,
    write_manifest,
)
from index.measuring import Clock, recall_of
from index.opening import ENCODER, LEXICAL, REPORT, open_folder
from index.outline import PARTS, Outline, Part, read_outline, write_outline
from index.planning import Plan, plan, sizes_of
from index.segments import join_segments
from index.supplies import Built, Supply, supplies_of
from index.vectors import cached_vectors
from index.writing import VectorsOf, Writer

Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and of how much."""
LIBRARIES = ("faiss-cpu", "numpy", "onnxruntime", "tantivy")
WHOLE_TOKENS_UP_TO = 20_000
"""Passages whose token vectors are kept in a byte a component: half a gigabyte. Beyond, two bits."""


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
) -> Built:
    """Build a generation from the passages and commitments, publish it, and say what was done.

    Both are kept in the order of their documents, then of their `position`. Raises as `build_from` does,
    LockedError where another build is at work, and BuildError where the records contradict each other.
    """
    supplies = supplies_of(documents, passages, commitments)
    with build_lock(home):
        return build_from(home, supplies, embedder, source_digest, progress, report=report, keep=keep)


def build_from(
    home: Path,
    supplies: Sequence[Supply],
    embedder: Embedder,
    source_digest: str,
    progress: Progress | None = None,
    report: bytes = b"",
    keep: int = KEPT,
    squeezed: bool | None = None,
    vectors_of: VectorsOf | None = None,
    rebuild: bool = False,
) -> Built:
    """Build a generation of some documents, in their order, publish it, and say what was done.

    The caller holds the `build_lock`, from before it reads what it supplies: else an older state of the
    sources could be published after a newer one. A document that the published generation holds under the
    same digest is taken over from it, where the same model made it and its files are as they were written.
    Until the pointer is replaced, at the very end, readers see the generation before, which stays for a
    rollback; `keep` generations stay in all, as index.history says. `report` tells, in whatever form, what
    became of the sources, and is kept beside them.

    `squeezed` says whether token vectors are kept in two bits a component; by default those of more than
    WHOLE_TOKENS_UP_TO passages are. `vectors_of` gives the vectors of texts, by default `embedder` through
    the cache. `rebuild` takes nothing over from the generation before, so that no damage of its files goes
    on, and hashes every byte of those that are to stay. Raises BuildError where records contradict each other
    or the disk refuses, and ModelError where the model fails.
    """
    task = _Task(
        home=home,
        supplies=supplies,
        embedder=embedder,
        source_digest=source_digest,
        progress=progress or _silent,
        report=report,
        keep=keep,
        squeezed=squeezed,
        vectors_of=vectors_of,
        rebuild=rebuild,
        clock=Clock(),
    )
    try:
        with task.clock("writing"):
            name, planned = _build(task)
    except (OSError, sqlite3.Error, UnicodeEncodeError) as error:
        raise BuildError(
            f"the index could not be written in {home} ({error}): see that the folder can be written to"
            " and that the disk has room, then run `labour index` again"
        ) from error
    except GenerationError as error:
        raise BuildError(f"the index just written does not read back as it should: {error}") from error
    changes = planned.added, planned.changed, planned.removed, planned.unchanged
    return Built(name, *changes, task.clock.times())


@dataclass(frozen=True, slots=True)
class _Task:
    """What is to be built, where, with what, and whom to tell."""

    home: Path
    supplies: Sequence[Supply]
    embedder: Embedder
    source_digest: str
    progress: Progress
    report: bytes
    keep: int
    squeezed: bool | None
    vectors_of: VectorsOf | None
    rebuild: bool
    clock: Clock

    @property
    def model(self) -> ModelFact:
        return ModelFact(self.embedder.model_id, self.embedder.revision, self.embedder.dimension)


@dataclass(frozen=True, slots=True)
class _Before:
    """The published generation, as something to take files over from."""

    folder: Path
    files: tuple[FileFact, ...]
    outline: Outline


def _before(task: _Task) -> _Before | None:
    """Read the published generation; None where there is none by this code and model, or it is damaged."""
    try:
        name = read_pointer(task.home)
        if name is None:
            return None
        folder = generations_of(task.home) / name
        manifest = read_manifest(folder)
        check_files(folder, manifest)
        outline = read_outline(folder)
    except GenerationError:
        return None
    same = manifest.model == task.model and outline.code == code_digest()
    return _Before(folder, manifest.files, outline) if same else None


def _form(task: _Task, sizes: Mapping[str, int]) -> bool:
    """Decide whether token vectors are squeezed."""
    total = sum(sizes.values())
    if not total:
        raise BuildError("there is nothing to index, the sources hold no passages: add a text to the corpus")
    return total > WHOLE_TOKENS_UP_TO if task.squeezed is None else task.squeezed


def _build(task: _Task) -> tuple[str, Plan]:
    model = task.model
    name = free_name(task.home, digest((task.source_digest, model.id, model.revision)))
    with task.clock("taking over"):
        before = None if task.rebuild else _before(task)
        sizes = sizes_of(task.supplies, before.outline.parts if before else ())
        squeezed = _form(task, sizes)
        if before and before.outline.squeezed != squeezed:
            before = None
        planned = plan(task.supplies, before.outline.parts if before else (), sizes)
    with building_folder(task.home, name) as folder:
        known = _take_over(folder, before, planned, task)
        outline = _write(folder, before, planned, squeezed, task)
        task.progress("verifying", 0, 1)
        _seal(folder, name, outline, known, task)
        with task.clock("publishing"):
            settle(folder, task.home, name)
    with task.clock("publishing"):
        task.progress("publishing", 0, 1)
        publish(task.home, name, task.keep, thorough=task.rebuild)
        drop_unlisted(task.home)
        task.progress("publishing", 1, 1)
    return name, planned


def _take_over(folder: Path, before: _Before | None, planned: Plan, task: _Task) -> dict[str, FileFact]:
    """Link the files of the parts that stay, and the encoder; return their facts by path."""
    (folder / PARTS).mkdir()
    (folder / LEXICAL).mkdir()
    if before is None:
        return {}
    stems = tuple(f"{LEXICAL}/{segment.id}." for part in planned.kept for segment in part.segments)
    folders = tuple(f"{PARTS}/{part.serial}/" for part in planned.kept)
    with task.clock("taking over"):
        known = {
            fact.path: fact
            for fact in before.files
            if fact.path.startswith((*stems, *folders, f"{ENCODER}/"))
        }
        for path in known:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            link(before.folder / path, folder / path)
    return known


def link(source: Path, target: Path) -> None:
    """Give a file that is never changed a second name, or a copy where the file system has no such links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _write(folder: Path, before: _Before | None, planned: Plan, squeezed: bool, task: _Task) -> Outline:
    """Write the parts that are new, the encoder where none was taken over, the report and the outline."""
    cached = partial(
        cached_vectors,
        vector_cache_of(task.home),
        embedder=task.embedder,
        report=partial(task.progress, "embedding"),
    )
    writer = Writer(
        folder,
        before.folder if before else None,
        planned.kept,
        task.vectors_of or cached,
        task.model.dimension,
        squeezed,
        task.clock,
    )
    first = 1 + max((part.serial for part in before.outline.parts), default=0) if before else 1
    parts: list[Part] = list(planned.kept)
    for done, items in enumerate(planned.fresh):
        task.progress("writing", done, len(planned.fresh))
        parts.append(writer.write(first + done, items))
    task.progress("writing", len(planned.fresh), len(planned.fresh))
    order = tuple(supply.id for supply in task.supplies)
    outline = Outline(tuple(parts), order, squeezed, code_digest())
    segments = [segment for part in parts for segment in part.segments]
    template = writer.template or (before.folder / LEXICAL if before else folder)
    join_segments(folder / LEXICAL, segments, template)
    writer.close()
    write_outline(folder, outline)
    if task.report:
        (folder / REPORT).write_bytes(task.report)
    if isinstance(task.embedder, Exporter) and not (folder / ENCODER).exists():
        with task.clock("encoder"):
            task.embedder.export(folder / ENCODER)
    return outline


def _seal(folder: Path, name: str, outline: Outline, known: dict[str, FileFact], task: _Task) -> None:
    """Write the manifest, once with what is known of the files, and check by opening what was written."""
    with task.clock("hashing"):
        manifest = _manifest(folder, name, outline, known, task)
        write_manifest(folder, manifest)
    with task.clock("verifying"):
        generation = open_folder(folder, task.embedder)
        recall = recall_of(generation.dense)
        if recall < 1:
            write_manifest(folder, replace(manifest, recall=recall))


def _manifest(folder: Path, name: str, outline: Outline, known: dict[str, FileFact], task: _Task) -> Manifest:
    libraries = tuple((library, version(library)) for library in LIBRARIES)
    held = [held for _, held in outline.held()]
    return Manifest(
        name=name,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        source_digest=task.source_digest,
        model=task.model,
        counts=Counts(
            documents=len(held),
            passages=sum(one.passages for one in held),
            searchable=sum(one.searchable for one in held),
            commitments=sum(one.commitments for one in held),
        ),
        files=facts_of(folder, known),
        versions=(("python", platform.python_version()), *libraries),
    )


def code_digest() -> str:
    """Fingerprint of the code that makes an index: what other code made is not built upon."""
    return folder_digest(Path(__file__).parent)


def _silent(stage: str, done: int, total: int) -> None:
    """Report nothing."""
