"""Zips opened only where their table of contents, which is read whole, is of a sound size."""

from __future__ import annotations

import zipfile
from pathlib import Path

from corpus.errors import SourceError

MOST_ENTRIES = 10_000
"""Files in a zip; each picture of an Office file is one, and a book with a thousand of them is rare."""
LARGEST_DIRECTORY = MOST_ENTRIES * 512
"""Bytes of the table of contents: a fixed part of 46 for each file, and its name."""
DIRECTORY_END = b"PK\x05\x06"
LONGEST_END = 22 + 65_535
"""Bytes at the end of a zip in which its end is marked: the mark, and the longest comment."""


def open_zip(path: Path) -> zipfile.ZipFile:
    """Open a zip; raises SourceError where it holds too many files, zipfile.BadZipFile where it is none."""
    with path.open("rb") as file:
        file.seek(max(0, file.seek(0, 2) - LONGEST_END))
        tail = file.read()
    at = tail.rfind(DIRECTORY_END)
    length = int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
    if length > LARGEST_DIRECTORY:
        raise _too_many()
    archive = zipfile.ZipFile(path)
    if len(archive.filelist) > MOST_ENTRIES:
        archive.close()
        raise _too_many()
    return archive


def _too_many() -> SourceError:
    return SourceError(f"it holds more than {MOST_ENTRIES} files. Save it anew, or as PDF.")
