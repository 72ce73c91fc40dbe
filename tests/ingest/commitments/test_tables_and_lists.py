"""Made-up plans and meetings of the forms that the real ones have."""

from __future__ import annotations

import pytest

from corpus.records import Commitment, CommitmentKind
from tests.ingest.reading import register

PLAN = """WORK PLAN OF THE ASEAN COMMITTEE ON MIGRANT WORKERS (ACMW) FOR 2016-2020

No\tThematic Areas\tActivities\tTime Frame\tCountry Coordinator\tPotential Collaborators
1.\tReturn and reintegration\tStudy on returning workers\t2016\tIndonesia Thailand\tILO IOM
\t\t2. Fifth Forum on 3 May 2017. Sixth Forum (2018)\t2017-2018\tCambodia Myanmar\tILO

No\tThematic Areas\tActivities\tTime Frame\tCountry Coordinator\tPotential Collaborators
2.\tFair recruitment\t3. Guidelines on recruitment fees (schedule is T.B.C.)\t\tLao PDR\tTripartite partners
"""

MEETING = """THE 7th ASEAN FORUM ON MIGRANT LABOUR 20-21 NOVEMBER 2014, NAY PYI TAW, MYANMAR

RECOMMENDATIONS

The participants agreed to recommend the following:

(a) Promote fair recruitment

- 1. Regulate agencies with the involvement of employers and trade unions;
- Publish ceilings of costs by 2016; and
- 3. ILO should assist Member States in monitoring recruitment:
 - Set up a hotline;

The participants thanked the Government of Myanmar for its hospitality.
"""

THRUSTS = """WORK PLAN OF THE ASEAN COMMITTEE ON MIGRANT WORKERS (ACMW)

## AIMS

- 5. The ACMW agreed to undertake projects under each of the thrusts as listed below:

### Thrust 1: Fair pay

- a. Policy store. It could hold rules (for example, IOM could add some).
- b. Share what works at regular intervals (e.g. every three years).

### Thrust 2: Rest

- c. Workshops on rest.
- 6. The plan appears below.
"""

PROGRAMME = """ASEAN LABOUR WORK PROGRAMME 2021-2025

Overall Goal\tDecent work for all\t\t
Key result areas\tSkilled Workforce\tDecent Jobs\tSafe Workplace
Intermediate Targets by 2025\t<ul> • More skills <ul> ○ Among youth\t<ul> • More jobs\t
Thematic Areas\t<p>1. Green jobs (Responsible Body: SLOM) Project: A survey [Coordinator: Viet Nam]</p>\t\t
"""


def found(text: str, kind: CommitmentKind) -> list[Commitment]:
    return [commitment for commitment in register(text) if commitment.kind is kind]


def test_activities_of_a_matrix() -> None:
    first, fifth, sixth, fees = found(PLAN, CommitmentKind.ACTIVITY)
    assert (first.number, first.inferred, first.body) == ("1", True, "ACMW")
    assert first.coordinators == ("Indonesia", "Thailand")
    assert first.coordinator_ids == ("indonesia", "thailand")
    assert first.partners == ("ILO", "IOM")
    assert (first.theme, first.start, first.end) == ("Return and reintegration", "2016-01-01", "2016-12-31")
    assert (fifth.number, fifth.coordinators, fifth.text) == (
        "2",
        ("Cambodia",),
        "Fifth Forum on 3 May 2017.",
    )
    assert (sixth.number, sixth.coordinators, sixth.partners) == ("", ("Myanmar",), ("ILO",))
    assert (fees.theme, fees.status, fees.period) == ("Fair recruitment", "tbc", "")


def test_recommendations_of_a_meeting() -> None:
    regulate, publish, assist, hotline = found(MEETING, CommitmentKind.RECOMMENDATION)
    assert [c.number for c in (regulate, publish, assist, hotline)] == ["1", "2", "3", ""]
    assert publish.inferred
    assert publish.text == "Publish ceilings of costs by 2016;"
    assert publish.period == "2016"
    assert regulate.partners == ("employers", "trade unions")
    assert assist.body == "ILO"
    assert hotline.parent == assist.id
    assert regulate.address == "made-up/afml-7/rec/1"
    assert hotline.address.startswith("made-up/afml-7/rec/3/rec/")
    assert regulate.meeting is not None
    assert (regulate.meeting.place, regulate.meeting.date) == ("NAY PYI TAW, MYANMAR", "20-21 NOVEMBER 2014")


def test_a_sentence_introduces_the_items_under_the_headings_after_it() -> None:
    projects = found(THRUSTS, CommitmentKind.PROJECT)
    assert [(c.number, c.theme, c.body, c.period) for c in projects] == [
        ("a", "Thrust 1: Fair pay", "ACMW", ""),
        ("b", "Thrust 1: Fair pay", "ACMW", "every three years"),
        ("c", "Thrust 2: Rest", "ACMW", ""),
    ]
    assert len(register(THRUSTS)) == 3


@pytest.mark.parametrize(
    ("lead", "kind"),
    [
        ("For this, two strategic priorities must be addressed:", CommitmentKind.PRIORITY),
        ("In 2031 two priorities were identified, namely", CommitmentKind.PRIORITY),
        ("The objectives of the Forum are:", CommitmentKind.OBJECTIVE),
        ("As recommended by a workshop, the following will also be undertaken:", CommitmentKind.ACTION),
        ("The areas are as follows:", None),
    ],
)
def test_items_are_what_the_words_before_them_call_them(lead: str, kind: CommitmentKind | None) -> None:
    text = f"# Aims of ASEAN\n\n1. {lead}\n\n• Fair pay for all; and\n\n• Rest days.\n"
    kinds = [(c.kind, c.text) for c in register(text)]
    assert kinds == ([(kind, "Fair pay for all;"), (kind, "Rest days.")] if kind else [])


def test_a_programme_laid_out_as_one_table() -> None:
    targets = found(PROGRAMME, CommitmentKind.TARGET)
    assert [(c.text, c.theme, c.period) for c in targets] == [
        ("More skills", "Skilled Workforce", "2025"),
        ("Among youth", "Skilled Workforce", "2025"),
        ("More jobs", "Decent Jobs", "2025"),
    ]
    (area,) = found(PROGRAMME, CommitmentKind.THEMATIC_AREA)
    (project,) = found(PROGRAMME, CommitmentKind.PROJECT)
    assert (area.number, area.body) == ("1", "SLOM")
    assert (project.parent, project.body, project.theme) == (area.id, "SLOM", "Green jobs")
    assert project.coordinators == ("Viet Nam",)
    assert len(found(PROGRAMME, CommitmentKind.KEY_RESULT_AREA)) == 3


def test_a_row_whose_columns_are_shifted_says_so() -> None:
    text = (
        "WORK PLAN OF THE SLOM WORKING GROUP (SLOM-WG)\n\n"
        "Theme\tASCC Blueprint\tActivities\tCountry Coordinator\tPartners\n"
        "Laws\t[A.1] Compare laws\tA survey of laws\tViet Nam\tILO\n"
        "\t3rd Conference on laws (2013)\tIndonesia\tILO\t\n"
    )
    shifted = found(text, CommitmentKind.ACTIVITY)[-1]
    assert shifted.text == "3rd Conference on laws (2013)"
    assert (shifted.coordinators, shifted.partners, shifted.period) == (("Indonesia",), ("ILO",), "2013")
    assert "shifted" in shifted.needs_review


def test_ratifications_name_the_state_and_no_column() -> None:
    text = (
        "Annex 1\nRatification of Conventions\n\nConvention 29 87 98\n\nMember States\n\n"
        "Cambodia Yes Yes Yes\n\nMyanmar\n\nLao PDR Yes\n\nMalaysia Yes Denounced\n\nThailand Yes Yes\n"
    )
    rows = found(text, CommitmentKind.RATIFICATION)
    assert [row.body for row in rows] == ["Cambodia", "Lao PDR", "Malaysia", "Thailand"]
    assert [bool(row.needs_review) for row in rows] == [False, True, True, True]


def test_an_address_never_moves_to_another_item() -> None:
    before = "(a) Prepare departure\n\n- 1. Train migrants before they leave;\n\n(b) Promote fair recruitment"
    twins = MEETING.replace("(a) Promote fair recruitment", before)
    both = {c.address: c.text for c in found(twins, CommitmentKind.RECOMMENDATION)}
    alone = {c.address: c.text for c in found(MEETING, CommitmentKind.RECOMMENDATION)}
    assert "made-up/afml-7/rec/1" not in both
    assert len(both) == len(alone) + 1
    assert all(both[address] == alone[address] for address in both.keys() & alone.keys())


def test_a_column_of_responsible_bodies_names_the_body_of_each_row() -> None:
    found = register(
        "Thematic Areas\tRecommended Actions\tResponsible ASEAN bodies\tIndicative Calendar\tCollaborators\n"
        "Labour law\tFinalise the survey of labour laws\tSLOM-WG\t2010 - 2011\tILO\n"
        "Migrant workers\tHold the annual forum on migrant labour\tACMW\t2010 - 2015\tIOM\n"
    )
    assert [(row.body, row.coordinators) for row in found] == [("SLOM-WG", ()), ("ACMW", ())]
