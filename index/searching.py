"""Hybrid search: candidates by words and by vectors, scored by every signal, fused into one order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.answers import Filters, Hit
from index.arrays import Positions, Scores
from index.embedding import Embedder
from index.filtering import allowed_positions
from index.fusion import FUSIONS
from index.lexical import DEFAULT_BOOSTS, Boosts
from index.opening import Generation
from index.signals import PRIORS, SIGNALS, Query
from index.words import Question, read_question


@dataclass(frozen=True, slots=True)
class Ranking:
    """How hits are ordered.

    `weights` are of the signals named, the others count nothing; `depth` is how many candidates
    words and vectors each put forward.

    The weights are round figures, not fitted: late interaction counts as much as the three other
    signals of likeness together; that a passage holds a commitment, and that it says something by
    itself, count half a signal each. On the 62 answerable development questions this gives an nDCG@10
    of 0.66 (without those two 0.65; late interaction alone 0.64; the three others alone 0.59). Weights
    of 2 or 4 for late interaction, and of 0.3 or 1 for the two, stay within 0.65 and 0.68.
    """

    weights: tuple[tuple[str, float], ...] = (
        ("late", 3.0),
        ("bm25", 1.0),
        ("dense", 1.0),
        ("coverage", 1.0),
        ("record", 0.5),
        ("substance", 0.5),
    )
    fusion: str = "min_max"
    depth: int = 200
    boosts: Boosts = DEFAULT_BOOSTS


DEFAULT_RANKING = Ranking()
NO_FILTERS = Filters()


def fused(values: Mapping[str, Scores], ranking: Ranking) -> NDArray[np.float64]:
    """Make one score of the signals, 0..1: likeness * (w + v * prior) / (w + v).

    Likeness and prior are each the fusion of their signals, w and v the sums of their weights: what
    is unlike the question gets nothing from being a good passage in general. Where signals of one
    sort only are weighed, their fusion is the score.
    """
    likeness, w = _fusion_of(values, ranking, [one for one in ranking.weights if one[0] not in PRIORS])
    prior, v = _fusion_of(values, ranking, [one for one in ranking.weights if one[0] in PRIORS])
    return likeness * (w + v * prior) / (w + v)


def _fusion_of(
    values: Mapping[str, Scores], ranking: Ranking, weights: Sequence[tuple[str, float]]
) -> tuple[NDArray[np.float64], float]:
    """Fuse the signals weighed, to ones where there are none; return also the sum of their weights."""
    total = sum(weight for _, weight in weights)
    if not total:
        return np.ones(len(next(iter(values.values())))), 0.0
    fuse = FUSIONS[ranking.fusion]
    return fuse([values[name] for name, _ in weights], [weight for _, weight in weights]), total


class Searcher:
    """Searches one generation; safe to use from several threads."""

    def __init__(
        self, generation: Generation, embedder: Embedder, ranking: Ranking = DEFAULT_RANKING
    ) -> None:
        self.generation = generation
        self._embedder = embedder
        self._ranking = ranking

    def search(self, query: str, limit: int = 10, filters: Filters = NO_FILTERS) -> list[Hit]:
        """Return at most `limit` hits, best first, ties in the order of the texts.

        Every phrase in quotation marks must stand in a hit or its context. Scores are 0..1 and
        comparable within one search; `signals` hold the raw values. A query without a letter or a
        digit finds nothing, and so does a filter that no passage passes.
        """
        question = read_question(query)
        allowed = self._allowed(question, filters)
        if limit < 1 or not question.has_words or (allowed is not None and not len(allowed)):
            return []
        prepared = self._prepare(question)
        candidates = self._candidates(prepared, max(limit, self._ranking.depth), allowed)
        return self._ranked(prepared, candidates)[:limit]

    def _allowed(self, question: Question, filters: Filters) -> Positions | None:
        filtered = allowed_positions(self.generation.passages, filters, self.generation.commitments_of)
        phrased = self.generation.lexical.positions_of(question.phrases)
        if filtered is None or phrased is None:
            return phrased if filtered is None else filtered
        return np.intersect1d(filtered, phrased)

    def _prepare(self, question: Question) -> Query:
        terms = self.generation.lexical.terms(question)
        made = self._embedder.embed([question.text])
        return Query(terms, self._ranking.boosts, made.vectors[0], made.tokens[0])

    def _candidates(self, query: Query, depth: int, allowed: Positions | None) -> Positions:
        by_words, _ = self.generation.lexical.search(query.terms, query.boosts, depth, allowed)
        by_vectors, _ = self.generation.dense.search(query.vector, depth, allowed)
        return np.union1d(by_words, by_vectors)

    def _ranked(self, query: Query, candidates: Positions) -> list[Hit]:
        values = {name: signal(self.generation, query, candidates) for name, signal in SIGNALS.items()}
        scores = fused(values, self._ranking)
        order = np.lexsort((candidates, -scores))
        return [self._hit(candidates, scores, values, i) for i in order.tolist()]

    def _hit(
        self, candidates: Positions, scores: NDArray[np.float64], values: dict[str, Scores], i: int
    ) -> Hit:
        signals = tuple((name, float(values[name][i])) for name in SIGNALS)
        return Hit(self.generation.passages[candidates[i]], float(scores[i]), signals)
