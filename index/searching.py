"""Hybrid search: candidates by words and by vectors, scored by every signal, fused into one order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache, partial, reduce

import numpy as np
from numpy.typing import NDArray

from corpus.answers import Filters, Hit
from corpus.understanding import Understanding
from index.arrays import Positions, Scores
from index.context import embedded_text
from index.embedding import Speller, Tokens
from index.fusion import FUSIONS
from index.lexical import Term
from index.opening import Generation
from index.ranking import Ranking
from index.reranking import LOOKED_AT, Reranker, combined
from index.signals import NAMES, Query, all_signals
from index.words import Question, read_question

KEPT_QUESTIONS = 256
ASIDE = ThreadPoolExecutor(thread_name_prefix="by-vectors")
"""Where vectors are searched, when there are many, while words are."""
SECOND_LOOK = "cross_encoder"
"""The name under which a hit carries what a reranker made of it."""
NO_FILTERS = Filters()
NOTHING_STATED = Understanding()


def fused(values: Mapping[str, Scores], ranking: Ranking) -> NDArray[np.float64]:
    """Make one score of the signals, 0..1, of those that tell any candidate from another."""
    weighed = [(values[name], weight) for name, weight in ranking.weights if values[name].any()]
    if not weighed:
        return np.zeros(len(next(iter(values.values()))))
    return FUSIONS[ranking.fusion]([signal for signal, _ in weighed], [weight for _, weight in weighed])


class Searcher:
    """Searches one generation; safe to use from several threads."""

    def __init__(
        self, generation: Generation, ranking: Ranking | None = None, reranker: Reranker | None = None
    ) -> None:
        self.generation = generation
        self._ranking = ranking or Ranking()
        self._reranker = reranker
        self._terms = lru_cache(maxsize=KEPT_QUESTIONS)(self._resolve)

    def search(
        self,
        query: str,
        limit: int = 10,
        filters: Filters = NO_FILTERS,
        understanding: Understanding = NOTHING_STATED,
    ) -> list[Hit]:
        """Return at most `limit` hits, best first, ties in the order of the texts.

        What the question was understood to state puts passages forward and lifts those that meet it.

        Every phrase in quotation marks must stand in a hit or its context. Scores are 0..1 and
        comparable within one search; `signals` hold the raw values. A query without a letter or a
        digit finds nothing, and so does a filter that no passage passes.
        """
        question = read_question(query)
        allowed = self._allowed(question, filters, understanding)
        if limit < 1 or not question.has_words or (allowed is not None and not len(allowed)):
            return []
        prepared = self._prepare(question, understanding)
        candidates = self._candidates(prepared, max(limit, self._ranking.depth), allowed)
        hits = self._ranked(prepared, candidates, max(limit, LOOKED_AT) if self._reranker else limit)
        return self._reranked(question.text, hits)[:limit]

    def signals(self, query: str, understanding: Understanding) -> tuple[Positions, dict[str, Scores]]:
        """Return the candidates for a question and every signal at them, which is what a ranking weighs."""
        prepared = self._prepare(read_question(query), understanding)
        candidates = self._candidates(prepared, self._ranking.depth, None)
        return candidates, all_signals(self.generation, prepared, candidates)

    def terms(self, question: Question) -> tuple[Term, ...]:
        """Resolve the words of a question, those corrected that neither texts nor model know.

        Kept for the last questions, since one request asks several times.
        """
        return self._terms(question)

    def _resolve(self, question: Question) -> tuple[Term, ...]:
        speller = self.generation.questions
        if isinstance(speller, Speller):
            return self.generation.lexical.terms(question, speller.knows)
        return self.generation.lexical.terms(question)

    def holding(self, question: Question) -> Positions:
        """Return the positions that hold every term of a question, in their text or context."""
        return self.generation.lexical.holding(self.terms(question))

    def _allowed(
        self, question: Question, filters: Filters, understanding: Understanding
    ) -> Positions | None:
        postings = self.generation.postings
        only = [postings.meeting(condition) for condition in understanding.conditions if condition.only]
        phrased = self.generation.lexical.positions_of(question.phrases)
        rows = [row for row in (postings.passing(filters), *only, phrased) if row is not None]
        return reduce(np.intersect1d, rows) if rows else None

    def _prepare(self, question: Question, understanding: Understanding) -> Query:
        question = _spelt(question, understanding)
        terms = self.terms(question)
        about = read_question(understanding.topic) if understanding.conditions else question
        texts = [_for_model(question.text, terms, understanding)]
        if about.has_words and about.text != texts[0]:
            texts.append(about.text)
        made = self.generation.questions.embed(texts)
        return Query(
            terms=terms,
            boosts=self._ranking.boosts,
            vector=made.vectors[0],
            tokens=made.tokens[0],
            topic=made.tokens[-1] if about.has_words else NO_TOKENS,
            conditions=understanding.conditions,
        )

    def _candidates(self, query: Query, depth: int, allowed: Positions | None) -> Positions:
        nearest = partial(self.generation.dense.search, query.vector, depth, allowed)
        aside = None if self.generation.dense.exact else ASIDE.submit(nearest)
        by_words, _ = self.generation.lexical.search(query.terms, query.boosts, depth, allowed)
        by_vectors, _ = aside.result() if aside else nearest()
        stated = self.generation.postings.candidates(query.conditions, depth)
        if allowed is not None:
            stated = np.intersect1d(stated, allowed)
        return np.union1d(np.union1d(by_words, by_vectors), stated)

    def _ranked(self, query: Query, candidates: Positions, limit: int) -> list[Hit]:
        values = all_signals(self.generation, query, candidates)
        scores = fused(values, self._ranking)
        order = np.lexsort((candidates, -scores))
        return [self._hit(candidates, scores, values, i) for i in order[:limit].tolist()]

    def _reranked(self, question: str, hits: list[Hit]) -> list[Hit]:
        """Order the best hits anew where there is a model for it; ties stay as they were."""
        if self._reranker is None or len(hits) < 2:
            return hits
        again = hits[:LOOKED_AT]
        titles = {document.id: document.source.title for document in self.generation.documents}
        texts = [embedded_text(hit.passage, titles[hit.passage.document]) for hit in again]
        judged = self._reranker.judge(question, texts)
        scores = combined(np.array([hit.score for hit in again]), judged)
        seen = [
            replace(hit, score=score, signals=(*hit.signals, (SECOND_LOOK, value)))
            for hit, score, value in zip(again, scores.tolist(), judged.tolist(), strict=True)
        ]
        return [*sorted(seen, key=lambda hit: -hit.score), *hits[LOOKED_AT:]]

    def _hit(
        self, candidates: Positions, scores: NDArray[np.float64], values: dict[str, Scores], i: int
    ) -> Hit:
        signals = tuple((name, float(values[name][i])) for name in NAMES)
        return Hit(self.generation.passages[int(candidates[i])], float(scores[i]), signals)


def _spelt(question: Question, understanding: Understanding) -> Question:
    """Write the names of member states as the texts do."""
    text = question.text
    for typed, name in understanding.spellings:
        text = text.replace(typed, name)
    return replace(question, text=text)


NO_TOKENS = Tokens(np.zeros(0, dtype=np.int32), np.zeros((0, 0), dtype=np.float32))
LONGEST_NAME = 70
"""Characters of the longest name that is written out for the model."""


def _for_model(text: str, terms: Iterable[Term], understanding: Understanding) -> str:
    """Write a question as a model reads it best: misspelt words corrected, acronyms written out beside.

    A word is corrected where just one will do. Only the model is given the written-out names: as words to
    look for they drown the rest of the question (nDCG@10 on the development questions fell by 0.04).
    """
    for term in terms:
        if len(term.corrections) == 1:
            text = re.sub(rf"\b{re.escape(term.word)}\b", term.corrections[0], text, flags=re.IGNORECASE)
    for typed, other in understanding.expansions:
        if typed.isupper() and len(other) < LONGEST_NAME:
            text = text.replace(typed, f"{typed} ({other})", 1)
    return text
