"""GET /v1/passages/{id}: one passage where it stands."""

from __future__ import annotations

from fastapi import APIRouter

from search_api.http.dependencies import Pinned
from search_api.http.problems import responses
from search_api.replies import PassageReply

router = APIRouter(prefix="/passages", tags=["passages"])


@router.get("/{passage_id}", responses=responses(404, 503))
def passage(reading: Pinned, passage_id: str) -> PassageReply:
    """Show one passage with its citation, its context, its neighbours and the items under it."""
    return PassageReply.of(reading.passage(passage_id), reading)
