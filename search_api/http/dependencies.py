"""What routes take: the application, the pinned generation, the filters."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, HTTPException, Request
from pydantic import BaseModel, ConfigDict, Field

from corpus.errors import QuestionError
from search_api.bootstrap import Application
from search_api.questions import FIRST_YEAR, LAST_YEAR, Wanted
from search_api.reading import Reading
from search_api.serving import Serving

Name = Annotated[str, Field(max_length=200)]
Names = Annotated[list[Name], Field(max_length=50)]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]


def get_application(request: Request) -> Application:
    """Return the application that the routes serve."""
    application: Application = request.app.state.application
    return application


def get_serving(request: Request) -> Serving:
    """Return what gives out the generation that answers."""
    serving: Serving = request.app.state.serving
    return serving


def get_reading(request: Request, serving: Annotated[Serving, Depends(get_serving)]) -> Reading:
    """Pin the current generation for this request; raise GenerationError where there is none."""
    reading = serving.pin()
    request.state.generation = reading.name
    return reading


def require_json(request: Request) -> None:
    """Refuse a body that is not said to be JSON, with status 415."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise HTTPException(415, "Send the body as application/json, and say so in Content-Type.")


def check_limit(application: Application, limit: int) -> None:
    """Raise QuestionError where a page of so many is more than may be asked for."""
    most = application.settings.max_page
    if limit > most:
        raise QuestionError(f"limit is {limit}; it must be from 1 to {most}.")


class FilterFields(BaseModel):
    """The filters of a search, under the names that a request uses, and how its words are taken.

    Several values of one filter widen it.
    """

    model_config = ConfigDict(extra="forbid", populate_by_name=False)

    document: Names = Field([], description="Ids of documents.", examples=[["slom-work-plans-2012"]])
    kind: Names = Field([], description="Kinds of passage or commitment.", examples=[["recommendation"]])
    body: Names = Field([], description="Names, acronyms or ids of bodies.", examples=[["SLOM"]])
    country: Names = Field([], description="Names or ids of countries.", examples=[["Cambodia"]])
    first: Year | None = Field(None, alias="from", description="First year, inclusive.", examples=[2010])
    last: Year | None = Field(None, alias="to", description="Last year, inclusive.", examples=[2015])
    literal: bool = Field(False, description="Take the words alone, whatever names and years they state.")

    def wanted(self) -> Wanted:
        """Return the filters as written, still to be checked against what is known."""
        return Wanted(
            documents=tuple(self.document),
            kinds=tuple(self.kind),
            bodies=tuple(self.body),
            countries=tuple(self.country),
            first_year=self.first,
            last_year=self.last,
        )


App = Annotated[Application, Depends(get_application)]
Pinned = Annotated[Reading, Depends(get_reading)]
