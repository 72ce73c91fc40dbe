"""What a person reads on a terminal."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from corpus.answers import Answer, Filters, Hit
from corpus.records import Passage
from search_api.answering.answerer import answer
from search_api.answering.choosing import Limits
from search_api.answering.citing import cite
from search_api.answering.confidence import Weights
from search_api.bootstrap import Application
from search_api.cli.main import cli
from search_api.reading import Reading
from search_api.rendering import (
    INFERRED_NOTE,
    for_terminal,
    label,
    place,
    render_answer,
    render_document,
    render_hits,
    render_passage,
)
from search_api.schemas import CitationView

EVEN = Weights(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, threshold=0.0)


@pytest.fixture
def answered(reading: Reading) -> Answer:
    return answer(reading, "recruitment costs", Filters(), Limits(share=0.0), EVEN)


def folded(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("width", [20, 72, 400])
def test_every_quote_and_citation_is_printed_once(reading: Reading, answered: Answer, width: int) -> None:
    text = folded(render_answer(answered, reading, width))
    for statement in answered.statements:
        assert text.count(f"“{folded(statement.quote)}”") == 1
        for citation in statement.citations:
            assert citation.passage in text


def test_the_most_direct_statement_comes_first_and_is_named_in_its_group(
    reading: Reading, answered: Answer
) -> None:
    text = folded(render_answer(answered, reading, 80))
    best = answered.best
    assert best is not None
    places = {one.quote: text.index(f"“{folded(one.quote)}”") for one in answered.statements}
    assert min(places, key=lambda quote: places[quote]) == best.quote
    assert f"{label(best.citations[0])} (quoted above)" in text


def test_it_begins_with_how_much_was_found(reading: Reading, answered: Answer) -> None:
    first = render_answer(answered, reading, 200).splitlines()[0]
    assert first.startswith(f"{len(answered.statements)} statements from ")
    assert "Plans 2012" in first


def test_no_line_is_wider_than_the_terminal_but_for_single_words(reading: Reading, answered: Answer) -> None:
    for line in render_answer(answered, reading, 60).splitlines():
        assert len(line) <= 60 or len(line.split()) == 1


def test_groups_have_a_heading_with_document_and_year(reading: Reading, answered: Answer) -> None:
    lines = render_answer(answered, reading, 100).splitlines()
    heading = next(place for place, line in enumerate(lines) if line.startswith("THE 5th FORUM"))
    assert "(Plans 2012, 2012)" in lines[heading]
    assert set(lines[heading + 1]) == {"-"}


def test_an_inferred_number_stands_in_brackets_and_is_explained(
    reading: Reading, answered: Answer, find: Callable[[str], Passage]
) -> None:
    text = folded(render_answer(answered, reading, 80))
    assert "Recommendation [2]" in text
    assert INFERRED_NOTE in text
    printed = render_hits([Hit(find("fishermen"), 1.0)], reading, 80)
    assert "Recommendation 1" in printed
    assert INFERRED_NOTE not in folded(printed)


def test_silence_is_honest(reading: Reading) -> None:
    silent = answer(reading, "recruitment costs", Filters(), weights=replace(EVEN, threshold=1.0))
    text = folded(render_answer(silent, reading, 80))
    assert text.startswith("These texts do not say. Searched: 8 passages of 3 documents.")
    assert "do not answer the question" in text
    assert f"Index: {reading.name}." in text


def test_a_place_names_document_section_number_lines_and_passage(
    reading: Reading, find: Callable[[str], Passage]
) -> None:
    passage = find("fishermen")
    text = place(cite(reading.document(passage.document), passage))
    assert text.startswith("Plans 2012, in full; THE 4th FORUM")
    assert f"Recommendation 1; lines {passage.lines[0]}-{passage.lines[1]} [{passage.id}]" in text


def test_a_place_tells_that_its_words_were_recognised(
    reading: Reading, find: Callable[[str], Passage]
) -> None:
    passage = find("returning")
    assert "OCR" not in place(cite(reading.document(passage.document), passage))
    read = cite(reading.document(passage.document), replace(passage, ocr=True))
    assert place(read).endswith(f"(read by OCR) [{passage.id}]")
    assert CitationView.model_validate(read).ocr


def test_a_passage_is_shown_with_its_context(reading: Reading, find: Callable[[str], Passage]) -> None:
    text = folded(render_passage(find("yearly"), reading, 80))
    assert "Before: 2. Publish" in text
    assert "Under it: - Recruitment agencies" in text
    row = folded(render_passage(find("sawmills"), reading, 80))
    assert "(columns: Who: Senior officials)" in row
    assert "(under: Actions:)" in row


def test_a_document_is_shown_with_its_sections(reading: Reading) -> None:
    text = render_document(reading.document("plans-2012"), reading, 80)
    assert "THE 4th FORUM" in text
    assert "6 passages" in text


STEERING = ("Cc", "Cs")
"""Control characters and surrogates, which are no characters."""


@given(st.text(st.characters(max_codepoint=0xA0) | st.sampled_from("\ufeff\ud800") | st.characters()))
def test_no_control_character_reaches_the_terminal(text: str) -> None:
    shown = for_terminal(text)
    assert len(shown) == len(text)
    assert "\ufeff" not in shown
    assert {one for one in shown if unicodedata.category(one) in STEERING} <= {"\n"}
    changed = [old for old, new in zip(text, shown, strict=True) if old != new]
    assert all(one == "\ufeff" or unicodedata.category(one) in STEERING for one in changed)


def test_control_characters_of_a_text_are_replaced_and_never_shown(
    bare: Application, write: Callable[..., None]
) -> None:
    text = (
        "\ufeffRECOMMENDATIONS\n\nThe meeting recommended the following:\n"
        "1. Publish\x00costs\x07of \x1b[31mrafts;\n2. Inspect\x9b31mrafts\ufeffyearly.\n"
        "3. Keep a record of every raft that was inspected, of who inspected it, and of what was found, for"
        " as long as the raft is in use and for five years after it was taken out of the water.\n"
    )
    write(bare.settings.corpus, {"rafts-2020": text})
    bare.library.index()
    bad = {"\x00", "\x07", "\x1b", "\x9b", "\ufeff"}

    def labour(*arguments: str) -> str:
        return CliRunner().invoke(cli, list(arguments), obj=bare).stdout

    passage = next(one for one in bare.library.reading().passages if "rafts;" in one.text)
    commitment = next(one for one in bare.library.reading().commitments if "rafts" in one.text)
    for arguments in (
        ["search", "rafts"], ["ask", "inspect rafts"], ["show", passage.id], ["show", commitment.id],
        ["show", "rafts-2020"], ["documents"], ["register"], ["register", "--facets"], ["check"],
    ):  # fmt: skip
        shown = labour(*arguments)
        assert shown, arguments
        assert not bad & set(shown), arguments
    quote = json.loads(labour("show", passage.id, "--json"))["citation"]["quote"]
    assert quote.startswith("Publish\ufffdcosts\ufffdof")
