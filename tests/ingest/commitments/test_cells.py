"""What single cells say: names, periods, status, several activities, themes torn over rows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.authority import Authority
from ingest.commitments.names import groups_in, names_in
from ingest.commitments.periods import dates_of, period_in, periods_in
from ingest.commitments.splitting import activities_in
from ingest.commitments.status import status_in
from ingest.commitments.themes import bare, whole


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Malaysia Lao PDR Viet Nam", ("Malaysia", "Lao PDR", "Viet Nam")),
        ("Lao PDR and Viet Nam", ("Lao PDR", "Viet Nam")),
        ("ILO, IOM, and UNAIDS", ("ILO", "IOM", "UNAIDS")),
        ("Thailand ¹ Singapore", ("Thailand", "Singapore")),
        ("ASEAN Secretariat (Printing) Cambodia", ("ASEAN Secretariat", "Cambodia")),
        ("Chairs of the SLOM-WG and ACMW", ("Chairs of the SLOM-WG and ACMW",)),
        ("States with no plan for HIV and AIDS", ("States with no plan for HIV and AIDS",)),
        ("Relevant bodies (e.g. ACMW, SLOM) ILO", ("Relevant bodies (e.g. ACMW, SLOM)", "ILO")),
        (
            "ILO Coalitions on AIDS in ASEAN Member States",
            ("ILO", "Coalitions on AIDS in ASEAN Member States"),
        ),
        ("gtz , ilo", ("gtz", "ilo")),
        ("T.B.C.", ()),
        ("", ()),
    ],
)
def test_names_are_taken_apart(cell: str, names: tuple[str, ...], authority: Authority) -> None:
    assert names_in(cell, authority) == names


def test_stacked_lines_are_kept_together(authority: Authority) -> None:
    cell = "Philippines ASEAN-OSHNET Secretariat & Singapore"
    assert groups_in(cell, authority) == (("Philippines",), ("ASEAN-OSHNET Secretariat", "Singapore"))


@given(
    st.lists(st.sampled_from(["ILO", "Thailand", "and", ",", "&", "(ACE)", "of", "Union", "x"]), max_size=9)
)
def test_names_are_printed_in_the_cell(words: list[str]) -> None:
    from corpus.authority import load_authority

    cell = " ".join(words)
    for name in names_in(cell, load_authority()):
        assert name.split()[0] in cell
        assert any(letter.isalnum() for letter in name)


@pytest.mark.parametrize(
    ("text", "period", "start", "end"),
    [
        ("2010 – 2015", "2010 – 2015", "2010-01-01", "2015-12-31"),
        ("in 2013/14", "2013/14", "2013-01-01", "2014-12-31"),
        ("on 6-10 Nov 2006 in Vientiane", "6-10 Nov 2006", "2006-11-06", "2006-11-10"),
        ("29 Nov–12 Dec 2009", "12 Dec 2009", "2009-12-12", "2009-12-12"),
        ("April 2012", "April 2012", "2012-04-01", "2012-04-30"),
        ("2012-05", "2012-05", "2012-01-01", "2012-12-31"),
        ("2012-13 Onwards", "2012-13 Onwards", "2012-01-01", ""),
        ("May 2012 - June 2013", "May 2012 - June 2013", "2012-05-01", "2013-06-30"),
        ("from 2014 onwards", "2014 onwards", "2014-01-01", ""),
        ("in Q1 2017", "Q1 2017", "2017-01-01", "2017-03-31"),
        ("Q4 2016 - Q1 2017", "Q4 2016 - Q1 2017", "2016-10-01", "2017-03-31"),
        ("the last quarter of 2015", "last quarter of 2015", "2015-10-01", "2015-12-31"),
        ("second half of 2014", "second half of 2014", "2014-07-01", "2014-12-31"),
        ("every 2.5 years", "every 2.5 years", "", ""),
        ("Annual", "Annual", "", ""),
        ("31 February 2012", "31 February 2012", "2012-02-01", "2012-02-29"),
        ("no date", "", "", ""),
    ],
)
def test_periods(text: str, period: str, start: str, end: str) -> None:
    assert period_in(text) == period
    assert dates_of(period) == (start, end)


def test_several_periods_in_order() -> None:
    assert periods_in("18-22 Jan 2010 6-10 Dec 2010") == ("18-22 Jan 2010", "6-10 Dec 2010")


@given(st.text(alphabet="0123456789 -–/JanuaryMarchofnwdsQqrtelH", max_size=40))
def test_dates_are_in_order_or_absent(text: str) -> None:
    start, end = dates_of(period_in(text))
    assert not end or start <= end
    assert start or not end


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Workshop, 3 May 2012 (completed)", "completed"),
        ("Workshop (schedule is T.B.C.)", "tbc"),
        ("Project (2011-2013) (on- going)", "ongoing"),
        ("On-going", "ongoing"),
        ("Continue the on-going effort", ""),
        ("Adopt the guidelines (for follow-up)", "for follow-up"),
        ("To complete the survey", ""),
    ],
)
def test_status(text: str, status: str) -> None:
    assert status_in(text) == status


@pytest.mark.parametrize(
    ("cell", "activities"),
    [
        (
            "Fifth Forum on 3 May 2015. Sixth Forum (2016)",
            ["Fifth Forum on 3 May 2015.", "Sixth Forum (2016)"],
        ),
        ("First Forum. Recommendations appear as ANNEX 2. Second Forum", ["First Forum.", "Second Forum"]),
        (
            "Holding meetings with ILO Guidelines for awards",
            ["Holding meetings with ILO", "Guidelines for awards"],
        ),
        ("OSH Inspection Workshop for Lao PDR", ["OSH Inspection Workshop for Lao PDR"]),
        (
            "2. Publication of the ASEAN Guidelines on safety",
            ["2. Publication of the ASEAN Guidelines on safety"],
        ),
        ("Training (for trainers and labour inspectors)", ["Training (for trainers and labour inspectors)"]),
        ("", []),
    ],
)
def test_activities_of_one_cell(cell: str, activities: list[str]) -> None:
    assert [cell[start:end].strip() for start, end in activities_in(cell)] == activities


@given(st.text(max_size=200))
def test_activities_are_apart_and_in_order(cell: str) -> None:
    edges = [edge for pair in activities_in(cell) for edge in pair]
    assert edges == sorted(edges)


def test_a_theme_torn_over_rows_is_whole() -> None:
    text = "Raising the profile of safety in the region, and benchmarking performance in the region"
    names = whole(["Raising the", "Profile of safety in the region", "Skills", "2. Laws"], text)
    assert (
        names["Raising the"]
        == names["Profile of safety in the region"]
        == ("Raising the Profile of safety in the region")
    )
    assert names["Skills"] == "Skills"
    assert bare(names["2. Laws"]) == "Laws"


def test_a_misread_repetition_is_no_theme() -> None:
    names = whole(["Protecting workers in ASEAN Countries", "III ASLAN Countries", "Awareness of HIV"], "")
    assert names["III ASLAN Countries"] == "Protecting workers in ASEAN Countries"
    assert names["Awareness of HIV"] == "Awareness of HIV"
