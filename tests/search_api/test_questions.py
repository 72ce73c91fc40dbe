"""What may be asked, and how the rest is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.authority import load_authority
from corpus.errors import QuestionError, UnknownNameError
from search_api.questions import Wanted, check_filters, check_k, check_question, printable

KNOWN = ("plans-2012", "mission-2003")


def test_white_space_is_folded() -> None:
    assert check_question("  what\tabout\n costs? ", 100) == "what about costs?"


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("?!...", "neither a letter nor a digit"),
        ("a\x00b", r"U\+0000 at place 2"),
        ("\x1b[2J wages", r"U\+001B"),
        ("wages \ud800", r"U\+D800"),
        ("w" * 101, "101 characters; ask in at most 100"),
    ],
)
def test_refused_with_the_reason(question: str, reason: str) -> None:
    with pytest.raises(QuestionError, match=reason):
        check_question(question, 100)


@given(st.text(st.characters(codec=None), max_size=60))
def test_a_question_is_either_refused_or_safe(text: str) -> None:
    try:
        checked = check_question(text, 50)
    except QuestionError as error:
        str(error).encode("utf-8")
        return
    assert checked == printable(checked)
    assert checked == check_question(checked, 50)


@pytest.mark.parametrize("k", [-1, 0, 101, 10_000])
def test_k_is_bounded(k: int) -> None:
    with pytest.raises(QuestionError, match=f"k is {k}; it must be from 1 to 100"):
        check_k(k, 100)


def test_filters_become_ids() -> None:
    wanted = Wanted(("Plans-2012",), ("Recommendation",), ("SLOM", "slom"), ("viet nam",), 2010, 2010)
    filters = check_filters(wanted, KNOWN, load_authority())
    assert filters.documents == ("plans-2012",)
    assert filters.kinds == ("recommendation",)
    assert filters.bodies == ("slom",)
    assert len(filters.countries) == 1
    assert (filters.first_year, filters.last_year) == (2010, 2010)


@pytest.mark.parametrize(
    ("wanted", "suggestion"),
    [
        (Wanted(documents=("plan-2012",)), "plans-2012"),
        (Wanted(kinds=("recomendation",)), "recommendation"),
        (Wanted(bodies=("SLOMM",)), "SLOM"),
        (Wanted(countries=("Camboja",)), "Cambodia"),
    ],
)
def test_an_unknown_name_is_refused_with_a_suggestion(wanted: Wanted, suggestion: str) -> None:
    with pytest.raises(UnknownNameError, match=suggestion):
        check_filters(wanted, KNOWN, load_authority())


@pytest.mark.parametrize(("first", "last"), [(2016, 2015), (99, None), (None, 10**30)])
def test_years_that_make_no_period(first: int | None, last: int | None) -> None:
    with pytest.raises(QuestionError, match=r"`(from|to)`"):
        check_filters(Wanted(first_year=first, last_year=last), KNOWN, load_authority())


def test_printable_escapes_what_a_terminal_or_utf8_cannot_take() -> None:
    assert printable("a\x1b\ud800é") == "a\\x1b\\ud800é"
