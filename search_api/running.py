"""A file of questions in, a file of ranked passages out: what evaluation reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import QuestionError, QuestionFileError
from index.building import Progress
from search_api.answering.citing import verified
from search_api.answering.confidence import confidence, weights_for
from search_api.answering.consulting import consult
from search_api.files import write_whole
from search_api.questions import check_question
from search_api.reading import Reading
from search_api.rendering import place

PASSAGES = 50


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a file of questions."""

    qid: str
    query: str


def load_questions(path: Path, longest: int) -> tuple[Question, ...]:
    """Read a file of questions, one JSON object a line with `qid` and `query`; blank lines are passed over.

    Raises QuestionFileError naming the file and the line that cannot be used.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionFileError(f"{path} cannot be read as UTF-8 text ({error}); name another.") from error
    questions = [
        _question(f"{path}, line {number}", line, longest)
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]
    if not questions:
        raise QuestionFileError(f"{path} holds no question; write one JSON object a line.")
    return tuple(questions)


def run(
    questions: Sequence[Question], reading: Reading, progress: Progress, most: int = PASSAGES
) -> Iterator[dict[str, Any]]:
    """Yield a line for each question: `qid`, `confidence` and up to `most` `passages`, best first."""
    for done, question in enumerate(questions):
        progress("asking", done, len(questions))
        consulted = consult(reading, question.query, most)
        sure = confidence(consulted.evidence, weights_for(reading.model))
        citations = [verified(reading.document(hit.passage.document), hit.passage) for hit in consulted.hits]
        passages = [
            {"document": citation.document, "text": citation.quote, "citation": place(citation)}
            for citation in citations
            if citation is not None
        ]
        yield {"qid": question.qid, "confidence": round(sure, 6), "passages": passages}


def write_run(path: Path, lines: Iterable[dict[str, Any]]) -> None:
    """Write the lines as JSON, all of them or none; raise OutputError where the file cannot be written."""
    texts = (json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    write_whole(path, (text.encode("utf-8", "backslashreplace") for text in texts))


def _question(where: str, line: str, longest: int) -> Question:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise QuestionFileError(f"{where} is not JSON ({error}).") from error
    if not isinstance(fields, dict):
        raise QuestionFileError(f'{where} is not a JSON object; write {{"qid": ..., "query": ...}}.')
    qid, query = (_field(where, fields, name) for name in ("qid", "query"))
    try:
        return Question(qid, check_question(query, longest))
    except QuestionError as error:
        raise QuestionFileError(f"{where}: {error}") from error


def _field(where: str, fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value:
        raise QuestionFileError(f'{where} has no "{name}" that is text; add it.')
    return value
