"""BM25 search over words: stemmed, with phrases, and with corrections for words misspelt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import GenerationError
from index.arrays import Positions, Scores
from index.bags import Bags
from index.layout import Layout
from index.linking import linked
from index.manifest import REBUILD
from index.segments import CONTEXT, NUMBER, SURFACE, TEXT, analyzer
from index.vocabulary import Vocabulary
from index.words import FUNCTION_WORDS, Question, well_formed

if TYPE_CHECKING:
    import tantivy
    from tantivy import Query

SCORED_ONE_BY_ONE = 2000
"""Passages that are all scored where no others are allowed: some 3 ms."""
TELLING = 0.5
"""A stem that stands in a field of a larger share of the passages puts none forward: it tells too little, an
idf of 0.7 at the most, to be worth going through so many. Among 1,000,000 passages made of the five texts the
first ten hits of all development questions stay the same, and the time for the words is halved."""
TIED = 1 - 1e-4
"""Scores of the engine this near to each other may be the same but for rounding."""
KEPT_STEMS = 4096
"""Texts whose stems are kept: an answer asks for those of the same passages again and again."""


@dataclass(frozen=True, slots=True)
class Boosts:
    """How much a word counts: in a passage's own text, in its context, and as a correction.

    BM25 alone had an nDCG@10 of 0.48 on the 62 answerable development questions with no context, of
    0.55 with it at 0.7, of 0.56 at 1; with the other signals 0.5 to 1.5 made no difference. A
    correction is a guess and counts less than the word as typed; its weight was not measured.
    """

    text: float = 1.0
    context: float = 0.7
    correction: float = 0.7


DEFAULT_BOOSTS = Boosts()


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a question and the stems it is searched as: none where the index has nothing near.

    `corrections` are the words taken for it, none where it is searched as typed.
    `idf` is how telling the word is: ln(1 + (N - n + 0.5) / (n + 0.5)) for n of N passages that hold
    it in text or context (the form that BM25 uses in Lucene and tantivy).
    """

    word: str
    stems: tuple[str, ...]
    corrections: tuple[str, ...]
    idf: float


def _nothing(_word: str) -> bool:
    """Know no word."""
    return False


def read_lexical(folder: Path, bags: Bags, layout: Layout, count: int) -> LexicalIndex:
    """Open the index in a folder; GenerationError where it does not hold so many passages.

    It is opened through links: the engine makes a lock file beside what it opens, and the folder is not
    to change, or may not.
    """
    import tantivy

    try:
        with linked(folder) as links:
            index = tantivy.Index.open(str(links))
    except (OSError, ValueError) as error:
        raise GenerationError(f"the lexical index {folder} cannot be read ({error}): {REBUILD}") from error
    found = index.searcher().num_docs
    if found != count:
        raise GenerationError(f"the lexical index {folder} holds {found} passages, not {count}: {REBUILD}")
    return LexicalIndex(index, bags, layout)


class LexicalIndex:
    """BM25 search in a generation; safe to use from several threads."""

    def __init__(self, index: tantivy.Index, bags: Bags, layout: Layout) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()
        self._bags = bags
        self._layout = layout
        self._stems = analyzer(stemmed=True)
        self._words = analyzer(stemmed=False)
        self._stems_of = lru_cache(maxsize=KEPT_STEMS)(
            lambda text: frozenset(stem for stem, _ in self._analyzed(text))
        )

    def terms(self, question: Question, knows: Callable[[str], bool] = _nothing) -> tuple[Term, ...]:
        """Resolve the words of a question: each once, without function words unless it has no others.

        A word that the index lacks is corrected, unless `knows` says that it is spelt as it should be.
        """
        pairs = dict(self._analyzed(question.text))
        content = {stem: word for stem, word in pairs.items() if word not in FUNCTION_WORDS}
        return tuple(self._term(word, stem, knows) for stem, word in (content or pairs).items())

    def search(
        self, terms: Sequence[Term], boosts: Boosts, limit: int, allowed: Positions | None = None
    ) -> tuple[Positions, Scores]:
        """Return the positions that hold any of the terms and their BM25 scores, best first.

        The engine puts forward twice the limit, words and context weighing the same, which it does without
        going through every passage; these are then scored as `boosts` say. Ties are in the order of the
        texts.
        """
        if limit < 1 or (allowed is not None and not len(allowed)):
            return _nowhere()
        if allowed is not None and len(allowed) <= SCORED_ONE_BY_ONE:
            return _best(allowed, self.scores(terms, boosts, allowed), limit)
        found = self._put_forward(terms, limit, allowed)
        return _best(found, self.scores(terms, boosts, found), limit)

    def _put_forward(self, terms: Sequence[Term], limit: int, allowed: Positions | None) -> Positions:
        """Find more positions than `limit`, the better ones of those allowed, and all that tie with them.

        What stands in most passages is not looked for, unless nothing else is, or in too few of them.
        """
        sought = [(f, s) for term in terms for s in term.stems for f in (TEXT, CONTEXT)]
        telling = [(field, stem) for field, stem in sought if self._is_telling(field, stem)]
        if telling and len(telling) < len(sought):
            found = self._found(telling, limit, allowed)
            if len(found) >= limit:
                return found
        return self._found(sought, limit, allowed)

    def _is_telling(self, field: str, stem: str) -> bool:
        held = self._bags.holders(stem)[(TEXT, CONTEXT).index(field)]
        return bool(held <= TELLING * len(self._layout))

    def _found(self, sought: Sequence[tuple[str, str]], limit: int, allowed: Positions | None) -> Positions:
        """Find what `_put_forward` says by stems, each in its field."""
        query = self._any_of([self._word(field, stem) for field, stem in sought])
        depth = 2 * limit
        while True:
            found, scores = self._search(query, depth)
            passing = np.ones(len(found), dtype=bool) if allowed is None else np.isin(found, allowed)
            if len(found) < depth:
                return np.sort(found[passing])
            if passing.sum() >= limit and scores[-1] < TIED * scores[passing][limit - 1]:
                return np.sort(found[passing])
            depth *= 4

    def scores(self, terms: Sequence[Term], boosts: Boosts, positions: Positions) -> Scores:
        """Return the BM25 score at each position, 0 where none of the terms stands."""
        return self.judged(terms, boosts, positions)[0]

    def judged(self, terms: Sequence[Term], boosts: Boosts, positions: Positions) -> tuple[Scores, Scores]:
        """Return the BM25 score at each position, and the share of the terms that stand there.

        Words and context add up; of several corrections the best counts. The share is weighted by the idf
        of the terms (0..1).
        """
        stems = list(dict.fromkeys(stem for term in terms for stem in term.stems))
        counts, lengths = self._bags.counts(stems, positions)
        parts = self._bags.bm25(stems, counts, lengths) @ np.array([boosts.text, boosts.context])
        held = (counts > 0).max(axis=2)
        scores, covered = np.zeros(len(positions)), np.zeros(len(positions))
        for term in terms:
            own = [stems.index(stem) for stem in term.stems]
            if own:
                scores += parts[:, own].max(axis=1) * (boosts.correction if term.corrections else 1.0)
                covered += held[:, own].any(axis=1) * term.idf
        share = covered / (sum(term.idf for term in terms) or 1.0)
        return scores.astype(np.float32), share.astype(np.float32)

    def holding(self, terms: Sequence[Term]) -> Positions:
        """Return the positions where all of the terms stand, ascending; none where there are no terms."""
        if not terms:
            return np.zeros(0, dtype=np.int64)
        return self._all(self._every_of([self._holding(term.stems) for term in terms]))

    def positions_of(self, phrases: Iterable[str]) -> Positions | None:
        """Return the positions that hold every phrase, stemmed, in text or context; None without phrases."""
        stemmed = ([stem for stem, _ in self._analyzed(phrase)] for phrase in phrases)
        queries = [self._phrase(stems) for stems in stemmed if stems]
        return self._all(self._every_of(queries)) if queries else None

    def frequency(self, stems: Sequence[str]) -> int:
        """Count the passages that hold any of the stems in text or context."""
        if len(stems) == 1:
            return int(self._bags.holders(stems[0])[-1])
        return self._count(self._holding(stems))

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(word for word, _ in self._searcher.terms_with_prefix(SURFACE, ""))

    def _analyzed(self, text: str) -> Iterator[tuple[str, str]]:
        """Pairs of stem and word."""
        text = well_formed(text)
        return zip(self._stems.analyze(text), self._words.analyze(text), strict=True)

    def stems_of(self, text: str) -> frozenset[str]:
        """Return the stems of the words of a text; those of the last ones asked for are kept."""
        return self._stems_of(text)

    def _term(self, word: str, stem: str, knows: Callable[[str], bool]) -> Term:
        found = self.frequency((stem,))
        if found:
            return Term(word, (stem,), (), self._idf(found))
        near = () if knows(word) else tuple(self._vocabulary.corrections(word))
        stems = tuple(sorted({stem for other in near for stem, _ in self._analyzed(other)}))
        return Term(word, stems, near, self._idf(self.frequency(stems) if stems else 0))

    def _idf(self, frequency: int) -> float:
        return float(self._bags.idf(frequency))

    def _count(self, query: Query) -> int:
        return int(self._searcher.search(query, 1).count)  # type: ignore[attr-defined]  # the stubs lack it

    def _all(self, query: Query) -> Positions:
        return np.sort(self._search(query, self._count(query))[0])

    def _search(self, query: Query, limit: int) -> tuple[Positions, Scores]:
        limit = min(limit, self._searcher.num_docs)
        if limit < 1:
            return _nowhere()
        hits = self._searcher.search(query, limit, count=False).hits
        numbers = self._searcher.fast_field_values(NUMBER, [address for _, address in hits])
        positions = self._layout.placed(np.array(numbers, dtype=np.int64))
        return positions, np.array([score for score, _ in hits], dtype=np.float32)

    def _holding(self, stems: Sequence[str]) -> Query:
        return self._any_of([self._word(field, stem) for stem in stems for field in (TEXT, CONTEXT)])

    def _word(self, field: str, stem: str) -> Query:
        from tantivy import Query

        return Query.term_query(self._schema, field, stem)

    def _phrase(self, stems: list[str]) -> Query:
        from tantivy import Query

        if len(stems) == 1:
            return self._holding(stems)
        words: list[str | tuple[int, str]] = list(stems)
        return self._any_of([Query.phrase_query(self._schema, field, words) for field in (TEXT, CONTEXT)])

    def _every_of(self, queries: Sequence[Query]) -> Query:
        from tantivy import Occur, Query

        return Query.boolean_query([(Occur.Must, query) for query in queries])

    def _any_of(self, queries: Sequence[Query]) -> Query:
        from tantivy import Occur, Query

        return Query.boolean_query([(Occur.Should, query) for query in queries])


def _nowhere() -> tuple[Positions, Scores]:
    return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)


def _best(positions: Positions, scores: Scores, limit: int) -> tuple[Positions, Scores]:
    """Order what scores at all, best first, ties in the order of the texts."""
    order = np.lexsort((positions, -scores))[: min(limit, int(np.count_nonzero(scores)))]
    return positions[order], scores[order]
