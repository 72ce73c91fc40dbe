"""What a generation says of itself, and the check that it is what it says.

Who notices a damaged file, and when: every file is hashed when it is written. Opening a generation, and so
also every build, which opens what it wrote and what it takes files over from, checks the sizes of all files;
it hashes every byte where they come to no more than WHOLE_BYTES, and else of each larger file the first, the
last and evenly spaced blocks in between. What lies between these blocks is checked by
`check_files(..., whole=True)`, which reads everything. A file is hashed once in the life of a process, unless
its size or time changes.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from corpus.errors import GenerationError

FORMAT_VERSION = 6
FILE_NAME = "manifest.json"
REBUILD = "run `labour index --rebuild`"
WHOLE_BYTES = 512 * 2**20
"""Bytes of a generation that are all hashed when it is opened: a third of a second."""
BLOCKS, BLOCK_BYTES = 64, 4096
"""Blocks of a file that are hashed where it is not hashed as a whole."""
SETTLED_AFTER = 2 * 10**9
"""Nanoseconds after which another change of a file shows in its time, whatever the file system's clock."""


@dataclass(frozen=True, slots=True)
class FileFact:
    """A file of a generation: its path within the folder, its size in bytes and its SHA-256.

    `sample` is the SHA-256 of BLOCKS blocks of it, the first and the last among them.
    """

    path: str
    size: int
    sha256: str
    sample: str


@dataclass(frozen=True, slots=True)
class ModelFact:
    """The embedding model that made the vectors."""

    id: str
    revision: str
    dimension: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a generation holds; `searchable` counts the passages that a search can return."""

    documents: int
    passages: int
    searchable: int
    commitments: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """A generation's contents, the model and libraries that made it, and the sources it is of.

    `source_digest` is the caller's fingerprint of the sources; `created` is an ISO time in UTC;
    `versions` are (library, version). `recall` is the share of the ten nearest passages that a search by
    vectors finds, measured when the generation was built; 1 where it compares them all.
    """

    name: str
    created: str
    source_digest: str
    model: ModelFact
    counts: Counts
    files: tuple[FileFact, ...]
    versions: tuple[tuple[str, str], ...]
    recall: float = 1.0
    format_version: int = FORMAT_VERSION


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest into its generation's folder, sealed with a hash of its own."""
    facts = asdict(manifest)
    sealed = {**facts, "seal": _seal(facts)}
    (folder / FILE_NAME).write_text(json.dumps(sealed, indent=2), encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Read a generation's manifest.

    Raises GenerationError where it is missing, malformed, changed, or of another format.
    """
    path = folder / FILE_NAME
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise GenerationError(
            f"the index {folder} is incomplete, its {FILE_NAME} is missing: {REBUILD}"
        ) from error
    except (OSError, ValueError) as error:
        raise GenerationError(f"{path} cannot be read ({error}): {REBUILD}") from error
    if not isinstance(facts, dict) or "format_version" not in facts:
        raise GenerationError(f"{path} is not the manifest of an index: {REBUILD}")
    if facts["format_version"] != FORMAT_VERSION:
        raise GenerationError(
            f"the index {folder} has format {facts['format_version']}, this program reads format"
            f" {FORMAT_VERSION}: {REBUILD}"
        )
    if facts.pop("seal", "") != _seal(facts):
        raise GenerationError(f"{path} was changed after it was written: {REBUILD}")
    return _manifest(facts)


def facts_of(folder: Path, known: Mapping[str, FileFact] | None = None) -> tuple[FileFact, ...]:
    """Measure and hash every file of a generation's folder but the manifest.

    `known` are facts of files, by path, that were taken over unchanged and need not be hashed again.
    """
    held = known or {}
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != FILE_NAME)
    named = ((path.relative_to(folder).as_posix(), path) for path in paths)
    return tuple(held.get(name) or _fact(name, path) for name, path in named)


def _fact(name: str, path: Path) -> FileFact:
    return FileFact(name, path.stat().st_size, _hash(path, whole=True), _hash(path, whole=False))


def check_files(folder: Path, manifest: Manifest, whole: bool | None = None) -> None:
    """Check every file against the manifest; GenerationError where one is missing or has changed.

    `whole` says whether to hash every byte; by default the generation's size decides.
    """
    if whole is None:
        whole = sum(fact.size for fact in manifest.files) <= WHOLE_BYTES
    for fault in faults_of(folder, manifest, whole):
        raise GenerationError(f"the index {folder} is damaged, {fault}: {REBUILD}")


def faults_of(folder: Path, manifest: Manifest, whole: bool = True) -> Iterator[str]:
    """Say of each file that is missing or has changed what is wrong with it; `whole` hashes every byte."""
    for fact in manifest.files:
        if fault := _fault(folder / fact.path, fact, whole):
            yield f"{fact.path} {fault}"


def _fault(path: Path, fact: FileFact, whole: bool) -> str:
    try:
        size = path.stat().st_size
        if size != fact.size:
            return f"has {size} bytes instead of {fact.size}"
        return "" if _hash(path, whole) == (fact.sha256 if whole else fact.sample) else "has changed"
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read ({error})"


def _hash(path: Path, whole: bool) -> str:
    facts = path.stat()
    settled = time.time_ns() - facts.st_mtime_ns > SETTLED_AFTER
    hashed = _kept_hash if settled else _kept_hash.__wrapped__
    return hashed(path, whole, (facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtime_ns))


@lru_cache(maxsize=4096)
def _kept_hash(path: Path, whole: bool, _identity: tuple[int, ...]) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() if whole else _sampled(file)


def _sampled(file: BinaryIO) -> str:
    state = hashlib.sha256()
    last = max(0, file.seek(0, os.SEEK_END) - BLOCK_BYTES)
    for at in sorted({last * block // (BLOCKS - 1) for block in range(BLOCKS)}):
        file.seek(at)
        state.update(file.read(BLOCK_BYTES))
    return state.hexdigest()


def _seal(facts: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _manifest(facts: dict[str, Any]) -> Manifest:
    """Build the types from a manifest whose seal holds, so that its shape is known."""
    return Manifest(
        name=facts["name"],
        created=facts["created"],
        source_digest=facts["source_digest"],
        model=ModelFact(**facts["model"]),
        counts=Counts(**facts["counts"]),
        files=tuple(FileFact(**fact) for fact in facts["files"]),
        versions=tuple((library, version) for library, version in facts["versions"]),
        recall=facts["recall"],
    )
