"""GET /v1/changes: what is new, changed or gone since another generation."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from search_api.changes.comparing import Comparer
from search_api.changes.replies import ChangesReply
from search_api.http.dependencies import App, Name, Pinned, check_limit
from search_api.http.problems import responses

router = APIRouter(prefix="/changes", tags=["changes"])

Since = Annotated[Name, Query(description="The generation to compare with; the one before where not given.")]
Limit = Annotated[int, Query(ge=1, description="How many to return, at most LABOUR_MAX_PAGE.")]
Cursor = Annotated[Name, Query(description="`next` of the page before, with the same `since`.")]


@router.get("", responses=responses(400, 404, 422, 503))
def changes(
    application: App,
    request: Request,
    reading: Pinned,
    since: Since = "",
    limit: Limit = 50,
    cursor: Cursor = "",
) -> ChangesReply:
    """List the commitments that are new, changed (with a word diff) or gone since another generation."""
    check_limit(application, limit)
    comparer: Comparer = request.app.state.comparer
    return ChangesReply.of(comparer.compare(reading, since), limit, cursor)
