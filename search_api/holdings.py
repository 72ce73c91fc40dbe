"""The JSON of what is held and of what became of the sources; one shape for HTTP and for `--json`."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field

from ingest.intake.report import Report
from search_api.describing import Indexing, Status
from search_api.reading import Reading
from search_api.schemas import View

Generation = Annotated[str, Field(description="Name of the index generation that the reply was read from.")]


class NoticeView(View):
    """What a reader of the index should know of how a file was read: on these pages (none: all)."""

    words: str
    pages: tuple[int, ...]


class RowView(View):
    """What became of one source."""

    source: Annotated[str, Field(description="Id of its entry in the catalogue.")]
    file: Annotated[str, Field(description="Name of its file.")]
    outcome: Annotated[str, Field(description="read, read with warnings, unchanged or refused.")]
    reason: Annotated[str, Field(description="Why it was refused, in a word or three.")]
    words: Annotated[str, Field(description="Why it was refused, and the remedy.")]
    notices: tuple[NoticeView, ...]
    pages: Annotated[int, Field(description="How many pages it has; 0 where it could not be opened.")]
    unread: Annotated[tuple[int, ...], Field(description="Pages whose words could not be read.")]


Refused = Annotated[tuple[RowView, ...], Field(description="Sources that are not in the index, and why.")]


def refused_of(report: Report) -> tuple[RowView, ...]:
    """View the rows of sources that are not in the index."""
    return tuple(map(RowView.model_validate, report.refused))


class ReportView(View):
    """What became of every source when it was last taken in."""

    pages: Annotated[int, Field(description="Pages of all files that could be opened.")]
    unread: Annotated[int, Field(description="Pages of these that could not be read.")]
    rows: tuple[RowView, ...]


class HoldingsReply(View):
    """What the index that answers holds, and which sources it lacks, in whole or in part."""

    generation: Generation
    model: str
    documents: int
    passages: int
    commitments: int
    report: ReportView

    @classmethod
    def of(cls, reading: Reading) -> Self:
        """View what a reading holds."""
        return cls(
            generation=reading.name,
            model=reading.model,
            documents=len(reading.documents),
            passages=len(reading.passages),
            commitments=len(reading.commitments),
            report=ReportView.model_validate(reading.report),
        )


class StatusReply(View):
    """How the library stands; `fault` says why where there is no index that can be read."""

    home: str
    corpus: str
    model: str
    sources: int
    generation: str
    documents: int
    passages: int
    commitments: int
    current: Annotated[bool, Field(description="True where it was made from the present sources.")]
    fault: str
    rolled_back_from: Annotated[
        str, Field(description="The generation in whose place an older one answers; empty where none does.")
    ]
    report: ReportView

    @classmethod
    def of(cls, status: Status) -> Self:
        """View the status of a library."""
        facts = {field: getattr(status, field) for field in cls.model_fields}
        return cls.model_validate({**facts, "home": str(status.home), "corpus": str(status.corpus)})


class IndexReply(View):
    """The generation that is served now, whether it was built just now, and what became of each source."""

    generation: Generation
    built: bool
    documents: int
    passages: int
    commitments: int
    report: ReportView

    @classmethod
    def of(cls, done: Indexing) -> Self:
        """View what indexing did."""
        return cls.model_validate(done)
