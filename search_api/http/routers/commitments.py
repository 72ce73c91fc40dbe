"""GET /v1/commitments and what is under it: the register, filtered, counted, paged and exported."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from search_api.exports.formats import FORMATS
from search_api.http.dependencies import App, Name, Names, Pinned, Year, check_limit
from search_api.http.problems import responses
from search_api.questions import one_of
from search_api.register.filters import Asked
from search_api.register.replies import CommitmentReply, CommitmentsReply

router = APIRouter(prefix="/commitments", tags=["register"])

Address = Annotated[
    str, Path(description="The id, or the address.", examples=["slom-work-plans-2012/afml-5/rec/14"])
]
FILES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The file.", "content": {one.media_type: {} for one in FORMATS.values()}}
}


class RegisterFields(BaseModel):
    """The filters of the register; several values of one widen it."""

    model_config = ConfigDict(extra="forbid", populate_by_name=False)

    document: Names = Field([], description="Ids of documents.", examples=[["slom-work-plans-2012"]])
    kind: Names = Field([], description="Kinds of commitment.", examples=[["recommendation"]])
    body: Names = Field([], description="Responsible bodies: names or ids.", examples=[["SLOM-WG"]])
    theme: Names = Field([], description="Themes, or words of them.", examples=[["social protection"]])
    country: Names = Field([], description="Countries that coordinate or are named.", examples=[["Viet Nam"]])
    partner: Names = Field([], description="Partners: names or ids.", examples=[["ILO"]])
    status: Names = Field([], description="Status as printed.", examples=[["completed"]])
    first: Year | None = Field(
        None, alias="from", description="First year that the period must reach.", examples=[2011]
    )
    last: Year | None = Field(
        None, alias="to", description="Last year that the period must reach.", examples=[2015]
    )
    text: str = Field(
        "",
        description='Words and "phrases" that must all stand in it; a word may end in *.',
        examples=['recruit* "labour inspection"'],
    )
    review: bool | None = Field(
        None, description="True: only what needs review; false: only what does not.", examples=[False]
    )

    def asked(self) -> Asked:
        """Return the filters as written, still to be checked against what is known."""
        return Asked(
            documents=tuple(self.document),
            kinds=tuple(self.kind),
            bodies=tuple(self.body),
            themes=tuple(self.theme),
            countries=tuple(self.country),
            partners=tuple(self.partner),
            statuses=tuple(self.status),
            first_year=self.first,
            last_year=self.last,
            text=self.text,
            needs_review=self.review,
        )


class RegisterQuery(RegisterFields):
    """Filters, and which page."""

    limit: int = Field(50, ge=1, description="How many to return, at most LABOUR_MAX_PAGE.", examples=[50])
    cursor: Name = Field("", description="`next` of the page before, with the same filters.")
    facets: bool = Field(False, description="Also count the values of each facet.", examples=[True])


class ExportQuery(RegisterFields):
    """Filters, and the format."""

    format: Name = Field(description=f"One of {', '.join(FORMATS)}.", examples=["xlsx"])


@router.get("", responses=responses(400, 422, 503))
def commitments(
    application: App, reading: Pinned, query: Annotated[RegisterQuery, Query()]
) -> CommitmentsReply:
    """List the commitments that pass the filters, in the order of the texts, a page at a time."""
    check_limit(application, query.limit)
    register = reading.register
    selection = register.check(query.asked(), application.settings.max_question_length)
    places = register.select(selection)
    page = register.page(selection, places, query.limit, query.cursor)
    facets = register.count(places) if query.facets else None
    return CommitmentsReply.of(reading, page, query.limit, facets)


@router.get("/export", response_class=StreamingResponse, responses={**FILES, **responses(422, 503)})
def export(application: App, reading: Pinned, query: Annotated[ExportQuery, Query()]) -> StreamingResponse:
    """Download the commitments that pass the filters as a file."""
    register = reading.register
    chosen = FORMATS[one_of(query.format, tuple(FORMATS), "format")]
    selection = register.check(query.asked(), application.settings.max_question_length)
    return StreamingResponse(
        chosen.write(register.rows(register.select(selection))),
        media_type=chosen.media_type,
        headers={"Content-Disposition": f'attachment; filename="{chosen.file_name}"'},
    )


@router.get("/{commitment_id:path}", responses=responses(404, 503))
def commitment(reading: Pinned, commitment_id: Address) -> CommitmentReply:
    """Show one commitment, by its id or its address, with its parent, its children and its passage."""
    return CommitmentReply.of(reading.commitment(commitment_id), reading)
