"""The JSON of whole replies; one shape for HTTP and for `--json`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import Field

from corpus.answers import Answer, Found, Group, Hit, Records, Statement
from corpus.documents import Document
from corpus.records import Passage
from ingest.quality import Report
from search_api.answering.citing import cite
from search_api.holdings import Generation, Refused, refused_of
from search_api.reading import Reading
from search_api.schemas import (
    CitationView,
    CommitmentView,
    ContextView,
    DocumentView,
    PassageView,
    SpanView,
    View,
)

Commitments = Annotated[
    tuple[CommitmentView, ...], Field(description="The commitments that stand in the passage.")
]


def _commitments(passage: Passage, reading: Reading) -> tuple[CommitmentView, ...]:
    return tuple(CommitmentView.of(one, reading) for one in reading.commitments_of(passage))


class ConditionView(View):
    """One thing that a question was understood to state: any of some values of a facet."""

    facet: str
    values: tuple[str, ...]
    words: Annotated[str, Field(description="The words of the question that state it.")]
    only: Annotated[bool, Field(description="True where it is a filter, asked for with `only`.")]


class UnderstandingView(View):
    """How a question was read; all empty where it was taken by its words alone.

    `unmet` is what it names and these texts do not hold; `expansions` pair a name as typed with its other
    form, `spellings` a member state with the spelling searched, `corrections` a word with one taken for it.
    """

    conditions: tuple[ConditionView, ...]
    unmet: tuple[ConditionView, ...]
    topic: str
    expansions: tuple[tuple[str, str], ...]
    spellings: tuple[tuple[str, str], ...]
    corrections: tuple[tuple[str, str], ...]


class RecordsView(View):
    """Every commitment of the register that meets what a question states, counted, in their order."""

    total: int
    conditions: tuple[ConditionView, ...]
    topic: Annotated[str, Field(description="Words that stand in each, beside the conditions.")]
    commitments: tuple[CommitmentView, ...]

    @classmethod
    def of(cls, records: Records, reading: Reading) -> Self:
        """View the records of an answer made from a reading."""
        return cls(
            total=len(records.commitments),
            conditions=tuple(map(ConditionView.model_validate, records.conditions)),
            topic=records.topic,
            commitments=tuple(CommitmentView.of(one, reading) for one in records.commitments),
        )


class HitView(View):
    """A passage found, its rank from 1, its score and what the score is made of."""

    rank: int
    score: float
    signals: dict[str, float]
    citation: CitationView
    context: ContextView
    commitments: Commitments

    @classmethod
    def of(cls, rank: int, hit: Hit, reading: Reading) -> Self:
        """View a hit of a reading."""
        return cls(
            rank=rank,
            score=hit.score,
            signals=dict(hit.signals),
            citation=CitationView.model_validate(cite(reading.document(hit.passage.document), hit.passage)),
            context=ContextView.model_validate(hit.passage),
            commitments=_commitments(hit.passage, reading),
        )


class SearchReply(View):
    """The passages nearest to a query, best first."""

    generation: Generation
    query: str
    understood: UnderstandingView
    hits: tuple[HitView, ...]

    @classmethod
    def of(cls, reading: Reading, query: str, found: Found) -> Self:
        """View the hits of a query."""
        views = tuple(HitView.of(rank, hit, reading) for rank, hit in enumerate(found.hits, start=1))
        understood = UnderstandingView.model_validate(found.understanding)
        return cls(generation=reading.name, query=query, understood=understood, hits=views)


class StatementView(View):
    """One verbatim quote with its context and its citations, the first being the quote's own.

    `part` is where in the quote most of what was asked stands, in characters (code points); `words` and
    `signals` say why the statement is there.
    """

    rank: int
    score: float
    quote: str
    part: SpanView
    words: Annotated[
        tuple[str, ...], Field(description="Words of the question that it, or its context, holds.")
    ]
    signals: Annotated[dict[str, float], Field(description="What the score is made of.")]
    context: ContextView
    commitments: Commitments
    citations: tuple[CitationView, ...]

    @classmethod
    def of(cls, statement: Statement, reading: Reading) -> Self:
        """View a statement of an answer made from a reading."""
        passage = reading.passage(statement.citations[0].passage)
        return cls(
            rank=statement.rank,
            score=statement.score,
            quote=statement.quote,
            part=SpanView.model_validate(statement.part),
            words=statement.words,
            signals=dict(statement.signals),
            context=ContextView.model_validate(passage),
            commitments=_commitments(passage, reading),
            citations=tuple(map(CitationView.model_validate, statement.citations)),
        )


class GroupView(View):
    """The statements of one meeting or programme; `section` is empty where it is the whole document."""

    document: str
    title: str
    section: str
    year: int
    statements: tuple[StatementView, ...]

    @classmethod
    def of(cls, group: Group, reading: Reading) -> Self:
        """View a group of an answer made from a reading."""
        views = tuple(StatementView.of(statement, reading) for statement in group.statements)
        facts = {name: getattr(group, name) for name in ("document", "title", "section", "year")}
        return cls(**facts, statements=views)


class AskReply(View):
    """An answer in groups, oldest first; or, where `answered` is false, the nearest passages.

    `records` are all commitments that meet what the question states, where it states enough.
    """

    generation: Generation
    question: str
    understood: UnderstandingView
    answered: bool
    confidence: Annotated[float, Field(ge=0, le=1, description="How sure that the texts answer at all.")]
    searched: Annotated[int, Field(description="Passages looked through.")]
    searched_documents: Annotated[int, Field(description="Documents those passages stand in.")]
    records: RecordsView | None
    groups: tuple[GroupView, ...]
    nearest: tuple[StatementView, ...]

    @classmethod
    def of(cls, answer: Answer, reading: Reading) -> Self:
        """View an answer made from a reading."""
        return cls(
            generation=answer.generation,
            question=answer.question,
            understood=UnderstandingView.model_validate(answer.understanding),
            answered=answer.answered,
            confidence=answer.confidence,
            searched=answer.searched,
            searched_documents=answer.searched_documents,
            records=None if answer.records is None else RecordsView.of(answer.records, reading),
            groups=tuple(GroupView.of(group, reading) for group in answer.groups),
            nearest=tuple(StatementView.of(statement, reading) for statement in answer.nearest),
        )


class DocumentsReply(View):
    """Every document held, and every source that is not."""

    generation: Generation
    documents: tuple[DocumentView, ...]
    refused: Refused

    @classmethod
    def of(cls, reading: Reading) -> Self:
        """View the documents of a reading."""
        views = tuple(DocumentView.of(document, reading) for document in reading.documents)
        return cls(generation=reading.name, documents=views, refused=refused_of(reading.report))


class DocumentReply(View):
    """One document, with the headings that its passages stand under as paths from the outermost."""

    generation: Generation
    document: DocumentView
    sections: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, document: Document, reading: Reading) -> Self:
        """View a document and its sections."""
        sections = reading.sections_of(document.id)
        return cls(generation=reading.name, document=DocumentView.of(document, reading), sections=sections)


class PassagesReply(View):
    """One page of a document's passages, in its order; `next` is the address of the page after."""

    generation: Generation
    document: str
    total: int
    offset: int
    limit: int
    next: str | None
    passages: tuple[PassageView, ...]

    @classmethod
    def of(cls, reading: Reading, document: str, offset: int, limit: int) -> Self:
        """View the passages of a document from `offset` on, at most `limit` of them."""
        row = reading.passages_of(document)
        after = offset + limit
        address = f"/v1/documents/{document}/passages?offset={after}&limit={limit}"
        return cls(
            generation=reading.name,
            document=document,
            total=len(row),
            offset=offset,
            limit=limit,
            next=address if after < len(row) else None,
            passages=tuple(map(PassageView.model_validate, row[offset:after])),
        )


class PassageReply(View):
    """One passage with its citation, its neighbours in the document and the items under it."""

    generation: Generation
    passage: PassageView
    citation: CitationView
    commitments: Commitments
    previous: PassageView | None
    next: PassageView | None
    parts: tuple[PassageView, ...]

    @classmethod
    def of(cls, passage: Passage, reading: Reading) -> Self:
        """View a passage of a reading."""
        before, after = reading.neighbours(passage)
        return cls(
            generation=reading.name,
            passage=PassageView.model_validate(passage),
            citation=CitationView.model_validate(cite(reading.document(passage.document), passage)),
            commitments=_commitments(passage, reading),
            previous=None if before is None else PassageView.model_validate(before),
            next=None if after is None else PassageView.model_validate(after),
            parts=tuple(map(PassageView.model_validate, reading.parts(passage))),
        )


class FindingView(View):
    """One thing to look at in what was read."""

    line: int
    about: Annotated[str, Field(description="Id of the passage or address of the commitment.")]
    words: str


class CheckView(View):
    """One kind of finding among `of` candidates, of which `share` is sound."""

    name: str
    of: int
    share: float
    findings: tuple[FindingView, ...]


class ReportView(View):
    """The quality of what was read from one document."""

    document: str
    score: float
    threshold: float
    passed: bool
    covered: Annotated[float, Field(description="Share of the printed characters that stand in a passage.")]
    checks: tuple[CheckView, ...]
    restored: Annotated[
        tuple[FindingView, ...], Field(description="Numbers lost in print and inferred from their place.")
    ]


class CheckReply(View):
    """A report for each document that was checked."""

    generation: Generation
    reports: tuple[ReportView, ...]

    @classmethod
    def of(cls, reading: Reading, reports: Iterable[Report]) -> Self:
        """View the reports on documents of a reading."""
        return cls(generation=reading.name, reports=tuple(map(ReportView.model_validate, reports)))
