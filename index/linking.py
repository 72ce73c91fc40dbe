"""A folder read through links to its files, so that nothing is ever written in the folder itself."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TRIES = 10
"""Times that a temporary folder is removed, for an engine's thread may make a lock there meanwhile.

With its links gone the engine finds nothing more to do, so that the second time has always been enough.
"""


@contextmanager
def linked(folder: Path) -> Iterator[Path]:
    """Give a temporary folder that links to every file of another.

    What opens its files there may write beside them, as an engine that wants a lock does. They stay open
    though the links go at the end. Raises OSError where the folder cannot be listed.
    """
    links = Path(tempfile.mkdtemp(prefix="labour-"))
    try:
        for path in folder.absolute().iterdir():
            (links / path.name).symlink_to(path)
        yield links
    finally:
        for _ in range(TRIES):
            shutil.rmtree(links, ignore_errors=True)
            if not links.exists():
                break
