"""What builds that were cut short leave behind, and its removal."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from corpus.errors import BuildError
from index.folders import FRESH, build_lock, generations_of, read_owner
from index.history import read_history


def leftovers(home: Path) -> tuple[Path, ...]:
    """Return the half-built folders, the generations that are not listed, and the temporary files.

    None are while a build is at work: what it has made so far looks like them.
    """
    owner = read_owner(home)
    return () if owner is not None and owner.lives else _found(home)


def tidy(home: Path) -> None:
    """Remove what was left, if anything was; do nothing where a build is at work or the disk refuses."""
    if not leftovers(home) and read_owner(home) is None:
        return
    with suppress(OSError, BuildError), build_lock(home):
        for path in _found(home):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def _found(home: Path) -> tuple[Path, ...]:
    listed = set(read_history(home))
    generations = [path for path in _entries(generations_of(home)) if path.name not in listed]
    fresh = [path for path in _entries(home) if path.name.endswith(FRESH)]
    return (*generations, *fresh)


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []
