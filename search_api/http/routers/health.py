"""/health: the process lives. /ready: it can answer."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from search_api.http.dependencies import get_serving
from search_api.http.problems import responses
from search_api.schemas import View
from search_api.serving import Serving

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
def ready(serving: Annotated[Serving, Depends(get_serving)]) -> Ready:
    """Say whether the index is open and the model loaded; 503 where they are not, or not yet."""
    return Ready(status="ready", generation=serving.ready().name)
