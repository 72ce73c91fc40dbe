"""Changing files that others read: under a lock, whole or not at all, and through to the disk."""

from __future__ import annotations

import fcntl
import hashlib
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from corpus.errors import OutputError


@contextmanager
def locked(path: Path, wait: bool = True) -> Iterator[IO[str]]:
    """Hold a file's lock until the block ends, as the system gives it back when the process does.

    The file is made with its folder where it is missing, and given to be read and written. Raises
    BlockingIOError where another holds it and one is not to wait, OutputError where it cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written ({error.strerror}). See that its folder can be written to, or name"
            " another library with LABOUR_HOME."
        ) from error
    with file:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield file


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path beside a file to write to; what stands there at the end takes the file's place.

    A crash leaves the old file or the new one, and an error the old one.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        yield aside
        sync(aside)
        aside.replace(path)
        with suppress(OSError):  # not every file system takes it of a folder, and the file is in its place
            sync(path.parent)
    finally:
        with suppress(OSError):
            aside.unlink()


def sync(path: Path) -> None:
    """Write a file or folder through to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes in hexadecimal; raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
