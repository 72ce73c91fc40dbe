"""The order in which generations were published, which of them stay, and going back to the one before.

The order is written down when a generation is published, and follows neither from names nor from clocks.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.errors import BuildError, GenerationError
from index.embedding import Embedder
from index.folders import NAME, build_lock, generations_of, point_to, read_pointer, write_whole
from index.manifest import faults_of, read_manifest
from index.opening import is_whole, open_generation

HISTORY, ROLLED_BACK = "HISTORY", "ROLLED_BACK"
KEPT = 2
"""Generations that stay by default: the current one and the one before, for a rollback."""


@dataclass(frozen=True, slots=True)
class Rollback:
    """An older generation that was gone back to, and what it holds against.

    `to` answers in place of `left`, as long as the sources have the digest `sources` and the model and
    its revision are these: what the index would otherwise be built anew for.
    """

    to: str
    left: str
    sources: str
    model: str
    revision: str


def retained(history: Sequence[str], current: str | None, new: str, keep: int = KEPT) -> tuple[str, ...]:
    """Return the generations that stay once `new` is published, oldest first: the policy of retention.

    They are the new one and the `keep` - 1 that were published last before it, up to the one that was
    current. A generation that was rolled back from came after that one, and goes.
    """
    names = [name for name in history if name != new]
    if current in names:
        names = names[: names.index(current) + 1]
    return (*names, new)[-keep:]


def read_history(home: Path) -> tuple[str, ...]:
    """Return the names of the generations that are kept, in the order of their publication.

    Where no order is written down, as before this was done, the current one is the last.
    """
    current = _current(home)
    try:
        lines = (home / HISTORY).read_text(encoding="utf-8").split()
    except (OSError, ValueError):
        lines = sorted(name for name in _folders(home) if name != current)
    known = _folders(home)
    names = [name for name in dict.fromkeys(lines) if name in known]
    return tuple(names if current is None or current in names else [*names, current])


def publish(home: Path, name: str, keep: int = KEPT, thorough: bool = False) -> None:
    """Point to a new generation, write down the order, and end a rollback; the others stay for now.

    Of those before it the damaged ones are not kept, so that building mends what a check finds; `thorough`
    hashes every byte to find them.
    """
    before = [one for one in read_history(home) if one == name or _is_sound(home, one, thorough)]
    names = retained(before, _current(home), name, keep)
    write_whole(home / HISTORY, "".join(f"{one}\n" for one in names))
    point_to(home, name)
    (home / ROLLED_BACK).unlink(missing_ok=True)


def drop_unlisted(home: Path) -> None:
    """Remove every folder among the generations that is not written down to be kept."""
    keep = read_history(home)
    for folder in generations_of(home).iterdir():
        if folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)


def roll_back(home: Path, embedder: Embedder, sources: str = "") -> Rollback:
    """Point to the generation published before the current one, and remember that it is to stay.

    `sources` is the digest of the present sources; without it, that of the generation left holds. Raises
    LockedError where a build is at work, GenerationError where there is no generation before or it cannot
    be opened, and BuildError where the disk refuses; the current one then stays.
    """
    _before(home, read_pointer(home))
    try:
        with build_lock(home):
            return _roll_back(home, embedder, sources)
    except OSError as error:
        raise BuildError(
            f"the pointer in {home} could not be moved ({error}): see that the folder can be written to and"
            " that the disk has room, then run `labour rollback` again"
        ) from error


def read_rollback(home: Path) -> Rollback | None:
    """Return the rollback in force; None where there was none, or another generation is current since."""
    try:
        found = Rollback(**json.loads((home / ROLLED_BACK).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return found if found.to == _current(home) else None


def _roll_back(home: Path, embedder: Embedder, sources: str) -> Rollback:
    current = read_pointer(home)
    older = open_generation(home, embedder, _before(home, current))
    held = sources or _sources_of(home, current)
    done = Rollback(older.name, current or "", held, embedder.model_id, embedder.revision)
    if older.manifest.source_digest != held:
        write_whole(home / ROLLED_BACK, json.dumps(asdict(done)))
    point_to(home, older.name)
    return done


def _is_sound(home: Path, name: str, thorough: bool) -> bool:
    if not is_whole(home, name):
        return False
    folder = generations_of(home) / name
    return not (thorough and any(faults_of(folder, read_manifest(folder))))


def _before(home: Path, current: str | None) -> str:
    history = read_history(home)
    if current is None or history.index(current) == 0:
        raise GenerationError(
            f"there is no generation before {current or 'the first'} in {home} to go back to: one is kept"
            " after each `labour index` that builds"
        )
    return history[history.index(current) - 1]


def _sources_of(home: Path, name: str | None) -> str:
    """The source digest of a generation, empty where its manifest cannot be read."""
    try:
        return read_manifest(generations_of(home) / str(name)).source_digest
    except GenerationError:
        return ""


def _current(home: Path) -> str | None:
    try:
        return read_pointer(home)
    except GenerationError:
        return None


def _folders(home: Path) -> set[str]:
    """Names of the generations on the disk, published or not; half-built ones have another name."""
    try:
        found = list(generations_of(home).iterdir())
    except OSError:
        return set()
    return {path.name for path in found if NAME.fullmatch(path.name)}
