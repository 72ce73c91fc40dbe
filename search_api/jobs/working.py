"""Doing what is queued: each file is read and kept or removed, and then one index is built for all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from time import monotonic, sleep

from corpus.errors import LabourError, LockedError
from search_api.adding import add, proposed, remove
from search_api.bootstrap import Application
from search_api.changes.changes import ChangeKind
from search_api.jobs.faults import without_paths, words_of
from search_api.jobs.job import Counts, Finding, Job, JobKind, JobState
from search_api.jobs.store import Store
from search_api.saved.news import News
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
    """The jobs to be done together; one that ended what did it is done alone, lest it take others with it."""
    again = tuple(job for job in pending if job.attempts)
    return again[:1] or tuple(pending[:MOST_AT_ONCE])


def _do(application: Application, store: Store, batch: Sequence[Job]) -> None:
    try:
        ends = [_step(application, store, job) for job in batch]
        left = [job for job in ends if job is not None]
        if left:
            _build(application, store, left)
    except SystemExit:
        _give_back(store, batch)
        raise


def _give_back(store: Store, batch: Sequence[Job]) -> None:
    """Let an end that was asked for be no attempt; the jobs stay running, as what was interrupted is."""
    for job in store.pending():
        if job.state is JobState.RUNNING and job.id in {one.id for one in batch}:
            store.save(replace(job, attempts=max(0, job.attempts - 1)))


def _step(application: Application, store: Store, job: Job) -> Job | None:
    """Add or remove the document of a job; None where it failed and there is nothing to build for it."""
    again = job.state is JobState.RUNNING
    if job.attempts >= MOST_ATTEMPTS:
        return _given_up(application, store, job)
    job = replace(job, state=JobState.RUNNING, attempts=job.attempts + 1, stage="reading", done=0, total=0)
    job = store.save(job)
    steps = {JobKind.ADD: _added, JobKind.REMOVE: _removed}
    try:
        known = _in_effect(application, job) if again else None
        job = store.save(known or steps[job.kind](application, store, job))
    except (LabourError, OSError) as error:
        job = store.save(_failed(job, _words(application, error)))
    return job if job.pending else None


def _given_up(application: Application, store: Store, job: Job) -> Job | None:
    """Fail a job that ended what did it; what it did all the same is to be built nevertheless."""
    fault = f"What did it ended {job.attempts} times before it was done. See the log of the server."
    known = _in_effect(application, job)
    if known is None:
        store.save(_failed(job, fault))
        return None
    return store.save(_failed(known, f"{KEPT_ALL_THE_SAME[job.kind]}. {fault}"))


def _in_effect(application: Application, job: Job) -> Job | None:
    """A job whose document has been added or removed already, None where that is still to be done."""
    held = {source.sha256: source.id for source in application.library.added()}
    if job.kind is JobKind.ADD:
        return replace(job, document=held[job.sha256]) if job.sha256 in held else None
    return None if job.document in held.values() else job


def _added(application: Application, store: Store, job: Job) -> Job:
    library, path = application.library, store.upload_of(job)
    found, rows = proposed(library, application.authority, [path], job.given)
    if not found:
        return _failed(replace(job, rows=rows), rows[0].words)
    return replace(job, document=add(library, found[0]).id, rows=(found[0].row,))


def _removed(application: Application, _store: Store, job: Job) -> Job:
    remove(application.library, job.document)
    return job


def _build(application: Application, store: Store, jobs: Sequence[Job]) -> None:
    told = _Teller(store, jobs)
    try:
        done = _updated(application, told)
    except (LabourError, OSError) as error:
        for job in jobs:
            fault = f"{KEPT_ALL_THE_SAME[job.kind]}, but none could be built. {_words(application, error)}"
            store.save(_failed(job, fault))
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
    news = tuple(_finding(one) for one in done.news if one.hits or one.fault)
    ended = replace(
        job, built=done.indexing.generation, rows=rows or job.rows, changes=_counts(done), news=news
    )
    if refused is not None:
        return _failed(ended, refused.words)
    return replace(ended, state=JobState.DONE, fault="", stage="", done=0, total=0)


def _counts(done: Update) -> Counts | None:
    if done.changes is None:
        return None
    return Counts(done.changes.since, *(done.changes.count(kind) for kind in ChangeKind))


def _finding(news: News) -> Finding:
    passages = tuple(hit.passage.id for hit in news.hits)
    return Finding(news.search.name, passages, without_paths(news.fault, ()))


def _failed(job: Job, fault: str) -> Job:
    return replace(job, state=JobState.FAILED, fault=fault, stage="", done=0, total=0)


def _words(application: Application, error: Exception) -> str:
    return without_paths(words_of(error), (application.settings.home, application.settings.corpus))


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
