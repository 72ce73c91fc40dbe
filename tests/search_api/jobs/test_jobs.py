"""Jobs are done once, survive the end of the server, and fail in words."""

from __future__ import annotations

import errno
import io
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from corpus.errors import JobNotFoundError
from index.folders import build_lock
from search_api.bootstrap import Application
from search_api.http.app import create_app
from search_api.jobs import worker as worker_module
from search_api.jobs import working
from search_api.jobs.faults import without_paths
from search_api.jobs.job import Job, JobKind, JobState
from search_api.jobs.replies import JobView
from search_api.jobs.store import KEPT, Store
from search_api.jobs.uploads import given_of, take
from search_api.jobs.worker import Worker, in_a_process
from search_api.jobs.working import MOST_ATTEMPTS, WAITING, work
from search_api.questions import Wanted
from search_api.saved.searches import SavedSearch, add_search
from tests.search_api.jobs.conftest import FACTS, RAFTS

STAGES = ("reading", "embedding", "writing", "publishing")


def queue(
    application: Application, store: Store, data: bytes = RAFTS, name: str = "rafts.txt", **facts: str
) -> Job:
    return take(application.library, store, name, io.BytesIO(data), given_of({**FACTS, **facts}))


def removal(store: Store, document: str) -> Job:
    with store.drafting() as draft:
        return store.put(draft, JobKind.REMOVE, document=document)


def test_many_jobs_are_done_with_one_build(keyed: Application, store: Store) -> None:
    for i in range(4):
        queue(keyed, store, RAFTS + b"%d" % i, title=f"Plan {i}")
    work(keyed, store)
    jobs = store.jobs()
    assert [job.state for job in jobs] == [JobState.DONE] * 4
    assert len({job.built for job in jobs}) == 1
    assert len(keyed.library.reading().documents) == 6


def test_one_that_fails_costs_the_others_nothing(keyed: Application, store: Store) -> None:
    queue(keyed, store, b"%PDF-1.7 broken", "x.pdf")
    queue(keyed, store)
    removal(store, "nothing")
    work(keyed, store)
    assert [job.state for job in store.jobs()] == [JobState.FAILED, JobState.DONE, JobState.FAILED]
    assert all(bool(job.fault) is (job.state is JobState.FAILED) for job in store.jobs())


def test_the_upload_goes_when_its_job_has_ended(keyed: Application, store: Store) -> None:
    job = queue(keyed, store)
    work(keyed, store)
    assert not store.upload_of(job).exists()


@pytest.mark.parametrize("stepped", [False, True], ids=["before", "after"])
def test_a_job_that_was_interrupted_is_done_again(keyed: Application, store: Store, stepped: bool) -> None:
    """Either before or after its document was added."""
    job = queue(keyed, store)
    if stepped:
        work(keyed, store)
        with store.drafting() as draft:
            (draft / job.file).write_bytes(RAFTS)
            again = store.put(draft, JobKind.ADD, file=job.file, sha256=job.sha256, given=job.given)
        job = again
    store.save(replace(job, state=JobState.RUNNING, attempts=1))
    work(keyed, store)
    done = store.job(job.id)
    assert (done.state, done.attempts, done.document) == (JobState.DONE, 2, "a-plan-for-rafts")


def test_a_removal_that_was_interrupted_is_done_again(keyed: Application, store: Store) -> None:
    store.save(replace(removal(store, "gone-already"), state=JobState.RUNNING, attempts=1))
    work(keyed, store)
    assert store.jobs()[0].state is JobState.DONE


def test_a_job_that_ends_its_process_again_and_again_is_given_up(keyed: Application, store: Store) -> None:
    job = store.save(replace(queue(keyed, store), state=JobState.RUNNING, attempts=MOST_ATTEMPTS))
    other = queue(keyed, store, RAFTS + b"other", title="Other")
    work(keyed, store)
    assert "ended 3 times" in store.job(job.id).fault
    assert store.job(other.id).state is JobState.DONE


def test_a_job_given_up_after_its_document_was_kept_is_built_all_the_same(
    keyed: Application, store: Store
) -> None:
    held = queue(keyed, store)
    work(keyed, store)
    (store.folder.parent / "CURRENT").unlink()
    again = store.save(replace(held, state=JobState.RUNNING, attempts=MOST_ATTEMPTS))
    gone = store.save(replace(removal(store, "gone"), state=JobState.RUNNING, attempts=MOST_ATTEMPTS))
    work(keyed, store)
    for job, document in ((again, "a-plan-for-rafts"), (gone, "gone")):
        done = store.job(job.id)
        assert (done.state, done.fault, done.document) == (JobState.DONE, "", document)
        assert done.built


def test_a_job_given_up_whose_build_ends_again_says_that_its_document_is_kept(
    keyed: Application, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = queue(keyed, store)
    work(keyed, store)
    store.save(replace(job, state=JobState.RUNNING, attempts=MOST_ATTEMPTS))

    def ended(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(working, "update", ended)
    with pytest.raises(MemoryError):
        work(keyed, store)
    assert store.job(job.id).state is JobState.FAILED
    assert "The document is kept and will be in the next index. What did it" in store.job(job.id).fault


@pytest.mark.parametrize("times", [1, 5])
def test_an_end_that_was_asked_for_is_no_attempt_and_the_batch_stays_one(
    keyed: Application, store: Store, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    def ended(*_: object) -> None:
        raise SystemExit(143)

    queue(keyed, store)
    queue(keyed, store, RAFTS + b"other", title="Other")
    with monkeypatch.context() as patch:
        patch.setattr(working, "update", ended)
        for _ in range(times):
            with pytest.raises(SystemExit):
                work(keyed, store)
    assert [job.attempts for job in store.pending()] == [0, 0]
    queue(keyed, store, RAFTS + b"third", title="Third")
    work(keyed, store)
    assert [(job.state, job.attempts) for job in store.jobs()] == [(JobState.DONE, 1)] * 3
    assert len({job.built for job in store.jobs()}) == 1


def test_a_removal_whose_build_was_ended_is_done_the_next_time(
    keyed: Application, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(*_: object) -> None:
        raise SystemExit(143)

    queue(keyed, store)
    work(keyed, store)
    job = removal(store, "a-plan-for-rafts")
    with monkeypatch.context() as patch:
        patch.setattr(working, "update", ended)
        with pytest.raises(SystemExit):
            work(keyed, store)
    work(keyed, store)
    assert store.job(job.id).state is JobState.DONE


@pytest.mark.parametrize("kind", [OSError(errno.EIO, "Input/output error", "/srv/x/y"), OSError("odd")])
def test_a_system_that_refuses_fails_the_job_and_not_the_process(
    keyed: Application, store: Store, monkeypatch: pytest.MonkeyPatch, kind: OSError
) -> None:
    def refused(*_: object) -> None:
        raise kind

    queue(keyed, store)
    other = removal(store, "none")
    monkeypatch.setattr(working, "proposed", refused)
    work(keyed, store)
    assert [job.state for job in store.jobs()] == [JobState.FAILED] * 2
    assert "/srv" not in store.jobs()[0].fault
    assert store.job(other.id).attempts == 1


def test_a_job_tells_what_changed_and_what_saved_searches_find(keyed: Application, store: Store) -> None:
    keyed.library.index()
    add_search(keyed.settings.home, SavedSearch("drowning", "insured against drowning"))
    add_search(keyed.settings.home, SavedSearch("odd", "costs", Wanted(bodies=("nobody of the kind",))))
    job = queue(keyed, store)
    work(keyed, store)
    view = JobView.of(store.job(job.id)).model_dump()
    assert view["changes"]["new"] >= 0
    assert view["changes"]["since"] not in ("", view["built"])
    found, odd = view["news"]
    assert (found["search"], found["fault"]) == ("drowning", "")
    assert found["passages"][0].startswith("a-plan-for-rafts.")
    assert (odd["search"], odd["passages"]) == ("odd", ())
    assert "nobody of the kind" in odd["fault"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("/srv/lib/sources/a.pdf: changed", "sources/a.pdf: changed"),
        ("copied to /srv/lib (full)", "copied to lib (full)"),
        ("at /usr/share/model/x.bin or https://a.org/b/c", "at x.bin or https://a.org/b/c"),
        ("2010/2015 and/or .labour/x", "2010/2015 and/or .labour/x"),
    ],
)
def test_faults_do_not_show_where_things_lie(words: str, expected: str) -> None:
    assert without_paths(words, [Path("/srv"), Path("/srv/lib")]) == expected


def test_a_build_in_the_way_is_waited_for(keyed: Application, store: Store) -> None:
    job = queue(keyed, store)
    with ThreadPoolExecutor(1) as threads:
        with build_lock(keyed.settings.home):
            doing = threads.submit(work, keyed, store)
            while store.job(job.id).stage != WAITING:
                assert not doing.done()
        doing.result(60)
    assert store.job(job.id).state is JobState.DONE


def test_a_build_that_fails_is_told(
    keyed: Application, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = queue(keyed, store)
    (keyed.settings.home / "CURRENT.new").mkdir()
    work(keyed, store)
    failed = store.job(job.id)
    assert failed.state is JobState.FAILED
    assert "The document is kept" in failed.fault
    assert str(keyed.settings.home) not in failed.fault


def test_progress_is_written_down(keyed: Application, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    stages: list[str] = []
    save = Store.save

    def noting(self: Store, job: Job) -> Job:
        stages.append(job.stage)
        return save(self, job)

    monkeypatch.setattr(Store, "save", noting)
    queue(keyed, store)
    work(keyed, store)
    named = [stage for stage in dict.fromkeys(stages) if stage in STAGES]
    assert set(named) == set(STAGES)
    assert (named[0], named[-1]) == (STAGES[0], STAGES[-1])


def test_a_second_worker_waits_and_finds_nothing_left(keyed: Application, store: Store) -> None:
    queue(keyed, store)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda _: work(keyed, store), range(2)))
    assert store.jobs()[0].attempts == 1


def test_jobs_are_numbered_apart_though_many_come_at_once(store: Store) -> None:
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda i: removal(store, f"d{i}"), range(24)))
    assert len({job.id for job in made}) == 24
    assert [job.id for job in store.jobs()] == [f"{number:06d}" for number in range(1, 25)]


def test_old_jobs_are_forgotten_and_pending_ones_never(store: Store) -> None:
    waiting = removal(store, "first")
    for i in range(KEPT + 3):
        store.save(replace(removal(store, f"d{i}"), state=JobState.DONE))
    removal(store, "last")
    assert len(store.jobs()) == KEPT + 2
    assert store.pending()[0].id == waiting.id


@pytest.mark.parametrize("content", ["", "{", "[]", '{"id": 1}', "\0"])
def test_a_job_that_cannot_be_read_is_left_out(store: Store, content: str) -> None:
    job = removal(store, "a")
    other = removal(store, "b")
    (store.folder / job.id / "job.json").write_text(content, encoding="utf-8")
    assert [one.id for one in store.jobs()] == [other.id]
    with pytest.raises(JobNotFoundError):
        store.job(job.id)


def test_a_draft_that_was_left_is_no_job(store: Store) -> None:
    with store.drafting() as draft:
        (draft / "a.txt").write_bytes(b"x")
        assert store.jobs() == ()
    assert list(store.folder.glob(".new-*")) == []


def test_a_draft_is_tidied_away_when_it_is_old(store: Store) -> None:
    store.tidy()
    for name in ("old", "grows", "fresh"):
        folder = store.folder / f".new-{name}"
        folder.mkdir(parents=True)
        (folder / "a.txt").touch()
    for path in (store.folder / ".new-old" / "a.txt", store.folder / ".new-old", store.folder / ".new-grows"):
        os.utime(path, (1, 1))
    store.tidy()
    assert {path.name for path in store.folder.iterdir()} == {".new-grows", ".new-fresh"}


def test_a_server_tidies_when_it_starts(store: Store, keyed: Application) -> None:
    draft = store.folder / ".new-000007"
    draft.mkdir(parents=True)
    os.utime(draft, (1, 1))
    looked = threading.Event()

    def run(_stop: threading.Event) -> bool:
        looked.set()
        return True

    removal(store, "a")
    worker = Worker(store, run)
    worker.start()
    assert looked.wait(30)
    worker.stop()
    assert not draft.exists()


def test_a_process_of_its_own_does_the_jobs(keyed: Application, store: Store) -> None:
    job = queue(keyed, store)
    assert in_a_process(keyed.settings)(threading.Event())
    assert store.job(job.id).state is JobState.DONE
    assert keyed.library.reading().name == store.job(job.id).built


def test_a_process_that_is_ended_leaves_its_job_for_the_next(keyed: Application, store: Store) -> None:
    job = queue(keyed, store)
    stop = threading.Event()
    with store.working(), ThreadPoolExecutor(1) as threads:
        running = threads.submit(in_a_process(keyed.settings), stop)
        stop.set()
        assert not running.result(60)
    assert store.job(job.id).pending
    work(keyed, store)
    assert store.job(job.id).state is JobState.DONE


def test_queued_jobs_are_done_by_the_next_server(
    idle: TestClient,
    keyed: Application,
    store: Store,
    upload: Callable[..., Response],
    ended: Callable[..., Any],
) -> None:
    reply = upload(idle)

    def run(_stop: threading.Event) -> bool:
        work(keyed, store)
        return True

    with TestClient(create_app(keyed, run)) as client:
        assert ended(client, reply)["state"] == "done"


def test_a_worker_goes_on_after_what_failed(store: Store) -> None:
    runs = threading.Semaphore(0)

    def run(_stop: threading.Event) -> bool:
        runs.release()
        return True

    worker = Worker(store, run)
    removal(store, "a")
    worker.start()
    try:
        for _ in range(3):
            assert runs.acquire(timeout=30)
            worker.wake()
    finally:
        worker.stop()


@pytest.mark.parametrize("broken", ["run", "pending"])
def test_a_worker_lives_on_where_its_process_or_the_store_breaks(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, broken: str
) -> None:
    monkeypatch.setattr(worker_module, "LOOK_SECONDS", 0.01)
    calls = threading.Semaphore(0)
    fails = [OSError("no more processes")] * 2
    pending = store.pending

    def once(*_: object) -> bool:
        calls.release()
        if fails:
            raise fails.pop()
        return True

    def looked() -> tuple[Job, ...]:
        once()
        return pending()

    if broken == "pending":
        monkeypatch.setattr(store, "pending", looked)
    worker = Worker(store, once if broken == "run" else lambda _stop: True)
    removal(store, "a")
    worker.start()
    try:
        for _ in range(3):
            assert calls.acquire(timeout=30)
    finally:
        worker.stop()
    assert "no more processes" in caplog.text


def test_a_process_that_is_ended_at_work_gives_the_attempt_back(keyed: Application, store: Store) -> None:
    job = queue(keyed, store)
    keyed.settings.home.mkdir(exist_ok=True)
    stop = threading.Event()
    with build_lock(keyed.settings.home), ThreadPoolExecutor(1) as threads:
        running = threads.submit(in_a_process(keyed.settings), stop)
        while store.job(job.id).stage != WAITING:
            assert not running.done()
        stop.set()
        assert not running.result(60)
    assert (store.job(job.id).state, store.job(job.id).attempts) == (JobState.RUNNING, 0)
