"""What is fitted does on questions it has not seen what it did on those it has, where there is a rule."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

from index.ranking import WEIGHTS_FILE, Ranking
from index.signals import NAMES
from search_api.answering.confidence import Evidence, confidence
from search_api.evaluation.questions import DEVELOPMENT_QUESTIONS, load_judged_questions
from search_api.learning.confidence import Sample, fit_confidence, write_confidence
from search_api.learning.examples import OFF_TOPIC_QUESTIONS, WRITTEN_QUESTIONS
from search_api.learning.folds import FOLDS, fold_of, outside, within
from search_api.learning.ranking import Case, cross_validated, fit, ndcg, write_weights
from search_api.words import words_of


def cases(count: int, telling: int) -> list[Case]:
    """Questions of which one signal tells the good passage, under noise in all the others."""
    random = np.random.default_rng(1)
    found = []
    for _ in range(count):
        signals = random.random((12, len(NAMES)))
        gains = np.zeros(12)
        gains[int(signals[:, telling].argmax())] = 7.0
        found.append(Case(signals, gains, np.array([7.0])))
    return found


def test_the_telling_signal_gets_the_weight() -> None:
    made = cases(80, telling=3)
    weights = fit(made)
    assert weights.argmax() == 3
    assert (weights >= 0).all()
    held, seen = cross_validated(made)
    assert held > 0.9
    assert seen >= held - 0.02


def test_the_gain_of_an_order_is_1_where_it_is_ideal() -> None:
    weights = np.zeros(len(NAMES))
    weights[3] = 1.0
    assert ndcg(cases(1, telling=3)[0], weights) == pytest.approx(1.0)


def test_the_weights_written_are_read_back(tmp_path: Path) -> None:
    weights = np.zeros(len(NAMES))
    weights[[1, 4]] = 0.5, 2.0
    write_weights(tmp_path / "w.toml", weights, {"questions": 3, "command": 'a "b"'})
    table = tomllib.loads((tmp_path / "w.toml").read_text())
    assert table["weights"] == {NAMES[4]: 2.0, NAMES[1]: 0.5}
    assert table["provenance"] == {"questions": 3, "command": 'a "b"'}


def test_the_weights_kept_are_of_signals_that_exist() -> None:
    table = tomllib.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    assert set(table["weights"]) <= set(NAMES)
    assert dict(Ranking().weights) == table["weights"]


def samples() -> list[Sample]:
    """Answerable ones are like the texts and ask for no figure; off-topic ones are not like them."""
    answerable = [Sample(Evidence(0.9, 0.0, 0.0, 0.0), "who", True)] * 140
    off_topic = [Sample(Evidence(0.3, 0.5, 0.0, 0.0), "off_topic", False)] * 30
    return [*answerable, *off_topic, *[Sample(Evidence(0.9, 0.0, 1.0, 0.0), "who", False)] * 30]


def test_the_confidence_separates_and_is_calibrated(tmp_path: Path) -> None:
    fitted = fit_confidence(samples())
    assert fitted.area == pytest.approx(1.0)
    tried = (Evidence(0.3, 0.5, 0, 0), Evidence(0.9, 0, 1, 0), Evidence(0.9, 0, 0, 0))
    off_topic, figure, answerable = (confidence(one, fitted.weights) for one in tried)
    assert max(off_topic, figure) < 0.3 < 0.7 < answerable
    assert sum(row[2] for row in fitted.calibration) == 200
    write_confidence(tmp_path / "c.toml", fitted, {"model": "m"})
    table = tomllib.loads((tmp_path / "c.toml").read_text())
    assert len(table["calibration"]["tenths"]) == 10


def test_folds_part_the_questions() -> None:
    questions = load_judged_questions(WRITTEN_QUESTIONS)
    for fold in range(FOLDS):
        assert {*within(questions, fold), *outside(questions, fold)} == set(questions)
        assert all(fold_of(question.qid) == fold for question in within(questions, fold))
        assert len(within(questions, fold)) > len(questions) / FOLDS / 2


def test_no_written_question_is_a_development_question() -> None:
    asked = {" ".join(words_of(one.query)) for one in load_judged_questions(DEVELOPMENT_QUESTIONS)}
    for file in (WRITTEN_QUESTIONS, OFF_TOPIC_QUESTIONS):
        for question in load_judged_questions(file):
            assert " ".join(words_of(question.query)) not in asked
