"""The cache of vectors: content-addressed and disposable, so that no text is embedded twice."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.errors import ModelError
from index.arrays import Vectors
from index.embedding import Embedder
from index.tokens import PackedTokens, pack

CHUNK = 256
"""Texts embedded between two commits: what a crash can cost."""
TOLERANCE = 1e-3
"""A stored vector whose length is further than this from 1 is damaged, and is made anew."""
DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
SCHEMA_VERSION = 2
SCHEMA = """
CREATE TABLE IF NOT EXISTS vectors (
    model TEXT, revision TEXT, hash BLOB, vector BLOB, ids BLOB, scales BLOB, codes BLOB,
    PRIMARY KEY (model, revision, hash)
)
"""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the cache keeps of one text: its vector, shape (dimension,), and its tokens."""

    vector: Vectors
    tokens: PackedTokens


def cached_vectors(
    path: Path, texts: Sequence[str], embedder: Embedder, report: Callable[[int, int], None]
) -> tuple[Kept, ...]:
    """Return vector and tokens of each text, embedding only those that the cache at `path` lacks.

    `report` is told how many of the distinct texts are done, and of how many. A cache that cannot
    be read is set aside as `<name>.corrupt` and started anew. Raises ModelError where the embedder
    returns vectors of another shape than it declares.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _vectors(path, texts, embedder, report)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode not in DAMAGE:
            raise
        _set_aside(path, error)
        return _vectors(path, texts, embedder, report)


def keep_only(path: Path, texts: Iterable[str]) -> int:
    """Remove every vector from the cache at `path` but those of some texts; return how many went.

    Nothing of what was removed is left in the file afterwards. Without a cache nothing is done.
    """
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path)) as connection:
        _prepare(connection)
        with connection:
            connection.execute("CREATE TEMP TABLE kept (hash BLOB PRIMARY KEY)")
            connection.executemany("INSERT OR IGNORE INTO kept VALUES (?)", ((_key(text),) for text in texts))
            gone = connection.execute(
                "DELETE FROM vectors WHERE hash NOT IN (SELECT hash FROM kept)"
            ).rowcount
        connection.execute("VACUUM")
    return gone


def _vectors(
    path: Path, texts: Sequence[str], embedder: Embedder, report: Callable[[int, int], None]
) -> tuple[Kept, ...]:
    by_key = {_key(text): text for text in texts}
    with closing(sqlite3.connect(path)) as connection:
        _prepare(connection)
        known = dict(_stored(connection, by_key, embedder))
        for chunk in _chunks({key: text for key, text in by_key.items() if key not in known}):
            report(len(known), len(by_key))
            known.update(_embed(connection, chunk, embedder))
    report(len(known), len(by_key))
    return tuple(known[_key(text)] for text in texts)


def _prepare(connection: sqlite3.Connection) -> None:
    """Make the table, anew where an earlier version of this program made it: a cache can be lost."""
    if connection.execute("PRAGMA user_version").fetchone()[0] != SCHEMA_VERSION:
        connection.execute("DROP TABLE IF EXISTS vectors")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute(SCHEMA)


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _stored(
    connection: sqlite3.Connection, keys: Iterable[bytes], embedder: Embedder
) -> Iterator[tuple[bytes, Kept]]:
    sql = "SELECT vector, ids, scales, codes FROM vectors WHERE model = ? AND revision = ? AND hash = ?"
    for key in keys:
        row = connection.execute(sql, (embedder.model_id, embedder.revision, key)).fetchone()
        kept = _kept(row, embedder.dimension) if row else None
        if kept is not None:
            yield key, kept


def _kept(row: tuple[bytes, bytes, bytes, bytes], dimension: int) -> Kept | None:
    """Read a row of the cache; None where its parts do not fit each other or the model."""
    vector, ids, scales, codes = row
    count = len(ids) // 4
    if (len(vector), len(ids), len(scales), len(codes)) != (
        4 * dimension,
        4 * count,
        4 * count,
        count * dimension,
    ):
        return None
    values = np.frombuffer(vector, dtype=np.float32)
    if not abs(float(np.linalg.norm(values)) - 1) <= TOLERANCE:
        return None
    return Kept(
        values,
        PackedTokens(
            np.frombuffer(ids, dtype=np.int32),
            np.frombuffer(scales, dtype=np.float32),
            np.frombuffer(codes, dtype=np.int8).reshape(count, dimension),
        ),
    )


def _chunks(missing: dict[bytes, str]) -> Iterator[list[tuple[bytes, str]]]:
    """Texts of like length together: a model pads each batch to its longest."""
    pairs = sorted(missing.items(), key=lambda pair: (len(pair[1]), pair[0]))
    for start in range(0, len(pairs), CHUNK):
        yield pairs[start : start + CHUNK]


def _embed(
    connection: sqlite3.Connection, chunk: list[tuple[bytes, str]], embedder: Embedder
) -> dict[bytes, Kept]:
    made = embedder.embed([text for _, text in chunk])
    if made.vectors.shape != (len(chunk), embedder.dimension):
        raise ModelError(
            f"the model {embedder.model_id} returned vectors of shape {made.vectors.shape} where"
            f" {(len(chunk), embedder.dimension)} was declared: name another model"
        )
    pairs = zip(chunk, made.vectors, made.tokens, strict=True)
    kept = {key: Kept(vector, pack(tokens)) for (key, _), vector, tokens in pairs}
    with connection:
        connection.executemany(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(embedder.model_id, embedder.revision, key, *_blobs(one)) for key, one in kept.items()],
        )
    return kept


def _blobs(kept: Kept) -> tuple[bytes, ...]:
    arrays = (kept.vector, kept.tokens.ids, kept.tokens.scales, kept.tokens.codes)
    return tuple(array.tobytes() for array in arrays)


def _set_aside(path: Path, error: sqlite3.DatabaseError) -> None:
    aside = path.with_name(f"{path.name}.corrupt")
    path.replace(aside)
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
    log.warning("the cache of vectors %s is damaged (%s): set aside as %s, starting anew", path, error, aside)
