"""Comparing the generation that answers with another that is kept."""

from __future__ import annotations

import threading
from pathlib import Path

from corpus.errors import GenerationNotFoundError
from index.glimpse import Held, folder_of, held_by, names_in
from search_api.changes.changes import Changes, changes_between
from search_api.reading import Reading


def generation_before(home: Path, name: str) -> str:
    """Name the generation published last before the one named; raises GenerationNotFoundError without one."""
    names = names_in(home)
    found = next(iter(names[names.index(name) + 1 :]), None) if name in names else None
    if found is None:
        raise GenerationNotFoundError(
            f"No generation before {name} is kept to compare with. Build the index again after a change."
        )
    return found


def compare(home: Path, reading: Reading, since: str = "") -> Changes:
    """Compare a reading with an earlier generation, the one before where none is named.

    Raises GenerationNotFoundError where it is not kept, GenerationError where it cannot be read.
    """
    old = held_by(home, since or generation_before(home, reading.name))
    return changes_between(old, held_in(reading))


def held_in(reading: Reading) -> Held:
    """What an open generation holds for its readers."""
    return Held(reading.name, reading.documents, tuple(reading.commitments))


class Comparer:
    """Compares, and keeps the last comparison: its pages are asked for one after the other."""

    def __init__(self, home: Path) -> None:
        """Name the library's home."""
        self._home = home
        self._lock = threading.Lock()
        self._last: Changes | None = None

    def compare(self, reading: Reading, since: str = "") -> Changes:
        """Compare as the function `compare` does: also of what was compared before nothing is told once the
        earlier generation is no longer kept.
        """
        name = since or generation_before(self._home, reading.name)
        folder_of(self._home, name)
        with self._lock:
            if self._last is None or (self._last.since, self._last.now) != (name, reading.name):
                self._last = compare(self._home, reading, name)
            return self._last
