"""Filters, counts and pages of the register."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import CursorError, QuestionError, RecordNotFoundError, UnknownNameError
from search_api.reading import Reading
from search_api.register.filters import Asked, Selection
from search_api.register.register import Facet, Register

ALL = ["14", "14/1", "15", "hiv", "osh", "act1", "act2", "act3"]
NAMES = {
    "afml-5/rec/14": "14", "afml-5/rec/14/1": "14/1", "afml-5/rec/15": "15", "hiv/1": "hiv",
    "osh/1": "osh", "act/1": "act1", "act/2": "act2", "act/3": "act3",
}  # fmt: skip
SINGLE = {"document", "kind", "theme", "status"}


def found(register: Register, **asked: Any) -> list[str]:
    places = register.select(register.check(Asked(**asked), 1000))
    addresses = [register.commitments[place].address for place in places]
    return [NAMES[address.partition("/")[2]] for address in addresses]


def test_the_register_is_in_the_order_of_catalogue_and_text(register: Register) -> None:
    assert found(register) == ALL


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"documents": ("programme-2010",)}, ["act1", "act2", "act3"]),
        ({"documents": ("programme-2010", "plans-2012")}, ALL),
        ({"kinds": ("activity",)}, ["hiv", "osh"]),
        ({"kinds": ("Activity", "action")}, ["hiv", "osh", "act1", "act2", "act3"]),
        ({"kinds": ("past activity",)}, []),
        ({"bodies": ("ACMW",)}, ["14", "14/1"]),
        ({"bodies": ("SLOM WG HIV",)}, ["hiv"]),
        ({"bodies": ("Senior Labour Officials Meeting",)}, ["act1"]),
        ({"bodies": ("Assigned Responsible  Bodies",)}, ["osh"]),
        ({"bodies": ("ILO",)}, []),
        ({"themes": ("skilled and adaptable workforce",)}, ["hiv"]),
        ({"themes": ("adaptable",)}, ["hiv", "osh"]),
        ({"countries": ("Vietnam",)}, ["14"]),
        ({"countries": ("viet nam", "Indonesia")}, ["14", "hiv"]),
        ({"countries": ("Malaysia",)}, []),
        ({"partners": ("International Labour Organization",)}, ["hiv", "act2"]),
        ({"partners": ("civil society",)}, ["hiv", "osh"]),
        ({"partners": ("IOM",)}, []),
        ({"statuses": ("ongoing",)}, ["15", "act1"]),
        ({"statuses": ("On going", "completed")}, ["15", "osh", "act1"]),
        ({"first_year": 2011, "last_year": 2011}, ["hiv"]),
        ({"first_year": 2013}, ["osh", "act1"]),
        ({"first_year": 2030}, ["act1"]),
        ({"last_year": 2012}, ["hiv", "osh"]),
        ({"last_year": 2009}, []),
        ({"text": "recruitment COSTS"}, ["14"]),
        ({"text": "recruit"}, []),
        ({"text": "recruit*"}, ["14", "act2"]),
        ({"text": '"labour inspectors"'}, ["act1"]),
        ({"text": '"inspectors labour"'}, []),
        ({"text": "inspectors labour"}, ["act1"]),
        ({"text": "“labour inspectors”"}, ["act1"]),
        ({"text": '"plantations twice"'}, ["15"]),
        ({"text": "on-site"}, ["act2"]),
        ({"text": "forum"}, ["14", "14/1", "15", "hiv", "osh"]),
        ({"text": "inspection"}, ["act1"]),
        ({"text": '"sawmills work"'}, []),
        ({"needs_review": True}, ["15"]),
        ({"needs_review": False}, ["14", "14/1", "hiv", "osh", "act1", "act2", "act3"]),
        ({"kinds": ("activity",), "partners": ("ILO",), "first_year": 2011}, ["hiv"]),
    ],
)
def test_filters(register: Register, asked: dict[str, Any], expected: list[str]) -> None:
    assert found(register, **asked) == expected


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"documents": ("plan-2012",)}, "plans-2012"),
        ({"kinds": ("recomendation",)}, "recommendation"),
        ({"kinds": ("paragraph",)}, "kind of commitment"),
        ({"bodies": ("SLOMM",)}, "SLOM"),
        ({"bodies": ("asigned responsible bodies",)}, "assigned responsible bodies"),
        ({"themes": ("adaptible workforce",)}, "Adaptable Workforce"),
        ({"countries": ("Camboja",)}, "Cambodia"),
        ({"partners": ("civil societies",)}, "civil society"),
        ({"statuses": ("complete",)}, "completed"),
        ({"themes": ("",)}, "theme"),
        ({"bodies": ("\x1b[2J" + "x" * 10_000,)}, "body"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(
    register: Register, asked: dict[str, Any], reason: str
) -> None:
    with pytest.raises(UnknownNameError) as refused:
        found(register, **asked)
    assert reason in str(refused.value)
    assert len(str(refused.value)) < 1000
    assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"text": "?!"}, "The text has neither"),
        ({"text": "w" * 1001}, "The text has 1,001 characters"),
        ({"first_year": 2015, "last_year": 2010}, "after `to`"),
        ({"first_year": 1}, "from 1900"),
    ],
)
def test_what_cannot_be_asked_is_refused(register: Register, asked: dict[str, Any], reason: str) -> None:
    with pytest.raises(QuestionError, match=reason):
        found(register, **asked)


def counts(register: Register, **asked: Any) -> dict[str, Facet]:
    places = register.select(register.check(Asked(**asked), 1000))
    return {facet.name: facet for facet in register.count(places)}


def test_counts_are_by_value_with_a_label(register: Register) -> None:
    facets = counts(register)
    assert [(one.value, one.count) for one in facets["kind"].counts] == [
        ("action", 3), ("recommendation", 3), ("activity", 2),
    ]  # fmt: skip
    assert [(one.label, one.count) for one in facets["partner"].counts] == [
        ("civil society", 2), ("ILO", 2), ("@home", 1), ("Japan", 1),
    ]  # fmt: skip
    assert [(one.value, one.label, one.count) for one in facets["status"].counts] == [
        ("ongoing", "on-going", 2), ("completed", "completed", 1),
    ]  # fmt: skip
    assert [one.value for one in facets["year"].counts] == ["2011", "2012", "2013", "2014"]
    assert facets["country"].without == 6
    assert facets["theme"].without == 5


ASKED = st.sampled_from(
    [
        {},
        {"kinds": ("action", "activity")},
        {"text": "recruit*"},
        {"first_year": 2012},
        {"partners": ("ILO",)},
        {"themes": ("adaptable",), "statuses": ("completed",)},
        {"first_year": 2000, "last_year": 2001},
    ]
)
ARGUMENTS = {
    "document": "documents", "kind": "kinds", "body": "bodies", "theme": "themes", "status": "statuses",
    "country": "countries", "partner": "partners",
}  # fmt: skip


@given(asked=ASKED)
def test_counts_add_up_and_are_what_filtering_finds(register: Register, asked: dict[str, Any]) -> None:
    total = len(found(register, **asked))
    for name, facet in counts(register, **asked).items():
        summed = sum(one.count for one in facet.counts) + facet.without
        assert summed == total if name in SINGLE else summed >= total
        assert all(0 < one.count <= total for one in facet.counts)
        for one in facet.counts:
            argument = ARGUMENTS.get(name)
            if argument is not None and argument not in asked:
                assert len(found(register, **asked, **{argument: (one.label,)})) == one.count, one


@settings(max_examples=60)
@given(asked=ASKED, size=st.integers(1, 10))
def test_pages_hold_everything_once_and_in_order(
    register: Register, asked: dict[str, Any], size: int
) -> None:
    selection = register.check(Asked(**asked), 1000)
    places = register.select(selection)
    seen: list[str] = []
    cursor = ""
    while True:
        page = register.page(selection, places, size, cursor)
        assert page.total == len(places)
        assert len(page.rows) <= size
        seen.extend(row.commitment.address for row in page.rows)
        cursor = page.next
        if not cursor:
            break
        assert len(page.rows) == size
    assert seen == [register.commitments[place].address for place in places]


def next_cursor(register: Register, selection: Selection) -> str:
    return register.page(selection, register.select(selection), 1).next


def test_a_cursor_of_other_filters_is_refused(register: Register) -> None:
    other = register.check(Asked(kinds=("action",)), 1000)
    cursor = next_cursor(register, other)
    assert register.page(other, register.select(other), 1, cursor).rows
    with pytest.raises(CursorError, match="without a cursor"):
        register.page(Selection(), register.select(), 1, cursor)


def test_a_cursor_of_another_generation_is_refused(
    register: Register, reading_of: Callable[..., Reading]
) -> None:
    other = reading_of(register.commitments[:3]).register
    cursor = next_cursor(other, Selection())
    with pytest.raises(CursorError):
        register.page(Selection(), register.select(), 1, cursor)


@settings(max_examples=200)
@given(cursor=st.text(min_size=1, max_size=40) | st.text("abcdefghijklmnopqrstuvwxyzMDEyLg=_-", min_size=1))
def test_garbage_is_no_cursor(register: Register, cursor: str) -> None:
    with pytest.raises(CursorError):
        register.page(Selection(), register.select(), 1, cursor)


def test_a_register_of_nothing_counts_nothing(reading_of: Callable[..., Reading]) -> None:
    register = reading_of(()).register
    assert found(register) == []
    assert all(not facet.counts and not facet.without for facet in register.count(register.select()))
    assert register.page(Selection(), register.select(), 5).rows == ()
    with pytest.raises(UnknownNameError, match="the register has none"):
        found(register, themes=("safety",))


def test_a_reading_knows_its_commitments(held_reading: Reading) -> None:
    first = held_reading.commitment("plans-2012/afml-5/rec/14")
    assert held_reading.commitment(first.id) == first
    assert held_reading.record(first.address) == first
    assert [child.address for child in held_reading.children(first)] == ["plans-2012/afml-5/rec/14/1"]
    row = held_reading.passage("plans-2012.p-row")
    assert [one.address for one in held_reading.commitments_of(row)] == [
        "plans-2012/hiv/1",
        "plans-2012/osh/1",
    ]
    assert len(held_reading.commitments_in("plans-2012")) == 5
    with pytest.raises(RecordNotFoundError, match="plans-2012/nothing"):
        held_reading.commitment("plans-2012/nothing")
