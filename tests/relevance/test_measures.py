"""The measures, against values worked out by hand and against what must hold of any run."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.evaluation.measures import Carried, Reply, Retrieved, auroc, evaluate, find_quotes, score
from search_api.evaluation.questions import JudgedQuestion, Judgment
from search_api.evaluation.reports import diagnose, render_report

RED = "red fish swim in the cold river"
BLUE = "blue birds sing on a warm roof"
GREEN = "green frogs wait under the old bridge"
NOISE = "nothing of the kind is said here at all"


def question(*judgments: tuple[str, int], qid: str = "Q", kind: str = "topical") -> JudgedQuestion:
    judged = tuple(Judgment("d", quote, grade) for quote, grade in judgments)
    return JudgedQuestion(qid, "what do animals do?", kind, bool(judged), judged)


def passages(*texts: str) -> tuple[Retrieved, ...]:
    return tuple(Retrieved("d", text) for text in texts)


def words(count: int) -> str:
    return " ".join(f"word{place}" for place in range(count))


def test_a_perfect_ranking_scores_one() -> None:
    scores = score(question((RED, 3), (BLUE, 1)), passages(RED, BLUE))
    assert (scores.success, scores.ndcg, scores.evidence) == (1.0, 1.0, 1.0)


def test_a_run_without_passages_scores_nothing() -> None:
    scores = score(question((RED, 3)), ())
    assert (scores.success, scores.ndcg, scores.evidence) == (0.0, 0.0, 0.0)


def test_ndcg_discounts_by_rank() -> None:
    # Gains 2^1-1 at rank 1 and 2^3-1 at rank 3, over 7 at rank 1 and 1 at rank 2.
    scores = score(question((RED, 3), (BLUE, 1)), passages(BLUE, NOISE, RED))
    assert scores.ndcg == pytest.approx((1 + 7 / 2) / (7 + 1 / math.log2(3)))
    assert scores.success == 0.0  # a first passage of grade 1 is no success


def test_a_passage_with_two_quotes_gains_the_better_once() -> None:
    scores = score(question((RED, 2), (BLUE, 3)), passages(f"{RED}. {BLUE}."))
    assert scores.success == 1.0
    assert scores.ndcg == pytest.approx(7 / (7 + 3 / math.log2(3)))
    assert scores.evidence == 1.0


def test_a_quote_counts_only_where_it_is_first_carried() -> None:
    once = score(question((RED, 3), (BLUE, 3)), passages(RED, NOISE, BLUE))
    twice = score(question((RED, 3), (BLUE, 3)), passages(RED, RED, BLUE))
    assert twice.ndcg == once.ndcg


def test_ndcg_looks_at_ten_passages() -> None:
    late = [NOISE] * 10 + [RED]
    assert score(question((RED, 3)), passages(*late)).ndcg == 0.0
    assert score(question((RED, 3)), passages(*late[1:])).ndcg == pytest.approx(1 / math.log2(11))


def test_another_document_carries_nothing() -> None:
    assert find_quotes(question((RED, 3)), [Retrieved("other", RED)]) == (None,)


def test_half_of_the_trigrams_is_enough_and_less_is_not() -> None:
    quote = "one two three four five six"  # four trigrams
    assert find_quotes(question((quote, 3)), passages("one two three four")) == (Carried(1, 4),)
    assert find_quotes(question((quote, 3)), passages("one two three")) == (None,)


def test_case_punctuation_and_line_breaks_do_not_matter() -> None:
    assert find_quotes(question(("Rights, of -- Workers", 3)), passages("the rights\nof WORKERS!")) == (
        Carried(1, 4),
    )


def test_a_quote_of_two_words_needs_a_passage_of_just_these() -> None:
    assert find_quotes(question(("Viet Nam", 3)), passages("Viet Nam is here", "Viet Nam")) == (
        Carried(2, 6),
    )


def test_a_passage_is_read_to_its_300th_word() -> None:
    long = f"{words(293)} {RED}"
    assert find_quotes(question((RED, 3)), passages(long)) == (Carried(1, 300),)
    assert find_quotes(question((RED, 3)), passages(f"{words(298)} {RED}")) == (None,)
    assert find_quotes(question((RED, 3)), passages(words(500), RED)) == (Carried(2, 307),)


def test_evidence_is_the_graded_share_averaged_over_the_budgets() -> None:
    # RED is read by word 7, BLUE by word 214: budgets 150, 300, 600, 1200 hold 3/4, 1, 1, 1.
    scores = score(question((RED, 3), (BLUE, 1)), passages(RED, words(200), BLUE))
    assert scores.evidence == pytest.approx((0.75 + 1 + 1 + 1) / 4)
    # By word 1,507 no budget holds it.
    assert score(question((RED, 3)), passages(*[words(300)] * 5, RED)).evidence == 0.0


def test_auroc_counts_pairs_and_halves_ties() -> None:
    assert auroc([0.9, 0.5], [0.1, 0.5]) == pytest.approx((1 + 1 + 1 + 0.5) / 4)
    assert auroc([1.0], [0.0]) == 1.0
    assert auroc([0.0], [1.0]) == 0.0
    assert math.isnan(auroc([], [0.3]))
    assert math.isnan(auroc([0.3], []))


def test_a_run_is_summed_over_types_and_its_gaps_count_as_silence() -> None:
    questions = [
        question((RED, 3), qid="a", kind="when"),
        question((BLUE, 3), qid="b", kind="when"),
        question((GREEN, 3), qid="c", kind="who"),
        question(qid="d", kind="unanswerable"),
    ]
    run = {
        "a": Reply(0.9, passages(RED)),
        "b": Reply(0.6, passages(NOISE, BLUE)),
        "d": Reply(0.3, passages(NOISE)),
    }
    report = evaluate(questions, run)
    assert report.counts == {"when": 2, "who": 1}
    assert report.by_type["when"].success == 0.5
    assert report.by_type["who"].ndcg == 0.0
    assert report.overall.success == pytest.approx(1 / 3)
    assert report.overall.ndcg == pytest.approx((1 + 1 / math.log2(3)) / 3)
    assert report.abstention == pytest.approx(2 / 3)  # 0.9 and 0.6 beat 0.3, the missing 0.0 does not
    table = render_report(report).splitlines()
    assert [line.split()[:2] for line in table[1:4]] == [["when", "2"], ["who", "1"], ["ALL", "3"]]
    assert "0.667" in table[-1]


def test_a_diagnosis_names_the_rank_of_each_lost_answer() -> None:
    asked = question((RED, 3), (GREEN, 3), (BLUE, 1), qid="R7")
    reply = Reply(0.5, passages(BLUE, GREEN))
    text = diagnose(asked, reply, score(asked, reply.passages))
    assert "R7" in text
    assert "first passage of grade 3 at rank 2" in text
    assert f"no rank of 2: '{RED}'" in text
    assert BLUE not in text


TEXTS = st.lists(st.sampled_from([RED, BLUE, GREEN, NOISE, f"{RED} {GREEN}", words(400)]), max_size=14)
JUDGED = st.lists(
    st.tuples(st.sampled_from([RED, BLUE, GREEN]), st.integers(1, 3)),
    min_size=1,
    max_size=3,
    unique_by=lambda judged: judged[0],
)


@given(judged=JUDGED, texts=TEXTS)
def test_every_measure_lies_between_nothing_and_one(judged: list[tuple[str, int]], texts: list[str]) -> None:
    scores = score(question(*judged), passages(*texts))
    for value in (scores.success, scores.ndcg, scores.evidence):
        assert 0.0 <= value <= 1.0 + 1e-12


@given(judged=JUDGED, texts=TEXTS, more=TEXTS)
def test_what_follows_never_lowers_a_score(
    judged: list[tuple[str, int]], texts: list[str], more: list[str]
) -> None:
    short = score(question(*judged), passages(*texts))
    long = score(question(*judged), passages(*texts, *more))
    assert long.ndcg >= short.ndcg - 1e-12
    assert long.evidence >= short.evidence
    assert long.success >= short.success


@given(st.lists(st.floats(0, 1), min_size=1), st.lists(st.floats(0, 1), min_size=1))
def test_auroc_of_the_opposite_question_is_the_rest(positive: list[float], negative: list[float]) -> None:
    assert auroc(positive, negative) + auroc(negative, positive) == pytest.approx(1.0)
