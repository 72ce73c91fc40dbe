"""One watcher at a time for a library, written down with its process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from corpus.errors import LockedError
from corpus.files import locked
from index.owners import dump_owner, parse_owner, this_process


@contextmanager
def watch_lock(home: Path) -> Iterator[None]:
    """Hold the right to watch; LockedError at once, naming the process, where another has it.

    The system takes it back when the process ends, however that ends.
    """
    path = home / "watch.lock"
    with ExitStack() as held:
        try:
            file = held.enter_context(locked(path, wait=False))
        except BlockingIOError as error:
            raise _taken(path) from error
        file.truncate(0)
        file.write(dump_owner(this_process()))
        file.flush()
        yield


def _taken(path: Path) -> LockedError:
    owner = parse_owner(path.read_text(encoding="utf-8"))
    who = "" if owner is None else f" ({owner})"
    return LockedError(f"another `labour watch` is at work in {path.parent}{who}: end that one first")
