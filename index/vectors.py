"""The cache of vectors: content-addressed and disposable, so that no text is embedded twice."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from corpus.errors import ModelError
from index.arrays import Vectors
from index.embedding import Embedder

CHUNK = 256
"""Texts embedded between two commits: what a crash can cost."""
TOLERANCE = 1e-3
"""A stored vector whose length is further than this from 1 is damaged, and is made anew."""
DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
SCHEMA = """
CREATE TABLE IF NOT EXISTS vectors (
    model TEXT, revision TEXT, hash BLOB, vector BLOB, PRIMARY KEY (model, revision, hash)
) WITHOUT ROWID
"""

log = logging.getLogger(__name__)


def cached_vectors(
    path: Path, texts: Sequence[str], embedder: Embedder, report: Callable[[int, int], None]
) -> Vectors:
    """Return a vector for each text, embedding only those that the cache at `path` lacks.

    Shape (len(texts), dimension). `report` is told how many of the distinct texts are done, and of
    how many. A cache that cannot be read is set aside as `<name>.corrupt` and started anew. Raises
    ModelError where the embedder returns vectors of another shape than it declares.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _vectors(path, texts, embedder, report)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode not in DAMAGE:
            raise
        _set_aside(path, error)
        return _vectors(path, texts, embedder, report)


def _vectors(
    path: Path, texts: Sequence[str], embedder: Embedder, report: Callable[[int, int], None]
) -> Vectors:
    by_key = {_key(text): text for text in texts}
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(SCHEMA)
        known = dict(_stored(connection, by_key, embedder))
        for chunk in _chunks({key: text for key, text in by_key.items() if key not in known}):
            report(len(known), len(by_key))
            known.update(_embed(connection, chunk, embedder))
    report(len(known), len(by_key))
    rows = [known[_key(text)] for text in texts]
    return np.stack(rows) if rows else np.zeros((0, embedder.dimension), dtype=np.float32)


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _stored(
    connection: sqlite3.Connection, keys: Iterable[bytes], embedder: Embedder
) -> Iterator[tuple[bytes, Vectors]]:
    sql = "SELECT vector FROM vectors WHERE model = ? AND revision = ? AND hash = ?"
    for key in keys:
        found = connection.execute(sql, (embedder.model_id, embedder.revision, key)).fetchone()
        if found is not None and len(found[0]) == 4 * embedder.dimension:
            vector = np.frombuffer(found[0], dtype=np.float32)
            if abs(float(np.linalg.norm(vector)) - 1) <= TOLERANCE:
                yield key, vector


def _chunks(missing: dict[bytes, str]) -> Iterator[list[tuple[bytes, str]]]:
    """Texts of like length together: a model pads each batch to its longest."""
    pairs = sorted(missing.items(), key=lambda pair: (len(pair[1]), pair[0]))
    for start in range(0, len(pairs), CHUNK):
        yield pairs[start : start + CHUNK]


def _embed(
    connection: sqlite3.Connection, chunk: list[tuple[bytes, str]], embedder: Embedder
) -> dict[bytes, Vectors]:
    vectors = embedder.embed([text for _, text in chunk])
    if vectors.shape != (len(chunk), embedder.dimension):
        raise ModelError(
            f"the model {embedder.model_id} returned vectors of shape {vectors.shape} where"
            f" {(len(chunk), embedder.dimension)} was declared: name another model"
        )
    made = {key: vector for (key, _), vector in zip(chunk, vectors, strict=True)}
    rows = [(embedder.model_id, embedder.revision, key, vector.tobytes()) for key, vector in made.items()]
    with connection:
        connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)", rows)
    return made


def _set_aside(path: Path, error: sqlite3.DatabaseError) -> None:
    aside = path.with_name(f"{path.name}.corrupt")
    path.replace(aside)
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
    log.warning("the cache of vectors %s is damaged (%s): set aside as %s, starting anew", path, error, aside)
