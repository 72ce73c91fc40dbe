"""The question on the README's first line, answered as a person who knows the texts would."""

from __future__ import annotations

import pytest

from corpus.answers import Answer, Filters
from search_api.answering.answerer import answer
from search_api.bootstrap import Application

EXPECTED = ("2", "3", "4", "6", "8", "9", "11", "13", "18", "19", "21")


@pytest.fixture(scope="module")
def answered(application: Application) -> Answer:
    return answer(application.library.reading(), "what has been recommended on recruitment costs", Filters())


@pytest.mark.model
def test_the_recommendations_on_recruitment_costs_are_separate_whole_statements(answered: Answer) -> None:
    cited = [
        statement.citations[0]
        for statement in answered.statements
        if "5th ASEAN FORUM" in " ".join(statement.citations[0].section)
    ]
    by_number = {citation.number: citation for citation in cited}
    assert set(EXPECTED) <= set(by_number)
    assert by_number["3"].inferred
    assert not by_number["4"].inferred
    for number in EXPECTED:
        citation = by_number[number]
        assert citation.quote.rstrip()[-1] in ";."
        assert ";\n" not in citation.quote
        assert (citation.document, citation.kind) == ("slom-work-plans-2012", "recommendation")
        assert citation.place.startswith("line")


@pytest.mark.model
def test_the_most_direct_statement_is_one_of_them(answered: Answer) -> None:
    assert answered.best is not None
    assert answered.best.citations[0].number in EXPECTED
