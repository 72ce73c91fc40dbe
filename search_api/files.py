"""Writing a file of results: whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from corpus.errors import OutputError


def write_whole(path: Path, chunks: Iterable[bytes]) -> None:
    """Write the pieces beside the file and put them in its place at the end.

    Raises OutputError where the file cannot be written; the file that was there then stays.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
    except OSError as error:
        raise _refusal(path, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except OSError as error:
        raise _refusal(path, error) from error
    finally:
        Path(name).unlink(missing_ok=True)


def _umask() -> int:
    """The permissions that new files do not get; it can be read only by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _refusal(path: Path, error: OSError) -> OutputError:
    return OutputError(f"{path} cannot be written ({error.strerror}); name another file.")
