"""The library folder on disk: its paths, its lock, and writing so that a crash loses nothing."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

from corpus.errors import BuildError, GenerationError, LockedError
from corpus.files import sync
from index.owners import Owner, dump_owner, parse_owner, this_process

NAME = re.compile(r"[0-9a-z]+(-[0-9]+)?")
BUILDING, FRESH = ".building-", ".new"


def generations_of(home: Path) -> Path:
    """Return the folder that holds the generations."""
    return home / "generations"


def vector_cache_of(home: Path) -> Path:
    """Return the file of the vector cache."""
    return home / "cache" / "vectors.sqlite"


def lock_of(home: Path) -> Path:
    """Return the file that a build locks, and in which its process is written."""
    return home / "build.lock"


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


def point_to(home: Path, name: str) -> None:
    """Point to a generation: readers see the old one or the new one, never neither."""
    write_whole(_pointer(home), f"{name}\n")


def write_whole(path: Path, text: str) -> None:
    """Put a text in the place of a file, through to the disk: a crash leaves the old one or the new one."""
    fresh = path.with_name(f"{path.name}{FRESH}")
    fresh.write_text(text, encoding="utf-8")
    sync(fresh)
    os.replace(fresh, path)
    sync(path.parent)


@contextmanager
def build_lock(home: Path) -> Iterator[None]:
    """Hold the right to build, written down as this process's; LockedError at once where another has it.

    The home is made where it is missing. The system takes the lock back when the process ends, however that
    ends. Raises BuildError where the disk refuses.
    """
    with _locked_file(home) as file:
        try:
            _write_owner(file, dump_owner(this_process()))
            yield
        finally:
            _write_owner(file, "")


def _locked_file(home: Path) -> FileIO:
    try:
        home.mkdir(parents=True, exist_ok=True)
        file = lock_of(home).open("ab", buffering=0)
    except OSError as error:
        raise _not_lockable(home, error) from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        held = isinstance(error, BlockingIOError)
        raise _held(home, read_owner(home)) if held else _not_lockable(home, error) from error
    return file


def read_owner(home: Path) -> Owner | None:
    """Return who builds, or was building when it was killed; None where the lock is free."""
    try:
        return parse_owner(lock_of(home).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


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
        sync(path)
    parent = generations_of(home)
    os.rename(folder, parent / name)
    sync(parent)


def free_name(home: Path, base: str) -> str:
    """Return the name, with a number after it where a generation already has it."""
    name, count = base, 1
    while (generations_of(home) / name).exists():
        count += 1
        name = f"{base}-{count}"
    return name


def _held(home: Path, owner: Owner | None) -> LockedError:
    who = "" if owner is None else f" ({owner})"
    return LockedError(
        f"another build is at work in {home}{who}: wait until it ends, then run `labour index` again"
    )


def _not_lockable(home: Path, error: OSError) -> BuildError:
    return BuildError(
        f"the lock {lock_of(home)} could not be taken ({error}): see that the disk has room and that the"
        " folder can be written to, then run it again"
    )


def _write_owner(file: FileIO, words: str) -> None:
    with suppress(OSError):  # a full disk or quota: the lock itself holds all the same
        file.truncate(0)
        file.write(words.encode())


def _pointer(home: Path) -> Path:
    return home / "CURRENT"
