"""Halves of the written questions: what is fitted to one is used on the other."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

from search_api.evaluation.questions import JudgedQuestion
from search_api.learning.examples import Graded

FOLDS = 2
"""Few, since each takes the training of an adapter."""

Asked = TypeVar("Asked", JudgedQuestion, Graded)


def fold_of(qid: str) -> int:
    """Assign a question to a fold by its id alone, so that new questions move no other."""
    return hashlib.sha256(qid.encode()).digest()[0] % FOLDS


def within(questions: Sequence[Asked], fold: int) -> tuple[Asked, ...]:
    """Keep the questions of a fold."""
    return tuple(question for question in questions if fold_of(question.qid) == fold)


def outside(questions: Sequence[Asked], fold: int) -> tuple[Asked, ...]:
    """Keep the questions of the other folds."""
    return tuple(question for question in questions if fold_of(question.qid) != fold)
