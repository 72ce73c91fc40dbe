"""The generation that answers is compared with one that is kept."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

import pytest
from click.testing import CliRunner, Result
from fastapi.testclient import TestClient

from corpus.documents import Document, Span
from corpus.errors import GenerationNotFoundError
from corpus.records import Commitment, CommitmentKind, PassageKind
from index.building import build
from index.folders import generations_of
from index.glimpse import held_by, names_in, same_in, sources_in
from index.outline import read_outline, write_outline
from index.toy import ToyEmbedder
from search_api.bootstrap import Application
from search_api.changes.changes import changes_between
from search_api.changes.comparing import Comparer, compare, held_in
from search_api.cli.main import ExitCode, cli
from search_api.http.app import create_app
from tests.search_api.conftest import make_document, make_passage

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


def test_after_a_rollback_the_changes_are_those_that_it_made(
    changed: Result, labour: Callable[..., Result]
) -> None:
    assert labour("rollback").exit_code == ExitCode.OK
    assert "[-receiving-] {+sending+}" in " ".join(labour("changes").stdout.split())


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


WORDS = ("Inspect plantations twice a year", "Train inspectors", "Publish the costs", "Insure those on rafts")


def register_of(document: Document, chance: Random) -> Iterator[Commitment]:
    """Some commitments of a document, in words and under numbers that recur."""
    for place, words in enumerate(chance.sample(WORDS, chance.randint(0, len(WORDS)))):
        name = f"{document.id}/act/{chance.choice('abc')}{place}"
        yield Commitment(
            id=f"{name}.{words[:6]}", address=name, document=document.id, kind=CommitmentKind.ACTION,
            text=f"{words} {chance.choice(('by law', 'each year'))}", spans=(Span(0, 1),), section=(),
            position=place, passage=f"{document.id}.0", number=chance.choice(("", f"{place}")),
        )  # fmt: skip


def published(application: Application, chance: Random, kept: dict[str, list[Commitment]]) -> str:
    """Publish some documents in some order; of half of those that are held before, all stays as it was."""
    records: dict[str, list[Commitment]] = {}
    names = chance.sample(["a", "b", "c", "d", "e", "f"], chance.randint(2, 6))
    documents = [make_document(name, name, 2012, f"The words of {name}.") for name in names]
    for document in documents:
        same = document.id in kept and chance.random() < 0.5
        records[document.id] = kept[document.id] if same else list(register_of(document, chance))
    passages = [
        make_passage(document, "The", ".", "", PassageKind.PARAGRAPH, 0, years=(2012, 2012))
        for document in documents
    ]
    commitments = [one for name in names for one in records[name]]
    made_of = repr(chance.random())
    build(application.settings.home, documents, passages, ToyEmbedder(), made_of, commitments=commitments)
    kept.clear()
    kept.update(records)
    return application.library.reading().name


@pytest.mark.parametrize("seed", range(12))
def test_comparing_what_differs_is_comparing_everything(bare: Application, seed: int) -> None:
    chance, home = Random(seed), bare.settings.home
    kept: dict[str, list[Commitment]] = {}
    old, new = published(bare, chance, kept), published(bare, chance, kept)
    assert compare(home, bare.library.reading(), old) == changes_between(
        held_by(home, old), held_by(home, new)
    )


def test_of_what_is_the_same_nothing_is_read(
    bare: Application, write: Callable[..., None], labour: Callable[..., Result]
) -> None:
    texts = {"plans-2012": OLD.format(FIRST), "plans-2013": OLD.format(FIRST), "gone-2001": "Words."}
    write(bare.settings.corpus, texts)
    labour("index")
    write(bare.settings.corpus, {**texts, "plans-2013": OLD.format(SECOND), "gone-2001": "Other words."})
    labour("index")
    now, before = names_in(bare.settings.home)
    same = same_in(bare.settings.home, before, now)
    assert same == {"plans-2012"}
    for held in (held_by(bare.settings.home, before, same), held_in(bare.library.reading(), same)):
        assert held.documents == ("plans-2013", "gone-2001")
        assert {one.document for one in held.commitments} == {"plans-2013"}
    sources = sources_in(bare.settings.home, now)
    assert sources == tuple(document.source for document in bare.library.reading().documents)


def test_what_other_code_made_is_compared_whole(changed: Result, bare: Application) -> None:
    now, before = names_in(bare.settings.home)
    assert same_in(bare.settings.home, now, now) == {"plans-2012"}
    folder = generations_of(bare.settings.home) / before
    write_outline(folder, replace(read_outline(generations_of(bare.settings.home) / now), code="other"))
    assert same_in(bare.settings.home, now, before) == frozenset()
    (folder / "outline.json").unlink()
    assert same_in(bare.settings.home, now, before) == frozenset()
