"""The library folder on disk: its paths, its lock, and writing so that a crash loses nothing."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import BuildError, GenerationError

NAME = re.compile(r"[0-9a-z]+(-[0-9]+)?")
BUILDING = ".building-"


def generations_of(home: Path) -> Path:
    """Return the folder that holds the generations."""
    return home / "generations"


def vector_cache_of(home: Path) -> Path:
    """Return the file of the vector cache."""
    return home / "cache" / "vectors.sqlite"


def read_pointer(home: Path) -> str | None:
    """Return the name of the published generation, None where none was published.

    Raises GenerationError where the pointer file holds no name of a generation.
    """
    path = _pointer(home)
    try:
        name = path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise GenerationError(f"{path} cannot be read ({error}): run `labour index`") from error
    if not NAME.fullmatch(name):
        raise GenerationError(f"{path} does not name an index: run `labour index`")
    return name


def publish(home: Path, name: str) -> None:
    """Point to a generation: readers see the old one or the new one, never neither."""
    path = _pointer(home)
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(f"{name}\n", encoding="utf-8")
    _sync(fresh)
    os.replace(fresh, path)
    _sync(home)


@contextmanager
def build_lock(home: Path) -> Iterator[None]:
    """Hold the right to build; BuildError at once where another process or thread holds it."""
    with (home / "build.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BuildError(
                f"another build is at work in {home}: wait until it ends, then run `labour index` again"
            ) from error
        yield


@contextmanager
def building_folder(home: Path, name: str) -> Iterator[Path]:
    """Make a folder to build in, removed at the end unless it was settled; drop those of dead builds."""
    parent = generations_of(home)
    parent.mkdir(parents=True, exist_ok=True)
    for stale in parent.glob(f"{BUILDING}*"):
        shutil.rmtree(stale, ignore_errors=True)
    folder = parent / f"{BUILDING}{name}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def settle(folder: Path, home: Path, name: str) -> None:
    """Write a finished folder through to the disk and give it its name."""
    for path in (*folder.rglob("*"), folder):
        _sync(path)
    parent = generations_of(home)
    os.rename(folder, parent / name)
    _sync(parent)


def free_name(home: Path, base: str) -> str:
    """Return the name, with a number after it where a generation already has it."""
    name, count = base, 1
    while (generations_of(home) / name).exists():
        count += 1
        name = f"{base}-{count}"
    return name


def drop_others(home: Path, keep: set[str]) -> None:
    """Remove every generation but those to keep."""
    for folder in generations_of(home).iterdir():
        if folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)


def _pointer(home: Path) -> Path:
    return home / "CURRENT"


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
