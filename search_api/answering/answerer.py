"""A question in, an answer out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.answers import Answer, Citation, Filters, Hit, Statement
from index.context import context_of
from index.lexical import Term
from search_api.answering.choosing import LIMITS, Limits, choose
from search_api.answering.citing import verified
from search_api.answering.confidence import Weights, confidence, weights_for
from search_api.answering.consulting import consult
from search_api.answering.folding import fold_duplicates
from search_api.answering.grouping import group_statements
from search_api.answering.marking import part_of, words_in
from search_api.answering.records import records_of
from search_api.reading import Reading


def answer(
    reading: Reading,
    question: str,
    filters: Filters,
    limits: Limits = LIMITS,
    weights: Weights | None = None,
    understand: bool = True,
) -> Answer:
    """Answer a question from one generation, in verified quotes, or say that these texts do not.

    Unless `understand` is False, what the question states beside its words counts, and all commitments
    that meet it are listed. The question must have passed `search_api.questions.check_question`.
    """
    consulted = consult(reading, question, limits.pool, filters, understand)
    hits, terms = consulted.hits, consulted.terms
    weights = weights or weights_for(reading.model)
    sure = confidence(consulted.evidence, weights)
    statements: tuple[Statement, ...] = ()
    if sure >= weights.threshold:
        statements = fold_duplicates(_statements(reading, choose(hits, limits), terms))
    searched, documents = reading.generation.searched(filters)
    return Answer(
        question=question,
        answered=bool(statements),
        confidence=sure,
        generation=reading.name,
        searched=searched,
        searched_documents=documents,
        groups=group_statements(statements, reading.document, reading.passage),
        nearest=() if statements else fold_duplicates(_statements(reading, hits[: limits.nearest], terms)),
        understanding=consulted.understanding,
        records=records_of(reading, consulted.understanding, filters) if statements else None,
    )


def _statements(reading: Reading, hits: Iterable[Hit], terms: Sequence[Term]) -> tuple[Statement, ...]:
    """Make a statement of each hit whose citation verifies; ranks count from 1."""
    found: list[Statement] = []
    for hit in hits:
        citation = verified(reading.document(hit.passage.document), hit.passage)
        if citation is not None:
            found.append(_statement(reading, hit, citation, terms, len(found) + 1))
    return tuple(found)


def _statement(reading: Reading, hit: Hit, citation: Citation, terms: Sequence[Term], rank: int) -> Statement:
    stems = reading.generation.lexical.stems_of
    title = reading.document(citation.document).source.title
    whole = "\n".join((citation.quote, context_of(hit.passage, title)))
    return Statement(
        citations=(citation,),
        score=hit.score,
        rank=rank,
        part=part_of(citation.quote, terms, stems),
        words=words_in(whole, terms, stems),
        signals=hit.signals,
    )
