"""A question in, an answer out."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.answers import Answer, Filters, Hit, Statement
from search_api.answering.choosing import LIMITS, Limits, choose, quotable
from search_api.answering.citing import verified
from search_api.answering.confidence import WEIGHTS, Weights, confidence
from search_api.answering.folding import fold_duplicates
from search_api.answering.grouping import group_statements
from search_api.reading import Reading


def answer(
    reading: Reading, question: str, filters: Filters, limits: Limits = LIMITS, weights: Weights = WEIGHTS
) -> Answer:
    """Answer a question from one generation, in verified quotes, or say that these texts do not.

    The question must have passed `search_api.questions.check_question`.
    """
    hits = quotable(reading.searcher.search(question, limits.pool, filters))
    sure = confidence(hits, weights)
    statements: tuple[Statement, ...] = ()
    if sure >= weights.threshold:
        statements = fold_duplicates(_statements(reading, choose(hits, limits)))
    searched = reading.within(filters)
    return Answer(
        question=question,
        answered=bool(statements),
        confidence=sure,
        generation=reading.name,
        searched=len(searched),
        searched_documents=len({passage.document for passage in searched}),
        groups=group_statements(statements, reading.document, reading.passage),
        nearest=() if statements else fold_duplicates(_statements(reading, hits[: limits.nearest])),
    )


def _statements(reading: Reading, hits: Iterable[Hit]) -> tuple[Statement, ...]:
    """Make a statement of each hit whose citation verifies; ranks count from 1."""
    found: list[Statement] = []
    for hit in hits:
        citation = verified(reading.document(hit.passage.document), hit.passage)
        if citation is not None:
            found.append(Statement((citation,), hit.score, len(found) + 1))
    return tuple(found)
