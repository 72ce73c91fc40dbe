"""BM25 search over words: stemmed, with phrases, and with corrections for words misspelt."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import BuildError, GenerationError
from index.arrays import Positions, Scores
from index.linking import linked
from index.manifest import REBUILD
from index.vocabulary import Vocabulary
from index.words import FUNCTION_WORDS, Question, well_formed

if TYPE_CHECKING:
    import tantivy
    from tantivy import Query, Schema, TextAnalyzer

POSITION, TEXT, CONTEXT, SURFACE = "position", "text", "context", "surface"
LONGEST = 40
"""Bytes of the longest word kept."""
HEAP_BYTES = 128_000_000
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


@dataclass(frozen=True, slots=True)
class Entry:
    """What is indexed of a passage: its position, its words, and the parts of its context."""

    position: int
    text: str
    context: tuple[str, ...]


def _nothing(_word: str) -> bool:
    """Know no word."""
    return False


def write_lexical(folder: Path, entries: Iterable[Entry]) -> None:
    """Write an index of the entries into a new folder; BuildError where it cannot be written."""
    folder.mkdir()
    try:
        _write(folder, entries)
    except ValueError as error:
        raise BuildError(
            f"the lexical index {folder} could not be written ({error}): see that the disk has room"
        ) from error
    for lock in folder.glob(".tantivy-*.lock"):
        lock.unlink()


def _write(folder: Path, entries: Iterable[Entry]) -> None:
    import tantivy

    index = tantivy.Index(_schema(), path=str(folder))
    index.register_tokenizer("stems", _analyzer(stemmed=True))
    index.register_tokenizer("words", _analyzer(stemmed=False))
    writer = index.writer(HEAP_BYTES, 1)
    for entry in entries:
        writer.add_document(_document(entry))
    writer.commit()
    writer.wait_merging_threads()


def read_lexical(folder: Path, count: int) -> LexicalIndex:
    """Open an index written by `write_lexical`; GenerationError where it does not hold what it should.

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
    return LexicalIndex(index)


class LexicalIndex:
    """BM25 search in a generation; safe to use from several threads."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()
        self._stems = _analyzer(stemmed=True)
        self._words = _analyzer(stemmed=False)
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
        """Return the positions that hold any of the terms and their BM25 scores, best first."""
        query = self._any_of([self._scored(term, boosts) for term in terms if term.stems])
        return self._search(query, limit, allowed)

    def scores(self, terms: Sequence[Term], boosts: Boosts, positions: Positions) -> Scores:
        """Return the BM25 score at each position, 0 where none of the terms stands."""
        found, values = self.search(terms, boosts, len(positions), positions)
        scores = dict(zip(found.tolist(), values.tolist(), strict=True))
        return np.array([scores.get(position, 0.0) for position in positions.tolist()], dtype=np.float32)

    def coverage(self, terms: Sequence[Term], positions: Positions) -> Scores:
        """Return, at each position, the share of the terms that stand there, weighted by their idf (0..1)."""
        total = sum(term.idf for term in terms)
        covered = np.zeros(len(positions))
        for term in terms if total else ():
            holders, _ = self._search(self._holding(term.stems), len(positions), positions)
            covered += np.isin(positions, holders) * term.idf / total
        return covered.astype(np.float32)

    def holding(self, terms: Sequence[Term]) -> Positions:
        """Return the positions where all of the terms stand, ascending; none where there are no terms."""
        held: Positions | None = None
        for term in terms:
            found, _ = self._search(self._holding(term.stems), self._searcher.num_docs, held)
            held = np.sort(found)
        return np.zeros(0, dtype=np.int64) if held is None else held

    def positions_of(self, phrases: Iterable[str]) -> Positions | None:
        """Return the positions that hold every phrase, stemmed, in text or context; None without phrases."""
        held: Positions | None = None
        for phrase in phrases:
            stems = [stem for stem, _ in self._analyzed(phrase)]
            if stems:
                found, _ = self._search(self._phrase(stems), self._searcher.num_docs, held)
                held = np.sort(found)
        return held

    def frequency(self, stems: Sequence[str]) -> int:
        """Count the passages that hold any of the stems in text or context."""
        found = self._searcher.search(self._holding(stems), 1)
        return int(found.count)  # type: ignore[attr-defined]  # tantivy's stubs leave it out

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
        return math.log(1 + (self._searcher.num_docs - frequency + 0.5) / (frequency + 0.5))

    def _search(self, query: Query, limit: int, allowed: Positions | None) -> tuple[Positions, Scores]:
        if limit < 1 or (allowed is not None and not len(allowed)):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        hits = self._searcher.search(self._within(query, allowed), limit, count=False).hits
        positions = self._searcher.fast_field_values(POSITION, [address for _, address in hits])
        return np.array(positions, dtype=np.int64), np.array([score for score, _ in hits], dtype=np.float32)

    def _within(self, query: Query, allowed: Positions | None) -> Query:
        from tantivy import Occur, Query

        if allowed is None:
            return query
        members = Query.term_set_query(self._schema, POSITION, allowed.tolist())
        return Query.boolean_query([(Occur.Must, query), (Occur.Must, Query.const_score_query(members, 0.0))])

    def _scored(self, term: Term, boosts: Boosts) -> Query:
        """One word: text and context add up; of several corrections the best counts."""
        from tantivy import Query

        factor = boosts.correction if term.corrections else 1.0
        fields = ((TEXT, boosts.text * factor), (CONTEXT, boosts.context * factor))
        return Query.disjunction_max_query(
            [
                self._any_of([Query.boost_query(self._word(field, stem), boost) for field, boost in fields])
                for stem in term.stems
            ]
        )

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

    def _any_of(self, queries: Sequence[Query]) -> Query:
        from tantivy import Occur, Query

        return Query.boolean_query([(Occur.Should, query) for query in queries])


def _schema() -> Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field(POSITION, indexed=True, fast=True)
    builder.add_text_field(TEXT, tokenizer_name="stems", index_option="position")
    builder.add_text_field(CONTEXT, tokenizer_name="stems", index_option="position")
    builder.add_text_field(SURFACE, tokenizer_name="words", index_option="basic")
    return builder.build()


def _analyzer(stemmed: bool) -> TextAnalyzer:
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    builder = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(LONGEST))
    builder = builder.filter(Filter.lowercase()).filter(Filter.ascii_fold())
    return (builder.filter(Filter.stemmer("english")) if stemmed else builder).build()


def _document(entry: Entry) -> tantivy.Document:
    """Each part of the context is a value of its own: no phrase runs from one into the next."""
    import tantivy

    document = tantivy.Document()
    document.add_integer(POSITION, entry.position)
    document.add_text(TEXT, well_formed(entry.text))
    for part in map(well_formed, entry.context):
        document.add_text(CONTEXT, part)
    for part in map(well_formed, (entry.text, *entry.context)):
        document.add_text(SURFACE, part)
    return document
