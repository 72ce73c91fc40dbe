"""Test collections as BEIR and TREC give them: documents, queries, and which documents answer which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import QuestionFileError
from search_api.evaluation.objects import field, read_objects, text_field

MOST_DOCUMENTS = 20_000
"""Documents of the largest collection that is read.

While an index is built it holds the token vectors twice: 0.2 MB a document of 256 tokens and 384
components, 4 GB for these.
"""

Grades = Mapping[str, int]
"""How well documents answer one query, by their id: 0 not at all, 1 and more ever better."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A test collection.

    `documents` are the words of each (title, then text) by id; `queries` are those that some document
    answers; `grades` are of these queries. `absent` counts the judged documents that the collection
    lacks: they can never be found, and count as such.
    """

    documents: Mapping[str, str]
    queries: Mapping[str, str]
    grades: Mapping[str, Grades]
    absent: int


def load_collection(documents: Path, queries: Path, qrels: Path) -> Collection:
    """Read the three files of a collection.

    `documents` and `queries` are JSON lines with `_id`, `text` and, if they have one, `title`;
    `qrels` is read by `read_qrels`. Raises QuestionFileError naming the file, the line and the remedy.
    """
    held = _texts(documents, most=MOST_DOCUMENTS)
    asked = _texts(queries)
    judged = read_qrels(qrels)
    for query in judged:
        if query not in asked:
            raise QuestionFileError(
                f"{qrels}: judges the query {query!r}, which {queries} lacks. Name files of one collection."
            )
    answered = {query: grades for query, grades in judged.items() if max(grades.values()) > 0}
    if not any(held.keys() & grades.keys() for grades in answered.values()):
        raise QuestionFileError(
            f"{qrels}: no document of {documents} answers a query. Name files of one collection."
        )
    absent = {document for grades in answered.values() for document in grades} - held.keys()
    return Collection(held, {query: asked[query] for query in answered}, answered, len(absent))


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Read judgments: grades by document by query.

    A line is query, document and grade (BEIR; a first line of column names is passed over), or query,
    iteration, document and grade (TREC), parted by tabs or spaces. Raises QuestionFileError naming
    the file, the line and the remedy.
    """
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for number, columns in _columns(path):
        where = f"{path}, line {number}"
        if len(columns) not in (3, 4):
            raise QuestionFileError(
                f"{where}: {len(columns)} columns. Write query, document and grade, or the four of TREC."
            )
        query, document, grade = columns[0], columns[-2], columns[-1]
        if not _is_integer(grade):
            if number == 1:
                continue
            raise QuestionFileError(f"{where}: the grade {grade!r} is no whole number. Correct it.")
        if found[query].setdefault(document, int(grade)) != int(grade):
            raise QuestionFileError(
                f"{where}: {document!r} has another grade for query {query!r} above. Keep one of them."
            )
    if not found:
        raise QuestionFileError(f"{path}: no judgment in it. Write query, document and grade on each line.")
    return dict(found)


def _columns(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Number the lines that hold something and part them into columns."""
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if columns := line.split():
                    yield number, columns
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionFileError(
            f"{path}: cannot be read as UTF-8 text ({error}). Name another file."
        ) from error


def _texts(path: Path, most: int | None = None) -> dict[str, str]:
    """Read the words of each object by its id."""
    found: dict[str, str] = {}
    for where, fields in read_objects(path):
        name = text_field(where, fields, "_id")
        if name in found:
            raise QuestionFileError(f"{where}: _id {name!r} is taken. Give it another.")
        if len(found) == most:
            raise QuestionFileError(f"{where}: more than {most} documents. Name a smaller collection.")
        found[name] = _words(where, fields)
    if not found:
        raise QuestionFileError(f"{path}: nothing in it. Write one JSON object a line.")
    return found


def _words(where: str, fields: Mapping[str, Any]) -> str:
    """Join title and text; either may be missing or empty, not both."""
    parts = [str(field(where, fields, name, str)).strip() for name in ("title", "text") if name in fields]
    words = " ".join(filter(None, parts))
    if not words:
        raise QuestionFileError(f"{where}: neither title nor text has a word. Fill one in or drop the line.")
    return words


def _is_integer(text: str) -> bool:
    return text.removeprefix("-").isdecimal()
