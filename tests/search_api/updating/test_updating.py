"""`labour index` says what became of each document, tells it beforehand, and forgets on request."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus.added import added_of, changing
from index.embedding import Embeddings
from index.folders import generations_of, vector_cache_of
from index.glimpse import names_in
from index.manifest import read_manifest, write_manifest
from index.toy import ToyEmbedder
from search_api.bootstrap import Application
from search_api.cli.main import ExitCode, cli
from search_api.library import Library
from search_api.strays import strays_of
from search_api.updating.update import update

RAFTS = "Workers on rafts shall be insured against drowning by law.\n"
COSTS = "Publish the ceiling of recruitment costs in every language.\n"
MILLS = "Train the inspectors of sawmills in safety, twice a year.\n"


@pytest.fixture
def labour(bare: Application) -> Callable[..., Result]:
    return lambda *arguments: CliRunner().invoke(cli, list(arguments), obj=bare)


@pytest.fixture
def moved(bare: Application, write: Callable[..., None], labour: Callable[..., Result]) -> Path:
    """The home of an index since which a document was added, one changed, one removed, one broken."""
    texts = {"rafts-2020": RAFTS, "costs-2012": COSTS, "mills-2001": MILLS, "kept-2002": f"Kept. {MILLS}"}
    write(bare.settings.corpus, texts)
    assert labour("index").exit_code == ExitCode.OK
    del texts["rafts-2020"]
    write(bare.settings.corpus, {**texts, "costs-2012": COSTS + RAFTS[::-1], "fresh-2021": f"New. {RAFTS}"})
    (bare.settings.corpus / "mills-2001.txt").write_text("changed", encoding="utf-8")
    return bare.settings.home


EXPECTED = {
    "added": ["fresh-2021"], "changed": ["costs-2012"], "removed": ["rafts-2020", "mills-2001"],
    "unchanged": ["kept-2002"], "refused": ["mills-2001"],
}  # fmt: skip


def snapshot(folder: Path) -> dict[Path, tuple[int, bytes]]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def test_a_dry_run_tells_what_index_then_does_and_writes_nothing(
    moved: Path, labour: Callable[..., Result]
) -> None:
    before = snapshot(moved)
    planned = labour("index", "--dry-run", "--json")
    assert planned.exit_code == ExitCode.PARTIAL
    assert json.loads(planned.stdout)["standings"] == EXPECTED
    assert json.loads(planned.stdout)["refused"][0]["reason"] == "changed"
    assert snapshot(moved) == before
    done = json.loads(labour("index", "--json").stdout)
    assert done["standings"] == EXPECTED


def test_a_dry_run_without_an_index_makes_no_folder(bare: Application, labour: Callable[..., Result]) -> None:
    result = labour("index", "--dry-run")
    assert "An index would be built." in result.stdout
    assert "added: plans-2012, programme-2010" in result.stdout
    assert not bare.settings.home.exists()


def test_a_dry_run_over_an_index_that_is_up_to_date_says_so(labour: Callable[..., Result]) -> None:
    labour("index")
    result = labour("index", "--dry-run")
    assert "Nothing would be built" in result.stdout
    assert "2 unchanged" in result.stdout


def lose_a_file(bare: Application) -> None:
    (bare.settings.corpus / "plans-2012.txt").unlink()


def restore_a_file(bare: Application) -> None:
    path = bare.settings.corpus / "plans-2012.txt"
    text = path.read_bytes()
    path.unlink()
    bare.library.index()
    path.write_bytes(text)


def lose_the_same_file_again(bare: Application) -> None:
    lose_a_file(bare)
    bare.library.index()


def lose_all(bare: Application) -> None:
    for path in bare.settings.corpus.glob("*.txt"):
        path.unlink()


def roll_back(bare: Application) -> None:
    """Go back to a generation of the same sources that other code made."""
    bare.library.index(rebuild=True)
    before = names_in(bare.settings.home)[1]
    folder = generations_of(bare.settings.home) / before
    write_manifest(folder, replace(read_manifest(folder), source_digest="of other code"))
    bare.library.rollback()


@pytest.mark.parametrize(
    ("change", "builds"),
    [
        (lambda bare: None, False),
        (lose_a_file, True),
        (restore_a_file, True),
        (lose_the_same_file_again, False),
        (roll_back, True),
    ],
)
def test_a_dry_run_says_whether_index_builds(
    labour: Callable[..., Result], bare: Application, change: Callable[[Application], None], builds: bool
) -> None:
    labour("index")
    change(bare)
    planned = json.loads(labour("index", "--dry-run", "--json").stdout)
    done = json.loads(labour("index", "--json").stdout)
    assert (planned["builds"], done["built"]) == (builds, builds)
    assert planned["standings"] == done["standings"]


def test_a_dry_run_where_no_source_can_be_read_says_so(
    labour: Callable[..., Result], bare: Application
) -> None:
    labour("index")
    lose_all(bare)
    assert "none of the sources can be read" in labour("index", "--dry-run").stdout
    assert labour("index").exit_code == ExitCode.ERROR


@pytest.mark.parametrize("other", ["--rebuild", "--purge"])
def test_a_dry_run_of_what_is_no_run_is_refused(labour: Callable[..., Result], other: str) -> None:
    assert labour("index", "--dry-run", other).exit_code == ExitCode.USAGE


def test_index_says_it_in_words(moved: Path, labour: Callable[..., Result]) -> None:
    words = labour("index").stdout
    assert "removed: rafts-2020, mills-2001" in words
    assert "1 added, 1 changed, 2 removed, 1 unchanged, 1 refused" in words
    assert re.search(r"seconds: checking \d.*reading.*embedding.*hashing.*comparing", " ".join(words.split()))


def test_what_is_saved_in_no_legible_form_does_not_undo_a_build(
    bare: Application, labour: Callable[..., Result], caplog: pytest.LogCaptureFixture
) -> None:
    labour("index")
    (bare.settings.home / "saved.json").write_text("{", encoding="utf-8")
    result = labour("index", "--rebuild")
    assert result.exit_code == ExitCode.OK
    assert "Built generation" in result.stdout
    assert "saved.json does not hold saved searches" in caplog.text


def holding(home: Path, words: str) -> list[str]:
    """The files below a folder that hold some words as they are."""
    return [str(path) for path in home.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


def test_purging_leaves_nothing_of_what_was_removed(
    bare: Application, write: Callable[..., None], labour: Callable[..., Result]
) -> None:
    home = bare.settings.home
    write(bare.settings.corpus, {"rafts-2020": RAFTS, "costs-2012": COSTS})
    labour("index")
    write(bare.settings.corpus, {"costs-2012": COSTS})
    (bare.settings.corpus / "rafts-2020.txt").unlink()
    labour("index")
    assert holding(home, "drowning")
    purged = json.loads(labour("index", "--purge", "--json").stdout)["purged"]
    assert (purged["vectors"], purged["extractions"], len(purged["generations"])) == (1, 2, 1)
    assert holding(home, "drowning") == []
    assert holding(home, "rafts") == []
    assert len(list(generations_of(home).iterdir())) == 1
    with closing(sqlite3.connect(vector_cache_of(home))) as cache:
        assert cache.execute("SELECT count(*) FROM vectors").fetchone() == (1,)


def test_purging_drops_files_that_nothing_names(
    bare: Application, labour: Callable[..., Result], tmp_path: Path
) -> None:
    home = bare.settings.home
    (tmp_path / "rafts.txt").write_text(RAFTS, encoding="utf-8")
    labour("add", str(tmp_path / "rafts.txt"), "--id", "rafts", "--body", "slom", "--date", "2020", "--yes")
    kept = {path for path in (home / "sources").iterdir() if path.is_file()}
    assert len(kept) == 3
    for stray in ("sources/orphan.txt", "sources/.orphan.txt.77", "jobs/.new-000007/upload.txt"):
        (home / stray).parent.mkdir(parents=True, exist_ok=True)
        (home / stray).write_text("Words that were removed.", encoding="utf-8")
    draft = home / "jobs" / ".new-000008"
    draft.mkdir()
    for old in ("jobs/.new-000007/upload.txt", "jobs/.new-000007"):
        os.utime(home / old, (0, 0))
    assert {path.relative_to(home).as_posix() for path in strays_of(home)} == {
        "sources/orphan.txt", "sources/.orphan.txt.77", "jobs/.new-000007",
    }  # fmt: skip
    words = labour("index", "--purge").stdout
    assert (
        "files that nothing named: sources/.orphan.txt.77, sources/orphan.txt, jobs/.new-000007"
        in " ".join(words.split())
    )
    assert holding(home, "Words that were removed") == []
    assert set((home / "sources").iterdir()) == kept
    assert draft.exists()
    assert strays_of(home) == ()


def test_what_is_being_added_is_no_stray(tmp_path: Path) -> None:
    with changing(added_of(tmp_path)):
        (added_of(tmp_path) / "coming.txt").write_text(RAFTS)
        assert strays_of(tmp_path) == ()
    assert strays_of(tmp_path) == (added_of(tmp_path) / "coming.txt",)


def test_purging_keeps_what_is_held(labour: Callable[..., Result], bare: Application) -> None:
    labour("index")
    labour("index", "--rebuild")
    words = json.loads(labour("index", "--purge", "--json").stdout)
    assert words["purged"] == {"vectors": 0, "extractions": 0, "generations": [], "files": []}
    assert not words["built"]
    assert len(list(generations_of(bare.settings.home).iterdir())) == 2


class Timed(ToyEmbedder):
    """The toy, which takes a hundred seconds for every batch by a watch that goes at no other time."""

    def __init__(self) -> None:
        self.now = 0.0

    def embed(self, texts: Sequence[str]) -> Embeddings:
        self.now += 100
        return super().embed(texts)

    def told(self, stage: str, _done: int, _total: int) -> None:
        """Let every step of the progress take a second."""
        self.now += 1


def test_the_seconds_of_the_stages_are_what_each_took_and_come_to_the_whole(
    bare: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = Timed()
    monkeypatch.setattr("index.measuring.perf_counter", lambda: model.now)
    settings = bare.settings
    application = replace(bare, library=Library(settings.home, settings.corpus, model, bare.authority))
    seconds = dict(update(application, model.told).times)
    assert seconds["embedding"] == 100 + 2
    assert seconds["reading"] == 3
    assert (seconds["records"], seconds["hashing"], seconds["comparing"]) == (0, 0, 2)
    assert sum(seconds.values()) == model.now
