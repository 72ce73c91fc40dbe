"""What speaks for a passage: each signal gives every candidate a value, higher is better."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from index.arrays import Positions, Scores, Vectors
from index.embedding import Tokens
from index.lexical import Boosts, Term
from index.opening import Generation


@dataclass(frozen=True, slots=True)
class Query:
    """A question made ready for a generation: its terms, how they count, its vector and its tokens."""

    terms: tuple[Term, ...]
    boosts: Boosts
    vector: Vectors
    tokens: Tokens


Signal = Callable[[Generation, Query, Positions], Scores]
"""Values for the candidates at some positions, in their order."""


def bm25(generation: Generation, query: Query, positions: Positions) -> Scores:
    """Score by the words shared (BM25, k1 = 1.2, b = 0.75)."""
    return generation.lexical.scores(query.terms, query.boosts, positions)


def dense(generation: Generation, query: Query, positions: Positions) -> Scores:
    """Score by the cosine of the vectors."""
    return generation.dense.cosines(query.vector, positions)


def coverage(generation: Generation, query: Query, positions: Positions) -> Scores:
    """Score by the idf-weighted share of the question's words that the passage or its context holds."""
    return generation.lexical.coverage(query.terms, positions)


def late(generation: Generation, query: Query, positions: Positions) -> Scores:
    """Score by the best match of each token of the question (MaxSim, idf-weighted)."""
    return generation.late.scores(query.tokens, positions)


SIGNALS: dict[str, Signal] = {"bm25": bm25, "dense": dense, "coverage": coverage, "late": late}
"""Every signal by the name under which a hit carries it and a ranking weighs it."""
