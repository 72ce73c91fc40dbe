"""The table of quality: a row for each ranking, and figures that follow what is judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import quality
from index.toy import ToyEmbedder
from search_api.bootstrap import Application
from search_api.evaluation.questions import JudgedQuestion, Judgment

FEES = Judgment("fees-2012", "Recruitment fees shall be borne by employers.", 3)
RAFTS = Judgment("rafts-2020", "Workers on rafts shall be insured against drowning.", 3)
QUESTIONS = (
    JudgedQuestion("A", "who bears recruitment fees", "who", True, (FEES,)),
    JudgedQuestion("B", "insurance of workers on rafts", "topical", True, (RAFTS,)),
    JudgedQuestion("C", "xylophone zebra quotas", "unanswerable", False, ()),
)


@pytest.fixture
def entrants(application: Application, embedder: ToyEmbedder, tmp_path: Path) -> list[quality.Entrant]:
    return list(quality.entrants(application, embedder, tmp_path / "windows"))


def test_there_is_a_row_for_each_ranking(entrants: list[quality.Entrant]) -> None:
    lines = quality.table(entrants, QUESTIONS).splitlines()
    assert lines[0].startswith("| ranking | success@1 |")
    assert lines[2].startswith(f"| {quality.SERVED} ")
    for name in quality.ALONE:
        assert sum(f" {name} alone " in line for line in lines) == 1
    for part in (*quality.PARTS, "understanding", "records", "context", "the adapter"):
        assert sum(f" without {part} " in line for line in lines) == 1
    assert all(line.count("|") == len(quality.HEAD) + 1 for line in lines)


def test_an_answer_in_first_place_counts_in_full(entrants: list[quality.Entrant]) -> None:
    served = quality.measure(entrants[0].reading, QUESTIONS)
    assert (served.overall.success, served.overall.ndcg, served.overall.evidence) == (1.0, 1.0, 1.0)
    assert quality.row("served", served, served)[:3] == ("served", "1.000", "1.000")


def test_a_judgment_that_no_passage_carries_counts_nothing(entrants: list[quality.Entrant]) -> None:
    lost = JudgedQuestion(
        "A", "who bears recruitment fees", "who", True, (Judgment("fees-2012", "no such", 3),)
    )
    assert quality.measure(entrants[0].reading, [lost]).overall.ndcg == 0.0


def test_the_windows_are_of_the_same_texts_and_differ_from_the_passages(
    application: Application, entrants: list[quality.Entrant]
) -> None:
    windows, served = entrants[1].reading, application.library.reading()
    assert [document.id for document in windows.documents] == [document.id for document in served.documents]
    assert len(windows.passages) < len(served.passages)
