"""The weights of the ranking, fitted to written questions."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from index.fusion import stretched
from index.ranking import Ranking
from index.searching import Searcher
from index.signals import NAMES
from search_api.files import write_whole
from search_api.learning.examples import Graded, head_of
from search_api.reading import Reading

PENALTY = 1e-4
"""Weight of the sum of squares; ten times more or less moves nDCG@10 in cross-validation by under 0.005."""
DEPTH = 200
"""Candidates that words, vectors and conditions each put forward for the fit, twice as many as served."""
FOLDS = 5
CUTOFF = 10
SMALLEST = 0.02
"""A weight below this share of the largest is dropped."""

Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Case:
    """A question's candidates: their signals (n, signals), stretched to 0..1, and their gains (n,).

    `ideal` are the gains of all passages that bear on the question, candidates or not.
    """

    signals: NDArray[np.float64]
    gains: NDArray[np.float64]
    ideal: NDArray[np.float64]


def cases_of(questions: Iterable[Graded], reading: Reading, report: Report) -> tuple[Case, ...]:
    """Search for each answerable question and keep what the ranking sees of its candidates."""
    asked = [question for question in questions if question.grades]
    searcher = Searcher(reading.generation, Ranking(depth=DEPTH))
    found = []
    for done, question in enumerate(asked):
        report(done, len(asked))
        found.append(_case(question, searcher, reading))
    return tuple(found)


def _case(question: Graded, searcher: Searcher, reading: Reading) -> Case:
    positions, values = searcher.signals(question.query, reading.understand(question.query))
    grades = np.array([question.grades.get(place, 0) for place in positions.tolist()])
    columns = [stretched(values[name]) for name in NAMES]
    ideal = np.array(sorted(question.grades.values(), reverse=True))
    return Case(np.stack(columns, axis=1), 2.0**grades - 1, 2.0**ideal - 1)


def fit(cases: Sequence[Case]) -> NDArray[np.float64]:
    """Return non-negative weights, one a signal, that make the gains likely (softmax, listwise).

    The loss is the cross-entropy of each question's gains against the softmax of its scores: ListNet's
    top-one loss (Cao et al. 2007).
    """
    from scipy.optimize import minimize

    usable = [case for case in cases if case.gains.sum()]
    shares = [case.gains / case.gains.sum() for case in usable]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = 0.0, np.zeros(len(weights))
        for case, share in zip(usable, shares, strict=True):
            scores = case.signals @ weights
            scores -= scores.max()
            likely = np.exp(scores)
            likely /= likely.sum()
            total -= float(share @ np.log(likely + 1e-12))
            slope += (likely - share) @ case.signals
        penalty = PENALTY * len(usable)
        return total + penalty * float(weights @ weights), slope + 2 * penalty * weights

    start = np.full(len(NAMES), 0.5)
    found = minimize(loss, start, jac=True, bounds=[(0.0, None)] * len(NAMES), method="L-BFGS-B")
    weights: NDArray[np.float64] = found.x
    return np.where(weights < SMALLEST * weights.max(), 0.0, weights)


def ndcg(case: Case, weights: NDArray[np.float64]) -> float:
    """nDCG@10 of the order that the weights give."""
    order = np.argsort(-(case.signals @ weights), kind="stable")[:CUTOFF]
    discounts = 1 / np.log2(np.arange(2, CUTOFF + 2))
    gained = case.gains[order]
    ideal = case.ideal[:CUTOFF]
    return float(gained @ discounts[: len(gained)] / (ideal @ discounts[: len(ideal)]))


def cross_validated(cases: Sequence[Case], seed: int = 0) -> tuple[float, float]:
    """Return the mean nDCG@10 of weights fitted to the other folds, and of weights fitted to all."""
    order = list(range(len(cases)))
    random.Random(seed).shuffle(order)
    folds = [order[start::FOLDS] for start in range(FOLDS)]
    held = []
    for fold in folds:
        others = [cases[place] for place in order if place not in set(fold)]
        weights = fit(others)
        held += [ndcg(cases[place], weights) for place in fold]
    weights = fit(cases)
    return fmean(held), fmean(ndcg(case, weights) for case in cases)


def write_weights(path: Path, weights: NDArray[np.float64], facts: Mapping[str, object]) -> None:
    """Write the weights, largest first, under what they were fitted to."""
    order = np.argsort(-weights, kind="stable").tolist()
    lines = head_of("Weights of the signals; `labour learn ranking` writes this file.", facts)
    lines += ["", "[weights]"]
    lines += [f"{NAMES[place]} = {weights[place]:.3f}" for place in order if weights[place] > 0]
    write_whole(path, [("\n".join(lines) + "\n").encode()])
