"""What speaks for a passage: each signal gives every candidate a value, higher is better."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from corpus.understanding import Condition, Facet
from index.arrays import Positions, Scores, Vectors
from index.embedding import Tokens
from index.lexical import Boosts, Term
from index.matching import MATCHES, match
from index.opening import Generation


@dataclass(frozen=True, slots=True)
class Query:
    """A question made ready for a generation: its terms, how they count, its vector and its tokens.

    `conditions` are what it states beside its words; `topic` are the tokens of what it is about once they
    are taken out of it.
    """

    terms: tuple[Term, ...]
    boosts: Boosts
    vector: Vectors
    tokens: Tokens
    topic: Tokens
    conditions: tuple[Condition, ...] = ()


Signal = Callable[[Generation, Query, Positions], Scores]
"""Values for the candidates at some positions, in their order."""


def words(generation: Generation, query: Query, positions: Positions) -> dict[str, Scores]:
    """Score by the words shared (BM25), and by the idf-weighted share of the question's words held.

    A word is held where it stands in the passage or its context.
    """
    bm25, coverage = generation.lexical.judged(query.terms, query.boosts, positions)
    return {"bm25": bm25, "coverage": coverage}


def dense(generation: Generation, query: Query, positions: Positions) -> Scores:
    """Score by the cosine of the vectors."""
    return generation.dense.cosines(query.vector, positions)


def interactions(generation: Generation, query: Query, positions: Positions) -> dict[str, Scores]:
    """Score by the best match of each token (MaxSim, idf-weighted), of the question and of its topic.

    The topic is what the question is about, without what it states of the answer: "activities of Thailand
    in 2012 on skills" is about skills. Where nothing is left, all score 0 on it.
    """
    late, topic = generation.late.scores((query.tokens, query.topic), positions)
    return {"late": late, "topic": topic}


def record(generation: Generation, query: Query, positions: Positions) -> Scores:
    """Tell the passages that hold a commitment (1) from the others (0)."""
    return generation.postings.holding_records[positions].astype(np.float32)


def _asked(facet: Facet, generation: Generation, query: Query, positions: Positions) -> Scores:
    """Score by how far a passage is what the question states of one facet; 0 where it states nothing."""
    conditions = [one for one in query.conditions if one.facet == facet]
    if not conditions:
        return np.zeros(len(positions), dtype=np.float32)
    passages = (generation.passages[position] for position in positions.tolist())
    found = (match(conditions, passage, generation.commitments_of(passage.id)) for passage in passages)
    return np.fromiter(found, dtype=np.float32, count=len(positions))


ASKED: dict[str, Signal] = {f"asked_{facet}": partial(_asked, facet) for facet in MATCHES}
"""A signal for each facet that a question can state."""

SIGNALS: dict[str, Signal] = {
    "dense": dense,
    "record": record,
    **ASKED,
}
"""Signals that look at the question and a passage, by the name under which a hit carries them."""


def all_signals(generation: Generation, query: Query, positions: Positions) -> dict[str, Scores]:
    """Compute every signal at some positions, by name."""
    values = {name: signal(generation, query, positions) for name, signal in SIGNALS.items()}
    return values | words(generation, query, positions) | interactions(generation, query, positions)


NAMES = ("late", "topic", "bm25", "dense", "coverage", "record", *ASKED)
"""Every signal by the name under which a hit carries it and a ranking weighs it."""
