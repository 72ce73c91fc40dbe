"""What the columns of a work-plan matrix hold, told by their heads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from corpus.documents import Cell


class Role(StrEnum):
    """What a column says of the activity in its row."""

    NUMBER = "number"
    THEME = "theme"
    REFERENCE = "reference"
    ACTION = "action"
    ACTIVITY = "activity"
    PERIOD = "period"
    BODY = "body"
    COORDINATOR = "coordinator"
    PARTNER = "partner"
    STATUS = "status"


HEADS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (Role.NUMBER, re.compile(r"^(?:no|s/?n|sl|item|#)\b\.?(?:\s*no\.?)?$", re.IGNORECASE)),
    (
        Role.STATUS,
        re.compile(r"^(?:current )?status\b|^progress\b|state of (?:play|implementation)", re.IGNORECASE),
    ),
    (Role.REFERENCE, re.compile(r"blueprint|reference|strategic measure|vision", re.IGNORECASE)),
    (Role.PARTNER, re.compile(r"collaborat|partner|donor|funding|support", re.IGNORECASE)),
    (Role.BODY, re.compile(r"\bbod(?:y|ies)\b", re.IGNORECASE)),
    (Role.COORDINATOR, re.compile(r"coordinat|lead|responsib|organi[sz]|focal|host", re.IGNORECASE)),
    (Role.ACTIVITY, re.compile(r"activit|recommend(?:ed action|ation)|project|initiative", re.IGNORECASE)),
    (
        Role.PERIOD,
        re.compile(r"time\s?frame|time\s?line|calendar|^dates?$|schedule|period|year", re.IGNORECASE),
    ),
    (Role.THEME, re.compile(r"theme|thematic|thrust|area|pillar|priorit", re.IGNORECASE)),
    (Role.ACTION, re.compile(r"work programme|work plan|action|measure", re.IGNORECASE)),
)
"""Tried in this order: "Activities / Timeline" is a column of activities, "Responsible Priority" names who
is responsible. Every head of the five texts' matrices falls to its right role."""


TELLING = frozenset({Role.PERIOD, Role.BODY, Role.COORDINATOR, Role.PARTNER, Role.STATUS})
"""What a table must tell beside what is done: who, when, with whom, or how far it has come."""


def roles_of(cells: Sequence[Cell]) -> dict[Role, Cell]:
    """First cell of each role in a row; a row without an activity column is of no matrix that we know."""
    roles: dict[Role, Cell] = {}
    for cell in cells:
        role = next((role for role, head in HEADS if head.search(cell.head)), None)
        if role is not None:
            roles.setdefault(role, cell)
    return roles


def is_matrix(heads: Sequence[str]) -> bool:
    """Whether column heads are those of a matrix: one says what is done, another who, when or with whom."""
    found = {role for head in heads for role, form in HEADS if form.search(head)}
    return Role.ACTIVITY in found and bool(found & TELLING)
