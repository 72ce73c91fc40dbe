"""labour doctor says what is wrong, exits with 6, and what it names as the remedy mends it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from search_api.bootstrap import Application
from search_api.cli.main import ExitCode, cli


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
