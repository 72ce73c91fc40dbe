"""How sure the system is that the corpus answers a question at all."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from corpus.answers import Hit
from corpus.understanding import Understanding
from index.lexical import Term

WEIGHTS_FILE = Path(__file__).with_name("confidence.toml")
BEST = 5
"""Hits of which the best late interaction is averaged."""
FIGURE = re.compile(
    r"\bhow (?:many|much)\b|\b(?:percentages?|per ?cent|numbers? of|budgets?|amounts?|salar(?:y|ies)|totals?"
    r"|statistics|figures?|averages?|rates?|proportions?|share of|fines?|penalt(?:y|ies)|dollars?|usd)\b",
    re.IGNORECASE,
)
"""Words that ask for a figure, which texts of this kind seldom give."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for or against an answer, each from 0 to 1.

    `likeness` is the mean of the best scores of late interaction, `absent` the share (by idf) of the
    question's words that no text holds, `figure` is 1 where a figure is asked for, `unmet` 1 where the
    question names a meeting or a programme that is not held.
    """

    likeness: float
    absent: float
    figure: float
    unmet: float


@dataclass(frozen=True, slots=True)
class Weights:
    """Two logistic models of the evidence, and the confidence below which no answer is given.

    One says whether the question is of this field (`field`, `likeness`, `absent`), the other whether, if
    it is, the texts answer it (`answered`, `figure`, `unmet`); the confidence is their product.
    """

    field: float
    likeness: float
    absent: float
    answered: float
    figure: float
    unmet: float
    threshold: float


UNFITTED = Weights(field=-2.0, likeness=4.0, absent=-2.0, answered=3.0, figure=0.0, unmet=-1.0, threshold=0.2)
"""For a model that nothing was fitted to: set by hand, so that what is likely off the topic is refused."""


@cache
def weights_for(model: str) -> Weights:
    """Read the weights that `labour learn confidence` fitted for a model, UNFITTED for another one."""
    table = tomllib.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    if model != table["provenance"]["model"]:
        return UNFITTED
    return Weights(**{field.name: float(table["weights"][field.name]) for field in fields(Weights)})


def evidence_of(
    question: str, understanding: Understanding, terms: Sequence[Term], hits: Iterable[Hit]
) -> Evidence:
    """Gather what speaks for an answer in the hits of a question."""
    scores = sorted((dict(hit.signals).get("late", 0.0) for hit in hits), reverse=True)[:BEST]
    whole = sum(term.idf for term in terms)
    absent = sum(term.idf for term in terms if not term.stems)
    return Evidence(
        likeness=sum(scores) / BEST,
        absent=absent / whole if whole else 0.0,
        figure=float(FIGURE.search(question) is not None),
        unmet=float(bool(understanding.unmet)),
    )


def confidence(evidence: Evidence, weights: Weights) -> float:
    """Return the confidence, 0 to 1, that there is an answer; 0 where nothing was found."""
    if not evidence.likeness:
        return 0.0
    of_the_field = weights.field + weights.likeness * evidence.likeness + weights.absent * evidence.absent
    answered = weights.answered + weights.figure * evidence.figure + weights.unmet * evidence.unmet
    return _logistic(of_the_field) * _logistic(answered)


def _logistic(logit: float) -> float:
    return 1.0 / (1.0 + math.exp(-logit))
