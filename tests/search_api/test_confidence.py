"""Confidence lies between 0 and 1, rises with likeness, and falls with what speaks against an answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.answers import Hit
from corpus.records import Passage
from corpus.understanding import Understanding
from index.lexical import Term
from index.sentence_models import DEFAULT_MODEL
from search_api.answering.choosing import Limits, choose, quotable
from search_api.answering.confidence import Evidence, confidence, evidence_of, weights_for

SHARE = st.floats(0, 1)


@pytest.fixture(scope="session")
def hit(find: Callable[[str], Passage]) -> Callable[..., Hit]:
    passage = find("sawmills")

    def made(late: float = 0.0, score: float = 1.0) -> Hit:
        return Hit(passage, score, (("late", late),))

    return made


@given(likeness=SHARE, absent=SHARE, more=SHARE)
def test_it_rises_with_likeness_and_falls_with_what_is_absent(
    likeness: float, absent: float, more: float
) -> None:
    weights = weights_for(DEFAULT_MODEL)
    low = confidence(Evidence(likeness, absent, 0.0, 0.0), weights)
    assert 0 <= low <= confidence(Evidence(max(likeness, more), absent, 0.0, 0.0), weights) <= 1
    assert low >= confidence(Evidence(likeness, max(absent, more), 0.0, 0.0), weights)
    assert low >= confidence(Evidence(likeness, absent, 1.0, 0.0), weights)
    assert low >= confidence(Evidence(likeness, absent, 0.0, 1.0), weights)


def test_no_hits_is_no_confidence() -> None:
    evidence = evidence_of("recruitment costs", Understanding(), (), ())
    assert confidence(evidence, weights_for(DEFAULT_MODEL)) == 0.0


def test_likeness_is_the_mean_of_the_best_five(hit: Callable[..., Hit]) -> None:
    hits = [hit(late=late) for late in (0.1, 0.9, 0.8, 0.7, 0.6, 0.5)]
    assert evidence_of("x", Understanding(), (), hits).likeness == pytest.approx(0.7)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("how many inspectors are there", 1.0),
        ("total budget of the programme", 1.0),
        ("what has been recommended on recruitment costs", 0.0),
        ("who coordinates the network", 0.0),
    ],
)
def test_a_question_for_a_figure_is_known_by_its_words(question: str, figure: float) -> None:
    assert evidence_of(question, Understanding(), (), ()).figure == figure


def test_words_that_no_text_holds_count_by_their_rarity() -> None:
    terms = (Term("costs", ("cost",), (), 1.0), Term("zebra", (), (), 3.0))
    assert evidence_of("zebra costs", Understanding(), terms, ()).absent == 0.75


def test_chosen_are_those_close_to_the_best_and_not_too_many(hit: Callable[..., Hit]) -> None:
    hits = [hit(score=score) for score in (0.8, 0.5, 0.4, 0.39, 0.1)]
    assert [chosen.score for chosen in choose(hits, Limits(share=0.5))] == [0.8, 0.5, 0.4]
    assert len(choose(hits, Limits(share=0.0, most=2))) == 2
    assert choose([], Limits()) == ()


def test_contents_are_not_quotable(hit: Callable[..., Hit], find: Callable[[str], Passage]) -> None:
    assert quotable([Hit(find("........"), 1.0), hit()]) == (hit(),)
