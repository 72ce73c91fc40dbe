"""Each thing that can be wrong with a library folder is found, by the check of its name, with a remedy."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.records import PassageKind
from index.checking import folders
from index.checking.findings import Check, State
from index.checking.folders import check_folder
from index.checking.generations import check_generations
from index.checking.records import faults_of_records
from index.folders import build_lock, lock_of
from index.generations import build
from index.leftovers import leftovers, tidy
from index.manifest import Counts, facts_of, read_manifest, write_manifest
from index.owners import dump_owner, this_process
from index.toy import ToyEmbedder


@pytest.fixture
def held(library, passage, commitment, document) -> Path:
    """A library folder with two generations; returns the current one's folder."""
    one = passage(1, "Sending countries reduce recruitment costs.")
    under = passage(2, "Inspectors are trained.", parent=one.id)
    contents = passage(0, "Costs 7", kind=PassageKind.CONTENTS)
    commitments = [commitment(1, one), commitment(2, under, parent="c1")]
    for digest in ("one", "two"):
        passages = [contents, one, under]
        built = build(library.home, [document()], passages, library.embedder, digest, commitments=commitments)
    return library.home / "generations" / built.name


def checks_of(library) -> dict[str, Check]:
    checks = (*check_folder(library.home), *check_generations(library.home, library.embedder))
    return {check.name: check for check in checks}


def wrong(library) -> dict[str, Check]:
    return {name: check for name, check in checks_of(library).items() if check.state == State.WRONG}


def resealed(folder: Path, **counts: int) -> None:
    """Write a manifest that fits the files as they are now, and holds these counts."""
    manifest = read_manifest(folder)
    changed = replace(manifest, files=facts_of(folder), counts=replace(manifest.counts, **counts))
    write_manifest(folder, changed)


def test_a_sound_library_passes_every_check(library, held: Path) -> None:
    checks = checks_of(library)
    assert {check.state for check in checks.values()} == {State.OK}
    assert checks["contents"].found.startswith("1 documents, 3 passages, 2 commitments, 2 vectors of 677")
    assert checks["pointer"].found == f"generation {held.name}"


def test_nothing_is_written(library, held: Path) -> None:
    def state() -> dict[str, tuple[int, int]]:
        paths = (library.home, *library.home.rglob("*"))
        return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in paths}

    before = state()
    checks_of(library)
    assert state() == before


def test_a_library_without_an_index_is_told_to_build(library) -> None:
    checks = checks_of(library)
    (fault,) = checks["pointer"].faults
    assert "there is no index" in fault.what
    assert fault.remedy == "run `labour index`"
    assert {checks[name].state for name in ("files", "contents", "ids", "model")} == {State.SKIPPED}
    assert not library.home.exists()


def pointer_to_nothing(home: Path, folder: Path) -> None:
    (home / "CURRENT").write_text("0123abcd")


def pointer_of_noise(home: Path, folder: Path) -> None:
    (home / "CURRENT").write_bytes(b"\xff\xfe")


def half_built(home: Path, folder: Path) -> None:
    (folder.parent / ".building-abc").mkdir()


def unlisted(home: Path, folder: Path) -> None:
    shutil.copytree(folder, folder.with_name("0123"))


def temporary(home: Path, folder: Path) -> None:
    (home / "CURRENT.new").write_text("abc")


def set_aside(home: Path, folder: Path) -> None:
    (home / "cache" / "vectors.sqlite.corrupt").write_text("x")


def other_cache(home: Path, folder: Path) -> None:
    with closing(sqlite3.connect(home / "cache" / "vectors.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 1")


def damaged_cache(home: Path, folder: Path) -> None:
    (home / "cache" / "vectors.sqlite").write_bytes(b"no database at all" * 100)


def cut_short(home: Path, folder: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    lock_of(home).write_text(dump_owner(replace(this_process(), pid=ended.pid)))


def without_manifest(home: Path, folder: Path) -> None:
    (folder / "manifest.json").unlink()


def largest(folder: Path) -> Path:
    return max((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.stat().st_size)


def flipped(home: Path, folder: Path) -> None:
    path = largest(folder)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def one_before_damaged(home: Path, folder: Path) -> None:
    (before,) = (path for path in folder.parent.iterdir() if path != folder)
    largest(before).unlink()


def foreign_file(home: Path, folder: Path) -> None:
    (folder / "notes.txt").write_text("mine")


def other_counts(home: Path, folder: Path) -> None:
    resealed(folder, commitments=7)


def fewer_vectors(home: Path, folder: Path) -> None:
    resealed(folder, searchable=1)


@pytest.mark.parametrize(
    ("spoil", "check", "words", "remedy"),
    [
        (pointer_to_nothing, "pointer", "names 0123abcd, which is not in", "labour index"),
        (pointer_of_noise, "pointer", "CURRENT cannot be read", "labour index"),
        (half_built, "leftovers", ".building-abc", "run `labour index`"),
        (unlisted, "leftovers", "generations/0123", "run `labour index`"),
        (temporary, "leftovers", "CURRENT.new", "run `labour index`"),
        (set_aside, "caches", "vectors.sqlite.corrupt", "run `rm "),
        (damaged_cache, "caches", "is damaged (file is not a database)", "run `rm "),
        (other_cache, "caches", "another version", "labour index --rebuild"),
        (cut_short, "lock", "a build was cut short (process", "run `labour index`"),
        (without_manifest, "manifests", "its manifest.json is missing", "labour index --rebuild"),
        (flipped, "files", " has changed", "labour index --rebuild"),
        (one_before_damaged, "files", " is missing", "labour index --rebuild"),
        (foreign_file, "files", "notes.txt, which is not in its manifest", "labour index --rebuild"),
        (other_counts, "contents", "does not hold what its manifest counts", "labour index --rebuild"),
        (fewer_vectors, "contents", "cannot be opened", "labour index --rebuild"),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_what_is_wrong_is_found_and_a_remedy_named(
    library, held: Path, spoil: Callable[[Path, Path], None], check: str, words: str, remedy: str
) -> None:
    spoil(library.home, held)
    fault = wrong(library)[check].faults[0]
    assert words in fault.what
    assert remedy in fault.remedy


def test_another_model_is_found(library, held: Path) -> None:
    class Other(ToyEmbedder):
        revision = "2"

    library.embedder = Other()
    (fault,) = wrong(library)["model"].faults
    assert "is of the model toy, revision 1; the one set is toy, revision 2" in fault.what


def test_ids_that_are_referred_to_and_not_held_are_found(library, passage, commitment) -> None:
    one = passage(1, "Words.", parent="plan.98")
    library.build([one], commitments=[replace(commitment(1, one, parent="c9"), passage="plan.99")])
    first, second, third = (fault.what for fault in wrong(library)["ids"].faults)
    assert first.endswith("has a passage whose parent is not held: plan.98")
    assert second.endswith("has a commitment whose passage is not held: plan.99")
    assert third.endswith("has a commitment whose parent is not held: c9")


def test_records_that_contradict_each_other_are_found(passage, commitment, document) -> None:
    one = passage(1, "Words.", document="other")
    held = [commitment(1, one), commitment(1, one)]
    found = list(faults_of_records([document()], [one, one], held, Counts(1, 3, 2, 2)))
    assert found == [
        "holds 2 passages, its manifest counts 3",
        "gives the same id to several records: other.1",
        "gives the same id to several records: c1",
        "gives the same address to several records: other/act/1",
        "has a passage whose document is not held: other",
        "has a commitment whose document is not held: other",
    ]


def test_few_of_many_ids_are_named(passage, document) -> None:
    passages = [passage(place, "Words.", parent=f"x{place}") for place in range(6)]
    (fault,) = faults_of_records([document()], passages, [], Counts(1, 6, 6, 0))
    assert fault.endswith(": x0, x1, x2, ...")


def test_a_full_disk_is_said(library, held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "LEAST_ROOM", 2**62)
    (fault,) = wrong(library)["disk"].faults
    assert "the next build may need" in fault.what
    assert "free some room" in fault.remedy


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to_is_said(library, held: Path) -> None:
    library.home.chmod(0o500)
    (fault,) = wrong(library)["disk"].faults
    library.home.chmod(0o700)
    assert "may not be written to" in fault.what


def test_a_build_at_work_leaves_nothing_behind_as_yet(library, held: Path) -> None:
    half_built(library.home, held)
    with build_lock(library.home):
        assert wrong(library) == {}
        assert "a build is at work (process" in checks_of(library)["lock"].found
        tidy(library.home)
        assert leftovers(library.home) == ()
    assert leftovers(library.home) == (held.parent / ".building-abc",)


@pytest.mark.parametrize("spoil", [half_built, unlisted, temporary, cut_short])
def test_what_was_left_behind_is_tidied_away(
    library, held: Path, spoil: Callable[[Path, Path], None]
) -> None:
    sound = sorted(library.home.rglob("*"))
    spoil(library.home, held)
    assert wrong(library)
    tidy(library.home)
    assert wrong(library) == {}
    assert sorted(library.home.rglob("*")) == sound


def test_tidying_a_tidy_folder_writes_nothing(library, held: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in library.home.rglob("*")}
    tidy(library.home)
    assert {path: path.stat().st_mtime_ns for path in library.home.rglob("*")} == before
