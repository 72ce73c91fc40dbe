"""What is said of a document by who adds it, and whether it can be so."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.ids import slug

LONGEST_ID = 60
PERIOD = re.compile(r"(?:19|20)\d\d(-(?:19|20)\d\d)?")


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of the documents to add; a field left empty is proposed instead."""

    id: str = ""
    title: str = ""
    short_title: str = ""
    body: str = ""
    kind: str = ""
    date: str = ""
    period: str = ""
    language: str = ""
    rights: str = ""
    password: str = field(default="", repr=False)


def fault_of_id(value: str) -> str:
    """Say why an id cannot be one; empty where it can, or is left out."""
    if slug(value) != value:
        return "write lower-case words and digits joined by hyphens, as in report-2024."
    return f"write at most {LONGEST_ID} characters." if len(value) > LONGEST_ID else ""


def fault_of_period(value: str) -> str:
    """Say why a period cannot be one; empty where it can, or is left out."""
    return "" if not value or PERIOD.fullmatch(value) else "write two years, as 2010-2015."
