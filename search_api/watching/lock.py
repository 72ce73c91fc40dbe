"""One watcher at a time for a library, written down with its process."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import LockedError
from index.owners import dump_owner, parse_owner, this_process


@contextmanager
def watch_lock(home: Path) -> Iterator[None]:
    """Hold the right to watch; LockedError at once, naming the process, where another has it.

    The system takes it back when the process ends, however that ends.
    """
    home.mkdir(parents=True, exist_ok=True)
    with (home / "watch.lock").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            owner = parse_owner(file.read())
            who = "" if owner is None else f" ({owner})"
            raise LockedError(
                f"another `labour watch` is at work in {home}{who}: end that one first"
            ) from error
        file.truncate(0)
        file.write(dump_owner(this_process()))
        file.flush()
        yield
