"""What a question is answered from: its reading, the hits, and what speaks for an answer in them."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.answers import Filters, Hit
from corpus.understanding import Understanding
from index.lexical import Term
from index.searching import NO_FILTERS
from search_api.answering.choosing import quotable
from search_api.answering.confidence import Evidence, evidence_of
from search_api.reading import Reading


@dataclass(frozen=True, slots=True)
class Consulted:
    """A question as it was understood, its terms, its quotable hits (best first), and the evidence."""

    understanding: Understanding
    terms: tuple[Term, ...]
    hits: tuple[Hit, ...]
    evidence: Evidence


def consult(
    reading: Reading, question: str, most: int, filters: Filters = NO_FILTERS, understand: bool = True
) -> Consulted:
    """Search for a question, up to `most` hits; unless `understand`, by its words alone."""
    understanding = reading.understand(question) if understand else Understanding()
    hits = quotable(reading.search(question, most, filters, understanding))
    terms = reading.terms(question)
    return Consulted(understanding, terms, hits, evidence_of(question, understanding, terms, hits))
