"""The cache of extractions: content-addressed and disposable, so that no file is read twice."""

from __future__ import annotations

import hashlib
import logging
import os
import threading
import zlib
from contextlib import suppress
from pathlib import Path

logger = logging.getLogger(__name__)

LEVEL = 1
"""Of zlib: a text of a megabyte is packed to a fifth in 10 ms."""
DIGITS = 64


def cache_of(home: Path) -> Path:
    """Return the folder of the cache in a library's home."""
    return home / "cache" / "extraction"


def key_of(*facts: object) -> str:
    """Name an entry by all that it depends on."""
    state = hashlib.sha256()
    for fact in facts:
        words = str(fact).encode("utf-8", "surrogatepass")
        state.update(f"{len(words)}:".encode() + words)
    return state.hexdigest()


def fetch(folder: Path, key: str) -> bytes | None:
    """Return what was stored under a key; None where there is nothing, or it is damaged."""
    path = _path(folder, key)
    try:
        data = path.read_bytes()
    except OSError:
        return None
    seal, payload = data[:DIGITS], data[DIGITS:]
    if _seal(key, payload) != seal:
        logger.warning("the entry %s of the cache is damaged: its file is read anew", path)
        return None
    return zlib.decompress(payload)


def store(folder: Path, key: str, data: bytes) -> None:
    """Store data under a key, whole or not at all; a disk that refuses costs only the speed of a cache."""
    path = _path(folder, key)
    payload = zlib.compress(data, LEVEL)
    aside = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(_seal(key, payload) + payload)
        aside.replace(path)
    except OSError as error:
        logger.warning("%s cannot be written (%s): its file will be read again next time", path, error)
        with suppress(OSError):
            aside.unlink()


def _path(folder: Path, key: str) -> Path:
    return folder / key[:2] / key


def _seal(key: str, payload: bytes) -> bytes:
    return hashlib.sha256(key.encode() + payload).hexdigest().encode()
