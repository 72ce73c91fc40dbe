"""Tables that tell how far things have come, documents that are one meeting's, and who is asked to act."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.records import CommitmentKind, Meeting
from ingest.commitments.settings import meeting_of
from ingest.commitments.status import status_alone
from tests.ingest.reading import read, register, register_of

FOLLOW_UP = """Follow-up of earlier recommendations

Recommendation\tProgress\tLead country\tTimeline
Pilot a system of wage protection\tCompleted\tMalaysia\t2015-2016
Translate the brochure into national languages\tIn progress since June\tCambodia, Myanmar\tQ2 2016
Convene a workshop on labour attachés\tTo be confirmed\tPhilippines\t2017
Share what was learnt\tMember States were asked to report on what each had done\tViet Nam\t2017
"""

PLAN = """WORK PLAN OF THE SLOM WORKING GROUP (SLOM-WG) 2016-2020, ADOPTED BY THE 12TH SLOM

No.\tActivity\tExpected output\tTimeline\tLead country\tStatus
1\tStudy of labour laws\tA report\tQ1 2017\tIndonesia\tDone
2\tWorkshop on minimum wages\tGuidelines\t2018\tThailand\tDeferred to 2019

Monitoring

The ASEAN Secretariat keeps a register. Member States are requested to name focal points by December 2016.
"""

MEETING = """Recommendations

Vientiane, 9-10 November 2016

The participants recommended the following actions:

1. Inform migrant workers of their rights.
2. Open service centres by 2018.
"""


def test_a_table_of_recommendations_tells_their_status() -> None:
    rows = [one for one in register(FOLLOW_UP) if one.kind is CommitmentKind.RECOMMENDATION]
    assert [one.status for one in rows] == ["completed", "ongoing", "tbc", ""]
    assert rows[1].coordinators == ("Cambodia", "Myanmar")
    assert (rows[1].start, rows[1].end) == ("2016-04-01", "2016-06-30")


def test_a_column_of_statuses_counts_beside_one_of_activities() -> None:
    study, workshop = (one for one in register(PLAN) if one.kind is CommitmentKind.ACTIVITY)
    assert (study.status, workshop.status) == ("completed", "Deferred to 2019")
    assert (study.start, study.end) == ("2017-01-01", "2017-03-31")


def test_who_adopted_a_plan_does_not_own_it() -> None:
    assert {one.body for one in register(PLAN) if one.kind is CommitmentKind.ACTIVITY} == {"SLOM-WG"}


def test_what_somebody_is_requested_to_do_is_a_commitment() -> None:
    asked = [one for one in register(PLAN) if one.kind is CommitmentKind.COMMITMENT]
    assert [(one.body, one.period) for one in asked] == [("Member States", "December 2016")]


@pytest.mark.parametrize(
    ("title", "meeting"),
    [
        ("The 9th ASEAN Forum on Migrant Labour", "The 9th ASEAN Forum on Migrant Labour"),
        ("Recommendations of the 9th ASEAN Forum on Migrant Labour", "9th ASEAN Forum on Migrant Labour"),
        ("Mission report: the 9th ASEAN Forum on Migrant Labour", ""),
        ("Work plan adopted by the 12th SLOM meeting", ""),
        ("Papers on migrant labour", ""),
    ],
)
def test_a_document_titled_as_a_meeting_is_its_own(title: str, meeting: str) -> None:
    document = read(MEETING)
    found = register_of(replace(document, source=replace(document.source, title=title)))
    assert [one.kind for one in found] == [CommitmentKind.RECOMMENDATION] * 2
    expected = Meeting(meeting, "Vientiane", "9-10 November 2016") if meeting else None
    assert {one.meeting for one in found} == {expected}


@pytest.mark.parametrize(
    ("heading", "meeting"),
    [
        (
            "RECOMMENDATIONS OF THE 11TH ASEAN FORUM ON RAFTS, SINGAPORE, 29-30 OCTOBER 2018",
            Meeting("11TH ASEAN FORUM ON RAFTS", "SINGAPORE", "29-30 OCTOBER 2018"),
        ),
        (
            "THE ASEAN FORUM ON RAFTS, BOATS AND OTHER THINGS THAT FLOAT, 29 OCTOBER 2018, SINGAPORE",
            Meeting(
                "THE ASEAN FORUM ON RAFTS, BOATS AND OTHER THINGS THAT FLOAT", "SINGAPORE", "29 OCTOBER 2018"
            ),
        ),
        (
            "THE FORUM ON RAFTS, BOATS AND OTHER THINGS THAT FLOAT, 29 OCTOBER 2018",
            Meeting("THE FORUM ON RAFTS, BOATS AND OTHER THINGS THAT FLOAT", "", "29 OCTOBER 2018"),
        ),
    ],
)
def test_a_dated_heading_tells_meeting_place_and_date(heading: str, meeting: Meeting) -> None:
    assert meeting_of(("ANNEX", heading)) == meeting


def test_a_theme_goes_on_below_where_its_column_is_empty() -> None:
    heads = "No\tThrust\tActivity\tTimeframe\tLead country"
    rows = ("1\tEducation\tCampaigns\t2016\tLao PDR", "2\t\tTraining\t2017\tViet Nam",
            "3\tProtection\tStudies\t2018\tThailand", "4\t\tGuidelines\t2019\tIndonesia")  # fmt: skip
    found = register("\n".join(("WORK PLAN OF THE ACMW FOR 2016-2020\n", heads, *rows, "")))
    activities = [one for one in found if one.kind is CommitmentKind.ACTIVITY]
    assert [one.theme for one in activities] == ["Education", "Education", "Protection", "Protection"]
    assert [(one.number, one.inferred) for one in activities] == [(f"{n}", False) for n in range(1, 5)]


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("Has been completed in 2014", "completed"),
        ("On-going", "ongoing"),
        ("Under way", "ongoing"),
        ("TBD", "tbc"),
        ("(postponed)", "postponed"),
        ("Report submitted", ""),
    ],
)
def test_statuses_of_a_column(cell: str, status: str) -> None:
    assert status_alone(cell) == status
