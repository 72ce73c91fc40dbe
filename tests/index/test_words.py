"""A question is read into words and phrases, whatever it is made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.words import read_question, well_formed

anything = st.text(st.characters(), max_size=40) | st.text('"“”ab \ud800\0', max_size=20)


@given(anything)
def test_what_is_well_formed_can_be_written_and_printed(text: str) -> None:
    clean = well_formed(text)
    assert len(clean) == len(text)
    clean.encode()
    assert clean.isprintable()
    assert well_formed(clean) == clean


@given(anything)
def test_no_quotation_mark_is_left_over(text: str) -> None:
    question = read_question(text)
    assert '"' not in question.text
    assert all(phrase.strip() == phrase and phrase for phrase in question.phrases)


@pytest.mark.parametrize(
    ("raw", "text", "phrases"),
    [
        ("who pays", "who pays", ()),
        ('"who pays" costs', "who pays costs", ("who pays",)),
        ("“who pays” «costs»", "who pays costs", ("who pays", "costs")),
        ('who "pays', "who pays", ()),
        ('"a b" "c', "a b c", ("a b",)),
        ('"" " "', "", ()),
        ("two\nlines\tof", "two lines of", ()),
    ],
)
def test_phrases(raw: str, text: str, phrases: tuple[str, ...]) -> None:
    question = read_question(raw)
    assert (question.text, question.phrases) == (text, phrases)


@pytest.mark.parametrize(
    ("raw", "has"), [("a", True), ("7", True), ("?!", False), ("😀", False), ("", False)]
)
def test_whether_there_is_anything_to_search(raw: str, has: bool) -> None:
    assert read_question(raw).has_words is has
