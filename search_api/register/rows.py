"""A commitment as a row of the register: its fields, and what its document and its parent say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from corpus.authority import Authority
from corpus.documents import Document, Source
from corpus.records import Commitment
from search_api.answering.citing import place_of


@dataclass(frozen=True, slots=True)
class Row:
    """A commitment with its document's catalogue entry, its place, its parent's address and who says it.

    `authors` are the names of the responsible bodies, else of the body that issued the document, which
    is `issuer`.
    """

    commitment: Commitment
    source: Source
    place: str
    parent: str
    issuer: str
    authors: tuple[str, ...]

    @classmethod
    def of(cls, commitment: Commitment, document: Document, parent: str, authority: Authority) -> Self:
        """Lay out a commitment of a document; `parent` is the address of the item above it."""
        issuer = _name(document.source.body, authority)
        authors = tuple(_name(body, authority) for body in commitment.body_ids)
        printed = (" ".join(commitment.body.split()) or issuer,)
        return cls(
            commitment=commitment,
            source=document.source,
            place=place_of(document, commitment),
            parent=parent,
            issuer=issuer,
            authors=authors or printed,
        )


def _name(entry_id: str, authority: Authority) -> str:
    entry = authority.named(entry_id)
    return entry_id if entry is None else entry.name


def fields_of(row: Row) -> dict[str, Any]:
    """The fields of a row under the names, and in the order, of every JSON of it."""
    one = row.commitment
    meeting = one.meeting
    return {
        "address": one.address,
        "id": one.id,
        "document": one.document,
        "kind": one.kind.value,
        "number": one.number,
        "inferred": one.inferred,
        "text": one.text,
        "parent": row.parent,
        "section": list(one.section),
        "meeting": meeting and {"name": meeting.name, "place": meeting.place, "date": meeting.date},
        "body": one.body,
        "body_ids": list(one.body_ids),
        "theme": one.theme,
        "period": one.period,
        "start": one.start,
        "end": one.end,
        "status": one.status,
        "coordinators": list(one.coordinators),
        "coordinator_ids": list(one.coordinator_ids),
        "partners": list(one.partners),
        "partner_ids": list(one.partner_ids),
        "pages": list(one.pages),
        "lines": list(one.lines),
        "place": row.place,
        "ocr": one.ocr,
        "spans": [{"start": span.start, "end": span.end} for span in one.spans],
        "passage": one.passage,
        "needs_review": one.needs_review,
    }
