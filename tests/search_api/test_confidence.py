"""Confidence lies between 0 and 1 and never falls when a signal rises."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.answers import Hit
from corpus.records import Passage
from search_api.answering.choosing import Limits, choose, quotable
from search_api.answering.confidence import Weights, confidence

SHARE = st.floats(0, 1)


@pytest.fixture(scope="session")
def hit(find: Callable[[str], Passage]) -> Callable[..., Hit]:
    passage = find("sawmills")

    def made(dense: float = 0.0, coverage: float = 0.0, late: float = 0.0, score: float = 1.0) -> Hit:
        return Hit(passage, score, (("dense", dense), ("coverage", coverage), ("late", late)))

    return made


@given(dense=SHARE, coverage=SHARE, more=SHARE)
def test_it_rises_with_its_signals(
    hit: Callable[..., Hit], dense: float, coverage: float, more: float
) -> None:
    low = confidence([hit(dense, coverage)])
    assert 0 <= low <= confidence([hit(max(dense, more), coverage)]) <= 1
    assert low <= confidence([hit(dense, max(coverage, more))])
    assert low <= confidence([hit(dense, coverage, late=more)])
    assert low <= confidence([hit(dense, coverage), hit(more, more)])


def test_no_hits_is_no_confidence() -> None:
    assert confidence([]) == 0.0


def test_hits_beyond_the_depth_do_not_count(hit: Callable[..., Hit]) -> None:
    weights = Weights(depth=1)
    assert confidence([hit(), hit(1.0, 1.0)], weights) == confidence([hit()], weights)


def test_chosen_are_those_close_to_the_best_and_not_too_many(hit: Callable[..., Hit]) -> None:
    hits = [hit(score=score) for score in (0.8, 0.5, 0.4, 0.39, 0.1)]
    assert [chosen.score for chosen in choose(hits, Limits(share=0.5))] == [0.8, 0.5, 0.4]
    assert len(choose(hits, Limits(share=0.0, most=2))) == 2
    assert choose([], Limits()) == ()


def test_contents_are_not_quotable(hit: Callable[..., Hit], find: Callable[[str], Passage]) -> None:
    assert quotable([Hit(find("........"), 1.0), hit()]) == (hit(),)
