"""What a commitment's fields say before and after."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.records import Commitment

JOINT = "; "
FIELDS = (
    "kind", "number", "body", "theme", "period", "start", "end", "status", "coordinators", "partners",
    "section", "meeting",
)  # fmt: skip
"""Fields that tell a reader something; where a commitment stands in the file, and the doubts of the program
that read it, are none."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that reads otherwise than it did; several values are joined by "; ", none is empty."""

    name: str
    before: str
    after: str


def changed_fields(before: Commitment, after: Commitment) -> tuple[FieldChange, ...]:
    """Name the fields that differ by more than white space, with what they say."""
    rows = ((name, _said(before, name), _said(after, name)) for name in FIELDS)
    return tuple(FieldChange(name, old, new) for name, old, new in rows if old != new)


def _said(commitment: Commitment, name: str) -> str:
    if name == "meeting":
        meeting = commitment.meeting
        return (
            _folded(", ".join(filter(None, (meeting.name, meeting.place, meeting.date)))) if meeting else ""
        )
    value = getattr(commitment, name)
    return JOINT.join(map(_folded, value)) if isinstance(value, tuple) else _folded(str(value))


def _folded(text: str) -> str:
    return " ".join(text.split())
