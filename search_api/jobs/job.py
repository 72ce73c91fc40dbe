"""What a job is: a document to be added or removed, and how far that has come."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ingest.intake.report import Row
from search_api.given import Given

NOTHING_GIVEN = Given()


class JobKind(StrEnum):
    """What a job does."""

    ADD = "add"
    REMOVE = "remove"


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


PENDING = frozenset({JobState.QUEUED, JobState.RUNNING})
"""States of jobs that are still to be done; one found running when work begins was interrupted."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many commitments are new, changed and gone since a generation."""

    since: str
    new: int
    changed: int
    gone: int


@dataclass(frozen=True, slots=True)
class Finding:
    """What a saved search newly finds: ids of passages, best first, or why it could not be run."""

    search: str
    passages: tuple[str, ...]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A document to be added or removed, and how far that has come.

    `file` is the name of an uploaded file, `sha256` its fingerprint and `given` what was said of it.
    `document` is the id of the document, empty until it is known. A running job is at a `stage`, of which
    `done` of `total` is behind. `attempts` counts how often it was begun, `fault` says why it failed, and
    `built` names the generation in which it took effect. `rows` are what the intake reports of the file.
    `changes` and `news` are of that generation, with all that was built with it: what changed since the
    one before, None where there is nothing to compare, and what the saved searches newly find.
    `asked` and `changed` are ISO times in UTC, for people only.
    """

    id: str
    kind: JobKind
    asked: str
    changed: str
    state: JobState = JobState.QUEUED
    document: str = ""
    file: str = ""
    sha256: str = ""
    given: Given = NOTHING_GIVEN
    stage: str = ""
    done: int = 0
    total: int = 0
    attempts: int = 0
    fault: str = ""
    built: str = ""
    rows: tuple[Row, ...] = ()
    changes: Counts | None = None
    news: tuple[Finding, ...] = ()

    @property
    def pending(self) -> bool:
        """Whether it is still to be done."""
        return self.state in PENDING
