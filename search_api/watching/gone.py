"""Documents that have lost their watched file: it has gone, moved, or been overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from search_api.watching.folders import Stamp
from search_api.watching.origins import Origin, can_be_written


@dataclass(frozen=True, slots=True)
class Seen:
    """A file when it was last looked at, with the fingerprint of its bytes."""

    stamp: Stamp
    sha256: str


@dataclass(frozen=True, slots=True)
class Lost:
    """A document whose file is not what it came from, and why.

    `heir` is another watched file of the same bytes. `emptied` is the watched folder that it was in, where
    that holds no file any more: rather than all of them having been deleted, it may not be mounted.
    """

    origin: Origin
    words: str
    heir: Path | None
    emptied: Path | None


def fingerprints(files: Mapping[Path, Stamp], seen: Mapping[Path, Seen]) -> dict[Path, str]:
    """The fingerprints of the files that stand as they were when they were looked at."""
    return {path: seen[path].sha256 for path in files if path in seen and seen[path].stamp == files[path]}


def lost(
    origins: Iterable[Origin], known: Mapping[Path, str], folders: Iterable[Path], held: Mapping[str, str]
) -> Iterator[Lost]:
    """Find the documents that have lost their file.

    `known` are the fingerprints of the watched files, and `held` the ids of all documents by theirs. A file
    that was overwritten counts where another document holds what it is now; nothing else takes its place.
    """
    present = [folder for folder in folders if folder.is_dir()]
    heirs = {sha256: path for path, sha256 in known.items() if can_be_written(path)}
    for origin in origins:
        path = Path(origin.path)
        around = [folder for folder in present if folder in path.parents]
        if words := _why(origin, known.get(path), around, held):
            emptied = next((folder for folder in around if not _any_in(folder, known)), None)
            yield Lost(origin, words, heirs.get(origin.sha256), emptied)


def _why(origin: Origin, now: str | None, around: list[Path], held: Mapping[str, str]) -> str:
    if now is not None and now != origin.sha256 and now in held:
        return f"{origin.path} holds {held[now]} now"
    return f"{origin.path} has gone" if around and _has_gone(Path(origin.path)) else ""


def _has_gone(path: Path) -> bool:
    """Whether there is no such file; where the system cannot tell, there may be."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _any_in(folder: Path, files: Iterable[Path]) -> bool:
    return any(folder in path.parents for path in files)
