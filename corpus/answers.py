"""What a reader gets: hits, citations and answers."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.documents import Span
from corpus.records import Commitment, Passage
from corpus.understanding import Condition, Understanding


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is narrowed to; an empty field narrows nothing.

    `documents`, `bodies` and `countries` are ids, `kinds` are kinds of passage or of commitment;
    `first_year` and `last_year` are inclusive, and a passage passes when its years overlap them. What
    the commitments in a passage say counts as said by the passage.
    """

    documents: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search returned, its score (higher is better) and what the score is made of."""

    passage: Passage
    score: float
    signals: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, best first, and how the query was understood."""

    hits: tuple[Hit, ...]
    understanding: Understanding


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quote stands: enough to find it in the source and to check it.

    `place` says it for a reader: "page 3, lines 4-6", or lines alone where the source has no pages; `ocr`
    tells that words of these pages were recognised from a picture.
    """

    document: str
    title: str
    passage: str
    kind: str
    section: tuple[str, ...]
    number: str
    inferred: bool
    pages: tuple[int, ...]
    lines: tuple[int, int]
    place: str
    spans: tuple[Span, ...]
    quote: str
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """One verbatim quote of an answer with its citations, the first being the quote's own.

    Further citations are of near-duplicates folded into this statement. `part` is the half-open range of
    characters of the quote that says most of what was asked, `words` the words of the question that the
    quote or its context holds, `signals` what the score is made of.
    """

    citations: tuple[Citation, ...]
    score: float
    rank: int
    part: Span = field(default_factory=lambda: Span(0, 0))
    words: tuple[str, ...] = ()
    signals: tuple[tuple[str, float], ...] = ()

    @property
    def quote(self) -> str:
        """The words quoted."""
        return self.citations[0].quote


@dataclass(frozen=True, slots=True)
class Group:
    """The statements of one meeting or programme, in the order of the document."""

    document: str
    title: str
    section: str
    year: int
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """All commitments of the register that meet what a question states, in the order of the texts.

    `conditions` are those that were applied, `topic` the words that had to stand in each beside.
    """

    conditions: tuple[Condition, ...]
    topic: str
    commitments: tuple[Commitment, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply to a question: groups of statements, oldest first, or an honest silence.

    Where `answered` is False, `groups` is empty and `nearest` holds the passages that came
    closest, offered as such. `confidence` (0..1) says how sure the system is that the corpus
    answers at all; `understanding` is how the question was read; `records` are all commitments that
    meet what it states, None where it states nothing that a register can answer. `searched` counts the
    passages looked through and `searched_documents` the documents they stand in.
    """

    question: str
    answered: bool
    confidence: float
    generation: str
    searched: int
    searched_documents: int
    groups: tuple[Group, ...] = ()
    nearest: tuple[Statement, ...] = ()
    understanding: Understanding = field(default_factory=Understanding)
    records: Records | None = None

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement, in reading order."""
        return tuple(statement for group in self.groups for statement in group.statements)

    @property
    def best(self) -> Statement | None:
        """The statement that ranked first, None where there is none."""
        return min(self.statements, key=lambda statement: statement.rank, default=None)
