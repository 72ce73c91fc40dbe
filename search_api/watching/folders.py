"""What lies in watched folders."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

PASSING = (".part", ".crdownload", ".tmp", ".swp", "~")
"""Endings of files that programs write while they save or fetch another."""
BEGINNINGS = (".", "~$")
"""Beginnings of names of files that are hidden, or mark another as open."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells that a file is the one that was seen before: its size in bytes and its time in ns."""

    size: int
    time: int


def resolved(folders: Iterable[Path]) -> tuple[Path, ...]:
    """Make folders absolute, each named once."""
    return tuple(dict.fromkeys(folder.resolve() for folder in folders))


def within(folders: Iterable[Path], home: Path) -> Path | None:
    """The first of some absolute folders that is a library's home, or lies in it; None where none is."""
    root = home.resolve()
    return next((folder for folder in folders if folder.is_relative_to(root)), None)


def files_in(folders: Iterable[Path], without: Path) -> dict[Path, Stamp]:
    """Return the regular files below folders, in the order of their paths, with their stamps.

    Hidden and passing files are left out, links are not followed, and nothing below `without` is looked at.
    """
    paths = sorted({path for folder in folders for path in _below(folder, without)})
    stamps = ((path, _stamp(path)) for path in paths)
    return {path: stamp for path, stamp in stamps if stamp is not None}


def _below(folder: Path, without: Path) -> Iterator[Path]:
    for parent, names, files in os.walk(folder):
        kept = (name for name in names if not name.startswith(".") and Path(parent, name) != without)
        names[:] = sorted(kept)
        yield from (Path(parent, name) for name in files if not _is_passing(name))


def _is_passing(name: str) -> bool:
    return name.startswith(BEGINNINGS) or name.lower().endswith(PASSING)


def _stamp(path: Path) -> Stamp | None:
    try:
        facts = path.lstat()
    except OSError:
        return None
    return Stamp(facts.st_size, facts.st_mtime_ns) if stat.S_ISREG(facts.st_mode) else None
