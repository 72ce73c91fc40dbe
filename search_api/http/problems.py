"""One shape for every error: problem details for HTTP (RFC 9457), made in one place."""

from __future__ import annotations

import logging
import re
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from corpus.errors import (
    BusyError,
    CursorError,
    DuplicateError,
    GenerationError,
    GenerationNotFoundError,
    JobNotFoundError,
    LabourError,
    NotReadyError,
    QuestionError,
    RecordNotFoundError,
    SourceError,
    UnknownNameError,
    UploadError,
)
from search_api.questions import printable

logger = logging.getLogger(__name__)

RETRY_SECONDS = "5"
MEDIA_TYPE = "application/problem+json"

STATUS_OF: dict[type[LabourError], int] = {
    CursorError: 400,
    QuestionError: 422,
    UnknownNameError: 422,
    RecordNotFoundError: 404,
    JobNotFoundError: 404,
    UploadError: 422,
    SourceError: 415,
    DuplicateError: 409,
    BusyError: 503,
    GenerationNotFoundError: 404,
    GenerationError: 503,
    NotReadyError: 503,
}
"""The status of each error of ours that a request can meet; any other is a fault of the server."""

TITLES = {
    "cursor": "Cursor of another listing",
    "question": "Question cannot be asked",
    "record-not-found": "No such record",
    "job-not-found": "No such job",
    "upload": "Upload cannot be used",
    "source": "File cannot be read",
    "duplicate": "Held already",
    "busy": "Too much at once",
    "generation-not-found": "No such generation",
    "generation": "No index to answer from",
}
"""Titles of problems whose name alone says too little."""


class Problem(BaseModel):
    """What went wrong with a request (RFC 9457)."""

    type: str = Field(description="Address of the description of this kind of problem.")
    title: str = Field(description="What this kind of problem is, in a few words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What went wrong this time, and the remedy.")
    instance: str = Field(description="The path that was asked for.")
    errors: list[dict[str, str]] = Field([], description="Each `field` at fault, with its `reason`.")


class ProblemResponse(JSONResponse):
    """A response whose body is a problem."""

    media_type = MEDIA_TYPE


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe these error statuses for OpenAPI, each with the shape of a problem."""
    schema = Problem.model_json_schema()
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in statuses
    }


def register(app: FastAPI) -> None:
    """Make the application answer every error with a problem."""
    app.add_exception_handler(Exception, handle)
    app.add_exception_handler(ClientDisconnect, _nobody)
    for kind in (HTTPException, RequestValidationError, LabourError):
        app.add_exception_handler(kind, handle)


def handle(request: Request, error: Exception) -> ProblemResponse:
    """Turn any error into its problem; the reason of an unforeseen one goes to the log alone."""
    if isinstance(error, RequestValidationError):
        return _invalid(request, error)
    if isinstance(error, HTTPException):
        return _refused(request, error)
    if isinstance(error, LabourError):
        return _failed(request, error)
    logger.error("unforeseen error at %s", printable(request.url.path), exc_info=error)
    return _problem(request, 500, "", "An unforeseen error; its reason is in the log of the server.")


def _nobody(_request: Request, _error: Exception) -> Response:
    """Answer a client that has hung up, which is nobody's fault and read by nobody."""
    return Response(status_code=400)


def _invalid(request: Request, error: RequestValidationError) -> ProblemResponse:
    faults = [
        {"field": printable(".".join(map(str, fault["loc"][1:]))), "reason": printable(str(fault["msg"]))}
        for fault in error.errors()
    ]
    if any(fault["type"] == "json_invalid" for fault in error.errors()):
        return _problem(request, 400, "malformed-json", "The body is not well-formed JSON.")
    detail = "; ".join(f"{fault['field'] or 'body'}: {fault['reason']}" for fault in faults)
    return _problem(request, 422, "invalid-request", detail, errors=faults)


def _refused(request: Request, error: HTTPException) -> ProblemResponse:
    phrase = HTTPStatus(error.status_code).phrase
    known = {
        404: "There is nothing at this address; the routes are listed at /docs.",
        405: f"This address does not take {request.method}.",
    }
    given = error.detail if error.detail != phrase else known.get(error.status_code, phrase)
    response = _problem(request, error.status_code, "", given)
    response.headers.update(error.headers or {})
    return response


def _failed(request: Request, error: LabourError) -> ProblemResponse:
    status = status_of(error)
    if status == 500:
        logger.error("%s at %s", type(error).__name__, printable(request.url.path), exc_info=error)
    response = _problem(request, status, slug_of(type(error)), str(error))
    if isinstance(error, BusyError):
        response.headers["Retry-After"] = RETRY_SECONDS
    return response


def status_of(error: LabourError) -> int:
    """The HTTP status of an error of ours: 500 where no request should meet it."""
    return next((status for kind, status in STATUS_OF.items() if isinstance(error, kind)), 500)


def slug_of(kind: type[LabourError]) -> str:
    """Name a kind of error as in an address: UnknownNameError is unknown-name."""
    words = re.findall(r"[A-Z][a-z]*", kind.__name__.removesuffix("Error"))
    return "-".join(words).lower()


def _problem(
    request: Request, status: int, slug: str, detail: str, errors: list[dict[str, str]] | None = None
) -> ProblemResponse:
    problem = Problem(
        type=f"/docs#{slug}" if slug else "about:blank",
        title=TITLES.get(slug, slug.replace("-", " ").capitalize()) or HTTPStatus(status).phrase,
        status=status,
        detail=printable(" ".join(detail.split())),
        instance=quote(printable(request.url.path)),
        errors=errors or [],
    )
    return ProblemResponse(problem.model_dump(exclude_defaults=True), status_code=status)
