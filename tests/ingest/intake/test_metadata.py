"""What a document seems to be is read from its first page and its properties."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.authority import Authority
from ingest.elements import Properties
from ingest.intake.metadata import Fact, Proposal, propose, short_title
from tests.ingest.reading import read

COVER = """ASEAN SENIOR LABOUR OFFICIALS MEETING

WORK PLAN OF THE SLOM-WG FOR 2016-2020

Jakarta, 5-9 May 2016

INTRODUCTION

The association of Kuala Lumpur was founded on 8 August 1967, and the ACMW met in January 2007 to discuss
what has since become of the cooperation of the member states with each other in this field, and with ILO.
"""


def proposed(text: str, authority: Authority, **properties: str) -> Proposal:
    return propose(read(text), Properties(**properties), authority, Path("rafts.pdf"))


def test_a_cover_tells_what_a_document_is(authority: Authority) -> None:
    found = proposed(COVER, authority)
    assert found.title.value == "WORK PLAN OF THE SLOM-WG FOR 2016-2020"
    assert found.body == Fact("slom-wg", "the title")
    assert found.kind == Fact("work-plan", "the title")
    assert found.date == Fact("2016-05-05", "the cover")
    assert found.period == Fact("2016-2020", "the title")


@pytest.mark.parametrize(
    ("below", "title"),
    [
        ("Mission to the meetings in Mataram", "MISSION REPORT: Mission to the meetings in Mataram"),
        ("Mataram, 5-9 May 2003", "MISSION REPORT"),
    ],
)
def test_a_heading_that_names_a_kind_alone_goes_on_below(
    authority: Authority, below: str, title: str
) -> None:
    assert (
        proposed(f"MISSION REPORT\n\n{below}\n\nIt was agreed to go home.\n", authority).title.value == title
    )


def test_a_heading_below_prose_is_not_the_title(authority: Authority) -> None:
    prose = "The forum was attended by many who are concerned with rafts and boats, and by others. " * 3
    text = f"NINTH FORUM ON RAFTS\n\n{prose}\n\nFOLLOW-UP OF EARLIER RECOMMENDATIONS ON RAFTS\n\n{prose}\n"
    assert proposed(text, authority).title.value == "NINTH FORUM ON RAFTS"


def test_a_title_in_the_properties_counts_where_it_is_printed(authority: Authority) -> None:
    printed = proposed(COVER, authority, title="Work Plan of the SLOM-WG")
    assert printed.title == Fact("Work Plan of the SLOM-WG", "the file's properties")
    assert proposed(COVER, authority, title="Final draft 3").title.origin == "a heading"


def test_a_text_without_headings_has_the_title_of_its_file(authority: Authority) -> None:
    text = "It was agreed that the rafts be inspected every year by the officials of the districts.\n"
    assert proposed(text, authority, title="On rafts").title == Fact("On rafts", "the file's properties")
    assert proposed(text, authority).title == Fact("rafts", "the file's name")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Work Programme on Rafts and Boats", "work-programme"),
        ("Recommendations of the Forum on Rafts", "recommendations"),
        ("Report of the Mission on Rafts", "report"),
        ("Declaration on the Protection of Rafts", "declaration"),
        ("Rafts and Boats of the Region", "document"),
    ],
)
def test_words_of_the_title_tell_the_kind(authority: Authority, line: str, kind: str) -> None:
    assert proposed(f"{line.upper()}\n\nWords follow here.\n", authority).kind.value == kind


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("9-10 October 2012, Siem Reap", "2012-10-09"),
        ("Jakarta, October 2012", "2012-10"),
        ("31 February 2012", "2012-02"),
        ("Edition of 2012", "2012"),
        ("No date", ""),
    ],
)
def test_the_date_is_as_exact_as_the_cover(authority: Authority, line: str, date: str) -> None:
    assert proposed(f"ON THE RAFTS OF THE REGION\n\n{line}\n", authority).date.value == date


def test_the_file_tells_its_date_where_the_cover_does_not(authority: Authority) -> None:
    found = proposed("ON THE RAFTS OF THE REGION\n\nWords.\n", authority, created="2019-04-01")
    assert found.date == Fact("2019-04-01", "the file's properties")


def test_where_nothing_is_told_nothing_is_proposed(authority: Authority) -> None:
    found = proposed("ON THE RAFTS OF THE REGION\n\nWords.\n", authority)
    assert (found.body, found.date, found.period) == (Fact(), Fact(), Fact())


def test_a_long_title_is_cut_between_words() -> None:
    assert short_title("On Rafts: a report") == "On Rafts"
    assert short_title("MISSION REPORT: To the rafts") == "To the rafts"
    assert short_title("word " * 40) == ("word " * 12).strip()
    named = "Action Plan of the Committee on All that Floats on Rivers and on Seas (CFRS), 2018-2025"
    assert short_title(named) == "CFRS Action Plan 2018-2025"
    assert short_title("x" * 200) == "x" * 60
