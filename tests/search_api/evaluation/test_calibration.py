"""The calibration of the confidence: bands, refusals, and the distance from what it should be."""

from __future__ import annotations

import pytest

from search_api.evaluation.calibration import calibration_of


def test_a_perfect_confidence_has_no_error(question, reply) -> None:
    asked = [question(f"a{n}", ("quote", 3)) for n in range(10)] + [question(f"u{n}") for n in range(10)]
    replies = {one.qid: reply("x", confidence=float(one.answerable)) for one in asked}
    view = calibration_of(asked, replies, 0.5)
    assert (view.brier, view.error) == (0, 0)
    assert (view.answerable_refused, view.unanswerable_refused) == (0, 10)
    assert [(band.questions, band.confidence, band.answerable) for band in view.bands] == [
        (10, 0, 0),
        (10, 1, 1),
    ]


def test_a_confidence_that_is_always_too_high_is_seen(question, reply) -> None:
    asked = [question(f"a{n}", ("quote", 3)) for n in range(6)] + [question(f"u{n}") for n in range(6)]
    replies = {one.qid: reply("x", confidence=0.9) for one in asked}
    view = calibration_of(asked, replies, 0.5)
    assert view.error == pytest.approx(0.4)
    assert view.brier == pytest.approx((0.01 + 0.81) / 2)
    assert view.unanswerable_refused == 0


def test_a_question_without_a_reply_counts_as_refused(question) -> None:
    view = calibration_of([question("a", ("quote", 3))], {}, 0.5)
    assert view.answerable_refused == 1
