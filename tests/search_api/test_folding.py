"""Near-duplicates become one statement; different statements never do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.answers import Citation, Statement
from corpus.documents import Span
from search_api.answering.folding import fold_duplicates

QUOTE = "Ensure that information on recruitment costs is updated and widely disseminated to the public"


def make_statement(quote: str, rank: int = 1, document: str = "a") -> Statement:
    citation = Citation(
        document,
        "",
        f"{document}.{rank}",
        "item",
        (),
        "",
        False,
        (1,),
        (1, 1),
        "line 1",
        (Span(0, 1),),
        quote,
    )
    return Statement((citation,), 1.0 / rank, rank)


def test_the_same_words_in_two_documents_are_one_statement_with_both_citations() -> None:
    twice = [make_statement(QUOTE, 1, "a"), make_statement(f"9. {QUOTE.replace(' ', chr(10), 3)};", 2, "b")]
    (folded,) = fold_duplicates(twice)
    assert [citation.document for citation in folded.citations] == ["a", "b"]
    assert folded.rank == 1
    assert folded.quote == QUOTE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"{QUOTE} in 2011", f"{QUOTE} in 2012"),
        (QUOTE, QUOTE.replace("recruitment costs", "placement services and complaint mechanisms")),
        ("Thailand", "Viet Nam"),
    ],
)
def test_statements_that_differ_stay_apart(one: str, other: str) -> None:
    assert len(fold_duplicates([make_statement(one, 1), make_statement(other, 2)])) == 2


@given(
    st.lists(st.sampled_from([QUOTE, f"{QUOTE} again", "Other words here", "2011", "2012", "-"]), max_size=12)
)
def test_no_citation_is_lost_and_ranks_stay_in_order(quotes: list[str]) -> None:
    statements = [make_statement(quote, rank) for rank, quote in enumerate(quotes, start=1)]
    folded = fold_duplicates(statements)
    kept = [citation.passage for statement in folded for citation in statement.citations]
    assert sorted(kept) == sorted(statement.citations[0].passage for statement in statements)
    ranks = [statement.rank for statement in folded]
    assert ranks == sorted(ranks)
    assert fold_duplicates(folded) == folded
