"""/health: the process lives. /ready: it can answer."""

from __future__ import annotations

from fastapi import APIRouter

from search_api.http.dependencies import Pinned
from search_api.http.problems import responses
from search_api.schemas import View

router = APIRouter(tags=["health"])


class Health(View):
    """The process lives."""

    status: str


class Ready(View):
    """The process can answer, from this generation."""

    status: str
    generation: str


@router.get("/health")
def health() -> Health:
    """Say that the process lives; nothing is read."""
    return Health(status="ok")


@router.get("/ready", responses=responses(503))
def ready(reading: Pinned) -> Ready:
    """Say whether there is an index to answer from; 503 where there is none."""
    return Ready(status="ready", generation=reading.name)
