"""What must hold of every text, real or not."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.catalogue import DEFAULT_CATALOGUE, load_catalogue
from corpus.documents import Document
from corpus.records import Passage
from ingest.passages import share_covered
from tests.ingest.reading import cut_up, read

NAMES = [source.id for source in load_catalogue(DEFAULT_CATALOGUE)]

line = st.one_of(
    st.text(alphabet="abc DEF.;:,()*\t•-–12", max_size=80),
    st.sampled_from(
        [
            "",
            " ",
            "RECOMMENDATIONS",
            "- 1. Adhere to the principles:",
            "- Promote dialogue;",
            "(a) Promote rights",
            "• a bullet",
            "Actions:",
            "¹ a footnote",
            "Theme\tActivity\tPartner",
            "1. Skills\tWorkshop (2012)\tILO",
            "<p>1. An <u>area</u></p> <ul> • one ○ two",
            "6 Some Programme 2010-2015",
            "List of Abbreviations",
            "ILO International Labour Organization",
            "Convention 1 2 3",
            "Cambodia Yes Yes",
            "Hold a forum SLOM-WG 2010 - 2015 ILO",
            "**Bold words**",
            "words that break off in the",
            "middle and go on.",
        ]
    ),
)
texts = st.lists(line, max_size=30).map("\n".join)


def check_spans(document: Document, passages: tuple[Passage, ...]) -> None:
    for passage in passages:
        assert document.slice(passage.spans) == passage.text
        assert passage.text.strip() == passage.text != ""
        ends = [offset for span in passage.spans for offset in (span.start, span.end)]
        assert ends == sorted(ends)
        assert all(len(span) for span in passage.spans)
        assert passage.pages
        assert passage.lines[0] <= passage.lines[1]


@pytest.mark.parametrize("name", NAMES)
def test_passages_of_the_five_texts_are_slices(
    name: str, documents: dict[str, Document], passages: dict[str, tuple[Passage, ...]]
) -> None:
    check_spans(documents[name], passages[name])


@pytest.mark.parametrize("name", NAMES)
def test_nine_tenths_of_each_text_stand_in_passages(
    name: str, documents: dict[str, Document], passages: dict[str, tuple[Passage, ...]]
) -> None:
    text = documents[name].text
    markup = sum(len(found.group()) for found in re.finditer(r"<[^<>\n]*>|\*", text))
    share = share_covered(documents[name], passages[name])
    assert share + markup / len(re.sub(r"\s", "", text)) >= 0.9


@pytest.mark.parametrize("name", NAMES)
def test_ids_are_unique_and_parents_exist(name: str, passages: dict[str, tuple[Passage, ...]]) -> None:
    ids = {passage.id for passage in passages[name]}
    assert len(ids) == len(passages[name])
    assert {passage.parent for passage in passages[name] if passage.parent} <= ids


@pytest.mark.parametrize("name", NAMES)
def test_an_inserted_paragraph_renames_nothing_else(name: str, documents: dict[str, Document]) -> None:
    """Insert a paragraph after every sixth one that ends a sentence and stands outside tables."""
    text = documents[name].text
    before = {passage.id for passage in cut_up(text)}
    places = [found.end() for found in re.finditer(r"(?m)^[^\t\n]*\.\)?[ ]*\n(?=[ ]*\n[^\t\n]*\n)", text)]
    places = places or [found.end() for found in re.finditer(r"(?m)^ [^\t\n]*\.[ ]*\n", text)]
    assert len(places) > 1
    for at in places[::6]:
        grown = f"{text[:at]}\nA paragraph that was not there.\n{text[at:]}"
        after = {passage.id for passage in cut_up(grown)}
        assert before <= after
        assert len(after - before) == 1


@given(texts)
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_into_slices_of_itself(text: str) -> None:
    document, passages = read(text), cut_up(text)
    check_spans(document, passages)
    assert len({passage.id for passage in passages}) == len(passages)
    assert all(block.parent is None or block.parent < i for i, block in enumerate(document.blocks))
    assert 0.0 <= share_covered(document, passages) <= 1.0


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_characters_are_read(text: str) -> None:
    check_spans(read(text), cut_up(text))


@given(texts)
@settings(max_examples=50, deadline=None)
def test_reading_is_repeatable(text: str) -> None:
    assert cut_up(text) == cut_up(text)


@pytest.mark.parametrize(
    "make",
    [
        lambda n: "x" * n,
        lambda n: "\n" * n,
        lambda n: "\t" * n,
        lambda n: "a\n" * (n // 2),
        lambda n: "<p>" * (n // 3),
        lambda n: "*" * n,
        lambda n: "- " * (n // 2),
        lambda n: "(i) " * (n // 4),
        lambda n: " " * n + "x",
        lambda n: "A B 1\n" * (n // 6),
    ],
)
def test_monotonous_text_is_read_whole(make: Callable[[int], str]) -> None:
    text = make(30_000)
    check_spans(read(text), cut_up(text))
