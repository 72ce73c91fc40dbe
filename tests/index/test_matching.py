"""A passage matches what is stated by its place, its words, and the commitments in it."""

from __future__ import annotations

import pytest

from corpus.documents import Span
from corpus.records import Commitment, CommitmentKind, Passage, PassageKind
from corpus.understanding import Condition, Facet, numbered, section_key
from index.matching import match

PASSAGE = Passage(
    "plan.a", "plan", PassageKind.ROW, "Train inspectors in 2012.", (Span(0, 25),), ("The 4th Forum",), 0,
    number="3", bodies=("slom",), countries=("malaysia",),
)  # fmt: skip
COMMITMENT = Commitment(
    "plan.c", "plan/c", "plan", CommitmentKind.ACTIVITY, "Train inspectors", (Span(0, 16),), (), 0,
    number="3", passage="plan.a", body_ids=("acmw",), start="2011-01-01", end="2014-12-31", status="T.B.C.",
    coordinator_ids=("thailand",), partner_ids=("ilo",),
)  # fmt: skip


@pytest.mark.parametrize(
    ("facet", "value", "expected"),
    [
        (Facet.DOCUMENT, "plan", 1.0),
        (Facet.SECTION, section_key("plan", "The  4TH forum"), 1.0),
        (Facet.BODY, "acmw", 1.0),
        (Facet.BODY, "slom", 0.3),
        (Facet.COORDINATOR, "thailand", 1.0),
        (Facet.COORDINATOR, "malaysia", 0.3),
        (Facet.PARTNER, "ilo", 1.0),
        (Facet.PARTNER, "malaysia", 0.0),
        (Facet.PARTY, "malaysia", 1.0),
        (Facet.YEAR, "2012-2012", 0.8),
        (Facet.YEAR, "2011-2014", 1.0),
        (Facet.YEAR, "2013-2013", 0.25),
        (Facet.YEAR, "2020-2020", 0.0),
        (Facet.STATUS, "tbc", 1.0),
        (Facet.KIND, "activity", 1.0),
        (Facet.KIND, "row", 1.0),
        (Facet.NUMBER, numbered("3"), 1.0),
        (Facet.NUMBER, numbered("3", "activity"), 1.0),
        (Facet.NUMBER, numbered("3", "goal"), 0.0),
        (Facet.NUMBER, numbered("4"), 0.0),
    ],
)
def test_match(facet: Facet, value: str, expected: float) -> None:
    assert match([Condition(facet, (value,), "")], PASSAGE, (COMMITMENT,)) == pytest.approx(expected)


def test_the_best_of_several_counts_and_none_is_nothing() -> None:
    conditions = [Condition(Facet.NUMBER, (numbered(number),), "") for number in ("9", "3")]
    assert match(conditions, PASSAGE, ()) == 1.0
    assert match([], PASSAGE, ()) == 0.0
