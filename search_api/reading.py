"""One generation, pinned for the whole of a request, and what can be looked up in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property, reduce

import numpy as np

from corpus.answers import Filters, Hit
from corpus.authority import Authority
from corpus.documents import Document
from corpus.errors import RecordNotFoundError
from corpus.records import Commitment, Passage
from corpus.understanding import Condition, Facet, Understanding
from index.arrays import Positions
from index.generations import Generation
from index.lexical import Term
from index.searching import NO_FILTERS, Searcher
from index.words import read_question
from ingest.intake.report import Report
from search_api.register.register import Register
from search_api.understanding.sections import named_sections
from search_api.understanding.understanding import Known, understand

NOWHERE = np.zeros(0, dtype=np.int64)


class Reading:
    """One generation, pinned for the whole of a request, with the searcher over it."""

    def __init__(self, generation: Generation, searcher: Searcher, authority: Authority) -> None:
        """Pin a generation, the searcher that was made for it, and the names it is filtered by."""
        self.generation = generation
        self.searcher = searcher
        self.authority = authority

    @property
    def name(self) -> str:
        """The name of the generation."""
        return self.generation.name

    @property
    def model(self) -> str:
        """The name of the model that made the vectors."""
        return self.generation.manifest.model.id

    @cached_property
    def report(self) -> Report:
        """What became of each source when the index was made; empty where nothing was kept of it."""
        return Report.from_json(self.generation.report) if self.generation.report else Report()

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every document, in the order of the catalogue."""
        return self.generation.documents

    @property
    def passages(self) -> Sequence[Passage]:
        """Every passage, in the order of the documents and of each document's text."""
        return self.generation.passages

    @property
    def commitments(self) -> Sequence[Commitment]:
        """Every commitment, in the order of the documents and of each document's text."""
        return self.generation.commitments

    @cached_property
    def register(self) -> Register:
        """The commitments, ready to be filtered and counted."""
        return Register(self.generation, self.authority)

    @cached_property
    def known(self) -> Known:
        """What questions are understood by."""
        sources = tuple(document.source for document in self.documents)
        records = self.generation.records
        sections = named_sections(records.headings(), records.meetings(), self.authority)
        return Known(self.authority, sections=sections, sources=sources)

    def understand(self, question: str) -> Understanding:
        """Read what a question states about what it seeks, and which of its words are misspelt."""
        terms = self.terms(question)
        corrected = tuple((term.word, other) for term in terms for other in term.corrections)
        return replace(understand(question, self.known), corrections=corrected)

    def terms(self, question: str) -> tuple[Term, ...]:
        """Resolve the words of a question against the index."""
        return self.searcher.terms(read_question(question))

    def holding(self, words: str) -> frozenset[str]:
        """Ids of the passages that hold every one of some words, in any form, in their text or context."""
        positions = self.searcher.holding(read_question(words))
        return frozenset(self.passages[position].id for position in positions.tolist())

    def commitments_meeting(self, conditions: Sequence[Condition]) -> Iterator[Commitment]:
        """Yield the commitments whose passages can meet the conditions, in the order of the register.

        Conditions of one facet are alternatives. On years nothing is left out.
        """
        postings = self.generation.postings
        rows: dict[Facet, Positions] = {}
        for one in conditions:
            if one.facet != Facet.YEAR:
                rows[one.facet] = np.union1d(rows.get(one.facet, NOWHERE), postings.meeting(one))
        if not rows:
            yield from self.commitments
            return
        places = reduce(np.intersect1d, rows.values()).tolist()
        held = [one for place in places for one in self.commitments_of(self.passages[place])]
        order = {document.id: number for number, document in enumerate(self.documents)}
        yield from sorted(held, key=lambda one: (order[one.document], one.position))

    def search(
        self,
        question: str,
        limit: int,
        filters: Filters = NO_FILTERS,
        understanding: Understanding | None = None,
    ) -> tuple[Hit, ...]:
        """Return at most `limit` hits, best first, as the question was understood.

        Without an understanding given, the question is read here; an empty one takes its words alone.
        """
        stated = self.understand(question) if understanding is None else understanding
        return tuple(self.searcher.search(question, limit, filters, stated))

    def document(self, document_id: str) -> Document:
        """Return the document of that id; raise RecordNotFoundError where there is none."""
        document = self.generation.document(document_id)
        if document is None:
            raise RecordNotFoundError(f"No document has the id {document_id!r}; list the documents.")
        return document

    def passage(self, passage_id: str) -> Passage:
        """Return the passage of that id; raise RecordNotFoundError where there is none."""
        passage = self.generation.passage(passage_id)
        if passage is None:
            raise RecordNotFoundError(f"No passage has the id {passage_id!r}; search again for it.")
        return passage

    def commitment(self, name: str) -> Commitment:
        """Return the commitment of that id or address; raise RecordNotFoundError where there is none."""
        commitment = self.generation.commitment(name)
        if commitment is None:
            raise RecordNotFoundError(
                f"No commitment has the id or address {name!r}; list the register for its address."
            )
        return commitment

    def commitments_of(self, passage: Passage) -> tuple[Commitment, ...]:
        """Return the commitments that stand in a passage, in their order."""
        return self.generation.commitments_of(passage.id)

    def record(self, name: str) -> Document | Passage | Commitment:
        """Return the document, passage or commitment of that id or address.

        Raises RecordNotFoundError where there is none.
        """
        held = self.generation
        record = held.document(name) or held.passage(name) or held.commitment(name)
        if record is None:
            raise RecordNotFoundError(
                f"No document, passage or commitment has the id or address {name!r}; search again."
            )
        return record

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """Return a document's passages in its order; raise RecordNotFoundError where it is not held."""
        self.document(document_id)
        return self.generation.records.passages_of(document_id)

    def commitments_in(self, document_id: str) -> tuple[Commitment, ...]:
        """Return a document's commitments in its order; raise RecordNotFoundError where it is not held."""
        self.document(document_id)
        return self.generation.records.commitments_in(document_id)

    def children(self, commitment: Commitment) -> tuple[Commitment, ...]:
        """Return the commitments directly under one, in the order of the document."""
        siblings = self.commitments_in(commitment.document)
        return tuple(other for other in siblings if other.parent == commitment.id)

    def neighbours(self, passage: Passage) -> tuple[Passage | None, Passage | None]:
        """Return the passages before and after one in its document, None at either end."""
        row = self.passages_of(passage.document)
        place = row.index(passage)
        before = row[place - 1] if place > 0 else None
        after = row[place + 1] if place + 1 < len(row) else None
        return before, after

    def parts(self, passage: Passage) -> tuple[Passage, ...]:
        """Return the passages of the items directly under one, in the order of the document."""
        return tuple(other for other in self.passages_of(passage.document) if other.parent == passage.id)

    def sections_of(self, document_id: str) -> tuple[tuple[str, ...], ...]:
        """Return the paths of headings that a document's passages stand under, each once, in order."""
        return tuple(dict.fromkeys(passage.section for passage in self.passages_of(document_id)))
