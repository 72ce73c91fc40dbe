"""Run in a process of its own: builds that the disk refuses, each in a child, and what is left.

    python -m tests.index.crash.refused FOLDER CASE

CASE is "small files" (no file may grow beyond a limit), "full disk" (so much is free of a file system in
memory) or "read-only" (a user without the right to write). Prints a JSON list: for each build its limit, the
error it ended with, and what the library answers then and once it is built without a limit.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from itertools import count
from pathlib import Path

import faiss  # noqa: F401 - imported before the forks and the limits
import tantivy  # noqa: F401 - as above

from corpus.errors import LabourError
from tests.index.crash.warm import ended, forked
from tests.index.crash.works import NEW, OLD, build_state, seen

NOBODY = 65534
CANNOT_BE_RUN = 77
STEP = 8192
"""Bytes by which the limit is raised until a build is no longer refused."""
DISK = 64
"""MiB of the file system in memory."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A build that was refused, and what the library answered after it and after one that was not."""

    case: str
    error: str
    after: str
    mended: str


def told(task: Callable[[], object]) -> str:
    """Do a task in a child; return what it says, or the error of ours that it ends with."""
    read, write = os.pipe()

    def say() -> None:
        try:
            words = str(task())
        except LabourError as error:
            words = f"{type(error).__name__}: {error}"
        os.write(write, words.encode())

    child = forked(say)
    os.close(write)
    with os.fdopen(read) as words:
        said = words.read()
    return said if ended(child) == 0 else "it crashed"


def answers(home: Path, known: dict[str, object]) -> str:
    """Say as which state a library answers."""
    now = seen(home)
    return next((name for name, answer in known.items() if answer == now), "neither")


def built(home: Path) -> str:
    """Build, and say nothing of it."""
    build_state(home, NEW)
    return ""


def mended(home: Path, known: dict[str, object]) -> str:
    """Build without a limit and say as which state the library answers."""
    build_state(home, NEW)
    return answers(home, known)


def small_files(folder: Path, start: Path, known: dict[str, object]) -> Iterator[Refusal]:
    """Limit the size of every file, less and less, until a build succeeds."""
    for size in count(0, STEP):
        home = Path(shutil.copytree(start, folder / f"limit-{size}"))

        def build(home: Path = home, size: int = size) -> str:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
            return built(home)

        if not (error := told(build)):
            return
        after = told(partial(answers, home, known))
        yield Refusal(f"{size} bytes", error, after, told(partial(mended, home, known)))


def full_disk(folder: Path, start: Path, known: dict[str, object]) -> Iterator[Refusal]:
    """Leave so much room on a disk, more and more, until a build succeeds."""
    disk = folder / "disk"
    disk.mkdir()
    mount(disk)
    try:
        for free in count(0, STEP):
            home = Path(shutil.copytree(start, disk / f"{free}"))
            filler = filled(disk, free)
            error = told(partial(built, home))
            after = told(partial(answers, home, known))
            filler.unlink()
            if not error:
                return
            yield Refusal(f"{free} bytes", error, after, told(partial(mended, home, known)))
            shutil.rmtree(home)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def filled(disk: Path, free: int) -> Path:
    """Fill a disk but for so many bytes with one file."""
    held = os.statvfs(disk)
    filler = disk / "filler"
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, held.f_bavail * held.f_bsize - free))
    return filler


def mount(disk: Path) -> None:
    """Mount a file system in memory; exit as tests do that cannot be run where that is not allowed."""
    options = ["-t", "tmpfs", "-o", f"size={DISK}m", "tmpfs", str(disk)]
    if subprocess.run(["mount", *options], capture_output=True).returncode:
        sys.exit(CANNOT_BE_RUN)


def read_only(folder: Path, start: Path, known: dict[str, object]) -> Iterator[Refusal]:
    home = Path(shutil.copytree(start, folder / "read-only"))
    paths = (home, *home.rglob("*"))
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)

    def as_nobody(task: Callable[[], object]) -> object:
        if os.geteuid() == 0:
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        return task()

    error = told(partial(as_nobody, partial(built, home)))
    after = told(partial(as_nobody, partial(answers, home, known)))
    for path in paths:
        path.chmod(0o755 if path.is_dir() else 0o644)
    yield Refusal("read-only", error, after, told(partial(mended, home, known)))


CASES = {"small files": small_files, "full disk": full_disk, "read-only": read_only}


def main(folder: Path, case: str) -> None:
    """Make a library of two generations and print what becomes of it in each case."""
    folder.chmod(0o755)
    start, other = folder / "start", folder / "other"
    for home, names in ((start, (NEW, OLD)), (other, (NEW,))):
        for name in names:
            assert ended(forked(partial(build_state, home, name))) == 0
    known = {OLD: seen(start), NEW: seen(other)}
    sys.stdout.write(json.dumps([asdict(found) for found in CASES[case](folder, start, known)]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
