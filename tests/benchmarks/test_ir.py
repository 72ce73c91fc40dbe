"""The rankings of a test collection: the sample is of the five texts' own passages, and proves no quality."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from benchmarks import ir
from benchmarks.trec import Collection, load_collection
from index.opening import Generation
from index.toy import ToyEmbedder

SAMPLE = Path(__file__).parent / "collection"
FILES = (SAMPLE / "documents.jsonl", SAMPLE / "queries.jsonl", SAMPLE / "qrels.tsv")
NAMES = ["BM25", "dense", "late", "fused without late", "full"]


@pytest.fixture(scope="module")
def collection() -> Collection:
    return load_collection(*FILES)


@pytest.fixture(scope="module")
def generation(collection: Collection, tmp_path_factory: pytest.TempPathFactory) -> Generation:
    return ir.index(tmp_path_factory.mktemp("home"), collection.documents, ToyEmbedder())


def test_each_document_is_one_passage_that_is_an_exact_slice(
    generation: Generation, collection: Collection
) -> None:
    (document,) = generation.documents
    assert [passage.text for passage in generation.passages] == list(collection.documents.values())
    for passage in generation.passages:
        assert document.slice(passage.spans) == passage.text


@pytest.mark.parametrize("place", range(len(NAMES)), ids=NAMES)
def test_every_ranking_names_documents_once_and_finds_some(
    generation: Generation, collection: Collection, place: int
) -> None:
    name, rank = list(ir.rankings(generation, ToyEmbedder()))[place]
    assert name == NAMES[place]
    found = rank("study on gender dimensions")
    assert found[0] == "alm-work-programme-2016-2020.e1a662927c0e"
    assert len(set(found)) == len(found)
    assert collection.documents.keys() >= set(found)


def test_words_alone_find_only_what_holds_a_word(generation: Generation) -> None:
    ranks = dict(ir.rankings(generation, ToyEmbedder()))
    assert list(ranks["BM25"]("SARS")) == ["ilo-mission-report-mataram-2003.92540d6b60e7"]


def test_scores_follow_what_is_judged(collection: Collection) -> None:
    answers = {
        collection.queries[name]: sorted(grades, key=lambda document: -grades[document])
        for name, grades in collection.grades.items()
    }
    assert ir.measure(collection, answers.__getitem__).measures == pytest.approx((1, 1, 1))
    assert ir.measure(collection, lambda _: []).measures == (0, 0, 0)


def test_measures_are_means_of_those_worked_out_by_hand() -> None:
    grades = {"q1": {"a": 2, "b": 1, "c": 0}, "q2": {"a": 1}}
    collection = Collection({}, {"q1": "first", "q2": "second"}, grades, 0)
    found = {"first": ["c", "b", "x", "a"], "second": ["x"]}
    best = 2 / math.log2(2) + 1 / math.log2(3)
    ndcg = (1 / math.log2(3) + 2 / math.log2(5)) / best
    expected = (ndcg / 2, 1 / 2, 1 / 2 / 2)
    assert ir.measure(collection, found.__getitem__).measures == pytest.approx(expected)


def test_quotation_marks_in_a_query_demand_nothing(collection: Collection) -> None:
    quoted = Collection(collection.documents, {"q1": 'the "exact" words'}, {"q1": {"x": 1}}, 1)
    asked: set[str] = set()

    def rank(query: str) -> list[str]:
        asked.add(query)
        return []

    ir.measure(quoted, rank)
    assert asked == {"the exact words"}


def test_the_table_has_a_row_for_each_ranking(collection: Collection, tmp_path: Path) -> None:
    head, _, *lines = ir.run(collection, ToyEmbedder(), tmp_path).splitlines()
    assert head.startswith("15 documents, 5 queries that some document answers; toy")
    assert [line.split(" | ")[0].strip("| ") for line in lines[2:]] == NAMES


def test_the_command_tells_what_is_wrong_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    documents, queries, _ = map(str, FILES)
    assert ir.main(["--documents", documents, "--queries", queries, "--qrels", documents]) == 1
    assert "documents.jsonl, line 1:" in capsys.readouterr().err
