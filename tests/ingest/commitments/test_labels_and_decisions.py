"""Paragraphs with a label, what meetings decide, who says "we", and cells that number their activities."""

from __future__ import annotations

import pytest

from corpus.records import CommitmentKind
from ingest.commitments.splitting import activities_in
from tests.ingest.reading import register

PLAN = """ASEAN LABOUR MINISTERS' WORK PROGRAMME 2021-2025

Objective: To enhance the skills of the workforce of ASEAN.

Indicator 1.2: Number of ASEAN Member States with a skills council by 2024.

Objectives:

- Skills
"""

MINUTES = """Report of the 13th meeting of the SLOM Working Group

Opening

The Meeting noted the report of Thailand. The Meeting agreed to convene a workshop of ASEAN in 2018.
The Meeting requested the ASEAN Secretariat to draft guidelines. The agenda was adopted by the Meeting.
"""

COMMUNIQUE = """JOINT COMMUNIQUE OF THE 24TH ASEAN LABOUR MINISTERS MEETING

1. We, the Labour Ministers of ASEAN Member States, convened in Vientiane.

2. We agreed to strengthen labour inspection with the support of the ILO and ASEAN-OSHNET.
"""


def test_a_paragraph_is_what_its_label_says() -> None:
    found = [(one.kind, one.number, one.text, one.period) for one in register(PLAN)]
    assert (CommitmentKind.OBJECTIVE, "", "To enhance the skills of the workforce of ASEAN.", "") in found
    words = "Number of ASEAN Member States with a skills council by 2024."
    assert (CommitmentKind.INDICATOR, "1.2", words, "2024") in found


def test_a_report_tells_what_a_meeting_decided_and_asked_for() -> None:
    found = [(one.text.split()[2], one.body) for one in register(MINUTES)]
    assert [verb for verb, _ in found] == ["agreed", "requested"]
    assert found[1][1] == "ASEAN Secretariat"


def test_we_are_those_who_issue_a_communique() -> None:
    agreed = next(one for one in register(COMMUNIQUE) if one.kind is CommitmentKind.COMMUNIQUE)
    assert agreed.body == "Labour Ministers of ASEAN Member States"
    assert agreed.partners == ("ILO", "ASEAN-OSHNET")


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("1. Study of platforms 2. Dialogue on work", ["1. Study of platforms", "2. Dialogue on work"]),
        ("3) Study\n4) Dialogue\n5) Report", ["3) Study", "4) Dialogue", "5) Report"]),
        ("1. Study of articles 5. Dialogue", ["1. Study of articles 5.", "Dialogue"]),
        ("Study of 2010. Third dialogue", ["Study of 2010.", "Third dialogue"]),
    ],
)
def test_numbers_part_the_activities_of_a_cell(cell: str, parts: list[str]) -> None:
    assert [cell[start:end].strip() for start, end in activities_in(cell)] == parts
