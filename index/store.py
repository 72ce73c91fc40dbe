"""The records of a part, read back exactly as they were written."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus.documents import Document, Source
from corpus.records import Commitment, Passage
from index.rows import (
    Row,
    commitment_of,
    commitment_row,
    document_of,
    document_row,
    passage_of,
    passage_row,
    source_of,
)

SCHEMA = """
CREATE TABLE documents (
    place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, short_title TEXT NOT NULL,
    body TEXT NOT NULL, kind TEXT NOT NULL, date TEXT NOT NULL, period TEXT, language TEXT NOT NULL,
    rights TEXT NOT NULL, sha256 TEXT NOT NULL, path TEXT NOT NULL, text TEXT NOT NULL, pages TEXT NOT NULL,
    turns TEXT NOT NULL, ocr TEXT NOT NULL
);
CREATE TABLE passages (
    place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, document TEXT NOT NULL REFERENCES documents (id),
    kind TEXT NOT NULL, text TEXT NOT NULL, spans TEXT NOT NULL, section TEXT NOT NULL,
    position INTEGER NOT NULL, number TEXT NOT NULL, inferred INTEGER NOT NULL, lead TEXT NOT NULL,
    parent TEXT NOT NULL, parent_text TEXT NOT NULL, cells TEXT NOT NULL, pages TEXT NOT NULL,
    lines TEXT NOT NULL, places TEXT NOT NULL, bodies TEXT NOT NULL, countries TEXT NOT NULL, years TEXT,
    ocr INTEGER NOT NULL
);
CREATE TABLE commitments (
    place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, address TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL REFERENCES documents (id), kind TEXT NOT NULL, text TEXT NOT NULL,
    spans TEXT NOT NULL, section TEXT NOT NULL, position INTEGER NOT NULL, number TEXT NOT NULL,
    inferred INTEGER NOT NULL, parent TEXT NOT NULL, passage TEXT NOT NULL, meeting TEXT,
    body TEXT NOT NULL, body_ids TEXT NOT NULL, theme TEXT NOT NULL, period TEXT NOT NULL,
    start TEXT NOT NULL, "end" TEXT NOT NULL, status TEXT NOT NULL, coordinators TEXT NOT NULL,
    coordinator_ids TEXT NOT NULL, partners TEXT NOT NULL, partner_ids TEXT NOT NULL, pages TEXT NOT NULL,
    lines TEXT NOT NULL, places TEXT NOT NULL, needs_review TEXT NOT NULL,
    ocr INTEGER NOT NULL
);
CREATE INDEX commitments_by_passage ON commitments (passage);
CREATE INDEX sections ON passages (document, section);
CREATE INDEX meetings ON commitments (document, section, meeting) WHERE meeting IS NOT NULL;
CREATE TABLE postings (
    use TEXT NOT NULL, facet TEXT NOT NULL, value TEXT NOT NULL, places BLOB NOT NULL,
    PRIMARY KEY (use, facet, value)
) WITHOUT ROWID;
"""
ENTRY = (
    "id", "title", "short_title", "body", "kind", "date", "period", "language", "rights", "sha256", "path"
)  # fmt: skip
"""Columns that hold what the catalogue says of a document."""
Record = TypeVar("Record", Document, Passage, Commitment)
Posting = tuple[str, str, str]
"""What some passages have in common: what for it is looked up, a facet, and its value."""


def write_records(
    path: Path,
    documents: Iterable[Document],
    passages: Iterable[Passage],
    commitments: Iterable[Commitment] = (),
    postings: Mapping[Posting, NDArray[np.int32]] | None = None,
) -> None:
    """Write a new file of records; of a document its source, text and pages, not its blocks.

    Of its places the page is kept, not the box: passages and commitments carry their own. `postings` are
    places of passages, from 0 in the order given, ascending.
    """
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(SCHEMA)
        _insert(connection, "documents", map(document_row, documents))
        _insert(connection, "passages", map(passage_row, passages))
        _insert(connection, "commitments", map(commitment_row, commitments))
        rows = ((*key, places.tobytes()) for key, places in sorted((postings or {}).items()))
        connection.executemany("INSERT INTO postings VALUES (?, ?, ?, ?)", rows)


def content_digest(document: Document, passages: Iterable[Passage], commitments: Iterable[Commitment]) -> str:
    """Hash all that is written of a document and its records (SHA-256)."""
    state = hashlib.sha256()
    rows = (map(document_row, (document,)), map(passage_row, passages), map(commitment_row, commitments))
    for row in chain.from_iterable(rows):
        state.update(json.dumps(row).encode())
    return state.hexdigest()


class RecordFile:
    """The records of one part; safe to use from several threads, also after the file was removed."""

    def __init__(self, path: Path) -> None:
        """Open a file for reading; sqlite3.Error where it cannot be. Nothing is ever written beside it."""
        self._connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        weakref.finalize(self, self._connection.close)
        self._connection.row_factory = sqlite3.Row
        self._lock = threading.Lock()
        self._rows("SELECT count(*) FROM documents")

    def documents(self) -> list[Document]:
        """Read the documents, in their order."""
        return list(map(document_of, self._rows("SELECT * FROM documents ORDER BY place")))

    def sources(self) -> list[Source]:
        """Read the entries of the documents, in their order, without the texts."""
        return list(map(source_of, self._rows(f"SELECT {', '.join(ENTRY)} FROM documents ORDER BY place")))

    def document(self, name: str) -> Document | None:
        """Read the document of an id, None where there is none."""
        return _first(document_of, self._rows("SELECT * FROM documents WHERE id = ?", name))

    def passages(self, first: int = 0, count: int = -1) -> list[Passage]:
        """Read passages from a place on, all of them where no count is given."""
        return list(map(passage_of, self._range("passages", first, count)))

    def commitments(self, first: int = 0, count: int = -1) -> list[Commitment]:
        """Read commitments from a place on, all of them where no count is given."""
        return list(map(commitment_of, self._range("commitments", first, count)))

    def passage(self, name: str) -> Passage | None:
        """Read the passage of an id, None where there is none."""
        return _first(passage_of, self._rows("SELECT * FROM passages WHERE id = ?", name))

    def commitment(self, name: str) -> Commitment | None:
        """Read the commitment of an id or an address, None where there is none."""
        found = self._rows("SELECT * FROM commitments WHERE id = ?", name)
        return _first(commitment_of, found or self._rows("SELECT * FROM commitments WHERE address = ?", name))

    def commitments_of(self, passage: str) -> list[Commitment]:
        """Read the commitments that stand in the passage of an id, in their order."""
        sql = "SELECT * FROM commitments WHERE passage = ? ORDER BY place"
        return list(map(commitment_of, self._rows(sql, passage)))

    def posting(self, key: Posting) -> NDArray[np.int32]:
        """Read the places of the passages that have something in common, ascending."""
        found = self._rows("SELECT places FROM postings WHERE use = ? AND facet = ? AND value = ?", *key)
        return np.frombuffer(found[0]["places"] if found else b"", dtype=np.int32)

    def values(self, use: str, facet: str) -> list[str]:
        """List the values of a facet that any passage has."""
        sql = "SELECT value FROM postings WHERE use = ? AND facet = ?"
        return [row["value"] for row in self._rows(sql, use, facet)]

    def headings(self) -> list[tuple[str, str]]:
        """List the outermost headings, (document, heading), in the order in which they first occur."""
        sql = "SELECT document, section, min(place) AS first FROM passages GROUP BY document, section"
        rows = sorted(self._rows(sql), key=lambda row: int(row["first"]))
        paths = ((row["document"], json.loads(row["section"])) for row in rows)
        return list(dict.fromkeys((document, path[0]) for document, path in paths if path))

    def meetings(self) -> list[tuple[str, str, str]]:
        """List (document, outermost heading, place of the meeting), by their last commitments."""
        sql = """SELECT document, section, meeting, max(place) AS last FROM commitments
            WHERE meeting IS NOT NULL GROUP BY document, section, meeting"""
        rows = sorted(self._rows(sql), key=lambda row: int(row["last"]))
        facts = ((row["document"], json.loads(row["section"]), json.loads(row["meeting"])) for row in rows)
        return [(document, path[0], meeting[1]) for document, path, meeting in facts if path]

    def known(self, table: str, column: str, names: Iterable[str]) -> list[str]:
        """List those of some names that a column of a table holds."""
        sql = f"SELECT {column} AS name FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))"
        return [row["name"] for row in self._rows(sql, json.dumps(list(names)))]

    def _range(self, table: str, first: int, count: int) -> list[Row]:
        sql = f"SELECT * FROM {table} WHERE place >= ? ORDER BY place LIMIT ?"
        return self._rows(sql, first, count)

    def _rows(self, sql: str, *values: object) -> list[Row]:
        with self._lock:
            return self._connection.execute(sql, values).fetchall()


def _first(made: Callable[[Row], Record], rows: Sequence[Row]) -> Record | None:
    return made(rows[0]) if rows else None


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[list[Any]]) -> None:
    columns = connection.execute(f"SELECT * FROM {table}").description
    marks = ", ".join("?" * len(columns))
    numbered = ([place, *row] for place, row in enumerate(rows))
    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", numbered)
