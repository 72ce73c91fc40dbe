"""Writing a file of results: whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from corpus.errors import OutputError
from corpus.files import replacing


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write the pieces beside the file and put them in its place at the end, through to the disk.

    What is no regular file, such as /dev/null or a pipe, is written to as it is. Raises OutputError
    where the file cannot be written; the file that was there then stays.
    """
    try:
        if path.exists() and not path.is_file():
            _write(path, pieces)
        else:
            with replacing(path) as aside:
                _write(aside, pieces)
    except OSError as error:
        raise OutputError(f"{path} cannot be written ({error.strerror}); name another file.") from error


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(pieces)
