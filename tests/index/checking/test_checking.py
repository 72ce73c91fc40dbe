"""Each thing that can be wrong with a library folder is found, by the check of its name, with a remedy."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.records import PassageKind
from index.checking import folders
from index.checking.findings import Check, State
from index.checking.folders import check_folder
from index.checking.generations import check_generations
from index.folders import build_lock, lock_of
from index.generations import build
from index.leftovers import leftovers, tidy
from index.manifest import facts_of, read_manifest, write_manifest
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
        name = build(library.home, [document()], passages, library.embedder, digest, commitments=commitments)
    return library.home / "generations" / name


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


def execute(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / "records.sqlite")) as connection, connection:
        for statement in statements:
            connection.execute(statement)
    resealed(folder)


def test_a_sound_library_passes_every_check(library, held: Path) -> None:
    checks = checks_of(library)
    assert {check.state for check in checks.values()} == {State.OK}
    assert "1 documents, 3 passages, 2 commitments" in checks["counts"].found
    assert "2 of 677 components" in checks["vectors"].found
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
    assert {checks[name].state for name in ("files", "counts", "ids", "vectors", "model")} == {State.SKIPPED}
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


def cut_short(home: Path, folder: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    lock_of(home).write_text(dump_owner(replace(this_process(), pid=ended.pid)))


def without_manifest(home: Path, folder: Path) -> None:
    (folder / "manifest.json").unlink()


def flipped(home: Path, folder: Path) -> None:
    path = folder / "records.sqlite"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def one_before_damaged(home: Path, folder: Path) -> None:
    (before,) = (path for path in folder.parent.iterdir() if path != folder)
    (before / "dense.faiss").unlink()


def foreign_file(home: Path, folder: Path) -> None:
    (folder / "notes.txt").write_text("mine")


def other_counts(home: Path, folder: Path) -> None:
    resealed(folder, commitments=7)


def other_lexical_count(home: Path, folder: Path) -> None:
    path = folder / "lexical" / "meta.json"
    facts = json.loads(path.read_text())
    facts["segments"][0]["deletes"] = {"num_deleted_docs": 1, "opstamp": 1}
    path.write_text(json.dumps(facts))
    resealed(folder)


def no_records(home: Path, folder: Path) -> None:
    (folder / "records.sqlite").write_bytes(b"")
    resealed(folder)


def dangling_passage(home: Path, folder: Path) -> None:
    execute(folder, "UPDATE commitments SET passage = 'plan.99' WHERE id = 'c1'")


def dangling_parent(home: Path, folder: Path) -> None:
    execute(folder, "UPDATE passages SET parent = 'plan.98' WHERE id = 'plan.2'")


def doubled_id(home: Path, folder: Path) -> None:
    execute(
        folder,
        "CREATE TABLE copy AS SELECT * FROM passages",
        "DROP TABLE passages",
        "ALTER TABLE copy RENAME TO passages",
        "UPDATE passages SET id = 'plan.1' WHERE id = 'plan.2'",
    )


def fewer_vectors(home: Path, folder: Path) -> None:
    resealed(folder, searchable=1)


def other_token_vectors(home: Path, folder: Path) -> None:
    np.save(folder / "late" / "codes.npy", np.zeros((3, 5), np.int8))
    resealed(folder)


@pytest.mark.parametrize(
    ("spoil", "check", "words", "remedy"),
    [
        (pointer_to_nothing, "pointer", "names 0123abcd, which is not in", "labour index"),
        (pointer_of_noise, "pointer", "CURRENT cannot be read", "labour index"),
        (half_built, "leftovers", ".building-abc", "run `labour index`"),
        (unlisted, "leftovers", "generations/0123", "run `labour index`"),
        (temporary, "leftovers", "CURRENT.new", "run `labour index`"),
        (set_aside, "caches", "vectors.sqlite.corrupt", "run `rm "),
        (other_cache, "caches", "another version", "labour index --rebuild"),
        (cut_short, "lock", "a build was cut short (process", "run `labour index`"),
        (without_manifest, "manifests", "its manifest.json is missing", "labour index --rebuild"),
        (flipped, "files", "records.sqlite has changed", "labour index --rebuild"),
        (one_before_damaged, "files", "dense.faiss is missing", "labour index --rebuild"),
        (foreign_file, "files", "notes.txt, which is not in its manifest", "labour index --rebuild"),
        (other_counts, "counts", "2 commitments, its manifest counts 7", "labour index --rebuild"),
        (other_lexical_count, "counts", "1 passages in its lexical index, not 2", "labour index --rebuild"),
        (no_records, "counts", "cannot be counted", "labour index --rebuild"),
        (no_records, "ids", "cannot be read", "labour index --rebuild"),
        (dangling_passage, "ids", "passage that is not among its passages: plan.99", "--rebuild"),
        (dangling_parent, "ids", "parent that is not among its passages: plan.98", "--rebuild"),
        (doubled_id, "ids", "the same id to several passages: plan.1", "labour index --rebuild"),
        (fewer_vectors, "vectors", "dense", "labour index --rebuild"),
        (other_token_vectors, "vectors", "token vectors", "labour index --rebuild"),
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


def test_few_of_many_ids_are_named(library, held: Path, passage, document) -> None:
    passages = [passage(place, f"Words {place}.") for place in range(6)]
    name = build(library.home, [document()], passages, library.embedder, "three")
    execute(library.home / "generations" / name, "UPDATE passages SET parent = 'x' || id")
    (fault,) = wrong(library)["ids"].faults
    assert fault.what.endswith("xplan.0, xplan.1, xplan.2, ...")


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
