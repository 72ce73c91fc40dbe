"""GET /v1/jobs and what is under it: how far additions and removals have come."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from search_api.http.keys import require_key
from search_api.http.problems import responses
from search_api.jobs.replies import JobsReply, JobView
from search_api.jobs.store import Store
from search_api.jobs.worker import Worker

router = APIRouter(prefix="/jobs", tags=["jobs"], dependencies=[Depends(require_key)])


def get_store(request: Request) -> Store:
    """Return where jobs are kept."""
    store: Store = request.app.state.store
    return store


def get_worker(request: Request) -> Worker:
    """Return what sees to it that jobs are done."""
    worker: Worker = request.app.state.worker
    return worker


Jobs = Annotated[Store, Depends(get_store)]
AtWork = Annotated[Worker, Depends(get_worker)]


@router.get("", responses=responses(401, 403))
def jobs(store: Jobs) -> JobsReply:
    """List the jobs that are still known, the newest first."""
    return JobsReply(jobs=tuple(map(JobView.of, reversed(store.jobs()))))


@router.get("/{job_id}", responses=responses(401, 403, 404))
def job(store: Jobs, job_id: str) -> JobView:
    """Say how far a job has come: its state, stage and progress, and the report of its file."""
    return JobView.of(store.job(job_id))
