"""The figures of a run and of the difference between two, for all questions and by type, with their noise."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from corpus.errors import QuestionFileError
from search_api.evaluation import resampling
from search_api.evaluation.measures import SILENCE, Reply, score
from search_api.evaluation.questions import JudgedQuestion
from search_api.evaluation.resampling import Interval, Matrix, Vector
from search_api.evaluation.trec import Qrels, trec_values

ALL = "ALL"
RANKING = ("success@1", "ndcg@10", "evidence")
"""The project's measures of a ranking; each has a value for each question."""
ABSTENTION = "abstention"
"""The area under the ROC curve, of a group's answerable questions against all unanswerable ones."""
FEW = 6
"""With fewer questions no difference can pass the test: 5 that agree happen by chance once in 16 times."""
BEYOND = 0.05
"""Largest probability under chance of a difference that is called beyond noise."""

NO_DIFFERENCE = "no difference"


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of a run: the values of each measure by answerable qid, all confidences by qid."""

    values: Mapping[str, Mapping[str, float]]
    confidence: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that are looked at together: qids of answerable ones, and of all unanswerable ones."""

    name: str
    answerable: tuple[str, ...]
    unanswerable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean, or the abstention; NaN where there is nothing to take it of, no interval of few questions."""

    value: float
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Difference:
    """By how much a run is above another, how often chance gives as much, and what that says."""

    value: float
    interval: Interval | None
    p: float
    verdict: str


Figures = Mapping[str, Figure]
Differences = Mapping[str, Difference]


def measure(
    questions: Iterable[JudgedQuestion], replies: Mapping[str, Reply], qrels: Qrels | None
) -> Measured:
    """Take every measure of a run; those of TREC only where judgments by passage are given."""
    asked = tuple(questions)
    scores = {
        question.qid: score(question, replies.get(question.qid, SILENCE).passages)
        for question in asked
        if question.answerable
    }
    ranking = {
        "success@1": {qid: each.success for qid, each in scores.items()},
        "ndcg@10": {qid: each.ndcg for qid, each in scores.items()},
        "evidence": {qid: each.evidence for qid, each in scores.items()},
    }
    trec = {} if qrels is None else trec_values(qrels, replies)
    sure = {question.qid: replies.get(question.qid, SILENCE).confidence for question in asked}
    return Measured({**ranking, **trec}, sure)


def groups_of(questions: Iterable[JudgedQuestion]) -> tuple[Group, ...]:
    """All questions, then those of each type; in an order that does not depend on the file's.

    Raises QuestionFileError where no question is answerable.
    """
    asked = sorted(questions, key=lambda question: question.qid)
    silent = tuple(question.qid for question in asked if not question.answerable)
    answerable = [question for question in asked if question.answerable]
    if not answerable:
        raise QuestionFileError("No question is answerable, so that no ranking can be measured. Add some.")
    types = sorted({question.type for question in answerable})
    members = {name: tuple(each.qid for each in answerable if each.type == name) for name in types}
    everything = tuple(question.qid for question in answerable)
    return (
        Group(ALL, everything, silent),
        *(Group(name, qids, silent) for name, qids in members.items()),
    )


def figures(group: Group, measured: Measured) -> Figures:
    """Take the mean of each measure over a group, and its abstention."""
    means = {name: _mean(_values(group, of)) for name, of in measured.values.items()}
    return {**means, ABSTENTION: _abstention(_wins(group, measured))}


def differences(group: Group, now: Measured, before: Measured) -> Differences:
    """Compare two runs, measure by measure, over a group; both must have the same measures."""
    means = {
        name: _mean_difference(_values(group, of) - _values(group, before.values[name]))
        for name, of in now.values.items()
    }
    if not group.unanswerable:
        return means
    return {**means, ABSTENTION: _area_difference(group, now, before)}


def _mean(values: Vector) -> Figure:
    return Figure(float(values.mean()), resampling.mean_interval(values) if len(values) >= FEW else None)


def _abstention(wins: Matrix) -> Figure:
    if not wins.size:
        return Figure(math.nan, None)
    enough = min(wins.shape) >= FEW
    return Figure(float(wins.mean()), resampling.area_interval(wins) if enough else None)


def _mean_difference(values: Vector) -> Difference:
    interval = resampling.mean_interval(values) if len(values) >= FEW else None
    return _difference(float(values.mean()), interval, resampling.mean_test(values))


def _area_difference(group: Group, now: Measured, before: Measured) -> Difference:
    wins = _wins(group, now) - _wins(group, before)
    interval = resampling.area_interval(wins) if min(wins.shape) >= FEW else None
    p = resampling.area_test(_confidences(group, now), _confidences(group, before))
    return _difference(float(wins.mean()), interval, p)


def _difference(value: float, interval: Interval | None, p: float) -> Difference:
    return Difference(value, interval, p, _verdict(value, interval, p))


def _verdict(value: float, interval: Interval | None, p: float) -> str:
    """Say what a difference is worth; the test and the interval must agree that there is one."""
    if abs(value) < resampling.ROUNDING and p == 1:
        return NO_DIFFERENCE
    if interval is None:
        return "too few questions to tell"
    if p < BEYOND and not interval.low <= 0 <= interval.high:
        return f"{'better' if value > 0 else 'worse'}, beyond noise"
    return "within noise"


def _values(group: Group, values: Mapping[str, float]) -> Vector:
    return np.array([values[qid] for qid in group.answerable], dtype=np.float64)


def _confidences(group: Group, measured: Measured) -> tuple[Vector, Vector]:
    positive, negative = (
        np.array([measured.confidence[qid] for qid in qids], dtype=np.float64)
        for qids in (group.answerable, group.unanswerable)
    )
    return positive, negative


def _wins(group: Group, measured: Measured) -> Matrix:
    return resampling.wins(*_confidences(group, measured))
