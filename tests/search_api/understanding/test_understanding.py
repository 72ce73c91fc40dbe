"""What a question states is read out of it, and what it does not state is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.authority import load_authority
from corpus.documents import Source
from corpus.understanding import Facet, Understanding
from search_api.understanding.sections import Named
from search_api.understanding.understanding import Known, understand

AUTHORITY = load_authority()


def source(name: str, kind: str, date: str, period: tuple[int, int] | None = None) -> Source:
    return Source(name, name, name, "almm", kind, date, period, "en", "", "0" * 64, Path(name))


def meeting(key: str, noun: str, ordinals: tuple[int, ...], place: str, *words: str) -> Named:
    afml = frozenset({"afml"}) if noun == "forum" else frozenset()
    return Named(
        key=key,
        nouns=frozenset({noun}),
        ordinals=ordinals,
        years=frozenset({2011}),
        entries=afml,
        meetings=afml,
        places=(place,),
        words=frozenset(words),
    )


KNOWN = Known(
    AUTHORITY,
    (
        source("programme-2010", "work-programme", "2010", (2010, 2015)),
        source("programme-2016", "work-programme", "2016", (2016, 2020)),
        source("plans-2012", "work-plans", "2012-10", (2011, 2015)),
        source("mission-2003", "mission-report", "2003-05"),
    ),
    (
        meeting("plans-2012/fourth", "forum", (4,), "bali", "migrant"),
        meeting("plans-2012/fifth", "forum", (5,), "siem reap", "migrant"),
        meeting("plans-2012/inspection", "conference", (2,), "dong nai", "inspection"),
        meeting("plans-2012/skills", "conference", (3,), "phnom penh", "human", "resource", "skills"),
    ),
)


def stated(question: str) -> set[tuple[str, tuple[str, ...]]]:
    return {(one.facet.value, one.values) for one in understand(question, KNOWN).conditions}


@pytest.mark.parametrize(
    ("question", "facet", "values"),
    [
        ("what is Viet Nam coordinating", "coordinator", ("viet-nam",)),
        ("courses organised by Singapore", "coordinator", ("singapore",)),
        ("activities with ILO as collaborator", "partner", ("ilo",)),
        ("what did Malaysia say", "party", ("malaysia",)),
        ("tasks of the ACMW", "body", ("acmw",)),
        ("activities to be confirmed", "status", ("tbc",)),
        ("which workshops were T.B.C.", "status", ("tbc",)),
        ("what has been completed", "status", ("completed",)),
        ("activities scheduled for 2012", "year", ("2012-2012",)),
        ("what was done before 2011", "year", ("1900-2010",)),
        ("plans since 2014", "year", ("2014-2100",)),
        ("what did the forum in Bali recommend", "section", ("plans-2012/fourth",)),
        ("AFML 5 recommendation 14", "number", ("recommendation 14",)),
        ("thematic area 21", "number", ("thematic_area 21",)),
        ("thematic areas under ACMW", "kind", ("thematic_area",)),
        ("the ALM Work Programme 2016-2020", "document", ("programme-2016",)),
        ("under the 2010-2015 programme", "document", ("programme-2010",)),
        ("what did the 2003 mission report", "document", ("mission-2003",)),
        ("how is the work programme monitored", "document", ("programme-2010", "programme-2016")),
        ("what did the 5th AFML recommend", "section", ("plans-2012/fifth",)),
        ("AFML 5 recommendation 14", "section", ("plans-2012/fifth",)),
        ("recommendations of the AFML", "section", ("plans-2012/fourth", "plans-2012/fifth")),
    ],
)
def test_it_is_stated(question: str, facet: str, values: tuple[str, ...]) -> None:
    assert (facet, values) in stated(question)


@pytest.mark.parametrize(
    "question",
    ["youth employment", "responsibilities when migrants go home", "what is being done about HIV", "may day"],
)
def test_nothing_is_stated(question: str) -> None:
    assert {facet for facet, _ in stated(question)} <= {"field"}


@pytest.mark.parametrize(
    ("question", "facet"),
    [
        ("what did the 6th ASEAN Forum on Migrant Labour recommend", Facet.SECTION),
        ("recommendations of the 3rd labour inspection conference", Facet.SECTION),
        ("ALM Work Programme 2021-2025 on platform workers", Facet.DOCUMENT),
    ],
)
def test_what_is_named_and_not_held_is_unmet(question: str, facet: Facet) -> None:
    read = understand(question, KNOWN)
    assert [one.facet for one in read.unmet] == [facet]
    assert facet not in {one.facet for one in read.conditions}


def test_only_makes_a_filter() -> None:
    plain, only = (
        next(one for one in understand(question, KNOWN).conditions if "thailand" in one.values)
        for question in ("activities hosted by Thailand", "activities hosted only by Thailand")
    )
    assert (plain.only, only.only) == (False, True)


def test_the_topic_is_what_is_left() -> None:
    read = understand("activities with ILO as collaborator on unemployment insurance", KNOWN)
    assert "unemployment insurance" in read.topic
    assert "ILO" not in read.topic
    assert "activities" not in read.topic


def test_names_are_paired_with_their_other_form() -> None:
    assert ("PLHIV", "People Living with HIV") in understand("PLHIV at work", KNOWN).expansions
    assert ("people living with HIV", "PLHIV") in understand("people living with HIV", KNOWN).expansions


@given(st.text(max_size=200))
def test_any_text_is_understood(question: str) -> None:
    read = understand(question, KNOWN)
    assert isinstance(read, Understanding)
    assert all(one.values for one in read.conditions)
    assert not any(one.values for one in read.unmet)
