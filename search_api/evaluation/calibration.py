"""Whether the confidence means what it says: the share answered among questions of like confidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from pydantic import BaseModel, ConfigDict

from search_api.evaluation.measures import SILENCE, Reply
from search_api.evaluation.questions import JudgedQuestion

FEWEST = 10
"""Questions in a band of the curve; a share of fewer tells little."""
BANDS = 10


class BandView(BaseModel):
    """Questions of like confidence: how many, the mean confidence, and the share that is answerable."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    questions: int
    confidence: float
    answerable: float


class CalibrationView(BaseModel):
    """How the confidence fits the questions.

    Below `threshold` a question is refused. `brier` is the mean squared difference between confidence
    and answerability (Brier 1950), `error` the mean distance of the bands from the diagonal, weighted by
    their questions (expected calibration error; Naeini and others 2015).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    threshold: float
    answerable_refused: int
    unanswerable_refused: int
    brier: float
    error: float
    bands: tuple[BandView, ...]


def calibration_of(
    questions: Sequence[JudgedQuestion], replies: Mapping[str, Reply], threshold: float
) -> CalibrationView:
    """Compare the confidence of each reply with whether its question can be answered.

    The bands hold equally many questions, the least confident first.
    """
    sure = np.array([replies.get(question.qid, SILENCE).confidence for question in questions])
    answerable = np.array([question.answerable for question in questions])
    refused = sure < threshold
    bands = tuple(_bands(sure, answerable))
    return CalibrationView(
        threshold=threshold,
        answerable_refused=int((refused & answerable).sum()),
        unanswerable_refused=int((refused & ~answerable).sum()),
        brier=float(((sure - answerable) ** 2).mean()),
        error=sum(b.questions * abs(b.confidence - b.answerable) for b in bands) / len(questions),
        bands=bands,
    )


def _bands(sure: np.ndarray, answerable: np.ndarray) -> list[BandView]:
    count = max(1, min(BANDS, len(sure) // FEWEST))
    order = np.argsort(sure, kind="stable")
    return [
        BandView(
            questions=len(rows),
            confidence=float(sure[rows].mean()),
            answerable=float(answerable[rows].mean()),
        )
        for rows in np.array_split(order, count)
    ]
