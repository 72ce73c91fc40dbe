"""The cache of vectors: content-addressed and disposable, so that no text is embedded twice."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

import numpy as np

from corpus.errors import BuildError, ModelError
from index.arrays import Vectors
from index.embedding import Embedder
from index.tokens import PackedTokens, pack

CHUNK = 256
"""Texts embedded between two commits: what a crash can cost."""
WAIT_SECONDS = 5.0
"""How long a purge or a check waits for another process that writes to the cache."""
DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_READONLY)
"""What SQLite says of a file that is no whole cache: one bit of its head can make it any of these."""
PRIMARY = 0xFF
"""The part of a code of SQLite's that says what sort of error it is."""
ASIDE = ".corrupt"
"""Ending of the name under which a cache that cannot be read is set aside."""
MAGIC, VERSION_AT = b"SQLite format 3\0", slice(60, 64)
"""How a database begins, and where it keeps the version of its schema (https://sqlite.org/fileformat.html)."""
SCHEMA_VERSION = 3
SCHEMA = """
CREATE TABLE IF NOT EXISTS vectors (
    model TEXT, revision TEXT, hash BLOB, vector BLOB, ids BLOB, scales BLOB, codes BLOB, sum INTEGER,
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
        if not _is_damage(error):
            raise
        _set_aside(path, error)
        return _vectors(path, texts, embedder, report)


def purge(path: Path, texts: Iterable[str]) -> int:
    """Remove the vectors of every other text than these, of whatever model, and caches that were set aside.

    Return how many vectors went. What is removed is overwritten in the file, not only forgotten. A cache that
    cannot be read is removed whole. Raises BuildError where the disk or another process stands in the way.
    """
    try:
        aside_of(path).unlink(missing_ok=True)
        return _purge(path, texts) if path.exists() else 0
    except sqlite3.DatabaseError as error:
        if not _is_damage(error):
            raise _not_purged(path, error) from error
        log.warning("the cache of vectors %s is damaged (%s): removed whole", path, error)
    except OSError as error:
        raise _not_purged(path, error) from error
    return _remove(path)


def _purge(path: Path, texts: Iterable[str]) -> int:
    with closing(sqlite3.connect(path, timeout=WAIT_SECONDS)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        _prepare(connection)
        with connection:
            connection.execute("CREATE TEMP TABLE living (hash BLOB PRIMARY KEY)")
            rows = ((_key(text),) for text in texts)
            connection.executemany("INSERT OR IGNORE INTO living VALUES (?)", rows)
            gone = connection.execute(
                "DELETE FROM vectors WHERE hash NOT IN (SELECT hash FROM living)"
            ).rowcount
        connection.execute("VACUUM")
    return gone


def _remove(path: Path) -> int:
    """Remove the whole cache; how many vectors it held is not known, and not counted."""
    try:
        for one in (path, _journal_of(path)):
            one.unlink(missing_ok=True)
    except OSError as error:
        raise _not_purged(path, error) from error
    return 0


def _not_purged(path: Path, error: Exception) -> BuildError:
    return BuildError(
        f"the cache of vectors {path} cannot be purged ({error}): see that it can be written to, that the"
        f" disk has room and that nothing else uses it, or run `rm {path}`; then run `labour index --purge`"
        " again"
    )


def fault_of(path: Path) -> str:
    """Say what is wrong with a cache, by SQLite's own check; empty where nothing is, or there is no cache.

    Nothing is written. One that another process holds at the moment is not looked at.
    """
    if not path.exists():
        return ""
    try:
        address = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS)) as connection:
            found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.Error as error:
        busy = _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        return "" if busy else str(error)
    return "" if found == "ok" else " ".join(found.split())


def is_of_another_version(path: Path) -> bool:
    """Whether a cache is there that another version of this program made; read without opening it."""
    try:
        with path.open("rb") as file:
            head = file.read(VERSION_AT.stop)
    except OSError:
        return False
    return head.startswith(MAGIC) and int.from_bytes(head[VERSION_AT]) != SCHEMA_VERSION


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
    blobs = ", ".join(f"ifnull(CAST({name} AS BLOB), x'')" for name in ("vector", "ids", "scales", "codes"))
    sql = f"SELECT {blobs}, sum FROM vectors WHERE model = ? AND revision = ? AND hash = ?"
    for key in keys:
        row = connection.execute(sql, (embedder.model_id, embedder.revision, key)).fetchone()
        kept = _kept(key, row[:-1], row[-1], embedder.dimension) if row else None
        if kept is not None:
            yield key, kept


def _kept(key: bytes, row: tuple[bytes, bytes, bytes, bytes], found: int, dimension: int) -> Kept | None:
    """Read a row of the cache; None where it has changed, or does not fit the model."""
    if found != _sum(key, row):
        return None
    vector, ids, scales, codes = row
    count = len(ids) // 4
    if (len(vector), len(ids), len(scales), len(codes)) != (
        4 * dimension,
        4 * count,
        4 * count,
        count * dimension,
    ):
        return None
    return Kept(
        np.frombuffer(vector, dtype=np.float32),
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
            "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [_row(embedder, key, _blobs(one)) for key, one in kept.items()],
        )
    return kept


def _blobs(kept: Kept) -> tuple[bytes, ...]:
    arrays = (kept.vector, kept.tokens.ids, kept.tokens.scales, kept.tokens.codes)
    return tuple(array.tobytes() for array in arrays)


def aside_of(path: Path) -> Path:
    """Return the file as which a damaged cache is set aside."""
    return path.with_name(f"{path.name}{ASIDE}")


def _row(embedder: Embedder, key: bytes, blobs: tuple[bytes, ...]) -> tuple[str | bytes | int, ...]:
    return embedder.model_id, embedder.revision, key, *blobs, _sum(key, blobs)


def _sum(key: bytes, blobs: Iterable[bytes]) -> int:
    """A checksum of a row: a bit that flips on the disk changes it."""
    return reduce(lambda found, blob: zlib.crc32(blob, found), (key, *blobs), 0)


def _is_damage(error: sqlite3.Error) -> bool:
    return _code(error) in DAMAGE


def _code(error: sqlite3.Error) -> int:
    """The sort of an error of SQLite's."""
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)) & PRIMARY


def _journal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


def _set_aside(path: Path, error: sqlite3.DatabaseError) -> None:
    aside = aside_of(path)
    path.replace(aside)
    _journal_of(path).unlink(missing_ok=True)
    log.warning("the cache of vectors %s is damaged (%s): set aside as %s, starting anew", path, error, aside)
