"""A job that misbehaves ends within its limits, and its end costs nothing but itself."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from pathlib import Path

import pytest
from pebble import ProcessExpired

from corpus.errors import SourceError
from ingest.intake.limits import Limits
from ingest.intake.workers import Workers
from tests.ingest.intake import misbehaving

LIMITS = Limits(memory=512, seconds=2)


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(LIMITS, 2) as held:
        yield held


@pytest.mark.parametrize(
    ("job", "reason", "words"),
    [
        (misbehaving.hang, "too slow", "more than 2 s. Raise LABOUR_READ_SECONDS"),
        (misbehaving.hoard, "out of memory", "512 MiB of memory. Raise LABOUR_READ_MEMORY_MB"),
        (misbehaving.crash, "crashed", "SIGSEGV"),
        (misbehaving.recurse, "unreadable", "nested too deeply"),
        (misbehaving.connect, "unreadable", "may not use the network"),
        (misbehaving.refuse, "encrypted", "Give its password"),
    ],
)
def test_a_misbehaving_job_is_a_reason_and_a_remedy(
    workers: Workers, job: Callable[[], None], reason: str, words: str
) -> None:
    with pytest.raises(SourceError) as caught:
        workers.run(job)
    assert caught.value.reason == reason
    assert words in str(caught.value)
    assert workers.run(misbehaving.shout) == "done"


def test_a_job_is_done_in_a_process_of_its_own(workers: Workers) -> None:
    assert len({workers.run(os.getpid) for _ in range(3)} | {os.getpid()}) == 4


def test_what_a_job_prints_does_not_reach_the_terminal(
    workers: Workers, capfd: pytest.CaptureFixture[str]
) -> None:
    workers.run(misbehaving.shout)
    assert capfd.readouterr() == ("", "")


def test_no_process_that_reads_holds_a_model(workers: Workers) -> None:
    held = workers.run(misbehaving.modules)
    assert held.isdisjoint({"torch", "faiss", "tantivy", "sentence_transformers", "onnxruntime", "fastapi"})


def test_the_programs_that_a_job_started_end_with_it(workers: Workers, tmp_path: Path) -> None:
    note = tmp_path / "child"
    with pytest.raises(SourceError, match="more than 2 s"):
        workers.run(misbehaving.hang_with_child, note)
    assert is_gone(int(note.read_text()))


def test_what_a_job_keeps_in_temporary_files_goes_with_it(
    workers: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    with pytest.raises(SourceError, match="more than 2 s"):
        workers.run(misbehaving.litter_and_hang, tmp_path / "note")
    held = Path((tmp_path / "note").read_text()).parent
    assert held.parent == tmp_path / "temporary"
    assert Path(workers.run(misbehaving.litter)).parent.parent == tmp_path / "temporary"
    assert list((tmp_path / "temporary").iterdir()) == []


def test_leaving_ends_what_still_runs() -> None:
    with Workers(Limits(memory=512, seconds=600), 1) as workers:
        future = workers.start(misbehaving.hang)
    with pytest.raises(ProcessExpired):
        future.result(timeout=30)
    with pytest.raises(CancelledError):
        workers.run(misbehaving.shout)


def is_gone(pid: int) -> bool:
    """Whether a process has ended; it may take a moment until the system says so."""
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False
