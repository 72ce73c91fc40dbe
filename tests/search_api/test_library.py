"""The library indexes what changed, serves what is published, and loses nothing."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

import index
from corpus.authority import load_authority
from corpus.documents import Document
from corpus.errors import (
    BuildError,
    CatalogueError,
    GenerationError,
    LockedError,
    RecordNotFoundError,
    SourceError,
)
from corpus.ids import folder_digest
from corpus.records import Passage
from index.folders import build_lock, generations_of
from index.toy import ToyEmbedder
from ingest.intake.report import Outcome
from search_api.bootstrap import Application
from search_api.gathering import digest_of
from search_api.library import Library
from search_api.reading import Reading


class OtherEmbedder(ToyEmbedder):
    """The toy under another name."""

    model_id = "other"


def test_indexing_twice_does_the_work_once(bare: Application) -> None:
    seen: list[tuple[str, int, int]] = []
    library = bare.library
    assert not library.is_current()
    first = library.index(progress=lambda *step: seen.append(step))
    assert first.built
    assert first.documents == 2
    assert ("reading", 2, 2) in seen
    assert library.is_current()
    assert library.ensure_index() is None
    second = library.index()
    assert not second.built
    assert second.generation == first.generation


def test_indexing_keeps_the_commitments(bare: Application, write: Callable[..., None]) -> None:
    text = "RECOMMENDATIONS\n\nThe meeting recommended the following:\n1. Publish costs;\n2. Inspect rafts.\n"
    write(bare.settings.corpus, {"rafts-2020": text})
    done = bare.library.index()
    reading = bare.library.reading()
    assert done.commitments == len(reading.commitments) == bare.library.status().commitments == 2
    for commitment in reading.commitments:
        assert reading.document(commitment.document).slice(commitment.spans) == commitment.text


def test_rebuilding_publishes_anew(bare: Application) -> None:
    first = bare.library.index()
    second = bare.library.index(rebuild=True)
    assert second.built
    assert second.generation != first.generation
    assert second.passages == first.passages
    folders = (generations_of(bare.settings.home) / one.generation for one in (first, second))
    files = [{path.stat().st_ino for path in folder.rglob("*")} for folder in folders]
    assert files[0].isdisjoint(files[1])


def test_a_changed_source_is_taken_up(bare: Application, write: Callable[..., None]) -> None:
    bare.library.index()
    pinned = bare.library.reading()
    write(bare.settings.corpus, {"plans-2012": "Workers on rafts shall be insured against drowning.\n"})
    assert not bare.library.is_current()
    assert bare.library.ensure_index() is not None
    assert len(bare.library.reading().documents) == 1
    assert len(pinned.documents) == 2


def test_another_model_needs_another_index(bare: Application) -> None:
    bare.library.index()
    other = Library(bare.settings.home, bare.settings.corpus, OtherEmbedder(), bare.authority)
    assert not other.is_current()
    with pytest.raises(GenerationError, match="other"):
        other.reading()
    assert other.index().built


@pytest.mark.parametrize(
    ("data", "reason"),
    [(None, "no such file"), (b"", "empty"), (b"changed", "has changed"), (b"\xff\xfe", "has changed")],
)
def test_a_bad_source_is_left_out_with_a_row_that_says_why(
    bare: Application, data: bytes | None, reason: str
) -> None:
    before = bare.library.index()
    path = bare.settings.corpus / "plans-2012.txt"
    good = path.read_bytes()
    path.unlink() if data is None else path.write_bytes(data)
    done = bare.library.index()
    assert done.built
    assert done.documents == 1
    (row,) = done.report.refused
    assert (row.source, row.file) == ("plans-2012", "plans-2012.txt")
    assert reason in row.words
    assert str(path.parent) not in row.words
    assert bare.library.status().report.refused == bare.library.reading().report.refused == (row,)
    assert bare.library.status().current
    assert not bare.library.index().built
    path.write_bytes(good)
    again = bare.library.index()
    assert (again.built, again.documents, again.report.whole) == (True, before.documents, True)


def test_where_no_source_can_be_read_the_old_index_serves(bare: Application) -> None:
    before = bare.library.index()
    for path in bare.settings.corpus.glob("*.txt"):
        path.write_bytes(b"changed")
    with pytest.raises(SourceError, match=r"None of the sources can be read\. plans-2012\.txt: It has"):
        bare.library.index(rebuild=True)
    assert bare.library.reading().name == before.generation


def another(bare: Application) -> Library:
    """The same library, as another process has it."""
    return Library(bare.settings.home, bare.settings.corpus, ToyEmbedder(), bare.authority)


@pytest.mark.parametrize("rebuild", [False, True])
def test_who_reads_the_sources_first_publishes_first(
    bare: Application, write: Callable[..., None], rebuild: bool
) -> None:
    texts = {"rafts-2020": "Workers on rafts shall be insured.\n"}
    write(bare.settings.corpus, texts)
    bare.library.index()
    write(bare.settings.corpus, texts := {**texts, "mills-2001": "Train the inspectors of sawmills.\n"})
    refusals: list[LockedError] = []

    def in_between(stage: str, _done: int, _total: int) -> None:
        if stage == "reading" and not refusals:
            write(bare.settings.corpus, {**texts, "costs-2012": "Publish the costs of recruitment.\n"})
            with pytest.raises(
                LockedError, match=f"another build is at work .*process {os.getpid()} on"
            ) as found:
                another(bare).index(rebuild)
            refusals.append(found.value)

    assert bare.library.index(rebuild, in_between).documents == 2
    assert refusals
    assert another(bare).index().documents == 3
    assert bare.library.is_current()


def test_who_comes_second_builds_nothing_again(bare: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[str] = []

    @contextmanager
    def late(home: Path) -> Iterator[None]:
        monkeypatch.undo()
        built.append(another(bare).index().generation)
        with build_lock(home):
            yield

    monkeypatch.setattr("search_api.library.build_lock", late)
    done = bare.library.index()
    assert (done.built, [done.generation]) == (False, built)


def test_where_nothing_has_changed_nothing_is_written(bare: Application) -> None:
    bare.library.index()
    before = {path: path.stat().st_mtime_ns for path in bare.settings.home.rglob("*")}
    assert not another(bare).index().built
    assert {path: path.stat().st_mtime_ns for path in bare.settings.home.rglob("*")} == before


def test_a_home_that_cannot_be_made_is_a_clear_error(bare: Application) -> None:
    bare.settings.home.write_text("a file")
    with pytest.raises(BuildError, match=r"the lock .*build\.lock could not be taken .*see that"):
        bare.library.index()


def test_one_more_document_costs_its_own_reading_only(bare: Application, write: Callable[..., None]) -> None:
    first = bare.library.index()
    texts = {path.stem: path.read_text() for path in bare.settings.corpus.glob("*.txt")}
    write(bare.settings.corpus, {**texts, "rafts-2020": "Workers on rafts shall be insured.\n"})
    outcomes = {row.source: row.outcome for row in bare.library.index().report.rows}
    assert {row.outcome for row in first.report.rows} == {Outcome.READ}
    assert outcomes == {**dict.fromkeys(texts, Outcome.UNCHANGED), "rafts-2020": Outcome.READ}


def test_a_missing_catalogue_is_named(bare: Application) -> None:
    (bare.settings.corpus / "catalogue.toml").unlink()
    with pytest.raises(CatalogueError, match=r"catalogue\.toml"):
        bare.library.index()


def test_status_before_and_after(bare: Application) -> None:
    before = bare.library.status()
    assert (before.generation, before.current, before.sources) == ("", False, 2)
    assert "labour index" in before.fault
    done = bare.library.index()
    after = bare.library.status()
    assert (after.generation, after.current, after.fault) == (done.generation, True, "")
    assert after.passages == done.passages


def test_status_describes_a_damaged_index(bare: Application) -> None:
    bare.library.index()
    next(Path(bare.settings.home).rglob("manifest.json")).unlink()
    again = Library(bare.settings.home, bare.settings.corpus, ToyEmbedder(), bare.authority)
    assert "manifest.json" in again.status().fault
    assert again.ensure_index() is not None
    assert again.status().fault == ""


def without_pointer(home: Path) -> None:
    (home / "CURRENT").unlink()


def elsewhere(home: Path) -> None:
    home.rename(home.with_name("elsewhere"))


def damaged(home: Path) -> None:
    """Publish a copy of the generation that has lost its manifest."""
    folder = next((home / "generations").iterdir())
    shutil.copytree(folder, folder.with_name("damaged"))
    (folder.with_name("damaged") / "manifest.json").unlink()
    (home / "CURRENT").write_text("damaged\n", encoding="utf-8")


def of_another_model(home: Path) -> None:
    Library(home, home.with_name("corpus"), OtherEmbedder(), load_authority()).index()


@pytest.mark.parametrize("spoil", [without_pointer, elsewhere, damaged, of_another_model])
def test_a_reading_in_hand_goes_on_serving(
    bare: Application, caplog: pytest.LogCaptureFixture, spoil: Callable[[Path], None]
) -> None:
    bare.library.index()
    before = bare.library.reading()
    spoil(bare.settings.home)
    with caplog.at_level(logging.WARNING, "search_api.library"):
        assert bare.library.reading() is before
        assert bare.library.reading() is before
    (warning,) = (record for record in caplog.records if record.name == "search_api.library")
    assert "goes on serving" in warning.getMessage()
    status = bare.library.status()
    assert (status.generation, status.current) == (before.name, False)
    assert status.fault in warning.getMessage()
    with pytest.raises(GenerationError):
        Library(bare.settings.home, bare.settings.corpus, ToyEmbedder(), bare.authority).reading()
    bare.library.index(rebuild=True)
    status = bare.library.status()
    assert (status.current, status.fault) == (True, "")


def test_an_index_is_of_the_code_that_made_it(bare: Application, tmp_path: Path) -> None:
    sources = bare.library.sources()
    package = tmp_path / "package"
    shutil.copytree(Path(index.__file__).parent, package)
    same = digest_of(sources)
    assert digest_of(sources, package) == same
    changed = tmp_path / "changed"
    shutil.copytree(package, changed)
    with (changed / "context.py").open("a") as file:
        file.write("# another context\n")
    assert digest_of(sources, changed) != same


def test_a_folder_is_known_by_the_names_and_bytes_of_its_code(tmp_path: Path) -> None:
    def made(name: str, files: dict[str, str]) -> str:
        for path, text in files.items():
            (tmp_path / name / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name / path).write_text(text)
        return folder_digest(tmp_path / name)

    first = made("first", {"a.py": "1", "b/c.py": "2"})
    assert made("same", {"b/c.py": "2", "a.py": "1", "notes.txt": "words"}) == first
    others = [{"a.py": "1", "b/d.py": "2"}, {"a.py": "1", "b/c.py": "3"}, {"a.py": "1"}, {"a.py": "12"}]
    assert len({first, *(made(f"other{n}", files) for n, files in enumerate(others))}) == 5


def test_neighbours_walk_through_each_document(reading: Reading, documents: tuple[Document, ...]) -> None:
    for document in documents:
        row = reading.passages_of(document.id)
        for before, after in pairwise(row):
            assert reading.neighbours(before)[1] == after
            assert reading.neighbours(after)[0] == before
        assert reading.neighbours(row[0])[0] is None
        assert reading.neighbours(row[-1])[1] is None


def test_records_by_id(reading: Reading, find: Callable[[str], Passage]) -> None:
    assert reading.record("mission-2003") == reading.document("mission-2003")
    assert reading.record(find("Lombok").id) == find("Lombok")
    for look_up in (reading.record, reading.document, reading.passage, reading.passages_of):
        with pytest.raises(RecordNotFoundError, match="nothing-here"):
            look_up("nothing-here")
