"""POST /v1/ask: an answer in verbatim, cited statements."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from pydantic import Field

from search_api import asking
from search_api.http.dependencies import App, FilterFields, Pinned, require_json
from search_api.http.problems import responses
from search_api.replies import AskReply

router = APIRouter(tags=["ask"])


class AskRequest(FilterFields):
    """A question in plain language, and filters."""

    question: str = Field(
        description="What to ask.", examples=["what has been recommended on recruitment costs"]
    )


@router.post("/ask", responses=responses(400, 413, 415, 422, 503), dependencies=[Depends(require_json)])
def ask(application: App, reading: Pinned, request: AskRequest) -> AskReply:
    """Answer a question in verbatim statements with citations, or say that the texts do not."""
    answer = asking.ask(application, reading, request.question, request.wanted(), request.literal)
    return AskReply.of(answer, reading)
