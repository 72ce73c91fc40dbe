"""The figures of groups and the differences of runs, their verdicts, and how they are laid out."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.documents import Span
from corpus.errors import QuestionFileError
from corpus.records import Passage, PassageKind
from search_api.evaluation.figures import ABSTENTION, ALL, differences, figures, groups_of, measure
from search_api.evaluation.measures import Reply, Retrieved
from search_api.evaluation.outcome import ComparisonView, EvaluationView, comparison_of, evaluation_of
from search_api.evaluation.questions import JudgedQuestion
from search_api.evaluation.tables import render_evaluation
from search_api.evaluation.trec import MEASURES, judge_passages

Question = Callable[..., JudgedQuestion]
MakeReply = Callable[..., Reply]
RED = "red fish swim in the cold river"
NOISE = "nothing of the kind is said here at all"
PASSAGES = tuple(
    Passage(f"id-{text.split()[0]}", "d", PassageKind.PARAGRAPH, text, (Span(0, 1),), (), place)
    for place, text in enumerate((RED, NOISE))
)


@pytest.fixture(scope="module")
def questions(question: Question) -> tuple[JudgedQuestion, ...]:
    """Eight questions of one type, two of another, and six that cannot be answered."""
    return (
        *(question(f"A{place}", (RED, 3)) for place in range(8)),
        *(question(f"B{place}", (RED, 3), kind="who") for place in range(2)),
        *(question(f"U{place}", kind="unanswerable") for place in range(6)),
    )


def run_of(questions: Sequence[JudgedQuestion], best: Reply, silent: float) -> dict[str, Reply]:
    return {each.qid: best if each.answerable else Reply(silent, ()) for each in questions}


@pytest.fixture(scope="module")
def good(questions: tuple[JudgedQuestion, ...], reply: MakeReply) -> dict[str, Reply]:
    return run_of(questions, reply(RED, NOISE, confidence=0.9), 0.1)


@pytest.fixture(scope="module")
def bad(questions: tuple[JudgedQuestion, ...], reply: MakeReply) -> dict[str, Reply]:
    return run_of(questions, reply(NOISE, RED, confidence=0.2), 0.8)


def compare(
    questions: Sequence[JudgedQuestion], now: Mapping[str, Reply], before: Mapping[str, Reply]
) -> ComparisonView:
    return comparison_of(
        questions, now, before, judge_passages(questions, PASSAGES), PASSAGES, "before.jsonl"
    )


def evaluated(questions: Sequence[JudgedQuestion], run: Mapping[str, Reply]) -> EvaluationView:
    qrels = judge_passages(questions, PASSAGES)
    return evaluation_of(questions, measure(questions, run, qrels), qrels, each=True)


def test_the_groups_are_all_questions_and_those_of_each_type(questions: tuple[JudgedQuestion, ...]) -> None:
    everything, topical, who = groups_of(questions)
    assert (everything.name, topical.name, who.name) == (ALL, "topical", "who")
    assert set(everything.answerable) == {*topical.answerable, *who.answerable}
    assert who.answerable == ("B0", "B1")
    assert len(who.unanswerable) == 6


def test_questions_of_which_none_is_answerable_are_refused(question: Question) -> None:
    with pytest.raises(QuestionFileError, match="No question is answerable"):
        groups_of([question("U")])


def test_figures_are_means_with_intervals_where_questions_are_enough(
    questions: tuple[JudgedQuestion, ...], good: dict[str, Reply], bad: dict[str, Reply]
) -> None:
    taken = [f"A{place}" for place in range(4)] + [f"U{place}" for place in range(6)]
    half = {**good, **{qid: bad[qid] for qid in taken}}
    measured = measure(questions, half, None)
    everything, topical, who = (figures(group, measured) for group in groups_of(questions))
    assert everything["success@1"].value == pytest.approx(0.6)
    assert topical["success@1"].value == 0.5
    assert topical["success@1"].interval is not None
    assert topical["success@1"].interval.low < 0.5 < topical["success@1"].interval.high
    assert who["success@1"].interval is None
    assert who[ABSTENTION].value == 1
    assert everything[ABSTENTION].value == pytest.approx(0.6)


def test_abstention_needs_an_unanswerable_question(question: Question, reply: MakeReply) -> None:
    questions = [question("Q", (RED, 3))]
    (everything, _) = groups_of(questions)
    measured = measure(questions, {"Q": reply(RED)}, None)
    assert math.isnan(figures(everything, measured)[ABSTENTION].value)
    assert ABSTENTION not in differences(everything, measured, measured)
    assert '"value":null' in evaluated(questions, {"Q": reply(RED)}).model_dump_json()


def test_a_run_does_not_differ_from_itself(
    questions: tuple[JudgedQuestion, ...], good: dict[str, Reply]
) -> None:
    for group in compare(questions, good, good).groups:
        assert set(group.differences) == {"success@1", "ndcg@10", "evidence", ABSTENTION, *MEASURES}
        for found in group.differences.values():
            assert (found.value, found.p, found.verdict) == (0, 1, "no difference")


def test_a_better_run_is_called_better_and_the_other_worse(
    questions: tuple[JudgedQuestion, ...], good: dict[str, Reply], bad: dict[str, Reply]
) -> None:
    better, worse = compare(questions, good, bad).groups, compare(questions, bad, good).groups
    for name in ("success@1", "ndcg@10", "trec RR@10", ABSTENTION):
        assert better[0].differences[name].verdict == "better, beyond noise"
        assert worse[0].differences[name].verdict == "worse, beyond noise"
        assert better[0].differences[name].value == pytest.approx(-worse[0].differences[name].value)
    assert better[2].name == "who"
    assert better[2].differences["success@1"].verdict == "too few questions to tell"


def test_one_better_answer_of_ten_is_noise(
    questions: tuple[JudgedQuestion, ...], good: dict[str, Reply], bad: dict[str, Reply]
) -> None:
    found = compare(questions, {**bad, "A0": good["A0"]}, bad).groups[0].differences["success@1"]
    assert found.value == pytest.approx(0.1)
    assert found.verdict == "within noise"


@settings(max_examples=5, deadline=None)
@given(data=st.data())
def test_the_order_of_the_questions_does_not_matter(
    data: st.DataObject, questions: tuple[JudgedQuestion, ...], good: dict[str, Reply], bad: dict[str, Reply]
) -> None:
    mixed = {**bad, **{qid: good[qid] for qid in ("A1", "A5", "B0", "U2")}}
    shuffled = data.draw(st.permutations(questions))
    assert evaluated(shuffled, mixed).groups == evaluated(questions, mixed).groups
    assert compare(shuffled, mixed, bad) == compare(questions, mixed, bad)


def test_runs_are_compared_to_the_depth_of_the_shorter(
    questions: tuple[JudgedQuestion, ...], bad: dict[str, Reply], reply: MakeReply
) -> None:
    short = run_of(questions, reply(NOISE, confidence=0.2), 0.8)
    found = compare(questions, bad, short)
    assert found.depth == 1
    assert {each.verdict for each in found.groups[0].differences.values()} == {"no difference"}


def test_a_run_of_other_passages_is_compared_without_trec(
    questions: tuple[JudgedQuestion, ...], good: dict[str, Reply]
) -> None:
    windows = run_of(questions, Reply(0.9, (Retrieved("d", RED, "id-window"),)), 0.1)
    found = compare(questions, good, windows)
    assert not found.trec
    assert not set(MEASURES) & set(found.groups[0].differences)
    assert "cannot be compared" in render_evaluation(
        evaluated(questions, good).model_copy(update={"comparison": found})
    )


def test_a_run_of_other_questions_is_refused(
    questions: tuple[JudgedQuestion, ...], good: dict[str, Reply]
) -> None:
    with pytest.raises(QuestionFileError, match=r"before\.jsonl replies to none"):
        compare(questions, good, {"Z": Reply(0.5, ())})


def test_replies_that_are_missing_count_as_silence_and_are_told(
    questions: tuple[JudgedQuestion, ...], good: dict[str, Reply]
) -> None:
    less = {qid: reply for qid, reply in good.items() if qid != "A0"}
    found = compare(questions, good, less)
    assert found.missing == 1
    assert found.groups[0].differences["success@1"].value == pytest.approx(0.1)


def test_the_tables_give_every_type_every_measure_and_the_worst_question_first(
    questions: tuple[JudgedQuestion, ...], good: dict[str, Reply], bad: dict[str, Reply]
) -> None:
    mixed = {**good, "A3": bad["A3"]}
    view = evaluated(questions, mixed)
    text = render_evaluation(view.model_copy(update={"comparison": compare(questions, mixed, bad)}))
    assert "16 questions, 6 of them unanswerable." in text
    for words in ("topical", "who", "ALL (10)", "success@1", "R@100", "beyond noise", "too few questions"):
        assert words in text
    assert view.per_question[0].qid == "A3"
    assert len(view.per_question) == 10
