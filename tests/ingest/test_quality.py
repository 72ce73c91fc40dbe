"""The report on what was read: each kind of finding, the score, the threshold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from corpus.authority import Authority
from corpus.documents import Document, Source, Span
from corpus.records import Commitment, CommitmentKind, Passage, PassageKind
from ingest import pipeline
from ingest.outline import outlined
from ingest.quality import THRESHOLD, Check, Finding, Report, report
from ingest.readers.text import transcribe

SOURCE = Source("plan", "Plan", "Plan", "slom", "plan", "2012", None, "en", "-", "0" * 64, Path("plan.txt"))


def passages_of(*numbers: str, **fields: Any) -> list[Passage]:
    """Passages of a list, one a line, that cover a text of as many lines of ten characters."""
    values: dict[str, Any] = {"document": "plan", "kind": PassageKind.ITEM, "section": ("PART",), **fields}
    return [
        Passage(
            id=f"plan.{place}",
            text="some words",
            spans=(Span(11 * place, 11 * place + 10),),
            position=place,
            number=number,
            lines=(place + 1, place + 1),
            **values,
        )
        for place, number in enumerate(numbers)
    ]


def document_of(lines: int) -> Document:
    text = "some words\n" * lines
    return Document(SOURCE, text, (Span(0, len(text)),))


def commitment(passage: Passage, **fields: Any) -> Commitment:
    values: dict[str, Any] = {
        "id": f"c.{passage.id}",
        "address": f"plan/{passage.position}",
        "document": "plan",
        "kind": CommitmentKind.ACTIVITY,
        "text": passage.text,
        "spans": passage.spans,
        "section": passage.section,
        "position": passage.position,
        "passage": passage.id,
    }
    return Commitment(**{**values, **fields})


def check(name: str, passages: list[Passage], *commitments: Commitment) -> Check:
    made = report(document_of(len(passages)), passages, commitments)
    (found,) = (one for one in made.checks if one.name == name)
    return found


@pytest.mark.parametrize(
    ("numbers", "gaps"),
    [
        (("1", "2", "3"), []),
        (("6", "7", "9", "10"), ["7 is followed by 9"]),
        (("1", "2", "1", "2"), []),
        (("1", "2", "4", "1", "3"), ["2 is followed by 4", "1 is followed by 3"]),
        (("3", "2"), ["3 is followed by 2"]),
        (("a", "b", "d"), ["b is followed by d"]),
        (("A", "B", "C"), []),
        (("i", "ii", "iii", "iv", "vi"), ["iv is followed by vi"]),
        (("g", "h", "i", "j"), []),
        (("6.1", "6.2", "7.1", "7.3"), ["7.1 is followed by 7.3"]),
        (("1", "a", "2", "b", "3"), []),
        (("", "1", "", "2"), []),
        (("19",), []),
        (("²", "x" * 500, "9" * 500), []),
    ],
)
def test_gaps_in_numbering(numbers: tuple[str, ...], gaps: list[str]) -> None:
    found = check("numbering", passages_of(*numbers))
    assert [finding.words for finding in found.findings] == gaps
    assert found.of == sum(bool(number) for number in numbers)


def test_a_gap_names_its_line_and_passage() -> None:
    found = check("numbering", passages_of("7", "9"))
    assert found.findings == (Finding(2, "plan.1", "7 is followed by 9"),)


def test_a_number_that_was_inferred_is_no_gap_but_is_told() -> None:
    seven, eight, nine = passages_of("7", "8", "9")
    made = report(document_of(3), [seven, replace(eight, inferred=True), nine], ())
    assert not any(one.findings for one in made.checks)
    assert made.restored == (Finding(2, "plan.1", "8 is not printed"),)


def test_lists_under_other_items_parts_and_headings_are_other_lists() -> None:
    first, second, third, fourth = passages_of("1", "5", "9", "30")
    apart = [first, replace(second, parent="plan.0"), replace(third, section=("OTHER",))]
    assert not check("numbering", [*apart, replace(fourth, kind=PassageKind.HEADING)]).findings


@pytest.mark.parametrize("kind", [PassageKind.NOTE, PassageKind.DEFINITION, PassageKind.CONTENTS])
def test_footnotes_and_glossaries_are_not_numbered_through(kind: PassageKind) -> None:
    assert check("numbering", passages_of("1", "9", kind=kind)).of == 0


@pytest.mark.parametrize(
    ("text", "blank"), [("7", True), (" 7. ", True), ("...", True), ("7 7", False), ("Words", False)]
)
def test_items_without_words(text: str, blank: bool) -> None:
    (passage,) = passages_of("7")
    found = check("words", [replace(passage, text=text)])
    assert bool(found.findings) == blank


def test_rows_that_gave_no_commitment() -> None:
    rows = passages_of("", "", "", kind=PassageKind.ROW)
    found = check("rows", rows, commitment(rows[0]), commitment(rows[2]))
    assert [finding.about for finding in found.findings] == ["plan.1"]
    assert found.of == 3


def test_a_table_that_gave_no_commitment_is_none_of_commitments() -> None:
    rows = passages_of("", "", kind=PassageKind.ROW)
    other = replace(rows[1], lead="Participants:")
    found = check("rows", [rows[0], other], commitment(rows[0]))
    assert found.of == 1
    assert not found.findings


def test_commitments_that_need_review() -> None:
    (passage,) = passages_of("1")
    found = check("review", [passage], commitment(passage, needs_review="two dates"), commitment(passage))
    assert found.findings == (Finding(1, "plan/0", "two dates"),)
    assert found.share == 0.5


def test_what_stands_in_no_passage_lowers_the_score() -> None:
    passages = passages_of("1", "2")
    assert report(document_of(4), passages, ()).covered == pytest.approx(0.5)
    assert report(document_of(2), passages, ()).score == 1.0


def test_the_score_is_the_product_of_the_shares() -> None:
    findings = (Finding(1, "a", "b"),)
    made = Report("plan", 0.9, (Check("x", 2, findings), Check("y", 0), Check("z", 4, findings)))
    assert made.score == pytest.approx(0.9 * 0.5 * 0.75)
    assert not made.passed
    assert Report("plan", THRESHOLD, ()).passed


def test_an_empty_document_has_nothing_wrong_with_it() -> None:
    assert report(document_of(0), (), ()).score == 1.0


def test_the_five_texts_reach_the_threshold(
    documents: Mapping[str, Document], passages: Mapping[str, tuple[Passage, ...]], authority: Authority
) -> None:
    for name, document in documents.items():
        commitments = pipeline.commitments(document, authority, passages[name])
        assert report(document, passages[name], commitments).passed, name


@pytest.mark.parametrize("name", ["slom-work-plans-2012", "ilo-mission-report-mataram-2003"])
def test_a_text_whose_lines_are_shuffled_does_not(
    documents: Mapping[str, Document], authority: Authority, name: str
) -> None:
    source = documents[name].source
    lines = documents[name].text.splitlines(keepends=True)
    sixes = [lines[start : start + 6] for start in range(0, len(lines), 6)]
    text = "".join(line for six in sixes for line in Random(1).sample(six, len(six)))
    document = outlined(source, transcribe(text))
    found = pipeline.passages(document, authority)
    made = report(document, found, pipeline.commitments(document, authority, found))
    assert not made.passed
    assert made.checks[0].findings
