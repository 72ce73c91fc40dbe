"""Whether the records of a generation agree with each other and with its manifest."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from index.manifest import Counts

REFERENCES = (
    ("passages", "document", "documents", "id"),
    ("commitments", "document", "documents", "id"),
    ("commitments", "passage", "passages", "id"),
    ("commitments", "parent", "commitments", "id"),
    ("passages", "parent", "passages", "id"),
)
"""Table and column, and the table and column that every value there, unless empty, must stand in."""
UNIQUE = (("documents", "id"), ("passages", "id"), ("commitments", "id"), ("commitments", "address"))
SHOWN = 3
"""Ids that are named of those at fault."""


def wrong_counts(path: Path, counts: Counts) -> tuple[str, ...]:
    """Say which tables hold another number of records than the manifest counts; raises sqlite3.Error."""
    expected = {
        "documents": counts.documents,
        "passages": counts.passages,
        "commitments": counts.commitments,
    }
    with closing(_opened(path)) as connection:
        held = {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in expected
        }
    return tuple(
        f"holds {held[table]} {table}, its manifest counts {count}"
        for table, count in expected.items()
        if held[table] != count
    )


def wrong_ids(path: Path) -> tuple[str, ...]:
    """Say which ids stand more than once, and which are referred to and not held; raises sqlite3.Error."""
    with closing(_opened(path)) as connection:
        return (*_doubled(connection), *_dangling(connection))


def _doubled(connection: sqlite3.Connection) -> Iterator[str]:
    for table, column in UNIQUE:
        sql = f"SELECT {column} FROM {table} GROUP BY {column} HAVING count(*) > 1"
        if found := _ids(connection, sql):
            yield f"gives the same {column} to several {table}: {found}"


def _dangling(connection: sqlite3.Connection) -> Iterator[str]:
    for table, column, other, key in REFERENCES:
        sql = f"SELECT DISTINCT {column} FROM {table} WHERE {column} <> '' AND {column} NOT IN"
        if found := _ids(connection, f"{sql} (SELECT {key} FROM {other})"):
            yield f"has {table} with a {column} that is not among its {other}: {found}"


def _ids(connection: sqlite3.Connection, sql: str) -> str:
    rows = connection.execute(f"SELECT * FROM ({sql}) LIMIT {SHOWN + 1}").fetchall()
    names = [str(name) for (name,) in rows]
    return ", ".join([*names[:SHOWN], "..."] if len(names) > SHOWN else names)


def _opened(path: Path) -> sqlite3.Connection:
    """Open for reading only, without the locks and journals that would write beside the file."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
