"""The README tells the truth: everything a person can use is in it, and all it names exists."""

from __future__ import annotations

import importlib
import json
import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import click
import pytest
from fastapi.testclient import TestClient

from corpus.authority import Authority
from corpus.documents import Document
from corpus.records import Passage
from index.generations import build
from index.toy import ToyEmbedder
from search_api.bootstrap import Application
from search_api.cli.main import COMMANDS, ExitCode
from search_api.http.app import create_app
from search_api.library import Library
from search_api.settings import PREFIX, Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")

OPTION = re.compile(r"(?<![\w-])--?[a-z]+(?:-[a-z]+)*")
UNLISTED_ROUTES = {("GET", "/"), ("GET", "/docs"), ("GET", "/openapi.json")}
"""Routes that the OpenAPI description leaves out."""
GIVEN_BY_THE_READER = {"QUESTIONS.jsonl", "RUN.jsonl", "REPORT.pdf", "catalogue.toml"}
"""Names that stand for files of the reader's own."""


def rows_of(first: str) -> dict[str, str]:
    """The rows of the README's table whose first column has a head, by their first cell."""
    (table,) = re.findall(rf"^\| {re.escape(first)} \|.*\n\|[-|: ]+\|\n((?:\|.*\n)+)", README, re.MULTILINE)
    rows = [line.strip("| ").split(" | ") for line in table.splitlines()]
    return {row[0].strip("`"): " | ".join(row[1:]) for row in rows}


def options_of(name: str) -> list[tuple[str, ...]]:
    command = importlib.import_module(f"search_api.cli.{name}").command
    return [tuple(option.opts) for option in command.params if isinstance(option, click.Option)]


def code_spans() -> set[str]:
    """Everything in single backticks, outside fenced blocks."""
    return set(
        re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", README, flags=re.DOTALL | re.MULTILINE))
    )


def curls() -> list[list[str]]:
    return [shlex.split(line) for line in README.splitlines() if line.startswith("curl ")]


@pytest.fixture(scope="module")
def client(
    tmp_path_factory: pytest.TempPathFactory,
    documents: Mapping[str, Document],
    passages: Mapping[str, tuple[Passage, ...]],
    authority: Authority,
) -> TestClient:
    """The HTTP interface over the five texts, with the toy embedder."""
    home = tmp_path_factory.mktemp("home")
    embedder = ToyEmbedder()
    build(
        home, list(documents.values()), [each for row in passages.values() for each in row], embedder, "docs"
    )
    settings = Settings(home=home, model="toy")
    library = Library(home, settings.corpus, embedder, authority)
    return TestClient(create_app(Application(settings, authority, library)))


def test_every_command_is_described_with_an_example() -> None:
    rows = rows_of("command")
    assert set(rows) == {f"labour {name}" for name in COMMANDS}
    for command, cells in rows.items():
        assert f"`{command}" in cells.split(" | ")[1]


def test_every_command_that_is_named_exists() -> None:
    assert set(re.findall(r"`labour ([a-z]+)", README)) == set(COMMANDS)


def test_every_option_is_in_its_table_and_no_other() -> None:
    listed = {option for first in rows_of("option") for option in OPTION.findall(first)}
    known = {name for command in COMMANDS for opts in options_of(command) for name in opts}
    assert listed == known | {"-h", "--help"}


def is_of(command: str, commands: str) -> bool:
    """Whether a cell such as "`ask`, `search`" or "all but `serve`" takes in a command."""
    named = f"`{command}`" in commands
    return not named if commands.startswith("all but") else named or commands == "all"


@pytest.mark.parametrize("command", COMMANDS)
def test_the_options_of_a_command_are_those_said_to_be(command: str) -> None:
    said = {
        option
        for first, cells in rows_of("option").items()
        if is_of(command, cells.split(" | ")[0])
        for option in OPTION.findall(first)
    }
    assert said == {name for opts in options_of(command) for name in opts} | {"-h", "--help"}


def test_every_setting_is_described_with_its_default_and_no_other() -> None:
    rows = rows_of("setting")
    assert set(rows) == {PREFIX + name.upper() for name in Settings.model_fields}
    assert set(re.findall(rf"{PREFIX}[A-Z_]+[A-Z]", README)) == set(rows)
    for name, field in Settings.model_fields.items():
        default = rows[PREFIX + name.upper()].split(" | ")[0]
        expected = "`corpus/`" if field.default == ROOT / "corpus" else f"`{field.default}`"
        assert expected in default, name


def test_every_route_is_described_and_no_other(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    served = {(method.upper(), path) for path, operations in paths.items() for method in operations}
    named = {tuple(span.split()) for span in code_spans() if re.match(r"(GET|POST|PUT|DELETE) /", span)}
    assert named == served | UNLISTED_ROUTES


@pytest.mark.parametrize(("method", "path"), sorted(UNLISTED_ROUTES))
def test_the_routes_that_openapi_leaves_out_answer(client: TestClient, method: str, path: str) -> None:
    assert client.request(method, path).status_code == 200


def test_every_exit_code_is_described_and_no_other() -> None:
    assert {int(code) for code in rows_of("exit code")} == {code.value for code in ExitCode}


def test_the_make_targets_are_those_of_the_makefile() -> None:
    public = set(re.findall(r"^([a-z-]+):.*##", MAKEFILE, re.MULTILINE))
    assert set(rows_of("make target")) == {f"make {target}" for target in public}
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", README, re.MULTILINE)) == public


def test_there_are_three_examples_of_requests() -> None:
    assert len(curls()) == 3


@pytest.mark.parametrize("place", range(3))
def test_each_example_of_a_request_answers(client: TestClient, place: int) -> None:
    _, *words = curls()[place]
    (address,) = (word for word in words if word.startswith("http://"))
    parts = urlsplit(address)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    assert parts.netloc == f"{Settings().host}:{Settings().port}"
    if "-d" in words:
        reply = client.post(path, json=json.loads(words[words.index("-d") + 1]))
    else:
        reply = client.get(path)
    assert reply.status_code == 200, reply.text


def test_the_fields_shown_in_replies_are_those_of_replies(client: TestClient) -> None:
    described = json.dumps(client.get("/openapi.json").json()["components"])
    (section,) = re.findall(r"^## The HTTP interface\n(.*?)^## ", README, re.DOTALL | re.MULTILINE)
    shown = {
        name
        for block in re.findall(r"```\n(\{.*?)```", section, re.DOTALL)
        for name in re.findall(r'"(\w+)":', block)
    }
    assert {"quote", "groups", "next"} <= shown
    assert [name for name in shown if f'"{name}"' not in described] == []


def test_every_quote_stands_in_a_text(documents: Mapping[str, Document]) -> None:
    texts = [" ".join(document.text.split()) for document in documents.values()]
    quotes = [*re.findall(r"“(.*?)”", README, re.DOTALL), *re.findall(r'"(?:quote|text)":"(.*?)"', README)]
    parts = [part.strip(" .") for quote in quotes for part in " ".join(quote.split()).split("...")]
    assert len(quotes) >= 4
    for part in filter(None, parts):
        assert any(part in text for text in texts), part


def test_every_passage_id_shown_is_one(passages: Mapping[str, tuple[Passage, ...]]) -> None:
    known = {passage.id for row in passages.values() for passage in row}
    shown = set(re.findall(r"[a-z0-9-]+\.[0-9a-f]{12}\b", README))
    assert shown
    assert shown <= known


@pytest.mark.parametrize("text", [README, CHANGELOG], ids=["README", "CHANGELOG"])
def test_every_link_leads_to_a_file(text: str) -> None:
    for link in re.findall(r"\]\(([^)]+)\)", text):
        assert link.startswith("https://") or (ROOT / link.partition("#")[0]).exists(), link


def test_every_file_named_exists() -> None:
    named = [
        span for span in code_spans() if re.fullmatch(r"[\w./-]*(/|\.(py|toml|md|jsonl|json|txt))", span)
    ]
    assert "corpus/texts/" in named
    for name in named:
        assert name in GIVEN_BY_THE_READER or (ROOT / name).exists(), name


def test_the_folders_are_those_of_the_repository() -> None:
    listed = {re.sub(r"\[(\w+)/\].*", r"\1", first) for first in rows_of("folder")}
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert listed == packages | {"tests"}


def test_the_table_of_quality_stands_between_its_marks() -> None:
    (block,) = re.findall(r"<!-- quality -->\n(.*?)<!-- /quality -->", README, re.DOTALL)
    lines = block.splitlines()
    assert lines[0].startswith("| ranking | success@1 | nDCG@10 | evidence | abstention | loss of nDCG@10")
    assert all(line.startswith("| ") and line.endswith(" |") for line in lines)
    assert "as served" in lines[2]


def test_the_changelog_tells_of_this_version() -> None:
    version = re.search(
        r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert version is not None
    heads = re.findall(r"^## (\S+)", CHANGELOG, re.MULTILINE)
    assert heads[0] == "Unreleased"
    assert heads[1] == version[1]
