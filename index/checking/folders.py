"""Whether the library folder is in order: its pointer, its lock, what crashes left, and room to build."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import GenerationError
from index.checking.findings import INDEX, Check, Fault, checked
from index.folders import generations_of, read_owner, read_pointer, vector_cache_of
from index.leftovers import leftovers
from index.vectors import aside_of, fault_of, is_of_another_version

LEAST_ROOM = 64 * 1024 * 1024
"""Bytes that any build should find free: an index of a few thousand passages takes less."""
ROOM_FOR = 2
"""Times the size of the current generation that should be free: the next one, and the vectors it adds to
the cache."""


def check_folder(home: Path) -> Iterator[Check]:
    """Check the pointer, what is left of builds that were cut short, the caches, the lock and the disk."""
    yield _pointer(home)
    left = (Fault(f"{path} was left by a build that was cut short", INDEX) for path in leftovers(home))
    yield checked("leftovers", "half-built folders, unlisted generations, temporary files", left)
    yield checked("caches", str(vector_cache_of(home)), _caches(home))
    yield _lock(home)
    yield _disk(home)


def _pointer(home: Path) -> Check:
    try:
        name = read_pointer(home)
    except GenerationError as error:
        what, _, remedy = str(error).rpartition(": ")
        return checked("pointer", "", [Fault(what, remedy)])
    if name is None:
        return checked("pointer", "", [Fault(f"there is no index in {home}", INDEX)])
    there = (generations_of(home) / name).is_dir()
    faults = () if there else [Fault(f"it names {name}, which is not in {generations_of(home)}", INDEX)]
    return checked("pointer", f"generation {name}", faults)


def _caches(home: Path) -> Iterator[Fault]:
    cache = vector_cache_of(home)
    if is_of_another_version(cache):
        yield Fault(f"{cache} is of another version of this program", "run `labour index --rebuild`")
    elif fault := fault_of(cache):
        yield Fault(
            f"{cache} is damaged ({fault})", f"run `rm {cache}`: what it held is made again when needed"
        )
    aside = aside_of(cache)
    if aside.exists():
        yield Fault(f"{aside} was set aside, for it is damaged", f"run `rm {aside}`")


def _lock(home: Path) -> Check:
    owner = read_owner(home)
    if owner is None:
        return checked("lock", "free", ())
    if owner.lives:
        return checked("lock", f"a build is at work ({owner})", ())
    return checked("lock", "free", [Fault(f"a build was cut short ({owner}) and left its name", INDEX)])


def _disk(home: Path) -> Check:
    folder = next(path for path in (home, *home.absolute().parents) if path.exists())
    free = shutil.disk_usage(folder).free
    needed = max(LEAST_ROOM, ROOM_FOR * _size(home))
    return checked("disk", f"{_megabytes(free)} free in {folder}", _disk_faults(folder, free, needed))


def _disk_faults(folder: Path, free: int, needed: int) -> Iterator[Fault]:
    if free < needed:
        what = f"the next build may need {_megabytes(needed)}, {_megabytes(free)} are free in {folder}"
        yield Fault(what, "free some room, or set LABOUR_HOME to a folder on another disk")
    if not os.access(folder, os.W_OK | os.X_OK):
        yield Fault(f"{folder} may not be written to", "let this user write there, or set LABOUR_HOME")


def _size(home: Path) -> int:
    """Bytes of the current generation; 0 where there is none."""
    try:
        name = read_pointer(home)
    except GenerationError:
        name = None
    folder = generations_of(home) / (name or "none")
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _megabytes(count: int) -> str:
    return f"{count / 1024**2:,.0f} MiB"
