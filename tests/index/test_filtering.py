"""What filters let through."""

from __future__ import annotations

import pytest

from corpus.answers import Filters
from corpus.records import CommitmentKind, PassageKind
from index.filtering import admits

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


@pytest.mark.parametrize(
    ("filters", "passes"),
    [
        (Filters(kinds=("activity",)), True),
        (Filters(kinds=("recommendation",)), True),
        (Filters(kinds=("goal",)), False),
        (Filters(bodies=("slom",)), True),
        (Filters(countries=("sgp",)), True),
        (Filters(countries=("mys",)), True),
        (Filters(countries=("khm",)), False),
        (Filters(first_year=2014, last_year=2014), True),
        (Filters(first_year=2013, last_year=2013), False),
        (Filters(first_year=2050), True),  # one period has no end
        (Filters(bodies=("slom",), countries=("khm",)), False),
    ],
)
def test_what_its_commitments_say_is_said_by_a_passage(
    passage, commitment, filters: Filters, passes: bool
) -> None:
    about = passage(0, "Words.", **ABOUT)
    held = (
        commitment(1, about, kind=CommitmentKind.ACTIVITY, body_ids=("slom",), coordinator_ids=("sgp",)),
        commitment(2, about, partner_ids=("mys",), start="2014-01-01", period="2014 onwards"),
    )
    assert admits(filters, about, held) is passes
