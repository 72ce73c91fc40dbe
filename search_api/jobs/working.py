"""Doing what is queued: each file is read and kept or removed, and then one index is built for all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from time import monotonic, sleep

from corpus.errors import LabourError, LockedError, RecordNotFoundError, SourceError
from search_api.adding import add, proposed, remove
from search_api.bootstrap import Application
from search_api.jobs.job import Job, JobKind, JobState
from search_api.jobs.store import Store
from search_api.updating.update import Update, update

MOST_AT_ONCE = 50
"""Jobs that one build takes up."""
MOST_ATTEMPTS = 3
"""A job during which the process ended so often is not begun again."""
TOLD_SECONDS = 0.5
"""How often progress is written down."""
WAIT_SECONDS = 1.0
"""How long is waited before a build that another one stands in the way of is tried again."""
WAITING = "waiting for another build"
KEPT_ALL_THE_SAME = {
    JobKind.ADD: "The document is kept and will be in the next index",
    JobKind.REMOVE: "The document is removed and will not be in the next index",
}


def work(application: Application, store: Store) -> None:
    """Do every job that is queued or was interrupted, until none is left."""
    with store.working():
        while batch := _batch(store.pending()):
            _do(application, store, batch)


def _batch(pending: Sequence[Job]) -> tuple[Job, ...]:
    """The jobs to be done together; one that was interrupted is done alone, lest it take others with it."""
    again = tuple(job for job in pending if job.attempts)
    return again[:1] or tuple(pending[:MOST_AT_ONCE])


def _do(application: Application, store: Store, batch: Sequence[Job]) -> None:
    begun = [job for job in (_begun(job, store) for job in batch) if job.pending]
    stepped = [_step(application, store, job) for job in begun]
    left = [job for job in stepped if job.pending]
    if left:
        _build(application, store, left)


def _begun(job: Job, store: Store) -> Job:
    if job.attempts >= MOST_ATTEMPTS:
        fault = f"What did it ended {job.attempts} times before it was done. See the log of the server."
        return store.save(replace(job, state=JobState.FAILED, fault=fault))
    begun = replace(job, state=JobState.RUNNING, attempts=job.attempts + 1, stage="reading", done=0, total=0)
    return store.save(begun)


def _step(application: Application, store: Store, job: Job) -> Job:
    """Add or remove the document of a job; it has failed where that cannot be."""
    steps = {JobKind.ADD: _added, JobKind.REMOVE: _removed}
    try:
        return store.save(steps[job.kind](application, store, job))
    except LabourError as error:
        return store.save(_failed(job, _words(error)))


def _added(application: Application, store: Store, job: Job) -> Job:
    library = application.library
    held = {source.sha256: source.id for source in library.added()}
    if job.attempts > 1 and job.sha256 in held:
        return replace(job, document=held[job.sha256])
    path = store.upload_of(job)
    found, rows = proposed(library, application.authority, [path], job.given)
    if not found:
        return _failed(replace(job, rows=rows), rows[0].words)
    return replace(job, document=add(library, found[0]).id, rows=(found[0].row,))


def _removed(application: Application, _store: Store, job: Job) -> Job:
    try:
        remove(application.library, job.document)
    except RecordNotFoundError:
        if job.attempts == 1:
            raise
    return job


def _build(application: Application, store: Store, jobs: Sequence[Job]) -> None:
    told = _Teller(store, jobs)
    try:
        done = _updated(application, told)
    except LabourError as error:
        for job in jobs:
            words = f"{KEPT_ALL_THE_SAME[job.kind]}, but none could be built. {_words(error)}"
            store.save(_failed(job, words))
        return
    for job in jobs:
        store.save(_ended(job, done))


def _updated(application: Application, told: Callable[[str, int, int], None]) -> Update:
    while True:
        try:
            return update(application, told)
        except LockedError:
            told(WAITING, 0, 1)
            sleep(WAIT_SECONDS)


def _ended(job: Job, done: Update) -> Job:
    rows = tuple(row for row in done.indexing.report.rows if row.source == job.document)
    refused = next((row for row in rows if row.refused), None)
    ended = replace(job, built=done.indexing.generation, rows=rows or job.rows)
    if refused is not None:
        return _failed(ended, refused.words)
    return replace(ended, state=JobState.DONE, stage="", done=0, total=0)


def _failed(job: Job, fault: str) -> Job:
    return replace(job, state=JobState.FAILED, fault=fault, stage="", done=0, total=0)


def _words(error: LabourError) -> str:
    reason = f"{error.reason}: " if isinstance(error, SourceError) else ""
    return f"{reason}{' '.join(str(error).split())}"


class _Teller:
    """Writes the progress of a build down with each of its jobs, now and then."""

    def __init__(self, store: Store, jobs: Sequence[Job]) -> None:
        self._store = store
        self._jobs = jobs
        self._stage = ""
        self._told = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage == self._stage and monotonic() < self._told + TOLD_SECONDS:
            return
        self._stage, self._told = stage, monotonic()
        for job in self._at(stage, done, total):
            self._store.save(job)

    def _at(self, stage: str, done: int, total: int) -> Iterator[Job]:
        return (replace(job, stage=stage, done=done, total=total) for job in self._jobs)
