"""`labour evaluate` over the small texts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import ir_measures
import pytest
from click.testing import CliRunner, Result

from search_api.bootstrap import Application
from search_api.cli.main import ExitCode, cli

QUOTE = "Reduce recruitment costs by law and publish recruitment costs yearly"
QUESTIONS = [
    {
        "qid": "Q1", "query": "recruitment costs by law", "type": "topical", "answerable": True,
        "judgments": [{"document": "plans-2012", "quote": QUOTE, "grade": 3}],
    },
    {"qid": "Q2", "query": "xylophone zebra", "type": "unanswerable", "answerable": False, "judgments": []},
]  # fmt: skip


@pytest.fixture
def labour(bare: Application) -> Callable[..., Result]:
    """Run a command over the small texts of `bare`."""
    return lambda *arguments: CliRunner().invoke(cli, [str(each) for each in arguments], obj=bare)


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, QUESTIONS)), encoding="utf-8")
    return path


def test_both_tables_are_printed(labour: Callable[..., Result], questions: Path) -> None:
    result = labour("evaluate", questions, "--per-question")
    assert result.exit_code == ExitCode.OK
    assert "2 questions, 1 of them unanswerable." in result.stdout
    assert "abstention" in result.stdout
    assert "Judged@10" in result.stdout
    assert "topical: recruitment costs by law" in result.stdout


def test_json_holds_the_same_and_trec_files_read_back(
    labour: Callable[..., Result], questions: Path, tmp_path: Path
) -> None:
    result = labour("evaluate", questions, "--json", "--per-question", "--trec", tmp_path / "trec")
    reply = json.loads(result.stdout)
    everything = reply["groups"][0]["figures"]
    assert everything["evidence"]["value"] > 0
    assert everything["trec R@100"]["value"] == 1
    assert everything["abstention"]["value"] == 1
    assert reply["per_question"][0]["values"]["ndcg@10"] == everything["ndcg@10"]["value"]
    assert reply["comparison"] is None
    (qrel,) = ir_measures.read_trec_qrels(str(tmp_path / "trec" / "labour.qrels"))
    assert (qrel.query_id, qrel.relevance) == ("Q1", 3)
    ranked = [each.doc_id for each in ir_measures.read_trec_run(str(tmp_path / "trec" / "labour.run"))]
    assert qrel.doc_id in ranked
    assert "labour.qrels" in result.stderr


def test_a_run_of_the_same_setting_does_not_differ(
    labour: Callable[..., Result], questions: Path, tmp_path: Path
) -> None:
    labour("run", questions, "--output", tmp_path / "run.jsonl")
    reply = json.loads(labour("evaluate", questions, "--against", tmp_path / "run.jsonl", "--json").stdout)
    assert reply["comparison"]["trec"]
    for group in reply["comparison"]["groups"]:
        assert {each["verdict"] for each in group["differences"].values()} == {"no difference"}


def test_a_run_that_found_nothing_is_worse(
    labour: Callable[..., Result], questions: Path, tmp_path: Path
) -> None:
    other = tmp_path / "run.jsonl"
    other.write_text('{"qid": "Q1", "confidence": 0, "passages": []}\n', encoding="utf-8")
    result = labour("evaluate", questions, "--against", other)
    assert "1 questions have no reply there" in result.stdout
    assert "too few questions to tell" in result.stdout


def test_the_development_questions_are_the_default(labour: Callable[..., Result]) -> None:
    assert labour("evaluate").stdout.startswith("69 questions, 7 of them unanswerable.")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [(["missing.jsonl"], "missing.jsonl"), (["--against", "missing.jsonl"], "missing.jsonl")],
)
def test_a_missing_file_is_an_error(labour: Callable[..., Result], arguments: list[str], reason: str) -> None:
    labour("index")
    result = labour("evaluate", *arguments)
    assert result.exit_code == ExitCode.ERROR
    assert result.stderr.startswith("Error: ")
    assert reason in result.stderr
