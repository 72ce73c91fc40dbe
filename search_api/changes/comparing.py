"""Comparing the generation that answers with another that is kept."""

from __future__ import annotations

import threading
from collections.abc import Collection
from pathlib import Path

from corpus.errors import GenerationNotFoundError
from index.glimpse import Held, folder_of, held_by, held_of, names_in, same_in
from index.history import read_rollback
from search_api.changes.changes import Changes, changes_between
from search_api.reading import Reading


def generation_before(home: Path, name: str) -> str:
    """Name the generation published last before the one named, or that which was left for it in a rollback.

    Raises GenerationNotFoundError without one.
    """
    names, rollback = names_in(home), read_rollback(home)
    if rollback is not None and rollback.to == name and rollback.left in names:
        return rollback.left
    found = next(iter(names[names.index(name) + 1 :]), None) if name in names else None
    if found is None:
        raise GenerationNotFoundError(
            f"No generation before {name} is kept to compare with. Build the index again after a change."
        )
    return found


def compare(home: Path, reading: Reading, since: str = "") -> Changes:
    """Compare a reading with an earlier generation, the one before where none is named.

    Documents of which both hold the very same are not looked at: as the ids of commitments are unique, each
    of theirs is paired with itself, and none of them has changed. Raises GenerationNotFoundError where the
    earlier one is not kept, GenerationError where it cannot be read.
    """
    name = since or generation_before(home, reading.name)
    same = same_in(home, name, reading.name)
    return changes_between(held_by(home, name, same), held_in(reading, same))


def held_in(reading: Reading, without: Collection[str] = ()) -> Held:
    """What an open generation holds for its readers, but for some documents."""
    return held_of(reading.name, reading.generation.records, without)


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
