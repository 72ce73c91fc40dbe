"""An answer quotes, cites, folds, groups and orders; or it says that the texts do not answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.answers import Answer, Citation, Filters, Hit
from corpus.documents import Document
from corpus.records import Passage
from corpus.understanding import Understanding
from index.lexical import Term
from index.words import Question
from search_api.answering.answerer import answer
from search_api.answering.choosing import Limits
from search_api.answering.citing import verify
from search_api.answering.confidence import Weights, weights_for
from search_api.answering.grouping import meeting_of
from search_api.reading import Reading

ALWAYS = Weights(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, threshold=0.0)
EVERYTHING = Limits(share=0.0)
WORDS = ("recruitment", "costs", "sawmills", "Lombok", "inspectors", "Cambodia", "fishermen", "seminar")


class FixedSearcher:
    """Returns the hits it was given."""

    def __init__(self, hits: list[Hit]) -> None:
        self.hits = hits

    def search(self, query: str, limit: int, filters: Filters, understanding: Understanding) -> list[Hit]:
        return self.hits[:limit]

    def terms(self, question: Question) -> tuple[Term, ...]:
        return ()


@pytest.fixture
def answer_from(reading: Reading) -> Callable[[list[Passage]], Answer]:
    """Answer from passages taken as hits, best first."""

    def answered(passages: list[Passage]) -> Answer:
        hits = [Hit(passage, 1 / rank) for rank, passage in enumerate(passages, start=1)]
        searcher = FixedSearcher(hits)
        fixed = Reading(reading.generation, searcher, reading.authority)  # type: ignore[arg-type]
        return answer(fixed, "recruitment costs", Filters(), EVERYTHING, ALWAYS)

    return answered


def citations_of(answered: Answer) -> list[Citation]:
    statements = [*answered.statements, *answered.nearest]
    return [citation for statement in statements for citation in statement.citations]


@settings(max_examples=40, deadline=None)
@given(
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
    weights=st.sampled_from([ALWAYS, weights_for("toy")]),
)
def test_every_quote_verifies_and_the_order_holds(
    reading: Reading, words: list[str], weights: Weights
) -> None:
    answered = answer(reading, " ".join(words), Filters(), EVERYTHING, weights)
    for citation in citations_of(answered):
        verify(reading.document(citation.document), citation)
    years = [group.year for group in answered.groups]
    assert years == sorted(years)
    for group in answered.groups:
        positions = [reading.passage(one.citations[0].passage).position for one in group.statements]
        assert positions == sorted(positions)
    assert bool(answered.groups) == answered.answered
    assert not (answered.groups and answered.nearest)


def test_groups_are_meetings_and_programmes_oldest_first(
    answer_from: Callable[[list[Passage]], Answer], passages: tuple[Passage, ...]
) -> None:
    groups = answer_from(list(reversed(passages))).groups
    assert [(group.document, group.year) for group in groups] == [
        ("mission-2003", 2003),
        ("programme-2010", 2010),
        ("plans-2012", 2011),
        ("plans-2012", 2012),
    ]
    assert groups[0].section == ""
    assert groups[3].section.startswith("THE 5th FORUM")
    assert [one.citations[0].number for one in groups[3].statements] == ["1", "2", "3"]


def test_the_same_words_are_one_statement_with_both_citations(
    answer_from: Callable[[list[Passage]], Answer], passages: tuple[Passage, ...]
) -> None:
    twins = [passage for passage in passages if "Publish the ceiling" in passage.text]
    (statement,) = answer_from(twins).statements
    assert [citation.document for citation in statement.citations] == ["plans-2012", "programme-2010"]


def test_contents_are_never_quoted(
    answer_from: Callable[[list[Passage]], Answer], find: Callable[[str], Passage]
) -> None:
    answered = answer_from([find("........"), find("fishermen")])
    assert [citation.kind for citation in citations_of(answered)] == ["recommendation"]


def test_a_quote_that_does_not_verify_is_left_out(
    answer_from: Callable[[list[Passage]], Answer], find: Callable[[str], Passage]
) -> None:
    false = replace(find("yearly"), text="Raise recruitment costs.")
    answered = answer_from([false, find("fishermen")])
    assert [citation.passage for citation in citations_of(answered)] == [find("fishermen").id]
    assert not answer_from([false]).answered


def test_the_best_statement_is_the_first_hit(
    answer_from: Callable[[list[Passage]], Answer], find: Callable[[str], Passage]
) -> None:
    best = answer_from([find("yearly"), find("fishermen")]).best
    assert best is not None
    assert best.citations[0].passage == find("yearly").id


def test_an_answer_too_unsure_offers_the_nearest_passages_instead(reading: Reading) -> None:
    never = replace(ALWAYS, threshold=1.0)
    answered = answer(reading, "recruitment costs", Filters(), Limits(nearest=2), never)
    assert not answered.answered
    assert answered.groups == ()
    assert len(answered.nearest) == 2
    assert answered.confidence < 1.0


def test_what_was_searched_is_counted_within_the_filters(
    reading: Reading, documents: tuple[Document, ...], passages: tuple[Passage, ...]
) -> None:
    whole = answer(reading, "costs", Filters())
    part = answer(reading, "costs", Filters(documents=("mission-2003",)))
    assert (whole.searched, whole.searched_documents) == (len(passages) - 1, len(documents))
    assert (part.searched, part.searched_documents) == (1, 1)


@pytest.mark.parametrize(
    ("section", "meeting"),
    [
        (("The Conference of Dong Nai, 2012", "Actions"), "The Conference of Dong Nai, 2012"),
        (("WORK PLAN OF THE WORKING GROUP",), "WORK PLAN OF THE WORKING GROUP"),
        (("Proposed format of the Conference",), ""),
        (("Monitoring of the Work Programme 2010-2015",), ""),
        (("Annex", "The Conference of Dong Nai, 2012"), ""),
        (("Informal economy",), ""),
        ((), ""),
    ],
)
def test_only_an_outermost_heading_that_names_a_meeting_makes_a_group(
    section: tuple[str, ...], meeting: str
) -> None:
    assert meeting_of(section) == meeting
