"""Judgments by passage, TREC files, and the measures on them, against values worked out by hand."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import ir_measures
import pytest

from corpus.documents import Span
from corpus.errors import OutputError, QuestionFileError
from corpus.records import Passage, PassageKind
from search_api.evaluation.measures import READ_WORDS, Reply
from search_api.evaluation.questions import JudgedQuestion
from search_api.evaluation.trec import NAMES, PREFIX, Qrels, judge_passages, trec_values, write_trec

Question = Callable[..., JudgedQuestion]
MakeReply = Callable[..., Reply]
RED = "red fish swim in the cold river"
BLUE = "blue birds sing on a warm roof"
NOISE = "nothing of the kind is said here at all"
QRELS = {"Q": {"id-red": 3, "id-blue": 1}, "R": {"id-red": 1}}


def passage(text: str, kind: PassageKind = PassageKind.PARAGRAPH, document: str = "d") -> Passage:
    return Passage(f"id-{text.split()[0]}", document, kind, text, (Span(0, 1),), (), 0)


def test_a_passage_has_the_grade_of_the_best_quote_it_carries(question: Question) -> None:
    asked = question("Q", (RED, 2), (RED + " and sea", 3), (BLUE, 1))
    held = [passage(f"{RED}, {BLUE}"), passage(NOISE), passage(BLUE)]
    assert judge_passages([asked], held) == {"Q": {"id-red": 3, "id-blue": 1}}


def test_a_passage_of_another_document_or_of_the_contents_carries_nothing(question: Question) -> None:
    held = [passage(RED, document="other"), passage(RED, PassageKind.CONTENTS)]
    assert judge_passages([question("Q", (RED, 3)), question("U")], held) == {"Q": {}}


def test_only_the_first_words_of_a_passage_are_read(question: Question) -> None:
    late = passage(" ".join([*["word"] * READ_WORDS, RED]))
    assert judge_passages([question("Q", (RED, 3))], [late]) == {"Q": {}}


def test_the_measures_are_those_worked_out_by_hand(reply: MakeReply) -> None:
    values = trec_values(QRELS, {"Q": reply(NOISE, BLUE, NOISE, RED)})  # NOISE counts once: RED is third
    ideal = 3 + 1 / math.log2(3)
    assert values["trec nDCG@10"]["Q"] == pytest.approx((1 / math.log2(3) + 3 / 2) / ideal)
    assert values["trec R@100"]["Q"] == 1
    assert values["trec RR@10"]["Q"] == 0.5
    assert values["trec Judged@10"]["Q"] == pytest.approx(2 / 3)


@pytest.mark.parametrize("run", [{}, {"R": Reply(0.5, ())}])
def test_a_question_without_a_reply_counts_nothing(run: dict[str, Reply], reply: MakeReply) -> None:
    for values in trec_values(QRELS, {"Q": reply(RED), **run}).values():
        assert values["R"] == 0


def test_a_question_without_a_relevant_passage_counts_nothing(reply: MakeReply) -> None:
    cases: tuple[Qrels, ...] = ({"Q": {}}, {"Q": {}, "R": {"id-red": 3}})
    for qrels in cases:
        for values in trec_values(qrels, {"Q": reply(RED)}).values():
            assert values["Q"] == 0


def test_the_files_read_back_give_the_same_measures(tmp_path: Path, reply: MakeReply) -> None:
    run = {"Q": reply(NOISE, BLUE, RED, BLUE), "R": reply(BLUE, RED), "not judged": reply(RED)}
    write_trec(tmp_path / "new" / "folder", QRELS, run)
    qrels = list(ir_measures.read_trec_qrels(str(tmp_path / "new/folder/labour.qrels")))
    ranked = list(ir_measures.read_trec_run(str(tmp_path / "new/folder/labour.run")))
    assert {(each.query_id, each.doc_id, each.relevance) for each in qrels} == {
        ("Q", "id-red", 3), ("Q", "id-blue", 1), ("R", "id-red", 1),
    }  # fmt: skip
    assert [each.doc_id for each in ranked if each.query_id == "Q"] == ["id-nothing", "id-blue", "id-red"]
    expected = trec_values(QRELS, run)
    found = list(ir_measures.iter_calc(list(map(ir_measures.parse_measure, NAMES)), qrels, ranked))
    assert len(found) == 2 * len(NAMES)
    for each in found:
        assert each.value == expected[f"{PREFIX}{each.measure}"][each.query_id]


def test_a_qid_with_white_space_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match="holds white space"):
        write_trec(tmp_path, {"a b": {}}, {})


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="name another folder"):
        write_trec(tmp_path / "file" / "below", QRELS, {})
