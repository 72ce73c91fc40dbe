"""The confidence that the texts answer, fitted to questions with and without an answer."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search_api.answering.choosing import LIMITS
from search_api.answering.confidence import Evidence, Weights, confidence
from search_api.answering.consulting import consult
from search_api.evaluation.measures import auroc
from search_api.files import write_whole
from search_api.learning.examples import Graded, head_of
from search_api.reading import Reading

REFUSED = 0.05
"""Share of the answerable questions that the threshold refuses."""
PENALTY = 1e-5
FOLDS = 5
OFF_TOPIC = "off_topic"

Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Sample:
    """What speaks for an answer to a question, its type, and whether there is one."""

    evidence: Evidence
    type: str
    answerable: bool


@dataclass(frozen=True, slots=True)
class Fitted:
    """The weights, and how they do in cross-validation: the area under the curve and the calibration.

    `calibration` are (mean confidence, share answerable, questions) of tenths of the questions.
    """

    weights: Weights
    area: float
    calibration: tuple[tuple[float, float, int], ...]


def samples_of(questions: Sequence[Graded], reading: Reading, report: Report) -> tuple[Sample, ...]:
    """Ask each question and gather what speaks for an answer."""
    found = []
    for done, question in enumerate(questions):
        report(done, len(questions))
        evidence = consult(reading, question.query, LIMITS.pool).evidence
        found.append(Sample(evidence, question.type, bool(question.grades)))
    return tuple(found)


def fit_confidence(samples: Sequence[Sample], seed: int = 0) -> Fitted:
    """Fit the weights to all samples, the threshold and the figures in cross-validation."""
    order = list(range(len(samples)))
    random.Random(seed).shuffle(order)
    sure = np.zeros(len(samples))
    for start in range(FOLDS):
        held = order[start::FOLDS]
        others = [samples[place] for place in order if place not in set(held)]
        weights = _weights(others)
        for place in held:
            sure[place] = confidence(samples[place].evidence, weights)
    answerable = np.array([sample.answerable for sample in samples])
    threshold = float(np.quantile(sure[answerable], REFUSED))
    area = auroc(sure[answerable].tolist(), sure[~answerable].tolist())
    return Fitted(_weights(samples, threshold), area, tuple(_calibration(sure, answerable)))


def _weights(samples: Sequence[Sample], threshold: float = 0.0) -> Weights:
    """Fit the field to off-topic questions, the answer to the unanswerable ones of the field."""
    answered = [sample for sample in samples if sample.answerable]
    off = [sample for sample in samples if sample.type == OFF_TOPIC]
    near = [sample for sample in samples if not sample.answerable and sample.type != OFF_TOPIC]
    field, likeness, absent = _logistic(answered, off, lambda one: (one.likeness, one.absent))
    bias, figure, unmet = _logistic(answered, near, lambda one: (one.figure, one.unmet))
    return Weights(field, likeness, absent, bias, figure, unmet, threshold)


def _logistic(
    positive: Sequence[Sample], negative: Sequence[Sample], of: Callable[[Evidence], tuple[float, float]]
) -> tuple[float, float, float]:
    """Fit a logistic model of two features to positive and negative samples: bias and two weights."""
    from scipy.optimize import minimize

    rows = np.array([(1.0, *of(sample.evidence)) for sample in (*positive, *negative)])
    signs = np.array([1.0] * len(positive) + [-1.0] * len(negative))
    penalty = np.array([0.0, PENALTY, PENALTY])

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margins = signs * (rows @ weights)
        slope = -(signs / (1 + np.exp(margins))) @ rows / len(rows)
        value = np.logaddexp(0, -margins).mean() + penalty @ weights**2
        return float(value), slope + 2 * penalty * weights

    found = minimize(loss, np.zeros(3), jac=True, method="L-BFGS-B").x
    return float(found[0]), float(found[1]), float(found[2])


def _calibration(
    sure: NDArray[np.float64], answerable: NDArray[np.bool_]
) -> Iterable[tuple[float, float, int]]:
    for tenth in np.array_split(np.argsort(sure, kind="stable"), 10):
        yield round(float(sure[tenth].mean()), 3), round(float(answerable[tenth].mean()), 3), len(tenth)


def write_confidence(path: Path, fitted: Fitted, facts: Mapping[str, object]) -> None:
    """Write the weights and the calibration under what they were fitted to."""
    lines = head_of(
        "The confidence that the texts answer; `labour learn confidence` writes this file.", facts
    )
    lines += [f"auroc_cross_validated = {fitted.area:.3f}", "", "[weights]"]
    lines += [f"{field.name} = {getattr(fitted.weights, field.name):.4f}" for field in fields(Weights)]
    lines += [
        "",
        "[calibration]",
        "# Mean confidence, share answered, and number of questions, by tenths.",
    ]
    lines += ["tenths = [", *(f"    {list(row)}," for row in fitted.calibration), "]"]
    write_whole(path, [("\n".join(lines) + "\n").encode()])
