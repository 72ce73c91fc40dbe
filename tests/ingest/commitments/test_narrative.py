"""Commitments in made-up prose of the forms that plans, papers and reports have."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.records import CommitmentKind as Kind
from tests.ingest.commitments.prose_reading import found_in, report, words

PLAN = """# Fair Pay

1. The ACMW will hold a seminar on fair pay with support from the ILO by 2031. Wages vary in the region. \
Protection at home will be reduced. The ALMs will task SLOM to draft rules on fees. Rules may also be issued \
on rest days.

2. Trade may change prices. This will help all. The goal is to share what works.
"""

REPORT = """**Mission Report**

Ms. Ana Cruz, ILO Regional Director, and Mr. Lee, Director, took part in the talks of SLOM.

CONCLUSIONS AND FOLLOW-UP

- (a) *There is room for the ILO to work with ASEAN on pay.*
- (b) *Follow-up work to be undertaken by the IOM includes:*
- i) *Assistance to the ASEAN Secretariat on fees.*
 - ii) *Review of the rules. The ACMW is preparing a note.*

REPORT

1. The meeting was held on 5 May 2031. It was attended by delegates.
2. ***Fees.*** Mr. Lee explained fees. Rules need to be drafted. A copy was distributed.
3. There were several issues raised by officials. These included:
 - possible support for a fund (Thailand); and
 - the new office (Chair).
4. On *Fund for All*, the Communique states:

9. *The ASEAN Labour Ministers welcomed the report. The Ministers requested the ILO to assist SLOM with it.*

This provides a good basis for further discussions between the ILO and SLOM.

5. Topics came up. We had lunch.

ACKNOWLEDGEMENTS

We wish to thank the ILO for its help.
"""

PAPER = """PLANS ON PAY

There are other projects under the ACMW work plan such as the project on Rest with Laos as country \
coordinator; Study on Fees with Thailand as country coordinator.

ACE and ATUC met in 2030. They identified the following priorities for the future: fair fees, rest days, \
and the protection of pay.

CLOSING REMARKS

I think that we should widen ASEAN work. For example, with social partners to promote rest. It may also be \
important to listen. Thank you.
"""


def test_a_plan_commits_bodies_and_announces_measures() -> None:
    drafts = found_in(PLAN)
    assert [(one.kind, one.number, one.body) for one in drafts] == [
        (Kind.COMMITMENT, "1", "ACMW"),
        (Kind.COMMITMENT, "1", "SLOM"),
        (Kind.COMMITMENT, "1", ""),
        (Kind.GOAL, "2", ""),
    ]
    assert (drafts[0].partners, drafts[0].period) == (("ILO",), "2031")


def test_a_report_concludes_follows_up_and_tells_what_was_raised() -> None:
    found = [(one.kind, one.number, one.body) for one in report(REPORT)]
    assert found == [
        (Kind.CONCLUSION, "a", "ILO"),
        (Kind.FOLLOW_UP, "i", "IOM"),
        (Kind.FOLLOW_UP, "ii", "IOM"),
        (Kind.FOLLOW_UP, "ii", "ACMW"),
        (Kind.FOLLOW_UP, "2", ""),
        (Kind.ISSUE_RAISED, "", "Thailand"),
        (Kind.ISSUE_RAISED, "", "Chair"),
        (Kind.COMMUNIQUE, "9", "ILO"),
        (Kind.CONCLUSION, "4", "ILO, SLOM"),
    ]


def test_a_quotation_has_the_topic_of_the_sentence_that_introduces_it() -> None:
    assert [one.theme for one in report(REPORT) if one.kind is Kind.COMMUNIQUE] == ["Fund for All"]


def test_a_paper_names_projects_priorities_and_suggestions() -> None:
    drafts = found_in(PAPER, "A made-up paper", "paper")
    assert [(one.kind, words(PAPER, one)) for one in drafts] == [
        (Kind.PROJECT, "Rest with Laos as country coordinator"),
        (Kind.PROJECT, "Study on Fees with Thailand as country coordinator"),
        (Kind.PRIORITY, "fair fees"),
        (Kind.PRIORITY, "rest days"),
        (Kind.PRIORITY, "the protection of pay"),
        (Kind.SUGGESTION, "I think that we should widen ASEAN work."),
        (Kind.SUGGESTION, "with social partners to promote rest"),
        (Kind.SUGGESTION, "It may also be important to listen."),
    ]
    assert [one.coordinators for one in drafts[:2]] == [("Laos",), ("Thailand",)]
    assert (drafts[0].body, drafts[2].body) == ("ACMW", "ACE, ATUC")


def test_monitoring_is_its_sentence_and_the_bullets_under_it() -> None:
    text = """# Monitoring of the Plan

1. ALMs will task SLOM to track the plan, noting

• Meetings held; and

• Rules issued.

2. Outcomes are hard to measure.
"""
    drafts = found_in(text)
    assert [(words(text, one), one.body, one.parent) for one in drafts] == [
        ("ALMs will task SLOM to track the plan, noting", "SLOM", None),
        ("Meetings held", "SLOM", drafts[0].key),
        ("Rules issued.", "SLOM", drafts[0].key),
    ]


def test_aims_and_needs_commit_and_what_was_noted_does_not() -> None:
    text = """# Fair Pay

1. The ACMW needs to raise pay. It aims to reach all by 2031. SLOM noted that the ACMW needs to rest.
"""
    assert [(one.kind, words(text, one)) for one in found_in(text)] == [
        (Kind.COMMITMENT, "The ACMW needs to raise pay."),
        (Kind.OBJECTIVE, "It aims to reach all by 2031."),
    ]


def test_a_bullet_of_several_sentences_is_prose() -> None:
    text = """# Pay in ASEAN

The following are of note:

• Rules on fees. The ACMW is preparing a guide.

• The ACMW is preparing a note.
"""
    assert [words(text, one) for one in found_in(text)] == ["The ACMW is preparing a guide."]


def test_a_communique_resolves_under_its_headings() -> None:
    text = """# Pay

4. The ASEAN Labour Ministers met in May. The ASEAN Labour Ministers agreed to share rules.

# Rest

5. They thanked the host. The Ministers renewed their commitment to rest.
"""
    found = found_in(text, "Joint Communiqué of a made-up meeting", "communique")
    assert [(one.kind, one.number, one.body) for one in found] == [
        (Kind.COMMUNIQUE, "4", "ASEAN Labour Ministers"),
        (Kind.COMMUNIQUE, "5", "ASEAN Labour Ministers"),
    ]


def test_a_forum_closes_with_what_will_be_reported() -> None:
    text = """THE 7th ASEAN FORUM ON FAIR WORK 3-4 MAY 2031, VIENTIANE, LAO PDR

The participants agreed to recommend the following:

1. Publish all fees;

2. Promote rest.

The participants agreed that the progress will be reported to the next Forum in 2032. Lunch was served. \
For this purpose, each State should make preparation with the involvement of social partners.
"""
    drafts = found_in(text)
    assert [(one.kind, one.number, one.period, one.partners) for one in drafts] == [
        (Kind.RECOMMENDATION, "", "2032", ()),
        (Kind.RECOMMENDATION, "", "", ("social partners",)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "You will add the sugar. The eggs should be added. We will serve it. It is to be shared by 2031.",
        "# Conclusions\n\nShe said that they should go. He will be invited. The Committee will meet.",
        "",
        "   \n\n  ",
    ],
)
def test_a_text_that_names_no_body_commits_nobody(text: str) -> None:
    assert found_in(text, "Lemon Cakes", "novel") == []


def test_thanks_history_and_attendance_are_no_commitments() -> None:
    text = (
        "The ACMW was set up in 2007. The ILO has developed standards. We thank the ASEAN Secretariat."
        " Trade may change pay in ASEAN. SLOM met on 3 May 2031 and noted the report."
        " Demand for labour will increase."
    )
    assert found_in(text) == []


def test_random_words_yield_less_than_one_in_a_thousand() -> None:
    chance = random.Random(7)
    vocabulary = [*PLAN.split(), *REPORT.split(), *PAPER.split()]
    text = "\n\n".join(" ".join(chance.choices(vocabulary, k=60)) for _ in range(200))
    assert len(found_in(text)) <= 12


@given(
    st.lists(
        st.sampled_from(
            [
                "The ALMs will ", "be tasked to ", "projects such as ", "(", ")", ". ", "; ", ":\n", "\n\n• ",
                "1. ",
                "\n\n", "priorities: ", "Communique states:", "# Conclusions\n\n", "We should ", "ILO ",
                "invited ", "*", "2031 ",
            ]
        ),
        max_size=40,
    ),
    st.sampled_from(["work-programme", "mission-report"]),
)  # fmt: skip
def test_every_draft_holds_words_of_its_own_and_known_parents(parts: list[str], kind: str) -> None:
    text = "".join(parts)
    drafts = found_in(text, kind.replace("-", " "), kind)
    keys = [one.key for one in drafts]
    assert keys == sorted(set(keys))
    for one in drafts:
        assert words(text, one)
        assert one.parent is None or one.parent in keys
        assert all(0 <= span.start < span.end <= len(text) for span in one.spans)
