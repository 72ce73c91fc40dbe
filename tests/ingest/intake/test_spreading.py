"""A long PDF is read in ranges of pages, and pages that cannot be read cost a notice."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any

import pytest

from corpus.documents import Source
from corpus.errors import SourceError
from ingest import pipeline
from ingest.intake import jobs, spreading
from ingest.intake.extractions import Extraction
from ingest.intake.limits import ANY, NEVER, Limits, met
from ingest.intake.workers import CRASHED, OUT_OF_MEMORY, TOO_SLOW
from ingest.readers.pdf import tesseract
from ingest.transcripts import Transcript
from tests.ingest.intake.files import pdf, source_of, write

Range = tuple[int, int]


class Here:
    """Does jobs in this process, one at a time since PDFium bears no more; some pages fail for a reason."""

    def __init__(self, fails: Callable[[int], bool] = lambda _: False, reason: str = CRASHED) -> None:
        self.limits = Limits()
        self.count = 2
        self.ranges: list[Range] = []
        self.shares: list[int] = []
        self._fails = fails
        self._turn = Lock()
        self._reason = reason

    def run(self, job: Callable[..., Any], *arguments: Any, share: int = 1) -> Any:
        if job is jobs.read_whole and any(map(self._fails, range(1, jobs.PART + 1))):
            raise SourceError("It broke down.", self._reason)
        if job is jobs.read_pages:
            self.ranges.append(arguments[2:4])
            self.shares.append(share)
            if any(map(self._fails, range(arguments[2], arguments[3] + 1))):
                raise SourceError("It broke down.", self._reason)
        with self._turn:
            return job(*arguments)


def read(folder: Path, pages: int, workers: Here) -> Extraction:
    path = write(folder / "a.pdf", pdf(pages))
    return spreading.read(source_of(path), None, workers)[0]  # type: ignore[arg-type]


def text_of(folder: Path, extraction: Extraction) -> str:
    return extraction.document(source_of(folder / "a.pdf")).text


def test_a_short_file_is_read_whole(tmp_path: Path) -> None:
    workers = Here()
    assert read(tmp_path, 3, workers).head.pages == 3
    assert workers.ranges == []


def test_a_long_file_reads_the_same_in_ranges(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workers = Here()
    spread = read(tmp_path, 90, workers)
    assert sorted(workers.ranges) == [(1, 40), (41, 80), (81, 90)]
    monkeypatch.setattr(jobs, "PART", 100)
    assert spread == read(tmp_path, 90, Here())


def test_one_bad_page_costs_itself(tmp_path: Path) -> None:
    found = read(tmp_path, 90, Here(lambda page: page == 47))
    assert found.head.unread == (47,)
    assert found.head.pages == 90
    (notice,) = found.head.notices
    assert notice.pages == (47,)
    assert "It broke down." in notice.words
    text = text_of(tmp_path, found)
    assert "district 46" in text
    assert "district 47" not in text
    assert "district 48" in text


def test_a_page_that_takes_too_long_costs_itself_and_four_others(tmp_path: Path) -> None:
    workers = Here(lambda page: page == 47, TOO_SLOW)
    found = read(tmp_path, 90, workers)
    assert found.head.unread == tuple(range(46, 51))
    again = [(first, first + 4) for first in range(41, 81, 5)]
    assert sorted(workers.ranges) == sorted([(1, 40), (41, 80), (81, 90), *again])
    assert sorted(workers.shares) == [1] * 3 + [4] * 8


@pytest.mark.parametrize(("reason", "lost"), [(CRASHED, (2,)), (TOO_SLOW, (1, 2))])
def test_a_short_file_that_breaks_down_is_read_in_ranges(
    tmp_path: Path, reason: str, lost: tuple[int, ...]
) -> None:
    assert read(tmp_path, 12, Here(lambda page: page == 2, reason)).head.unread == lost


def test_a_file_of_which_no_page_can_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="It broke down") as caught:
        read(tmp_path, 12, Here(lambda _: True))
    assert caught.value.reason == CRASHED


@pytest.mark.parametrize("reason", [CRASHED, TOO_SLOW])
def test_what_a_passing_failure_lost_is_tried_again_each_time(tmp_path: Path, reason: str) -> None:
    assert read(tmp_path, 90, Here(lambda page: page == 47, reason)).head.conditions == NEVER
    assert read(tmp_path, 3, Here()).head.conditions == ANY


def test_what_could_not_be_read_is_tried_again_under_other_limits(tmp_path: Path) -> None:
    found = read(tmp_path, 90, Here(lambda page: page == 47, OUT_OF_MEMORY)).head.conditions
    assert found in met(Limits(), "en", tesseract.languages())
    assert found not in met(Limits(memory=4096), "en", tesseract.languages())


def test_a_text_is_read_without_the_search_for_cycles_which_goes_on_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    transcribe = pipeline.transcribe

    def noted(source: Source, most_bytes: int) -> Transcript:
        seen.append(gc.isenabled())
        return transcribe(source, most_bytes)

    monkeypatch.setattr(pipeline, "transcribe", noted)
    for name, data in (("a.txt", b"1. Publish the costs;"), ("a.html", b"<p>Publish the costs")):
        jobs.read_whole(source_of(write(tmp_path / name, data)), None, Limits())
    assert seen == [False, True]
    assert gc.isenabled()
