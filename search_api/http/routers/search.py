"""GET /v1/search: the passages nearest to a query."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from search_api import asking
from search_api.http.dependencies import App, FilterFields, Pinned
from search_api.http.problems import responses
from search_api.replies import SearchReply

router = APIRouter(tags=["search"])


class SearchQuery(FilterFields):
    """A query, the number of hits wanted, and filters."""

    q: str = Field(description="What to look for.", examples=["recruitment costs"])
    k: int = Field(10, description="How many passages to return, from 1 to LABOUR_MAX_K.", examples=[10])


@router.get("/search", responses=responses(422, 503))
def search(application: App, reading: Pinned, query: Annotated[SearchQuery, Query()]) -> SearchReply:
    """Find the passages nearest to a query, best first."""
    found = asking.search(application, reading, query.q, query.k, query.wanted(), query.literal)
    return SearchReply.of(reading, query.q, found)
