"""Collections are read as BEIR and TREC give them; what is wrong is named with its line and remedy."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import trec
from corpus.errors import QuestionFileError

DOCUMENTS = (
    {"_id": "1", "title": "Rafts", "text": "are wet."},
    {"_id": "2", "title": "", "text": "Fees are dear."},
    {"_id": "3", "title": "Festivals", "text": ""},
)
QUERIES = (
    {"_id": "a", "text": "are rafts wet", "metadata": {}},
    {"_id": "b", "text": "fees"},
    {"_id": "c", "text": "unjudged"},
)
Write = Callable[..., tuple[Path, Path, Path]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the three files of a collection and return their paths."""

    def written(
        documents: tuple[object, ...] = DOCUMENTS,
        queries: tuple[object, ...] = QUERIES,
        qrels: str = "a\t1\t1\n",
    ) -> tuple[Path, Path, Path]:
        paths = tmp_path / "documents.jsonl", tmp_path / "queries.jsonl", tmp_path / "qrels"
        for path, objects in zip(paths, (documents, queries), strict=False):
            path.write_text("\n".join(map(json.dumps, objects)), encoding="utf-8")
        paths[2].write_text(qrels, encoding="utf-8")
        return paths

    return written


@pytest.mark.parametrize(
    "qrels",
    [
        "query-id\tcorpus-id\tscore\na\t1\t2\na\t3\t0\nb\t2\t1\n",
        "a\t1\t2\na\t3\t0\n\nb\t2\t1\n",
        "a 0 1 2\na 0 3 0\nb  Q0  2 1\r\n",
    ],
    ids=["BEIR", "no head", "TREC"],
)
def test_judgments_are_read_in_each_form(write: Write, qrels: str) -> None:
    assert trec.read_qrels(write(qrels=qrels)[2]) == {"a": {"1": 2, "3": 0}, "b": {"2": 1}}


def test_a_document_is_its_title_and_its_text(write: Write) -> None:
    collection = trec.load_collection(*write())
    assert collection.documents == {"1": "Rafts are wet.", "2": "Fees are dear.", "3": "Festivals"}


def test_only_queries_that_a_document_answers_are_asked(write: Write) -> None:
    collection = trec.load_collection(*write(qrels="a 0 1 1\nb 0 2 0\n"))
    assert list(collection.queries) == list(collection.grades) == ["a"]


def test_judged_documents_that_are_lacking_are_counted(write: Write) -> None:
    assert trec.load_collection(*write(qrels="a 1 1\na 9 1\n")).absent == 1


@pytest.mark.parametrize(
    ("qrels", "told"),
    [
        ("a 1 1\nb 2\n", r"qrels, line 2: 2 columns\. Write "),
        ("a 1 1\nb 2 high\n", r"qrels, line 2: the grade 'high' is no whole number\. Correct"),
        ("a 1 1\na 1 2\n", r"qrels, line 2: '1' has another grade for query 'a' above\. Keep"),
        ("query-id corpus-id score\n", r"qrels: no judgment in it\. Write"),
        ("z 1 1\n", r"qrels: judges the query 'z', which .*queries.jsonl lacks\. Name"),
        ("a 9 1\n", r"qrels: no document of .*documents.jsonl answers a query\. Name"),
        ("a 1 0\n", r"qrels: no document of .*documents.jsonl answers a query\. Name"),
    ],
)
def test_wrong_judgments_are_told(write: Write, qrels: str, told: str) -> None:
    with pytest.raises(QuestionFileError, match=told):
        trec.load_collection(*write(qrels=qrels))


@pytest.mark.parametrize(
    ("documents", "told"),
    [
        ((), r"documents.jsonl: nothing in it\. Write"),
        ((DOCUMENTS[0], DOCUMENTS[0]), r"documents.jsonl, line 2: _id '1' is taken\. Give"),
        (({"_id": 7, "text": "x"},), r"documents.jsonl, line 1: '_id' is missing or is not a str\. Correct"),
        (({"_id": "7", "text": None},), r"documents.jsonl, line 1: 'text' is missing or is not a str"),
        (({"_id": "7", "body": "x"},), r"documents.jsonl, line 1: neither title nor text has a word\. Fill"),
        ((["7"],), r"documents.jsonl, line 1: not a JSON object"),
    ],
)
def test_wrong_documents_are_told(write: Write, documents: tuple[object, ...], told: str) -> None:
    with pytest.raises(QuestionFileError, match=told):
        trec.load_collection(*write(documents=documents))


def test_a_collection_too_large_is_refused(write: Write) -> None:
    many = tuple({"_id": str(place), "text": "x"} for place in range(trec.MOST_DOCUMENTS + 1))
    with pytest.raises(QuestionFileError, match=r"line 20001: more than 20000 documents\. Name a smaller"):
        trec.load_collection(*write(documents=many))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match="Name another file"):
        trec.read_qrels(tmp_path / "none")
