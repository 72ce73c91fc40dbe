"""What a generation says of itself, and the check that it is what it says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.errors import GenerationError

FORMAT_VERSION = 5
FILE_NAME = "manifest.json"
REBUILD = "run `labour index --rebuild`"


@dataclass(frozen=True, slots=True)
class FileFact:
    """A file of a generation: its path within the folder, its size in bytes and its SHA-256."""

    path: str
    size: int
    sha256: str


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
    `versions` are (library, version).
    """

    name: str
    created: str
    source_digest: str
    model: ModelFact
    counts: Counts
    files: tuple[FileFact, ...]
    versions: tuple[tuple[str, str], ...]
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


def facts_of(folder: Path) -> tuple[FileFact, ...]:
    """Measure and hash every file of a generation's folder but the manifest."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != FILE_NAME)
    return tuple(
        FileFact(path.relative_to(folder).as_posix(), path.stat().st_size, _sha256(path)) for path in paths
    )


def check_files(folder: Path, manifest: Manifest) -> None:
    """Check every file against the manifest; GenerationError where one is missing or has changed."""
    for fault in faults_of(folder, manifest):
        raise GenerationError(f"the index {folder} is damaged, {fault}: {REBUILD}")


def faults_of(folder: Path, manifest: Manifest) -> Iterator[str]:
    """Say of each file that is missing or has changed what is wrong with it."""
    for fact in manifest.files:
        if fault := _fault(folder / fact.path, fact):
            yield f"{fact.path} {fault}"


def _fault(path: Path, fact: FileFact) -> str:
    try:
        size = path.stat().st_size
        if size != fact.size:
            return f"has {size} bytes instead of {fact.size}"
        return "" if _sha256(path) == fact.sha256 else "has changed"
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read ({error})"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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
    )
