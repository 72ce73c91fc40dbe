"""Questions with the quotes that answer them, as people judged them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.catalogue import DEFAULT_CATALOGUE
from corpus.errors import QuestionFileError
from search_api.evaluation.objects import field, read_objects, text_field

GRADES = (1, 2, 3)
DEVELOPMENT_QUESTIONS = DEFAULT_CATALOGUE.parent / "evaluation" / "questions.dev.jsonl"


@dataclass(frozen=True, slots=True)
class Judgment:
    """A quote that bears on a question: grade 3 answers it, 2 is clearly relevant, 1 is background."""

    document: str
    quote: str
    grade: int


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question, its type, whether the texts answer it, and every quote that bears on it."""

    qid: str
    query: str
    type: str
    answerable: bool
    judgments: tuple[Judgment, ...]


def load_judged_questions(path: Path) -> tuple[JudgedQuestion, ...]:
    """Read a file of judged questions, one JSON object a line; blank lines are passed over.

    Raises QuestionFileError naming the file, the line and what is wrong with it.
    """
    found: dict[str, JudgedQuestion] = {}
    for where, fields in read_objects(path):
        question = _question(where, fields)
        if question.qid in found:
            raise QuestionFileError(f"{where}: qid {question.qid!r} is taken. Give it another.")
        found[question.qid] = question
    if not found:
        raise QuestionFileError(f"{path}: no question in it. Write one JSON object a line.")
    return tuple(found.values())


def _question(where: str, fields: Mapping[str, Any]) -> JudgedQuestion:
    judged = tuple(_judgment(where, entry) for entry in field(where, fields, "judgments", list))
    answerable = field(where, fields, "answerable", bool)
    if answerable != bool(judged):
        raise QuestionFileError(
            f"{where}: an answerable question has judgments, an unanswerable one none. Correct either."
        )
    qid, query, kind = (text_field(where, fields, name) for name in ("qid", "query", "type"))
    return JudgedQuestion(qid, query, kind, answerable, judged)


def _judgment(where: str, entry: object) -> Judgment:
    if not isinstance(entry, Mapping):
        raise QuestionFileError(f"{where}: a judgment is not a JSON object. Write {{...}}.")
    grade = field(where, entry, "grade", int)
    if grade not in GRADES or isinstance(grade, bool):
        raise QuestionFileError(f"{where}: grade {grade} is none of 1, 2, 3. Correct it.")
    document, quote = (text_field(where, entry, name) for name in ("document", "quote"))
    return Judgment(document, quote, grade)
