"""A file of questions becomes a file of ranked passages, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import OutputError, QuestionFileError
from search_api.reading import Reading
from search_api.running import Question, load_questions, run, write_run

GOOD = '{"qid": "a", "query": "recruitment costs", "type": "topical"}'


def silent(_stage: str, _done: int, _total: int) -> None:
    """Report nothing."""


def test_a_run_holds_ranked_passages_word_for_word(reading: Reading) -> None:
    (line,) = run([Question("a", "recruitment costs")], reading, silent)
    assert line["qid"] == "a"
    assert 0 <= line["confidence"] <= 1
    assert 1 < len(line["passages"]) <= 50
    for passage in line["passages"]:
        assert passage["text"] in reading.document(passage["document"]).text
        assert "line" in passage["citation"]


def test_questions_are_read_and_blank_lines_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(f"{GOOD}\n\n{GOOD}\r\n", encoding="utf-8")
    assert load_questions(path, 100) == (Question("a", "recruitment costs"),) * 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "line 2 is not JSON"),
        ("[" * 100_000, "line 2 is not JSON"),
        ("[]", "line 2 is not a JSON object"),
        ('{"query": "x"}', 'line 2 has no "qid"'),
        ('{"qid": "b"}', 'line 2 has no "query"'),
        ('{"qid": "b", "query": 5}', 'line 2 has no "query"'),
        ('{"qid": "b", "query": " "}', "line 2: The question is empty"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(f"{GOOD}\n{line}\n", encoding="utf-8")
    with pytest.raises(QuestionFileError, match=reason):
        load_questions(path, 100)


@pytest.mark.parametrize("data", [None, b"", b"\xff\xfe"])
def test_a_file_without_questions_is_refused(tmp_path: Path, data: bytes | None) -> None:
    path = tmp_path / "questions.jsonl"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(QuestionFileError, match=r"questions\.jsonl"):
        load_questions(path, 100)


def test_a_run_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    write_run(path, [{"qid": "é"}])

    def failing() -> Iterator[dict[str, Any]]:
        yield {"qid": "b"}
        raise QuestionFileError("stop")

    with pytest.raises(QuestionFileError, match="stop"):
        write_run(path, failing())
    assert [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] == [{"qid": "é"}]
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        write_run(tmp_path / "missing" / "run.jsonl", [])
