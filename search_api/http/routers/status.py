"""GET /v1/status: what the index holds, and which sources it lacks."""

from __future__ import annotations

from fastapi import APIRouter

from search_api.holdings import HoldingsReply
from search_api.http.dependencies import Pinned
from search_api.http.problems import responses

router = APIRouter(prefix="/status", tags=["status"])


@router.get("", responses=responses(503))
def status(reading: Pinned) -> HoldingsReply:
    """Say what the index holds, and of each source whether it was read, read in part or refused, and why."""
    return HoldingsReply.of(reading)
