"""What is listed when a part is written gives what looking at each passage would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpus.answers import Filters
from corpus.documents import Span
from corpus.records import Commitment, CommitmentKind, Passage, PassageKind
from corpus.understanding import Condition, Facet, numbered, section_key
from index.filtering import admits
from index.matching import match
from index.postings import Postings, postings_of
from tests.index.conftest import make_commitment, make_passage

Row = tuple[Passage, Sequence[Commitment]]

PASSAGE = Passage(
    "plan.a", "plan", PassageKind.ROW, "Train inspectors in 2012.", (Span(0, 25),), ("The 4th Forum",), 0,
    number="3", bodies=("slom",), countries=("malaysia",),
)  # fmt: skip
COMMITMENT = make_commitment(
    0, PASSAGE, number="3", body_ids=("acmw",), start="2011-01-01", end="2014-12-31", status="T.B.C.",
    coordinator_ids=("thailand",), partner_ids=("ilo",),
)  # fmt: skip


def postings(rows: Sequence[Row]) -> Postings:
    held = postings_of(rows)
    nothing = np.zeros(0, dtype=np.int32)
    return Postings(
        len(rows),
        lambda key: held.get(key, nothing).astype(np.int64),
        lambda use, facet: [value for own, other, value in held if (own, other) == (use, facet)],
    )


def test_candidates_are_those_that_meet_most_and_can_be_returned() -> None:
    other, contents = replace(PASSAGE, number="4"), replace(PASSAGE, kind=PassageKind.CONTENTS)
    held = postings([(other, ()), (contents, (COMMITMENT,)), (PASSAGE, (COMMITMENT,))])
    section = Condition(Facet.SECTION, (section_key("plan", "the 4th forum"),), "")
    lead = Condition(Facet.COORDINATOR, ("thailand",), "")
    assert held.candidates([section, lead], 5).tolist() == [2, 0]
    assert held.candidates([section, lead], 1).tolist() == [2]
    assert held.candidates([Condition(Facet.DOCUMENT, ("plan",), "")], 5).tolist() == []
    assert held.candidates([Condition(Facet.YEAR, ("2010-2012",), "")], 5).dtype == np.int64
    assert held.holding_records.tolist() == [False, True, True]
    assert held.searchable.tolist() == [True, False, True]


PARTIES = st.lists(st.sampled_from(["slom", "ilo", "tha"]), max_size=2).map(tuple)
YEARS = st.integers(2009, 2013)
DATED = st.builds(
    Passage,
    id=st.just("p"), document=st.sampled_from(["a", "b"]), kind=st.sampled_from(PassageKind),
    text=st.sampled_from(["In 2010.", "In 2012 and 2013.", "x"]), spans=st.just((Span(0, 1),)),
    section=st.sampled_from([(), ("Plan",), ("The Forum", "x")]), position=st.just(0),
    number=st.sampled_from(["", "3"]), bodies=PARTIES, countries=PARTIES,
    years=st.none() | st.tuples(YEARS, YEARS).map(sorted).map(tuple),
)  # fmt: skip
HELD = st.builds(
    lambda kind, number, start, **fields: make_commitment(
        0, make_passage(0, ""), kind=kind, number=number, start=start and f"{start[0]}-01-01",
        end=f"{start[1]}-12-31" if start and start[1] else "", **fields,
    ),
    kind=st.sampled_from([CommitmentKind.ACTION, CommitmentKind.GOAL]), number=st.sampled_from(["", "3"]),
    start=st.just("") | st.tuples(YEARS, st.none() | st.just(2014)), body_ids=PARTIES,
    coordinator_ids=PARTIES, partner_ids=PARTIES, status=st.sampled_from(["", "T.B.C.", "done"]),
)  # fmt: skip
ROWS = st.lists(st.tuples(DATED, st.lists(HELD, max_size=2)), max_size=5)
VALUES: dict[Facet, st.SearchStrategy[str]] = {
    Facet.DOCUMENT: st.sampled_from(["a", "c"]),
    Facet.SECTION: st.sampled_from([section_key("a", "Plan"), section_key("b", "the forum")]),
    Facet.STATUS: st.sampled_from(["tbc", "done"]),
    Facet.KIND: st.sampled_from(["action", "row", "goal"]),
    Facet.NUMBER: st.sampled_from([numbered("3"), numbered("3", "goal"), numbered("4")]),
    Facet.YEAR: st.tuples(YEARS, YEARS).map(sorted).map(lambda years: f"{years[0]}-{years[1]}"),
    **dict.fromkeys(
        (Facet.BODY, Facet.COORDINATOR, Facet.PARTNER, Facet.PARTY), st.sampled_from(["slom", "tha", "x"])
    ),
}
CONDITIONS = st.sampled_from(list(VALUES)).flatmap(
    lambda facet: st.lists(VALUES[facet], min_size=1, max_size=2).map(
        lambda values: Condition(facet, tuple(values), "")
    )
)


@given(rows=ROWS, condition=CONDITIONS)
def test_what_meets_a_condition_is_what_matches_at_all(rows: list[Row], condition: Condition) -> None:
    met = [place for place, (one, held) in enumerate(rows) if match([condition], one, held) > 0]
    assert postings(rows).meeting(condition).tolist() == met


@given(
    rows=ROWS,
    filters=st.builds(
        Filters,
        documents=st.sampled_from([(), ("a",), ("a", "b")]), kinds=st.sampled_from([(), ("row", "goal")]),
        bodies=PARTIES, countries=PARTIES, first_year=st.none() | YEARS, last_year=st.none() | YEARS,
    ),
)  # fmt: skip
def test_what_passes_filters_is_what_is_admitted(rows: list[Row], filters: Filters) -> None:
    passing = postings(rows).passing(filters)
    if filters == Filters():
        assert passing is None
    else:
        assert passing is not None
        expected = [place for place, (one, held) in enumerate(rows) if admits(filters, one, held)]
        assert passing.tolist() == expected
