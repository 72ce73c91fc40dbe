"""Why a job failed, in words that tell a client nothing of where things lie on the server."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from corpus.errors import SourceError

PATH = re.compile(r"(?<![\w./:])/(?:[^\s/'\"()]+/)*([^\s/'\"()]+)")
"""An absolute path; one that holds a space is taken for more than one."""


def words_of(error: Exception) -> str:
    """The reason and words of an error, on one line."""
    reason = f"{error.reason}: " if isinstance(error, SourceError) else ""
    return f"{reason}{' '.join(str(error).split())}"


def without_paths(words: str, folders: Iterable[Path]) -> str:
    """Cut absolute paths to their last name; those below the folders to what leads there from them."""
    for folder in sorted({str(path.absolute()) for path in folders}, key=len, reverse=True):
        words = words.replace(f"{folder}/", "").replace(folder, Path(folder).name)
    return PATH.sub(r"\1", words)
