"""labour doctor says what is wrong, exits with 6, and what it names as the remedy mends it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.folders import vector_cache_of
from index.toy import ToyEmbedder
from ingest.intake.limits import Limits
from search_api.bootstrap import Application
from search_api.cli.main import ExitCode, cli
from search_api.doctor import examine
from search_api.library import Library


@pytest.fixture
def labour(bare: Application) -> Callable[..., Result]:
    return lambda *arguments: CliRunner().invoke(cli, list(arguments), obj=bare)


def states(result: Result) -> dict[str, str]:
    return {check["name"]: check["state"] for check in json.loads(result.stdout)["checks"]}


def test_a_sound_library(labour: Callable[..., Result]) -> None:
    labour("index")
    result = labour("doctor")
    assert result.exit_code == ExitCode.OK
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert all(line[12:].startswith("ok ") or line.endswith("ok") for line in lines)
    reply = json.loads(labour("doctor", "--json").stdout)
    assert reply["sound"]
    assert [check["name"] for check in reply["checks"]] == [line[:12].strip() for line in lines]


def test_nothing_is_built_by_it(labour: Callable[..., Result], bare: Application) -> None:
    result = labour("doctor")
    assert result.exit_code == ExitCode.DOCTOR_FOUND
    assert "there is no index" in result.stdout
    assert "mend it: run `labour index`" in result.stdout
    assert not Path(bare.settings.home).exists()


def flip_a_bit(bare: Application) -> None:
    path = max(bare.settings.home.rglob("*.sqlite"), key=lambda path: "cache" not in path.parts)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def leave_a_folder(bare: Application) -> None:
    (bare.settings.home / "generations" / ".building-abc").mkdir()


@pytest.mark.parametrize(
    ("spoil", "check", "remedy"),
    [(flip_a_bit, "files", ("index", "--rebuild")), (leave_a_folder, "leftovers", ("index",))],
)
def test_the_remedy_mends_it(
    labour: Callable[..., Result],
    bare: Application,
    spoil: Callable[[Application], None],
    check: str,
    remedy: tuple[str, ...],
) -> None:
    labour("index")
    spoil(bare)
    found = labour("doctor", "--json")
    assert found.exit_code == ExitCode.DOCTOR_FOUND
    assert states(found)[check] == "wrong"
    assert f"labour {' '.join(remedy)}" in labour("doctor").stdout
    assert labour(*remedy).exit_code == ExitCode.OK
    assert labour("doctor").exit_code == ExitCode.OK


def spoil_the_saved(bare: Application) -> None:
    (bare.settings.home / "saved.json").write_text("{")


def leave_a_file(bare: Application) -> None:
    (bare.settings.home / "sources").mkdir()
    (bare.settings.home / "sources" / "orphan.txt").write_text("words")


def leave_a_draft(bare: Application) -> None:
    draft = bare.settings.home / "jobs" / ".new-000007"
    draft.mkdir(parents=True)
    os.utime(draft, (0, 0))


def spoil_the_cache(bare: Application) -> None:
    vector_cache_of(bare.settings.home).write_bytes(b"no database" * 100)


@pytest.mark.parametrize(
    ("spoil", "check", "words"),
    [
        (spoil_the_saved, "saved", "saved.json does not hold saved searches"),
        (leave_a_file, "strays", "nothing names .*orphan.txt .* labour index --purge"),
        (leave_a_draft, "strays", "nothing names .*new-000007 .* labour index --purge"),
        (spoil_the_cache, "caches", "vectors.sqlite is damaged .* run `rm "),
    ],
)
def test_what_nobody_else_looks_at_is_looked_at(
    labour: Callable[..., Result],
    bare: Application,
    spoil: Callable[[Application], None],
    check: str,
    words: str,
) -> None:
    labour("index")
    spoil(bare)
    before = {path: path.stat().st_mtime_ns for path in bare.settings.home.rglob("*")}
    assert states(labour("doctor", "--json"))[check] == "wrong"
    assert re.search(words, " ".join(labour("doctor").stdout.replace("`labour", "labour").split()))
    assert {path: path.stat().st_mtime_ns for path in bare.settings.home.rglob("*")} == before


@pytest.mark.parametrize("variable", ["LABOUR_MODEL", "LABOUR_RERANKER"])
def test_without_a_model_all_else_is_checked(
    bare: Application, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    bare.library.index()
    for name, value in (("HOME", bare.settings.home), ("CORPUS", bare.settings.corpus), ("MODEL", "toy")):
        monkeypatch.setenv(f"LABOUR_{name}", str(value))
    monkeypatch.setenv(variable, str(bare.settings.home / "no-model"))
    result = CliRunner().invoke(cli, ["doctor", "--json"])
    assert result.exit_code == ExitCode.DOCTOR_FOUND
    found = states(result)
    check = variable.removeprefix("LABOUR_").lower()
    assert [name for name, state in found.items() if state == "wrong"] == [check]
    assert found["files"] == found["sources"] == "ok"
    assert found["up to date"] == ("skipped" if check == "model" else "ok")
    assert variable in CliRunner().invoke(cli, ["doctor"]).stdout


def test_files_are_as_large_as_the_settings_allow(bare: Application) -> None:
    bare.library.index()
    library = Library(bare.settings.home, bare.settings.corpus, ToyEmbedder(), bare.authority, Limits(size=0))
    (check,) = (one for one in examine(replace(bare, library=library)) if one.name == "sources")
    assert len(check.faults) == 2
    assert "over the 0 allowed" in check.faults[0].what


def test_missing_and_changed_sources_are_named(labour: Callable[..., Result], bare: Application) -> None:
    labour("index")
    (bare.settings.corpus / "plans-2012.txt").unlink()
    (bare.settings.corpus / "programme-2010.txt").write_text("changed")
    result = labour("doctor")
    assert result.exit_code == ExitCode.DOCTOR_FOUND
    assert "plans-2012.txt" in result.stdout
    assert "no such file" in result.stdout
    assert "it has changed" in result.stdout
    assert "restore the file or correct its entry, then run `labour index`" in result.stdout


def test_a_broken_catalogue_is_one_fault_of_many_checks(
    labour: Callable[..., Result], bare: Application
) -> None:
    labour("index")
    (bare.settings.corpus / "catalogue.toml").write_text("[[source]")
    found = states(labour("doctor", "--json"))
    assert (found["sources"], found["up to date"], found["files"]) == ("wrong", "skipped", "ok")


def test_an_index_out_of_date_and_a_rollback_are_told_apart(
    labour: Callable[..., Result], bare: Application, write: Callable[..., None]
) -> None:
    labour("index")
    write(bare.settings.corpus, {"rafts-2020": "Workers on rafts shall be insured.\n"})
    assert states(labour("doctor", "--json"))["up to date"] == "wrong"
    labour("index")
    labour("rollback")
    result = labour("doctor")
    assert result.exit_code == ExitCode.OK
    assert "a rollback from" in result.stdout
