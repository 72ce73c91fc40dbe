"""What speaks for a passage: each signal gives every candidate a value, higher is better."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from corpus.records import Passage, PassageKind
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


def record(generation: Generation, query: Query, positions: Positions) -> Scores:
    """Tell the passages that hold a commitment (1) from the others (0)."""
    passages = (generation.passages[position] for position in positions.tolist())
    return np.array([bool(generation.commitments_of(p.id)) for p in passages], dtype=np.float32)


def substance(generation: Generation, query: Query, positions: Positions) -> Scores:
    """Tell passages that answer by themselves (1) from headings, glossary entries, notes, stubs (0)."""
    passages = (generation.passages[position] for position in positions.tolist())
    return np.array([_says_something(passage) for passage in passages], dtype=np.float32)


POINTING = frozenset({PassageKind.HEADING, PassageKind.DEFINITION, PassageKind.NOTE})
SHORTEST = 5
"""Words of the shortest passage that answers by itself ("Meetings held;" does not)."""


def _says_something(passage: Passage) -> bool:
    return passage.kind not in POINTING and len(passage.text.split()) >= SHORTEST


SIGNALS: dict[str, Signal] = {
    "bm25": bm25,
    "dense": dense,
    "coverage": coverage,
    "late": late,
    "record": record,
    "substance": substance,
}
"""Every signal by the name under which a hit carries it and a ranking weighs it."""

PRIORS = frozenset({"record", "substance"})
"""Signals that are the same whatever the question."""
