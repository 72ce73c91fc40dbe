"""The load test of publishing tells answers of one generation from mixed ones, and names what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks.publishing import Checker, Outcome, quotes, row, verdict
from benchmarks.serving import Load
from corpus.documents import Document, Source, Span
from corpus.ids import passage_id
from corpus.records import Passage, PassageKind
from index.building import build
from index.toy import ToyEmbedder

TEXT = "Publish the ceiling of recruitment costs."


@pytest.fixture
def home(tmp_path: Path) -> Path:
    source = Source(
        "plan", "Plan", "Plan", "slom", "paper", "2012", None, "en", "-", "0" * 64, Path("plan.txt")
    )
    passage = Passage(
        passage_id("plan", (), TEXT), "plan", PassageKind.PARAGRAPH, TEXT, (Span(0, len(TEXT)),), (), 0
    )
    build(tmp_path, [Document(source, TEXT, (Span(0, len(TEXT)),))], [passage], ToyEmbedder(), "test")
    return tmp_path


def reply(home: Path, quote: str = "Publish", end: int = 7, **facts: Any) -> dict[str, Any]:
    name = (home / "CURRENT").read_text(encoding="utf-8").strip()
    citation = {"document": "plan", "quote": quote, "spans": [{"start": 0, "end": end}]}
    return {"generation": name, "groups": [{"statements": [{"citations": [citation]}]}], **facts}


def test_an_answer_of_one_generation_is_known_from_others(home: Path) -> None:
    checker, right = Checker(home), reply(home)
    name = right["generation"]
    assert checker.is_of_one(name, right)
    assert not checker.is_of_one("0000", right)
    assert not checker.is_of_one("0000", reply(home, generation="0000"))
    assert not checker.is_of_one(name, reply(home, quote="Publisx"))
    assert not checker.is_of_one(name, reply(home, end=8))


def test_answers_are_checked_once_and_counted(home: Path) -> None:
    checker, right = Checker(home), reply(home)
    for answer in (right, right, reply(home, quote="x")):
        checker.take(right["generation"], answer)
    found = checker.outcome(Load((0.1, 0.2, 0.3), 0, 1.0))
    assert (found.mixed, found.generations) == (1, 1)
    assert checker.outcome(Load((), 0, 1.0)) == Outcome(Load((), 0, 1.0), 0, 0)


def test_every_quote_of_an_answer_is_looked_at() -> None:
    held = {"spans": [], "document": "a", "inner": [{"spans": [], "document": "b"}]}
    assert [one["document"] for one in quotes({"x": [held, 1, None], "y": {"spans": []}})] == ["a", "b"]


def outcome(time: float, errors: int = 0, mixed: int = 0, generations: int = 3) -> Outcome:
    return Outcome(Load((time, time, time), errors, 1.0), mixed, generations)


def test_what_is_wrong_is_named() -> None:
    assert verdict(outcome(1.0), outcome(1.9), []) == []
    found = " ".join(verdict(outcome(1.0), outcome(2.1, errors=1, mixed=2, generations=1), ["disk"]))
    for words in ("1 requests failed", "2 answers", "2.10 times", "taken up", "a build failed: disk"):
        assert words in found


def test_a_row_holds_the_figures_of_a_load() -> None:
    assert row("quiet", outcome(0.1)) == ("quiet", "1", "3", "100.0", "100.0", "100.0", "0", "0", "3")
