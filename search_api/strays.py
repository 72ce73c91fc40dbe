"""Files in a library's home that nothing names: what processes left that ended before they were done."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.added import CATALOGUE, added_of, changing, load_added
from search_api.jobs.store import Store

LOCK = ".lock"


def strays_of(home: Path) -> tuple[Path, ...]:
    """Name the files among the added documents that no entry names, and the drafts of uploads cut short.

    While a document is being added or removed none of the former are named. Raises CatalogueError.
    """
    with _undisturbed(added_of(home)) as undisturbed:
        documents = _documents(added_of(home)) if undisturbed else ()
    return (*documents, *Store(home).stale())


def drop_strays(home: Path) -> tuple[Path, ...]:
    """Remove them, waiting for whoever is adding a document; return those that went.

    Raises CatalogueError, and OSError where one cannot be removed.
    """
    drafts = Store(home).stale()
    for draft in drafts:
        shutil.rmtree(draft)
    if not added_of(home).exists():
        return drafts
    with changing(added_of(home)):
        documents = tuple(_documents(added_of(home)))
        for path in documents:
            path.unlink(missing_ok=True)
    return (*documents, *drafts)


def _documents(folder: Path) -> Iterator[Path]:
    named = {source.path.resolve() for source in load_added(folder)}
    own = {folder / CATALOGUE, folder / LOCK}
    for path in sorted(folder.rglob("*")):
        if not path.is_dir() and path not in own and path.resolve() not in named:
            yield path


@contextmanager
def _undisturbed(folder: Path) -> Iterator[bool]:
    """Keep the folder of added documents as it is while the block lasts, without writing there; False where
    it is being changed at the moment.
    """
    try:
        lock = (folder / LOCK).open("rb")
    except OSError:
        yield True
        return
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True
