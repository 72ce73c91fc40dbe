"""Noise: intervals by drawing the questions anew, and tests by exchanging the two runs of a question.

Everything is seeded by itself, so that the same values in the same order give the same figures.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SEED = 2012
RESAMPLES = 2_000
"""Samples of questions that an interval is taken from."""
PERMUTATIONS = 10_000
"""Exchanges of the two runs that a test looks at."""
TAILS = (2.5, 97.5)
"""Percentiles between which 95 % of the samples lie."""
ROUNDING = 1e-12
"""Two differences nearer than this are the same."""

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """The bounds within which 95 % of the samples lie."""

    low: float
    high: float


def mean_interval(values: Vector) -> Interval:
    """The interval of the mean of one value or more, each of a question.

    Source: the percentile bootstrap of Efron 1979.
    """
    drawn = _drawn(np.random.default_rng(SEED), len(values))
    return _interval(drawn @ values / len(values))


def area_interval(wins: Matrix) -> Interval:
    """The interval of the mean of `wins`, answerable by unanswerable questions, neither empty.

    Each side is drawn by itself, so that no sample lacks one. Of the difference of two matrices it
    is the interval of the difference of two areas.
    """
    generator = np.random.default_rng(SEED)
    rows, columns = (_drawn(generator, count) for count in wins.shape)
    return _interval(((rows @ wins) * columns).sum(axis=1) / wins.size)


def wins(positive: Vector, negative: Vector) -> Matrix:
    """Whether each positive (row) outscores each negative (column): 1, 0, or a half for a tie.

    The mean is the area under the ROC curve.
    """
    gaps = np.sign(positive[:, None] - negative[None, :])
    return np.asarray((gaps + 1) / 2, dtype=np.float64)


def mean_test(differences: Vector) -> float:
    """How often chance gives a mean at least as far from 0 as that of these differences (0..1].

    Under chance each question's difference is as likely to have the other sign. Source: the
    randomisation test of Fisher, as Smucker, Allan and Carterette 2007 apply it to rankings.
    """
    generator = np.random.default_rng(SEED)
    signs = generator.choice((-1.0, 1.0), size=(PERMUTATIONS, len(differences)))
    return _share_as_far(signs @ differences / len(differences), float(differences.mean()))


def area_test(first: tuple[Vector, Vector], second: tuple[Vector, Vector]) -> float:
    """As `mean_test`, of the difference of the areas of two runs: positives and negatives of each.

    The questions are paired. Their ranks within each run are exchanged, as the two runs need not
    measure on one scale. Source: Bandos, Rockette and Gur 2005.
    """
    count = len(first[0])
    one, two = (_ranks(np.concatenate(run)) for run in (first, second))
    generator = np.random.default_rng(SEED)
    exchanges = generator.integers(2, size=(PERMUTATIONS, len(one))).astype(bool)
    by_chance = [
        _area(np.where(swap, two, one), count) - _area(np.where(swap, one, two), count) for swap in exchanges
    ]
    return _share_as_far(np.array(by_chance), _area(one, count) - _area(two, count))


def _drawn(generator: np.random.Generator, count: int) -> Matrix:
    """How often each of `count` questions is drawn, a row for each sample."""
    even = np.full(count, 1 / count)
    return generator.multinomial(count, even, size=RESAMPLES).astype(np.float64)


def _interval(estimates: Vector) -> Interval:
    low, high = np.percentile(estimates, TAILS)
    return Interval(float(low), float(high))


def _share_as_far(by_chance: Vector, observed: float) -> float:
    """The share of permutations as far from 0 as what was observed, which counts as one of them."""
    as_far = int((np.abs(by_chance) >= abs(observed) - ROUNDING).sum())
    return (as_far + 1) / (PERMUTATIONS + 1)


def _ranks(values: Vector) -> Vector:
    """The rank of each value, equal values sharing the mean of theirs."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[place], dtype=np.float64)


def _area(values: Vector, positives: int) -> float:
    return float(wins(values[:positives], values[positives:]).mean())
