"""Records as rows of the store, and back, exactly as they were."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from corpus.documents import Document, Placement, Source, Span
from corpus.records import Commitment, CommitmentKind, Meeting, Passage, PassageKind

Row = Mapping[str, Any]
"""Columns of the store by their names."""


def document_row(document: Document) -> list[Any]:
    """Return what is stored of a document, its columns in order."""
    source = document.source
    period = None if source.period is None else json.dumps(source.period)
    facts = [source.id, source.title, source.short_title, source.body, source.kind, source.date, period]
    origin = [source.language, source.rights, source.sha256, str(source.path)]
    turns = json.dumps([(turn.span.start, turn.span.end, turn.page) for turn in _turns(document)])
    pages = [_dump_spans(document.pages), turns, json.dumps(document.ocr)]
    return [*facts, *origin, document.text, *pages]


def _turns(document: Document) -> Iterator[Placement]:
    """Places without their boxes, those that follow each other on a page made one."""
    for page, group in groupby(document.places, attrgetter("page")):
        runs = list(group)
        yield Placement(Span(runs[0].span.start, runs[-1].span.end), page)


def source_of(row: Row) -> Source:
    """Make the entry of the document of a row."""
    return Source(
        id=row["id"],
        title=row["title"],
        short_title=row["short_title"],
        body=row["body"],
        kind=row["kind"],
        date=row["date"],
        period=_pair(row["period"]),
        language=row["language"],
        rights=row["rights"],
        sha256=row["sha256"],
        path=Path(row["path"]),
    )


def document_of(row: Row) -> Document:
    """Make the document of a row."""
    turns = (Placement(Span(start, end), page) for start, end, page in json.loads(row["turns"]))
    ocr = tuple(json.loads(row["ocr"]))
    return Document(source_of(row), row["text"], _spans(row["pages"]), places=tuple(turns), ocr=ocr)


def passage_row(passage: Passage) -> list[Any]:
    """Return what is stored of a passage, its columns in order."""
    identity = [passage.id, passage.document, passage.kind.value, passage.text, _dump_spans(passage.spans)]
    place = [json.dumps(passage.section), passage.position, passage.number, passage.inferred]
    context = [passage.lead, passage.parent, passage.parent_text, json.dumps(passage.cells)]
    where = [json.dumps(passage.pages), json.dumps(passage.lines), json.dumps(passage.places)]
    about = [json.dumps(passage.bodies), json.dumps(passage.countries)]
    years = passage.years and json.dumps(passage.years)
    return [*identity, *place, *context, *where, *about, years, passage.ocr]


def passage_of(row: Row) -> Passage:
    """Make the passage of a row."""
    return Passage(
        id=row["id"],
        document=row["document"],
        kind=PassageKind(row["kind"]),
        text=row["text"],
        spans=_spans(row["spans"]),
        section=tuple(json.loads(row["section"])),
        position=row["position"],
        number=row["number"],
        inferred=bool(row["inferred"]),
        lead=row["lead"],
        parent=row["parent"],
        parent_text=row["parent_text"],
        cells=tuple((head, words) for head, words in json.loads(row["cells"])),
        pages=tuple(json.loads(row["pages"])),
        lines=_pair(row["lines"]) or (1, 1),
        places=_places(row["places"]),
        bodies=tuple(json.loads(row["bodies"])),
        countries=tuple(json.loads(row["countries"])),
        years=_pair(row["years"]),
        ocr=bool(row["ocr"]),
    )


def commitment_row(commitment: Commitment) -> list[Any]:
    """Return what is stored of a commitment, its columns in order."""
    one = commitment
    identity = [one.id, one.address, one.document, one.kind.value, one.text, _dump_spans(one.spans)]
    place = [json.dumps(one.section), one.position, one.number, one.inferred, one.parent, one.passage]
    meeting = one.meeting and json.dumps([one.meeting.name, one.meeting.place, one.meeting.date])
    about = [meeting, one.body, json.dumps(one.body_ids), one.theme]
    when = [one.period, one.start, one.end, one.status]
    who = [one.coordinators, one.coordinator_ids, one.partners, one.partner_ids]
    where = [json.dumps(one.pages), json.dumps(one.lines), json.dumps(one.places)]
    return [*identity, *place, *about, *when, *map(json.dumps, who), *where, one.needs_review, one.ocr]


def commitment_of(row: Row) -> Commitment:
    """Make the commitment of a row."""
    return Commitment(
        id=row["id"],
        address=row["address"],
        document=row["document"],
        kind=CommitmentKind(row["kind"]),
        text=row["text"],
        spans=_spans(row["spans"]),
        section=tuple(json.loads(row["section"])),
        position=row["position"],
        number=row["number"],
        inferred=bool(row["inferred"]),
        parent=row["parent"],
        passage=row["passage"],
        meeting=None if row["meeting"] is None else Meeting(*json.loads(row["meeting"])),
        body=row["body"],
        body_ids=tuple(json.loads(row["body_ids"])),
        theme=row["theme"],
        period=row["period"],
        start=row["start"],
        end=row["end"],
        status=row["status"],
        coordinators=tuple(json.loads(row["coordinators"])),
        coordinator_ids=tuple(json.loads(row["coordinator_ids"])),
        partners=tuple(json.loads(row["partners"])),
        partner_ids=tuple(json.loads(row["partner_ids"])),
        pages=tuple(json.loads(row["pages"])),
        lines=_pair(row["lines"]) or (1, 1),
        places=_places(row["places"]),
        needs_review=row["needs_review"],
        ocr=bool(row["ocr"]),
    )


def _dump_spans(spans: Sequence[Span]) -> str:
    return json.dumps([(span.start, span.end) for span in spans])


def _spans(text: str) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in json.loads(text))


def _pair(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    first, last = json.loads(text)
    return first, last


def _places(text: str) -> tuple[tuple[int, tuple[float, float, float, float]], ...]:
    return tuple((page, (left, top, right, bottom)) for page, (left, top, right, bottom) in json.loads(text))
