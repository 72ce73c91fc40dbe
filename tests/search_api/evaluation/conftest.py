"""Judged questions and replies of few words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from search_api.evaluation.measures import Reply, Retrieved
from search_api.evaluation.questions import JudgedQuestion, Judgment


def make_question(qid: str, *judgments: tuple[str, int], kind: str = "topical") -> JudgedQuestion:
    judged = tuple(Judgment("d", quote, grade) for quote, grade in judgments)
    return JudgedQuestion(qid, "what is said?", kind, bool(judged), judged)


def make_reply(*texts: str, confidence: float = 0.5) -> Reply:
    return Reply(confidence, tuple(Retrieved("d", text, f"id-{text.split()[0]}") for text in texts))


@pytest.fixture(scope="session")
def question() -> Callable[..., JudgedQuestion]:
    """Make a question of document "d", unanswerable where it has no judgment."""
    return make_question


@pytest.fixture(scope="session")
def reply() -> Callable[..., Reply]:
    """Make a reply of passages of document "d", each with the id of its first word."""
    return make_reply
