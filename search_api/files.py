"""Writing a file of results: whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from corpus.errors import OutputError


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write the pieces beside the file and put them in its place at the end.

    What is no regular file, such as /dev/null or a pipe, is written to as it is. Raises OutputError
    where the file cannot be written; the file that was there then stays.
    """
    try:
        if path.exists() and not path.is_file():
            _write(path, pieces)
        else:
            _replace(path, pieces)
    except OSError as error:
        raise OutputError(f"{path} cannot be written ({error.strerror}); name another file.") from error


def _replace(path: Path, pieces: Iterable[bytes]) -> None:
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        _write(aside, pieces)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(pieces)
        file.flush()
        if path.is_file():
            os.fsync(file.fileno())
