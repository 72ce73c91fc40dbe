"""Citations stand in their source, or are refused."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.answers import Citation
from corpus.documents import Document, Span
from corpus.errors import QuoteError
from corpus.records import Passage
from search_api.answering.citing import cite, place_of, verified, verify


@pytest.fixture(scope="session")
def citation(documents: tuple[Document, ...], find: Callable[[str], Passage]) -> Citation:
    return cite(documents[0], find("fishermen"))


def test_every_passage_verifies(documents: tuple[Document, ...], passages: tuple[Passage, ...]) -> None:
    by_id = {document.id: document for document in documents}
    for passage in passages:
        verify(by_id[passage.document], cite(by_id[passage.document], passage))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"document": "mission-2003"}, "is said to be of mission-2003"),
        ({"quote": "Study how recruitment costs weigh"}, "differs from the text"),
        ({"quote": "  "}, "is blank"),
        ({"spans": ()}, "has no place"),
        ({"spans": (Span(5, 5),)}, "empty"),
        ({"spans": (Span(-9, -1),)}, "beyond the text"),
        ({"spans": (Span(0, 10**9),)}, "beyond the text"),
        ({"spans": (Span(0, 9), Span(5, 12))}, "overlapping"),
        ({"pages": (2,)}, "is on pages"),
        ({"lines": (1, 1)}, "is on lines"),
    ],
)
def test_a_false_citation_is_refused(
    documents: tuple[Document, ...], citation: Citation, change: dict[str, Any], reason: str
) -> None:
    with pytest.raises(QuoteError, match=reason):
        verify(documents[0], replace(citation, **change))


def test_a_quote_in_two_slices_verifies(documents: tuple[Document, ...], citation: Citation) -> None:
    whole = citation.spans[0]
    halves = (Span(whole.start, whole.start + 9), Span(whole.start + 9, whole.end))
    verify(documents[0], replace(citation, spans=halves))


@given(st.data())
def test_any_change_of_the_words_is_noticed(
    documents: tuple[Document, ...], citation: Citation, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(citation.quote) - 1))
    other = data.draw(st.characters().filter(lambda char: char != citation.quote[place]))
    changed = citation.quote[:place] + other + citation.quote[place + 1 :]
    with pytest.raises(QuoteError):
        verify(documents[0], replace(citation, quote=changed))


def test_an_unverifiable_passage_is_left_out_and_logged(
    documents: tuple[Document, ...], find: Callable[[str], Passage], caplog: pytest.LogCaptureFixture
) -> None:
    broken = replace(find("fishermen"), text="Invented words.")
    with caplog.at_level(logging.WARNING):
        assert verified(documents[0], broken) is None
    assert "left out" in caplog.text
    assert broken.id in caplog.text


def test_lines_count_from_one_and_end_with_the_last_character(documents: tuple[Document, ...]) -> None:
    text = documents[0].text
    assert documents[0].lines_of((Span(0, 8),)) == (1, 1)
    assert documents[0].lines_of((Span(0, text.index("\n") + 1),)) == (1, 1)
    assert documents[0].lines_of((Span(0, text.index("\n") + 2),)) == (1, 2)


def test_pages_are_named_only_where_the_source_has_them(
    documents: tuple[Document, ...], find: Callable[[str], Passage]
) -> None:
    passage = replace(find("sawmills"), pages=(2, 3), lines=(4, 6))
    paged = replace(documents[0], pages=(Span(0, 1), Span(1, 2), Span(2, 3)))
    assert place_of(paged, passage) == "pages 2-3, lines 4-6"
    assert place_of(replace(paged, pages=(Span(0, 3),)), passage) == "lines 4-6"
