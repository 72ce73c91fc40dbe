"""Files are taken in once each, side by side; a bad one costs its own row."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.authority import Authority
from corpus.documents import Source
from corpus.errors import SourceError
from ingest import pipeline
from ingest.intake import jobs
from ingest.intake.intake import Batch, Intake
from ingest.intake.limits import Limits
from ingest.intake.report import Outcome, Row
from ingest.intake.workers import Workers
from ingest.readers.pdf import tesseract
from ingest.readers.pdf.page import Word
from tests.ingest.intake.files import pdf, source_of, write

TEXT = b"RECOMMENDATIONS\n\nThe meeting recommended:\n1. Publish the costs;\n2. Inspect the rafts.\n"
LIMITS = Limits(memory=1024, seconds=60, pages=50, size=1)


@pytest.fixture
def intake(tmp_path: Path) -> Intake:
    return Intake(tmp_path / "cache", LIMITS, 2)


def take(intake: Intake, authority: Authority, *sources: Source) -> Batch:
    return intake.take(sources, authority, lambda *_: None)


def row_of(intake: Intake, authority: Authority, source: Source) -> Row:
    (row,) = take(intake, authority, source).report.rows
    return row


def test_what_is_taken_in_is_what_the_pipeline_reads(
    intake: Intake, authority: Authority, tmp_path: Path
) -> None:
    sources = [source_of(write(tmp_path / "a.txt", TEXT)), source_of(write(tmp_path / "b.pdf", pdf(3)))]
    for batch in (take(intake, authority, *sources), take(intake, authority, *sources)):
        assert [taken.source for taken in batch.taken] == sources
        for taken in batch.taken:
            document = pipeline.read(taken.source)
            passages = pipeline.passages(document, authority)
            assert taken.document() == document
            assert taken.records().passages == passages
            assert taken.records().commitments == pipeline.commitments(document, authority, passages)
            assert taken.records().commitments


def test_a_file_is_read_once(intake: Intake, authority: Authority, tmp_path: Path) -> None:
    source = source_of(write(tmp_path / "a.txt", TEXT))
    assert row_of(intake, authority, source).outcome is Outcome.READ
    assert row_of(intake, authority, source).outcome is Outcome.UNCHANGED
    moved = replace(source, id="other", title="Another", path=source.path.rename(tmp_path / "b.txt"))
    assert row_of(intake, authority, moved).outcome is Outcome.UNCHANGED
    assert row_of(intake, authority, replace(moved, language="id")).outcome is Outcome.READ


def test_the_size_that_is_allowed_is_that_of_the_limits_all_the_way(tmp_path: Path) -> None:
    source = source_of(write(tmp_path / "a.txt", TEXT))
    with pytest.raises(SourceError, match="over the 0 allowed"):
        jobs.read_whole(source, None, replace(LIMITS, size=0))


def test_records_are_of_their_catalogue_entry(intake: Intake, authority: Authority, tmp_path: Path) -> None:
    source = source_of(write(tmp_path / "a.txt", TEXT))
    take(intake, authority, source)
    (taken,) = take(intake, authority, replace(source, id="other")).taken
    assert {passage.document for passage in taken.records().passages} == {"other"}


def test_a_damaged_cache_is_made_anew(intake: Intake, authority: Authority, tmp_path: Path) -> None:
    source = source_of(write(tmp_path / "a.txt", TEXT))
    first = take(intake, authority, source)
    for path in (tmp_path / "cache").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-1])
    again = take(intake, authority, source)
    assert again.report.rows[0].outcome is Outcome.READ
    assert again.taken == first.taken


@pytest.mark.parametrize(
    ("name", "data", "reason", "words"),
    [
        ("a.pdf", None, "missing", "There is no such file"),
        ("a.txt", b"", "empty", "It is empty"),
        ("a.pdf", b"x" * (1024 * 1024 + 1), "too large", "over the 1048576 allowed"),
        ("a.pdf", pdf(51), "too many pages", "It has 51 pages, over the 50 allowed. Raise LABOUR_READ_PAGES"),
        ("a.pdf", pdf(1, encrypt="secret"), "encrypted", "password"),
        ("a.pdf", pdf(2)[:300], "damaged", "amaged"),
        ("a.docx", b"PK\x03\x04 nonsense", "damaged", "amaged"),
        ("a.bin", bytes(range(256)) * 8, "unknown type", "no text in UTF-8"),
    ],
)
def test_a_bad_file_is_a_row_that_says_why(
    intake: Intake,
    authority: Authority,
    tmp_path: Path,
    name: str,
    data: bytes | None,
    reason: str,
    words: str,
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    good = source_of(write(tmp_path / "good.txt", TEXT))
    batch = take(intake, authority, source_of(tmp_path / name, id="bad"), good)
    bad, other = batch.report.rows
    assert (bad.outcome, bad.reason) == (Outcome.REFUSED, reason)
    assert words in bad.words
    assert str(tmp_path) not in bad.words
    assert other.outcome is Outcome.READ
    assert [taken.source for taken in batch.taken] == [good]


def test_what_the_system_will_not_look_at_costs_its_own_row(
    intake: Intake, authority: Authority, tmp_path: Path
) -> None:
    good = source_of(write(tmp_path / "good.txt", TEXT))
    bad = replace(good, id="bad", path=tmp_path / ("x" * 300))
    row, other = take(intake, authority, bad, good).report.rows
    assert (row.outcome, other.outcome) == (Outcome.REFUSED, Outcome.READ)
    assert row.words == "It cannot be read (File name too long). Check its path and permissions."
    ((_, error),) = intake.read([bad])
    assert isinstance(error, SourceError)


def test_a_changed_file_is_refused(intake: Intake, authority: Authority, tmp_path: Path) -> None:
    source = source_of(write(tmp_path / "a.txt", TEXT))
    source.path.write_bytes(TEXT + b"3. Go.\n")
    row = row_of(intake, authority, source)
    assert (row.outcome, row.reason) == (Outcome.REFUSED, "changed")


def test_a_password_opens_and_is_kept_nowhere(intake: Intake, authority: Authority, tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", pdf(1, encrypt="s3cret"))
    assert row_of(intake, authority, source_of(path, password="wrong")).reason == "encrypted"
    batch = take(intake, authority, source_of(path, password="s3cret"))
    assert batch.report.whole
    stored = batch.taken[0].extraction.to_bytes() + batch.taken[0].cut + batch.report.to_json()
    assert b"s3cret" not in stored
    for kept in (path for path in (tmp_path / "cache").rglob("*") if path.is_file()):
        assert b"s3cret" not in kept.read_bytes()
    assert "s3cret" not in repr(batch)
    assert row_of(intake, authority, source_of(path)).reason == "encrypted"
    assert pipeline.digest([source_of(path, password="s3cret")]) == pipeline.digest([source_of(path)])


def test_progress_is_told(intake: Intake, authority: Authority, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    sources = [source_of(write(tmp_path / f"{name}.txt", TEXT)) for name in "ab"]
    intake.take(sources, authority, lambda *step: seen.append(step))
    assert seen == [("reading", 0, 2), ("reading", 1, 2), ("reading", 2, 2)]


def test_an_interruption_ends_the_reading(intake: Intake, authority: Authority, tmp_path: Path) -> None:
    def interrupt(_stage: str, done: int, _total: int) -> None:
        if done:
            raise KeyboardInterrupt

    sources = [source_of(write(tmp_path / f"{number}.txt", TEXT)) for number in range(6)]
    with pytest.raises(KeyboardInterrupt):
        intake.take(sources, authority, interrupt)
    assert take(intake, authority, *sources).report.whole


def test_a_file_is_read_again_on_demand(intake: Intake, authority: Authority, tmp_path: Path) -> None:
    source = source_of(write(tmp_path / "a.txt", TEXT))
    take(intake, authority, source)
    (row,) = intake.take([source], authority, lambda *_: None, again=True).report.rows
    assert row.outcome is Outcome.READ
    assert row_of(intake, authority, source).outcome is Outcome.UNCHANGED


def test_a_picture_is_read_again_where_its_language_is_installed_later(
    intake: Intake, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = source_of(write(tmp_path / "a.pdf", scan()), language="vi")
    installed = frozenset({"eng"})
    monkeypatch.setattr(tesseract, "languages", lambda: installed)
    monkeypatch.setattr(tesseract, "recognise", recognised_as)
    monkeypatch.setattr(Workers, "run", lambda _, job, *arguments: job(*arguments))
    first = take(intake, authority, source)
    assert "eng" in first.taken[0].document().text
    assert 'lacks the language "vie"' in first.report.rows[0].notices[0].words
    installed = frozenset({"eng", "fra"})
    assert row_of(intake, authority, source).outcome is Outcome.UNCHANGED
    installed = frozenset({"eng", "vie"})
    second = take(intake, authority, source)
    assert "vie" in second.taken[0].document().text
    assert not second.report.same_content(first.report)
    assert row_of(intake, authority, source).outcome is Outcome.UNCHANGED


def scan() -> bytes:
    """A PDF of one page that is nothing but a picture."""
    held = BytesIO()
    canvas = Canvas(held, pagesize=A4, invariant=True)
    canvas.drawImage(ImageReader(Image.new("L", (60, 84), 200)), 0, 0, *A4)
    canvas.showPage()
    canvas.save()
    return held.getvalue()


def recognised_as(_picture: bytes, language: str, _scale: float) -> tuple[Word, ...]:
    return (Word(f"Recruitment costs recognised as {language}", (72, 72, 300, 84), 12),)
