"""GET /v1/documents and what is under it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from search_api.http.dependencies import App, Pinned, check_limit
from search_api.http.problems import responses
from search_api.replies import DocumentReply, DocumentsReply, PassagesReply

router = APIRouter(prefix="/documents", tags=["documents"])

Offset = Annotated[int, Query(ge=0, le=10**9, description="How many passages to leave out.")]
Limit = Annotated[int, Query(ge=1, description="How many passages to return, at most LABOUR_MAX_PAGE.")]


@router.get("", responses=responses(503))
def documents(reading: Pinned) -> DocumentsReply:
    """List the documents held, and the sources that could not be read."""
    return DocumentsReply.of(reading)


@router.get("/{document_id}", responses=responses(404, 503))
def document(reading: Pinned, document_id: str) -> DocumentReply:
    """Describe one document and its sections."""
    return DocumentReply.of(reading.document(document_id), reading)


@router.get("/{document_id}/passages", responses=responses(404, 422, 503))
def passages(
    application: App, reading: Pinned, document_id: str, offset: Offset = 0, limit: Limit = 50
) -> PassagesReply:
    """List a document's passages in its order, a page at a time."""
    check_limit(application, limit)
    return PassagesReply.of(reading, document_id, offset, limit)
