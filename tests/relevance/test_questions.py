"""Files of judged questions are read in full, and a bad line is named."""

import json
from pathlib import Path

import pytest

from corpus.errors import QuestionFileError
from search_api.evaluation.questions import JudgedQuestion, Judgment, load_judged_questions

GOOD = {
    "qid": "Q1",
    "query": "what is said on fees?",
    "type": "topical",
    "answerable": True,
    "judgments": [{"document": "d", "quote": "fees are set", "grade": 3}],
}


def write(folder: Path, *lines: str) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_questions_are_read_in_order_and_blank_lines_passed_over(tmp_path: Path) -> None:
    silent = {**GOOD, "qid": "Q2", "answerable": False, "judgments": []}
    path = write(tmp_path, json.dumps(GOOD), "  ", json.dumps(silent), "")
    assert load_judged_questions(path) == (
        JudgedQuestion("Q1", "what is said on fees?", "topical", True, (Judgment("d", "fees are set", 3),)),
        JudgedQuestion("Q2", "what is said on fees?", "topical", False, ()),
    )


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not a JSON object"),
        (json.dumps({**GOOD, "qid": 7}), "'qid' is missing or is not a str"),
        (json.dumps({**GOOD, "query": " ? "}), "'query' is empty"),
        (json.dumps({**GOOD, "answerable": "yes"}), "'answerable' is missing or is not a bool"),
        (json.dumps({**GOOD, "answerable": False}), "an answerable question has judgments"),
        (json.dumps({**GOOD, "judgments": []}), "an answerable question has judgments"),
        (json.dumps({**GOOD, "judgments": {}}), "'judgments' is missing or is not a list"),
        (json.dumps({**GOOD, "judgments": [3]}), "a judgment is not a JSON object"),
        (json.dumps({**GOOD, "judgments": [{"document": "d", "quote": "x", "grade": 4}]}), "grade 4"),
        (json.dumps({**GOOD, "judgments": [{"document": "d", "quote": "x", "grade": True}]}), "grade True"),
        (json.dumps({**GOOD, "judgments": [{"document": "d", "grade": 1}]}), "'quote' is missing"),
        (json.dumps(GOOD), "qid 'Q1' is taken"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    path = write(tmp_path, json.dumps(GOOD), "", line)
    with pytest.raises(QuestionFileError, match=complaint) as caught:
        load_judged_questions(path)
    assert f"{path}, line 3" in str(caught.value)


def test_a_missing_empty_or_undecodable_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match="cannot be read"):
        load_judged_questions(tmp_path / "none.jsonl")
    with pytest.raises(QuestionFileError, match="no question in it"):
        load_judged_questions(write(tmp_path, "", " "))
    (tmp_path / "bad.jsonl").write_bytes(b"\xff")
    with pytest.raises(QuestionFileError, match="cannot be read"):
        load_judged_questions(tmp_path / "bad.jsonl")
