"""The figures of the register: both registers on small texts, and figures that follow what is annotated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import register
from benchmarks.blind import BLIND, load_sections, scores_in
from benchmarks.listing import list_lines
from benchmarks.strange import narrative, random_words, source_of
from corpus.authority import Authority
from corpus.catalogue import read_text
from corpus.documents import Document
from search_api.evaluation.annotations import load_annotated_items
from search_api.evaluation.register import Entry, Tally
from search_api.words import words_of

PLAN = """# WORK PLAN OF THE SENIOR LABOUR OFFICIALS MEETING (SLOM) 2012-2013

The 5th ASEAN Forum on Migrant Labour recommended the following:

1. Develop transparent recruitment procedures for migrant workers in ASEAN.
2. Promote the exchange of data among ASEAN Member States.
"""
ITEM = {
    "document": "plan",
    "kind": "recommendation",
    "number": "1",
    "quote": "Develop transparent recruitment procedures for migrant workers in ASEAN.",
}


def extraction(text: str, name: str, folder: Path, authority: Authority) -> register.Extraction:
    return register.extract(source_of(text, name, folder), authority)


def test_the_plain_register_takes_every_item_and_row_and_nothing_else() -> None:
    listed = "1. One\n(a) two\n• three\n\t- four\nfive\tsix\n| seven | eight |\n"
    text = f"# Head\nA sentence.\n\n{listed}-\n2012 was\n"
    assert [entry.text for entry in list_lines("d", text)] == [
        "One", "two", "three", "four", "five\tsix", "| seven | eight |",
    ]  # fmt: skip
    assert {entry.document for entry in list_lines("d", text)} == {"d"}


def test_made_up_texts_are_as_long_as_asked_and_the_same_each_time() -> None:
    for make in (random_words, narrative):
        text = make(3000)
        assert 3000 <= len(text) < 4000
        assert make(3000) == text
        assert list(list_lines("d", text))


def test_a_made_up_text_can_be_read_as_a_document(tmp_path: Path) -> None:
    assert read_text(source_of("Fünf Wörter", "five", tmp_path)) == "Fünf Wörter"


def test_an_extraction_holds_both_registers(tmp_path: Path, authority: Authority) -> None:
    found = extraction(PLAN, "plan", tmp_path, authority)
    assert [entry.text for entry in found.plain] == [line[3:] for line in PLAN.splitlines()[4:]]
    assert {entry.document for entry in (*found.served, *found.plain)} == {"plan"}
    assert (found.size, found.words) == (len(PLAN), len(PLAN.split()))
    assert all(seconds >= 0 for seconds in found.seconds)


def test_rates_are_for_each_thousand_words_and_million_bytes() -> None:
    entries = (Entry("d", "x", {}),) * 3
    one = register.Extraction(entries[:1], entries, 500_000, 2000, (0.5, 1.0, 2.0))
    assert register.false_row("d", one) == ("d", "2000", "1.500", "0.500")
    assert register.speed_row("d", [one, one]) == ("d", "1.00", "1.00", "2.00", "4.00", "7.00")
    assert len(register.speed_row("d", [one])) == len(register.SPEED_HEAD)


@pytest.mark.parametrize(("tally", "printed"), [(Tally(1, 3), "0.333 (1/3)"), (Tally(0, 0), "–")])
def test_a_share_is_printed_with_what_it_is_made_of(tally: Tally, printed: str) -> None:
    assert register.figure(tally) == printed


def test_of_sections_annotated_whole_only_their_own_entries_are_judged(tmp_path: Path) -> None:
    items = tmp_path / "items.jsonl"
    items.write_text(json.dumps({**ITEM, "partial": True}), encoding="utf-8")
    within, beside, outside = (Entry("plan", text, {}) for text in (ITEM["quote"], "Rest.", "Pay."))
    scores = scores_in({"plan": [(3, 9)]}, [(within, 3), (beside, 9), (outside, 10)], items)
    assert scores["plan"].recall == scores["all"].recall == Tally(1, 1)
    assert scores["all"].precision == Tally(1, 2)


def test_the_second_set_stands_in_the_sections_it_names(documents: dict[str, Document]) -> None:
    sections = load_sections()
    for item in load_annotated_items(BLIND):
        ranges = sections[item.document]
        lines = documents[item.document].text.split("\n")
        text = " ".join(" ".join(lines[first - 1 : last]) for first, last in ranges)
        assert set(words_of(item.quote)) <= set(words_of(text)), item.id


def test_every_table_is_printed_for_both_registers(tmp_path: Path, authority: Authority) -> None:
    items = tmp_path / "items.jsonl"
    items.write_text(json.dumps(ITEM), encoding="utf-8")
    real = [extraction(PLAN, "plan", tmp_path, authority)]
    story = extraction(narrative(2000), "story", tmp_path, authority)
    plain, served, fields, speed, false = register.tables(real, {"story": story}, items)
    assert "| plan | 2 | 1.000 (1/1) | 0.500 (1/2) | 0.000 (0/2) |" in plain
    assert served.startswith(register.SERVED)
    assert served.splitlines()[-1].startswith("| all | ")
    assert [line.split(" | ")[0] for line in fields.splitlines()[2:]] == ["| kind", "| number"]
    assert [line.split(" | ")[0] for line in speed.splitlines()[2:]] == ["| annotated texts", "| story"]
    assert len(false.splitlines()) == 3
