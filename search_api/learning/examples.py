"""Written questions as grades of passages."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.catalogue import DEFAULT_CATALOGUE
from search_api.evaluation.questions import JudgedQuestion, load_judged_questions
from search_api.evaluation.trec import judge_passages
from search_api.reading import Reading

OFF_TOPIC_QUESTIONS = DEFAULT_CATALOGUE.parent / "training" / "off_topic.jsonl"
"""Questions of other fields, which no text answers."""
WRITTEN_QUESTIONS = DEFAULT_CATALOGUE.parent / "training" / "questions.jsonl"
"""Questions written for the passages of the five texts, without sight of the development questions."""


@dataclass(frozen=True, slots=True)
class Graded:
    """A question, its type, and the grade of each passage, by its place, that bears on it."""

    qid: str
    query: str
    type: str
    grades: Mapping[int, int]


def graded(questions: Sequence[JudgedQuestion], reading: Reading) -> tuple[Graded, ...]:
    """Find the passages of a reading that carry the judged quotes; unanswerable questions have none."""
    places = {passage.id: place for place, passage in enumerate(reading.passages)}
    judged = judge_passages(questions, reading.passages)
    return tuple(
        Graded(
            question.qid,
            question.query,
            question.type,
            {places[passage]: grade for passage, grade in judged.get(question.qid, {}).items()},
        )
        for question in questions
    )


def load_graded(path: Path, reading: Reading) -> tuple[Graded, ...]:
    """Read written questions and find their passages; raises QuestionFileError."""
    return graded(load_judged_questions(path), reading)


def provenance(path: Path, questions: int, command: str) -> dict[str, object]:
    """Say from what, by which command and when something was fitted."""
    return {
        "command": command,
        "questions": questions,
        "questions_file": path.name,
        "questions_sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "date": datetime.now(UTC).date().isoformat(),
    }


def head_of(comment: str, facts: Mapping[str, object]) -> list[str]:
    """Begin a TOML file of fitted figures: what it is, and what it was fitted to."""
    return [
        f"# {comment}",
        "",
        "[provenance]",
        *(f"{name} = {json.dumps(fact)}" for name, fact in facts.items()),
    ]
