"""The second look at the best hits, by a model that reads question and passage together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.arrays import Scores
from index.fusion import stretched

LOOKED_AT = 20
"""Hits that are read again: two pages of ten. A cross-encoder takes some 10 ms for each on one core."""
SHARE = 0.5
"""What the second look counts; the rest is the first. Not fitted, for no such model comes with us."""


class Reranker(Protocol):
    """Reads a question and a passage together, and says how well they fit."""

    @property
    def model_id(self) -> str:
        """The name by which the model is asked for."""
        ...

    def judge(self, question: str, texts: Sequence[str]) -> Scores:
        """Score each text, higher is better, on any scale."""
        ...


def combined(first: NDArray[np.float64], second: Scores) -> NDArray[np.float64]:
    """Mix the scores of the first and the second look, each stretched, into the range of the first.

    Both have shape (n,). What was not looked at again thus stays below.
    """
    mixed = (1 - SHARE) * stretched(first) + SHARE * stretched(second)
    scores: NDArray[np.float64] = first.min() + mixed * (first.max() - first.min())
    return scores
