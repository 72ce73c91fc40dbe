"""The JSON of single records: passages, citations, documents; one shape for HTTP and for `--json`."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

from corpus.documents import Document
from corpus.records import Commitment
from search_api.reading import Reading
from search_api.register.rows import fields_of

Lines = Annotated[tuple[int, int], Field(description="First and last line, from 1, in the stored text.")]
Inferred = Annotated[bool, Field(description="True where the number is not printed but inferred.")]
Ocr = Annotated[bool, Field(description="True where words of its pages were recognised from a picture.")]
Cells = Annotated[tuple[tuple[str, str], ...], Field(description="Column head and words of each cell.")]


class View(BaseModel):
    """Base of every view: made from a record of the same fields, frozen."""

    model_config = ConfigDict(from_attributes=True, frozen=True, extra="forbid")


class SpanView(View):
    """A half-open range of character offsets (code points) in the document's stored text."""

    start: int
    end: int


class CitationView(View):
    """Where a quote stands: enough to find it in the source and to check it."""

    document: str
    title: str
    passage: str
    kind: str
    section: tuple[str, ...]
    number: str
    inferred: Inferred
    pages: tuple[int, ...]
    lines: Lines
    place: str
    ocr: Ocr
    spans: tuple[SpanView, ...]
    quote: str


class ContextView(View):
    """What a passage stands in: shown beside its words, never part of them."""

    section: tuple[str, ...]
    lead: str
    parent: str
    parent_text: str
    cells: Cells


class PassageView(ContextView):
    """A passage, word for word, with its place, its context and what it names."""

    id: str
    document: str
    kind: str
    text: str
    number: str
    inferred: Inferred
    position: int
    pages: tuple[int, ...]
    lines: Lines
    ocr: Ocr
    spans: tuple[SpanView, ...]
    bodies: tuple[str, ...]
    countries: tuple[str, ...]
    years: tuple[int, int] | None


class MeetingView(View):
    """The meeting that a commitment comes from, as printed."""

    name: str
    place: str
    date: str


class CommitmentView(View):
    """One recommendation, action, activity, goal ...: its own words, and what the text says of it.

    Every field is as printed, and empty where the text does not state it; an `_ids` field names entries
    of the authority file.
    """

    address: Annotated[str, Field(description="The permanent address, which people can read.")]
    id: str
    document: str
    kind: str
    number: str
    inferred: Inferred
    text: Annotated[str, Field(description="The words, verbatim.")]
    parent: Annotated[str, Field(description="Address of the commitment it stands under, if any.")]
    section: tuple[str, ...]
    meeting: MeetingView | None
    body: str
    body_ids: tuple[str, ...]
    theme: str
    period: str
    start: Annotated[str, Field(description="First day of the period (ISO 8601).")]
    end: Annotated[str, Field(description="Last day of the period; empty where it is open.")]
    status: str
    coordinators: tuple[str, ...]
    coordinator_ids: tuple[str, ...]
    partners: tuple[str, ...]
    partner_ids: tuple[str, ...]
    pages: tuple[int, ...]
    lines: Lines
    place: str
    ocr: Ocr
    spans: tuple[SpanView, ...]
    passage: Annotated[str, Field(description="Id of the passage it stands in.")]
    needs_review: Annotated[str, Field(description="Why a field may be wrong; empty where none is in doubt.")]

    @classmethod
    def of(cls, commitment: Commitment, reading: Reading) -> Self:
        """View a commitment of a reading."""
        return cls.model_validate(fields_of(reading.register.row(commitment)))


class SourceView(View):
    """The bibliographic facts of a document, from the catalogue."""

    id: str
    title: str
    short_title: str
    body: str
    kind: str
    date: str
    period: tuple[int, int] | None
    language: str
    rights: str
    sha256: str


class DocumentView(SourceView):
    """The bibliographic facts of a document, and its size."""

    pages: int
    passages: int
    commitments: int

    @classmethod
    def of(cls, document: Document, reading: Reading) -> Self:
        """View a document held by a reading."""
        facts = SourceView.model_validate(document.source).model_dump()
        return cls(
            **facts,
            pages=len(document.pages),
            passages=len(reading.passages_of(document.id)),
            commitments=len(reading.commitments_in(document.id)),
        )
