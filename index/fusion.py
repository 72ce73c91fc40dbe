"""Ways of making one score of several signals; each gives 0..1 and orders nothing by place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float32] | NDArray[np.float64]
Fusion = Callable[[Sequence[Values], Sequence[float]], NDArray[np.float64]]

RANK_CONSTANT = 60
"""Of reciprocal-rank fusion: Cormack, Clarke and Buettcher 2009."""


def min_max(signals: Sequence[Values], weights: Sequence[float]) -> NDArray[np.float64]:
    """Stretch each signal to 0..1 over the candidates and return the weighted mean.

    Signals have shape (candidates,). One that is the same for all counts as 1 where it is positive
    and 0 elsewhere.
    """
    return _weighted_mean([stretched(values) for values in signals], weights)


def reciprocal_rank(signals: Sequence[Values], weights: Sequence[float]) -> NDArray[np.float64]:
    """Return the weighted mean of (k + 1) / (k + rank) over the signals, k being 60.

    Equal values share the best of their ranks, so that 1 is reached by what is first everywhere.
    """
    return _weighted_mean([(RANK_CONSTANT + 1) / (RANK_CONSTANT + _ranks(v)) for v in signals], weights)


FUSIONS: dict[str, Fusion] = {"min_max": min_max, "reciprocal_rank": reciprocal_rank}


def _weighted_mean(signals: Sequence[NDArray[np.float64]], weights: Sequence[float]) -> NDArray[np.float64]:
    mean = np.average(np.stack(signals), axis=0, weights=np.asarray(weights, dtype=np.float64))
    clipped: NDArray[np.float64] = np.clip(mean, 0.0, 1.0)
    return clipped


def stretched(values: Values) -> NDArray[np.float64]:
    """Stretch one signal to 0..1; one that is the same for all is 1 where it is positive, else 0."""
    exact = values.astype(np.float64)
    if not exact.size:
        return exact
    low, high = exact.min(), exact.max()
    if low == high:
        return (exact > 0).astype(np.float64)
    scaled: NDArray[np.float64] = (exact - low) / (high - low)
    return scaled


def _ranks(values: Values) -> NDArray[np.int64]:
    """Rank from 1, the highest first: one more than the number of greater values."""
    ascending = np.sort(values)
    return 1 + len(values) - np.searchsorted(ascending, values, side="right")
