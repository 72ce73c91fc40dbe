"""The records of a generation alone: what it held, without the indexes and the model that search it."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.documents import Source
from corpus.errors import GenerationError, GenerationNotFoundError
from corpus.records import Commitment
from index.folders import NAME, generations_of
from index.history import read_history
from index.opening import open_records
from index.outline import read_outline
from index.records import Records


@dataclass(frozen=True, slots=True)
class Held:
    """What a generation holds for its readers, or some of it: its name, ids of documents and their register.

    Both are in the order of the texts.
    """

    name: str
    documents: tuple[str, ...]
    commitments: tuple[Commitment, ...]


def held_by(home: Path, name: str, without: Collection[str] = ()) -> Held:
    """Read what a generation holds, whatever model made it, but for some documents.

    Raises GenerationNotFoundError where it is not there or has been deleted, GenerationError where it is
    damaged or of another format.
    """
    with _records(home, name) as records:
        return held_of(name, records, without)


def held_of(name: str, records: Records, without: Collection[str] = ()) -> Held:
    """Read of records that are open what they hold, but for some documents."""
    documents = (document for document in records.ids if document not in without)
    return Held(name, tuple(documents), tuple(records.commitments_without(without)))


def sources_in(home: Path, name: str) -> tuple[Source, ...]:
    """Read the entries of a generation's documents, in the order of the texts; raises as `held_by` does."""
    with _records(home, name) as records:
        return records.sources()


def same_in(home: Path, one: str, other: str) -> frozenset[str]:
    """Name the documents of which two generations hold the very same, by the digests written down with them.

    None are where other code made them, which may read the same bytes otherwise, or where what is written
    down cannot be read.
    """
    try:
        ours, theirs = (read_outline(folder_of(home, name)) for name in (one, other))
    except GenerationError:
        return frozenset()
    if ours.code != theirs.code:
        return frozenset()
    digests = {held.id: held.digest for _, held in ours.held()}
    return frozenset(held.id for _, held in theirs.held() if digests.get(held.id) == held.digest)


@contextmanager
def _records(home: Path, name: str) -> Iterator[Records]:
    try:
        yield open_records(folder_of(home, name))
    except sqlite3.Error as error:
        raise GenerationError(f"the records of the generation {name!r} cannot be read ({error})") from error


def folder_of(home: Path, name: str) -> Path:
    """Return the folder of a generation; raises GenerationNotFoundError where it is not kept."""
    folder = generations_of(home) / name
    if not NAME.fullmatch(name) or not folder.is_dir():
        kept = ", ".join(names_in(home)) or "none"
        raise GenerationNotFoundError(f"No generation {name!r} is kept, or no longer; there are: {kept}.")
    return folder


def names_in(home: Path) -> tuple[str, ...]:
    """Name the generations that are kept, the last published first."""
    return read_history(home)[::-1]
