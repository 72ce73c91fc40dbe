"""A file of a run is read back as replies, and what is wrong in it is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.errors import QuestionFileError
from search_api.evaluation.measures import Retrieved
from search_api.evaluation.replies import cut, depth_of, load_replies, replies_of
from search_api.reading import Reading
from search_api.running import Question, run, write_run

GOOD = {
    "qid": "a",
    "confidence": 0.5,
    "passages": [{"document": "d", "text": "red fish", "citation": "x [d.1]"}],
}


def test_a_run_reads_back_as_it_was_with_the_ids_of_its_passages(reading: Reading, tmp_path: Path) -> None:
    asked = [Question("a", "recruitment costs"), Question("b", "labour inspectors")]
    lines = list(run(asked, reading, lambda _stage, _done, _total: None))
    write_run(tmp_path / "run.jsonl", lines)
    found = load_replies(tmp_path / "run.jsonl")
    assert found == replies_of(lines)
    assert {passage.id for passage in found["a"].passages} <= {passage.id for passage in reading.passages}
    assert depth_of(found) > 1
    assert depth_of(cut(found, 1)) == 1


def test_a_passage_without_a_citation_has_no_id() -> None:
    (reply,) = replies_of([{**GOOD, "passages": [{"document": "d", "text": "red"}]}]).values()
    assert reply.passages == (Retrieved("d", "red"),)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"qid": ""}, "'qid' is empty"),
        ({"qid": "a"}, "'a' is taken"),
        ({"confidence": "high"}, "'confidence' is not a number"),
        ({"confidence": True}, "'confidence' is not a number"),
        ({"confidence": 1.5}, "'confidence' is not a number"),
        ({"passages": None}, "'passages' is missing"),
        ({"passages": ["red"]}, "a passage is not a JSON object"),
        ({"passages": [{"document": "d"}]}, "'text' is missing"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, fields: dict[str, object], reason: str) -> None:
    path = tmp_path / "run.jsonl"
    path.write_text(f"{json.dumps(GOOD)}\n{json.dumps({**GOOD, 'qid': 'b', **fields})}\n", encoding="utf-8")
    with pytest.raises(QuestionFileError, match=f"line 2: .*{reason}"):
        load_replies(path)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run.jsonl").write_text("\n")
    with pytest.raises(QuestionFileError, match="no reply in it"):
        load_replies(tmp_path / "run.jsonl")
