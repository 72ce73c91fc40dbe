"""Where jobs are kept: a folder for each in the library's home, which a crash leaves whole or not at all."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import time

from pydantic import TypeAdapter, ValidationError

from corpus.errors import JobNotFoundError
from corpus.files import locked, sync
from search_api.files import write_whole
from search_api.jobs.job import Job, JobKind
from search_api.questions import printable

NAME = re.compile(r"[0-9]{6,12}")
FACTS = "job.json"
NEW = ".new-"
KEPT = 200
"""Jobs that have ended and are still told of; older ones are forgotten."""
STALE_SECONDS = 3600.0
"""A draft is a file being copied from one disk to another: minutes, were it gigabytes."""
_JOB: TypeAdapter[Job] = TypeAdapter(Job)


class Store:
    """The jobs of one library, in the order in which they were asked for; safe for several processes."""

    def __init__(self, home: Path) -> None:
        """Name the library's home; the folder is made with the first job."""
        self.folder = home / "jobs"

    def jobs(self) -> tuple[Job, ...]:
        """Return every job that can be read, the oldest first."""
        names = (path.name for path in self.folder.glob("*") if NAME.fullmatch(path.name))
        found = (self._read(name) for name in sorted(names, key=int))
        return tuple(job for job in found if job is not None)

    def pending(self) -> tuple[Job, ...]:
        """Return the jobs that are still to be done, the oldest first."""
        return tuple(job for job in self.jobs() if job.pending)

    def job(self, name: str) -> Job:
        """Return the job of an id; raises JobNotFoundError where there is none, or no longer."""
        job = self._read(name) if NAME.fullmatch(name) else None
        if job is None:
            raise JobNotFoundError(
                f"No job has the id {printable(name)[:80]!r}, or no longer; list the jobs."
            )
        return job

    def upload_of(self, job: Job) -> Path:
        """Return the path of a job's uploaded file."""
        return self.folder / job.id / job.file

    @contextmanager
    def drafting(self) -> Iterator[Path]:
        """Make a folder for a job to be drafted in, which is removed unless it was `put`."""
        with locked(self.folder / "store.lock"):
            number = self._next()
            draft = self.folder / f"{NEW}{number:06d}"
            draft.mkdir()
        try:
            yield draft
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def put(self, draft: Path, kind: JobKind, **facts: object) -> Job:
        """Queue a drafted job: when this returns, it and its file are on the disk and survive a crash."""
        now = _now()
        job = Job(draft.name.removeprefix(NEW), kind, asked=now, changed=now, **facts)  # type: ignore[arg-type]
        write_whole(draft / FACTS, [_JOB.dump_json(job)])
        sync(draft)
        draft.rename(self.folder / job.id)
        sync(self.folder)
        self._forget()
        return job

    def save(self, job: Job) -> Job:
        """Write down how far a job has come; its file goes when it has ended."""
        kept = replace(job, changed=_now())
        write_whole(self.folder / job.id / FACTS, [_JOB.dump_json(kept)])
        if kept.file and not kept.pending:
            with suppress(FileNotFoundError):
                self.upload_of(kept).unlink()
        return kept

    @contextmanager
    def working(self) -> Iterator[None]:
        """Hold the right to do jobs, waiting for whoever has it; a process that ends gives it back."""
        with locked(self.folder / "work.lock"):
            yield

    def tidy(self) -> None:
        """Remove the drafts that are stale."""
        for draft in self.stale():
            shutil.rmtree(draft, ignore_errors=True)

    def stale(self) -> tuple[Path, ...]:
        """Return the drafts that have not grown for an hour: their server ended while it took a file."""
        return tuple(draft for draft in sorted(self.folder.glob(f"{NEW}*")) if _is_stale(draft))

    def _read(self, name: str) -> Job | None:
        try:
            return _JOB.validate_json((self.folder / name / FACTS).read_bytes())
        except (OSError, ValidationError):
            return None

    def _next(self) -> int:
        names = (path.name.removeprefix(NEW) for path in self.folder.iterdir())
        return 1 + max((int(name) for name in names if NAME.fullmatch(name)), default=0)

    def _forget(self) -> None:
        ended = [job for job in self.jobs() if not job.pending]
        for job in ended[: max(0, len(ended) - KEPT)]:
            shutil.rmtree(self.folder / job.id, ignore_errors=True)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _is_stale(draft: Path) -> bool:
    try:
        times = [path.stat().st_mtime for path in (draft, *draft.iterdir())]
    except OSError:
        return False
    return max(times) < time() - STALE_SECONDS
