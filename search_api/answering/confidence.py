"""How sure the system is that the corpus answers a question at all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.answers import Hit


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model of a few signals, and the confidence below which no answer is given.

    Each signal is the best among the first `depth` hits: `dense` the cosine, `late` the score of late
    interaction, `coverage` the share of the question's terms, by idf. The figures are chosen by hand so
    that questions about other fields stay below the threshold (cosine at most 0.22 on a dozen of them)
    and paraphrases that share hardly a word with the texts stay above (0.31 or more on the development
    questions). They do not tell apart what lies within the field and is not in these texts.
    """

    bias: float = -5.0
    dense: float = 6.0
    late: float = 4.0
    coverage: float = 1.5
    depth: int = 10
    threshold: float = 0.2


WEIGHTS = Weights()


def confidence(hits: Sequence[Hit], weights: Weights = WEIGHTS) -> float:
    """Return the confidence, 0 to 1, that the hits (best first) hold an answer; 0 for no hits."""
    signals = [dict(hit.signals) for hit in hits[: weights.depth]]
    if not signals:
        return 0.0
    logit = weights.bias + sum(
        getattr(weights, name) * max(signal.get(name, 0.0) for signal in signals)
        for name in ("dense", "late", "coverage")
    )
    return 1.0 / (1.0 + math.exp(-logit))
