"""Questions with the quotes that answer them, as people judged them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import QuestionFileError

GRADES = (1, 2, 3)


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
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionFileError(
            f"{path}: cannot be read as UTF-8 text ({error}). Name another file."
        ) from error
    found: dict[str, JudgedQuestion] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        question = _question(f"{path}, line {number}", line)
        if question.qid in found:
            raise QuestionFileError(f"{path}, line {number}: qid {question.qid!r} is taken. Give it another.")
        found[question.qid] = question
    if not found:
        raise QuestionFileError(f"{path}: no question in it. Write one JSON object a line.")
    return tuple(found.values())


def _question(where: str, line: str) -> JudgedQuestion:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise QuestionFileError(f"{where}: not JSON ({error}). Correct the line.") from error
    if not isinstance(fields, Mapping):
        raise QuestionFileError(f"{where}: not a JSON object. Write {{...}}.")
    judged = tuple(_judgment(where, entry) for entry in _field(where, fields, "judgments", list))
    answerable = _field(where, fields, "answerable", bool)
    if answerable != bool(judged):
        raise QuestionFileError(
            f"{where}: an answerable question has judgments, an unanswerable one none. Correct either."
        )
    qid, query, kind = (_text(where, fields, name) for name in ("qid", "query", "type"))
    return JudgedQuestion(qid, query, kind, answerable, judged)


def _judgment(where: str, entry: object) -> Judgment:
    if not isinstance(entry, Mapping):
        raise QuestionFileError(f"{where}: a judgment is not a JSON object. Write {{...}}.")
    grade = _field(where, entry, "grade", int)
    if grade not in GRADES or isinstance(grade, bool):
        raise QuestionFileError(f"{where}: grade {grade} is none of 1, 2, 3. Correct it.")
    document, quote = (_text(where, entry, name) for name in ("document", "quote"))
    return Judgment(document, quote, grade)


def _text(where: str, fields: Mapping[str, Any], name: str) -> str:
    value = _field(where, fields, name, str)
    if not any(letter.isalnum() for letter in value):
        raise QuestionFileError(f"{where}: {name!r} is empty. Fill it in.")
    return str(value)


def _field(where: str, fields: Mapping[str, Any], name: str, kind: type) -> Any:
    value = fields.get(name)
    if not isinstance(value, kind):
        raise QuestionFileError(f"{where}: {name!r} is missing or is not a {kind.__name__}. Correct it.")
    return value
