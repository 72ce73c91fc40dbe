"""A rollback holds until `labour index` or a change of the sources, and a build elsewhere stops no answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.folders import build_lock
from index.toy import ToyEmbedder
from search_api.bootstrap import Application, build
from search_api.cli.main import ExitCode, cli

RAFTS = {"rafts-2020": "Workers on rafts shall be insured against drowning.\n"}
SAWMILLS = {"mills-2021": "Workers at sawmills wear gloves.\n"}


@pytest.fixture
def labour(bare: Application) -> Callable[..., Result]:
    return lambda *arguments: CliRunner().invoke(cli, list(arguments), obj=bare)


@pytest.fixture
def rolled_back(
    labour: Callable[..., Result], bare: Application, write: Callable[..., None]
) -> dict[str, str]:
    """A library whose second generation, of rafts, was left for its first, of recruitment costs."""
    labour("index")
    write(bare.settings.corpus, RAFTS)
    labour("index")
    reply: dict[str, str] = json.loads(labour("rollback", "--json").stdout)
    return reply


def test_the_older_generation_answers_with_a_note(
    labour: Callable[..., Result], rolled_back: dict[str, str]
) -> None:
    for _ in range(2):
        result = labour("ask", "recruitment costs", "--json")
        assert json.loads(result.stdout)["generation"] == rolled_back["generation"]
        assert f"since a rollback from {rolled_back['left']}" in result.stderr
        assert "building" not in result.stderr


def test_status_tells_of_it(labour: Callable[..., Result], rolled_back: dict[str, str]) -> None:
    assert f"rolled back from {rolled_back['left']}; `labour index`" in labour("status").stdout
    status = json.loads(labour("status", "--json").stdout)
    assert (status["rolled_back_from"], status["current"]) == (rolled_back["left"], False)


def test_index_ends_it(labour: Callable[..., Result], rolled_back: dict[str, str]) -> None:
    assert labour("index").stdout.startswith("Built generation ")
    result = labour("search", "rafts drowning")
    assert "rafts-2020." in result.stdout
    assert result.stderr == ""
    assert "up to date" in labour("status").stdout


def test_a_change_of_the_sources_ends_it(
    labour: Callable[..., Result],
    bare: Application,
    write: Callable[..., None],
    rolled_back: dict[str, str],
) -> None:
    write(bare.settings.corpus, SAWMILLS)
    result = labour("search", "sawmills gloves")
    assert "building" in result.stderr
    assert "mills-2021." in result.stdout


def test_what_was_done_is_said(labour: Callable[..., Result], bare: Application) -> None:
    first = bare.library.index().generation
    second = bare.library.index(rebuild=True).generation
    assert labour("rollback").stdout.startswith(f"Went back from generation {second} to {first}, which")
    result = labour("rollback")
    assert result.exit_code == ExitCode.ERROR
    assert f"there is no generation before {first}" in result.stderr


def test_a_rollback_to_the_same_sources_is_up_to_date(
    labour: Callable[..., Result], bare: Application
) -> None:
    bare.library.index()
    bare.library.index(rebuild=True)
    bare.library.rollback()
    assert labour("ask", "recruitment costs").stderr == ""
    assert bare.library.status().current


def test_it_is_possible_though_the_catalogue_is_broken(
    labour: Callable[..., Result], bare: Application, write: Callable[..., None]
) -> None:
    labour("index")
    write(bare.settings.corpus, RAFTS)
    labour("index")
    catalogue = bare.settings.corpus / "catalogue.toml"
    whole = catalogue.read_text()
    catalogue.write_text("[[source]")
    assert labour("rollback").exit_code == ExitCode.OK
    catalogue.write_text(whole)
    assert "since a rollback" in labour("ask", "recruitment costs").stderr


def test_a_running_library_takes_it_up(bare: Application, write: Callable[..., None]) -> None:
    first = bare.library.index().generation
    write(bare.settings.corpus, RAFTS)
    second = bare.library.index().generation
    assert bare.library.reading().name == second
    bare.library.rollback()
    assert bare.library.reading().name == first


def test_the_present_index_answers_while_another_process_builds(
    labour: Callable[..., Result], bare: Application, write: Callable[..., None]
) -> None:
    labour("index")
    write(bare.settings.corpus, RAFTS)
    with build_lock(bare.settings.home):
        result = labour("ask", "recruitment costs")
        assert result.exit_code == ExitCode.OK
        assert "Warning: another build is at work" in result.stderr
        refused = labour("index")
    assert refused.exit_code == ExitCode.ERROR
    assert "another build is at work" in refused.stderr
    assert labour("index").exit_code == ExitCode.OK


def test_nothing_answers_where_there_is_no_index_yet(
    labour: Callable[..., Result], bare: Application
) -> None:
    Path(bare.settings.home).mkdir()
    with build_lock(bare.settings.home):
        result = labour("ask", "recruitment costs")
    assert result.exit_code == ExitCode.ERROR
    assert "another build is at work" in result.stderr


def test_as_many_generations_stay_as_are_set(bare: Application) -> None:
    application = build(bare.settings.model_copy(update={"keep_generations": 3}), ToyEmbedder())
    for _ in range(4):
        application.library.index(rebuild=True)
    assert len(list((bare.settings.home / "generations").iterdir())) == 3
