"""What filters let through."""

from __future__ import annotations

import pytest

from corpus.answers import Filters
from corpus.records import PassageKind
from index.filtering import admits, allowed_positions

ABOUT = {
    "kind": PassageKind.RECOMMENDATION,
    "bodies": ("afml", "acmw"),
    "countries": ("lao", "tha"),
    "years": (2010, 2012),
}


@pytest.mark.parametrize(
    ("filters", "passes"),
    [
        (Filters(), True),
        (Filters(documents=("plan",)), True),
        (Filters(documents=("other", "plan")), True),
        (Filters(documents=("other",)), False),
        (Filters(kinds=("recommendation",)), True),
        (Filters(kinds=("row",)), False),
        (Filters(bodies=("acmw",)), True),
        (Filters(bodies=("slom",)), False),
        (Filters(countries=("tha", "sgp")), True),
        (Filters(countries=("sgp",)), False),
        (Filters(bodies=("afml",), countries=("sgp",)), False),  # every filter must pass
        (Filters(first_year=2012), True),
        (Filters(first_year=2013), False),
        (Filters(last_year=2010), True),
        (Filters(last_year=2009), False),
        (Filters(first_year=2011, last_year=2011), True),  # within the passage's years
        (Filters(first_year=2000, last_year=2020), True),  # around them
        (Filters(first_year=2013, last_year=2020), False),
    ],
)
def test_a_filter(passage, filters: Filters, passes: bool) -> None:
    assert admits(filters, passage(0, "Words.", **ABOUT)) is passes


def test_a_passage_that_knows_nothing_of_itself_passes_only_where_nothing_is_asked(passage) -> None:
    bare = passage(0, "Words.")
    assert admits(Filters(), bare)
    for filters in (Filters(bodies=("slom",)), Filters(countries=("tha",)), Filters(first_year=1)):
        assert not admits(filters, bare)


def test_positions_are_places_in_the_sequence(passage) -> None:
    passages = [passage(9, "A", document="x"), passage(3, "B", document="y"), passage(5, "C", document="x")]
    positions = allowed_positions(passages, Filters(documents=("x",)))
    assert positions is not None
    assert positions.tolist() == [0, 2]
    assert allowed_positions(passages, Filters()) is None
