"""Regions of a text: runs of lines that one reader of tables or lists takes whole."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Region:
    """Lines first to last (indices, both included)."""

    first: int
    last: int
