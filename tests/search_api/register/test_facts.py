"""The one line that says what a commitment says of itself, and the words that it is found by."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.register.facts import facts_of, name_of
from search_api.register.register import Register
from search_api.register.words import searchable, terms_of


def test_only_what_is_stated_is_said(register: Register) -> None:
    commitment = replace(register.commitments[0], period="2011", partners=("ILO",))
    assert facts_of(commitment) == "Body: ACMW; period: 2011; partner: ILO"
    assert facts_of(replace(commitment, body="", period="", status="tbc")) == "Status: tbc; partner: ILO"
    assert facts_of(replace(commitment, body="", period="", partners=())) == ""
    assert facts_of(replace(commitment, partners=("A\nB", "C"))).endswith("partners: A B, C")


def test_a_number_that_was_inferred_stands_in_brackets(register: Register) -> None:
    assert name_of(register.commitments[0]) == "Recommendation 14"
    assert name_of(register.commitments[2]) == "Recommendation [15]"
    assert name_of(register.commitments[4]) == "Activity"


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Labour  COSTS", (" labour ", " costs ")),
        ('"labour costs" x', (" labour costs ", " x ")),
        ('"labour costs', (" labour costs ",)),
        ("recruit* costs*", (" recruit", " costs")),
        ("on-site", (" on site ",)),
        ('"social prot*"', (" social prot",)),
        ("a a", (" a ",)),
        ('"" * - "?"', ()),
    ],
)
def test_terms(text: str, terms: tuple[str, ...]) -> None:
    assert terms_of(text) == terms


@given(text=st.text(max_size=60))
def test_a_commitment_is_found_by_each_of_its_words(register: Register, text: str) -> None:
    commitment = replace(register.commitments[0], text=text)
    quoted = text.replace('"', " ").replace("*", " ")
    assert all(term in searchable(commitment) for term in terms_of(quoted))
