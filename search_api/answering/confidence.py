"""How sure the system is that the corpus answers a question at all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.answers import Hit


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model of a few signals, and the confidence below which no answer is given.

    `dense` weighs the best cosine among the first `depth` hits, `coverage` the best share of the
    question's terms (by idf) that one of them holds, `both` the best product of the two in one
    passage: words and sense in the same place say more than either somewhere.
    """

    bias: float = -4.0
    dense: float = 4.0
    coverage: float = 2.0
    both: float = 4.0
    depth: int = 10
    threshold: float = 0.25


WEIGHTS = Weights()


def confidence(hits: Sequence[Hit], weights: Weights = WEIGHTS) -> float:
    """Return the confidence, 0 to 1, that the hits (best first) hold an answer; 0 for no hits."""
    signals = [dict(hit.signals) for hit in hits[: weights.depth]]
    if not signals:
        return 0.0
    dense = max(signal.get("dense", 0.0) for signal in signals)
    coverage = max(signal.get("coverage", 0.0) for signal in signals)
    both = max(signal.get("dense", 0.0) * signal.get("coverage", 0.0) for signal in signals)
    logit = weights.bias + weights.dense * dense + weights.coverage * coverage + weights.both * both
    return 1.0 / (1.0 + math.exp(-logit))
