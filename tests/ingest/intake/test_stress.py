"""Whatever is put before the intake, it ends in time, within memory, with a row for every file."""

from __future__ import annotations

import resource
from collections.abc import Iterable
from pathlib import Path

import pytest

from corpus.authority import Authority
from ingest.intake.intake import Batch, Intake
from ingest.intake.limits import Limits
from tests.ingest import hostile
from tests.ingest.intake.files import pdf, source_of, write
from tests.ingest.intake.hostile import bombs, flipped

LIMITS = Limits(memory=700, seconds=8, pages=500, size=16)
MOST_OF_THE_CALLER = 100
"""MiB by which the process that takes files in may grow, whatever those that read them do."""


def taken(folder: Path, files: Iterable[tuple[str, bytes]], authority: Authority) -> Batch:
    sources = [source_of(write(folder / name, data), id=name) for name, data in files]
    good = [source_of(write(folder / f"good-{number}.pdf", pdf(number))) for number in (1, 2)]
    batch = Intake(folder / "cache", LIMITS).take([good[0], *sources, good[1]], authority, lambda *_: None)
    assert [row.source for row in batch.report.rows] == [one.id for one in (good[0], *sources, good[1])]
    assert {"good-1", "good-2"} <= {one.source.id for one in batch.taken}
    for one in batch.taken:
        document = one.document()
        for passage in one.records().passages:
            assert document.slice(passage.spans) == passage.text
    for row in batch.report.refused:
        assert row.reason, row
        assert row.words.endswith((".", ")")), row
    return batch


def peak() -> float:
    """The most memory that this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def test_bombs_end_within_the_limits(tmp_path: Path, authority: Authority) -> None:
    files = list(bombs())
    before = peak()
    batch = taken(tmp_path, files, authority)
    assert peak() - before < MOST_OF_THE_CALLER
    assert {"zip-bomb.docx", "laughs.docx"} <= {row.source for row in batch.report.refused}


def test_files_made_to_break_readers_end_within_the_limits(tmp_path: Path, authority: Authority) -> None:
    folder = tmp_path / "made"
    folder.mkdir()
    files = [(path.name, path.read_bytes()) for path in hostile.stress_set(folder)]
    before = peak()
    batch = taken(tmp_path, files, authority)
    assert peak() - before < MOST_OF_THE_CALLER
    reasons = {row.source: row.reason for row in batch.report.refused}
    assert reasons["empty.pdf"] == "empty"
    assert reasons["encrypted.pdf"] == "encrypted"
    assert {"picture.pdf", "circular.pdf"} <= set(reasons)


@pytest.mark.parametrize("count", [200])
def test_damaged_files_cost_themselves_only(tmp_path: Path, authority: Authority, count: int) -> None:
    batch = taken(tmp_path, flipped(count), authority)
    assert len(batch.report.rows) == count + 2
    assert len(batch.taken) > count / 2
