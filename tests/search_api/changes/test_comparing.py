"""The generation that answers is compared with one that is kept."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result
from fastapi.testclient import TestClient

from corpus.errors import GenerationNotFoundError
from index.folders import generations_of
from index.glimpse import names_in
from search_api.bootstrap import Application
from search_api.changes.comparing import Comparer
from search_api.cli.main import ExitCode, cli
from search_api.http.app import create_app

OLD = "THE 5th FORUM ON MIGRANT LABOUR, 9-10 OCTOBER 2012, SIEM REAP\n\nRECOMMENDATIONS\n\n{}"
FIRST = "1. Reduce recruitment costs by law in every sending country;\n2. Inspect plantations twice a year;\n"
SECOND = "1. Reduce recruitment costs by law in every receiving country;\n3. Train inspectors of sawmills;\n"


@pytest.fixture
def labour(bare: Application) -> Callable[..., Result]:
    return lambda *arguments: CliRunner().invoke(cli, list(arguments), obj=bare)


@pytest.fixture
def changed(bare: Application, write: Callable[..., None], labour: Callable[..., Result]) -> Result:
    """What `labour index` prints when a text has changed; the index before is of the older text."""
    write(bare.settings.corpus, {"plans-2012": OLD.format(FIRST)})
    assert labour("index").exit_code == ExitCode.OK
    write(bare.settings.corpus, {"plans-2012": OLD.format(SECOND)})
    return labour("index")


def test_index_counts_what_changed(changed: Result) -> None:
    assert "Commitments since generation" in changed.stdout
    assert "1 new, 1 changed, 1 gone" in " ".join(changed.stdout.split())


def test_changes_lists_them(changed: Result, labour: Callable[..., Result]) -> None:
    result = labour("changes")
    assert result.exit_code == ExitCode.OK
    assert "[-sending-] {+receiving+}" in " ".join(result.stdout.split())
    reply = json.loads(labour("changes", "--json").stdout)
    assert {change["change"] for change in reply["changes"]} == {"new", "changed", "gone"}


def test_a_first_index_has_nothing_to_be_compared_with(labour: Callable[..., Result]) -> None:
    assert "Commitments since" not in labour("index").stdout
    result = labour("changes")
    assert result.exit_code == ExitCode.ERROR
    assert "No generation before" in result.stderr


def test_a_generation_that_was_deleted_is_a_clear_error(
    changed: Result, bare: Application, labour: Callable[..., Result]
) -> None:
    now, before = names_in(bare.settings.home)
    shutil.rmtree(generations_of(bare.settings.home) / before)
    result = labour("changes", "--since", before)
    assert result.exit_code == ExitCode.ERROR
    assert f"No generation '{before}' is kept" in result.stderr
    assert now in result.stderr


def test_what_was_compared_before_is_not_told_once_the_generation_has_gone(
    changed: Result, bare: Application
) -> None:
    home, reading = bare.settings.home, bare.library.reading()
    _, before = names_in(home)
    comparer = Comparer(home)
    assert comparer.compare(reading, before) is comparer.compare(reading, before)
    shutil.rmtree(generations_of(home) / before)
    with pytest.raises(GenerationNotFoundError):
        comparer.compare(reading, before)


@pytest.mark.parametrize("name", ["..", "../..", "a/b", "", "CURRENT", "x" * 300])
def test_no_name_leads_out_of_the_folder_of_generations(
    changed: Result, bare: Application, name: str
) -> None:
    client = TestClient(create_app(bare), raise_server_exceptions=False)
    response = client.get("/v1/changes", params={"since": name})
    assert response.status_code == (200 if name == "" else 422 if len(name) > 200 else 404)


def test_changes_over_http(changed: Result, bare: Application) -> None:
    client = TestClient(create_app(bare), raise_server_exceptions=False)
    whole = client.get("/v1/changes").json()
    assert (whole["new"], whole["changed"], whole["gone"], whole["next"]) == (1, 1, 1, None)
    assert whole["generation"] == bare.library.reading().name
    first = client.get("/v1/changes", params={"limit": 2}).json()
    rest = client.get("/v1/changes", params={"limit": 2, "cursor": first["next"]}).json()
    assert [*first["changes"], *rest["changes"]] == whole["changes"]
    assert client.get("/v1/changes", params={"cursor": "zzz"}).status_code == 400
    assert client.get("/v1/changes", params={"limit": 9999}).status_code == 422
