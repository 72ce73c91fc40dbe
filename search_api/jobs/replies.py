"""The JSON of jobs."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field

from search_api.holdings import RowView
from search_api.jobs.job import Job
from search_api.schemas import View


class CountsOfJob(View):
    """How many commitments are new, changed and gone since a generation."""

    since: str
    new: int
    changed: int
    gone: int


class FindingView(View):
    """What a saved search newly finds."""

    search: Annotated[str, Field(description="The name of the search.")]
    passages: Annotated[tuple[str, ...], Field(description="Ids of the passages, best first.")]
    fault: Annotated[str, Field(description="Why it could not be run.")]


class JobView(View):
    """A document to be added or removed, and how far that has come."""

    id: str
    kind: Annotated[str, Field(description="add or remove.")]
    state: Annotated[str, Field(description="queued, running, done or failed.")]
    document: Annotated[str, Field(description="Id of the document; empty until it is known.")]
    file: Annotated[str, Field(description="Name of the uploaded file.")]
    sha256: str
    stage: Annotated[str, Field(description="What a running job is at: reading, embedding, writing ...")]
    done: Annotated[int, Field(description="How much of the stage is done, and of how much (`total`).")]
    total: int
    attempts: Annotated[int, Field(description="How often it was begun; again after an interruption.")]
    fault: Annotated[str, Field(description="Why it failed, and the remedy.")]
    built: Annotated[str, Field(description="The generation of the index in which it took effect.")]
    rows: Annotated[tuple[RowView, ...], Field(description="What became of the file when it was read.")]
    changes: Annotated[
        CountsOfJob | None, Field(description="What changed in `built`; null where there was none before.")
    ]
    news: Annotated[tuple[FindingView, ...], Field(description="What saved searches newly find in `built`.")]
    asked: Annotated[str, Field(description="When it was asked for (ISO 8601, UTC).")]
    changed: Annotated[str, Field(description="When this was last written down.")]

    @classmethod
    def of(cls, job: Job) -> Self:
        """View a job."""
        return cls.model_validate({name: getattr(job, name) for name in cls.model_fields})


class JobsReply(View):
    """The jobs that are still known, the newest first."""

    jobs: tuple[JobView, ...]
