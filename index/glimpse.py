"""The records of a generation alone: what it held, without the indexes and the model that search it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from corpus.documents import Document
from corpus.errors import GenerationError, GenerationNotFoundError
from corpus.records import Commitment
from index.folders import NAME, generations_of
from index.history import read_history
from index.opening import open_records


@dataclass(frozen=True, slots=True)
class Held:
    """What a generation holds for its readers: its name, its documents and its register, in their order."""

    name: str
    documents: tuple[Document, ...]
    commitments: tuple[Commitment, ...]


def held_by(home: Path, name: str) -> Held:
    """Read the records of a generation, whatever model made it.

    Raises GenerationNotFoundError where it is not there or has been deleted, GenerationError where it is
    damaged or of another format.
    """
    folder = folder_of(home, name)
    try:
        records = open_records(folder)
        return Held(name, records.documents(), tuple(records.commitments))
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
