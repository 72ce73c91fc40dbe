"""Records are read back exactly as they were written."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.documents import Document, Placement, Source, Span
from corpus.records import Commitment, CommitmentKind, Meeting, Passage, PassageKind
from index.store import RecordFile, write_records

words = st.text(max_size=20)
numbers = st.integers(0, 10**6)
spans = st.lists(st.builds(Span, numbers, numbers), max_size=3).map(tuple)
years = st.none() | st.tuples(st.integers(1900, 2100), st.integers(1900, 2100))
coordinates = st.floats(allow_nan=False, allow_infinity=False)
boxes = st.tuples(coordinates, coordinates, coordinates, coordinates)


def tuples(elements: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(elements, max_size=3).map(tuple)


sources = st.builds(
    Source,
    **dict.fromkeys(
        ("id", "title", "short_title", "body", "kind", "date", "language", "rights", "sha256"), words
    ),
    period=years,
    path=st.sampled_from([Path("a.txt"), Path("/b/ç d.txt")]),
)
documents = st.lists(
    st.builds(Document, source=sources, text=st.text(), pages=spans, ocr=tuples(numbers)),
    max_size=3,
    unique_by=lambda d: d.id,
)
passages = st.lists(
    st.builds(
        Passage,
        **dict.fromkeys(("id", "document", "text", "number", "lead", "parent", "parent_text"), words),
        kind=st.sampled_from(PassageKind),
        spans=spans,
        position=numbers,
        inferred=st.booleans(),
        section=tuples(words),
        cells=tuples(st.tuples(words, words)),
        pages=tuples(numbers),
        lines=st.tuples(numbers, numbers),
        places=tuples(st.tuples(numbers, boxes)),
        bodies=tuples(words),
        countries=tuples(words),
        years=years,
        ocr=st.booleans(),
    ),
    max_size=3,
    unique_by=lambda passage: passage.id,
)


commitments = st.lists(
    st.builds(
        Commitment,
        **dict.fromkeys(
            (
                "id", "address", "document", "text", "number", "parent", "passage", "body", "theme",
                "period", "start", "end", "status", "needs_review",
            ),
            words,
        ),
        **dict.fromkeys(
            ("section", "body_ids", "coordinators", "coordinator_ids", "partners", "partner_ids"),
            tuples(words),
        ),
        kind=st.sampled_from(CommitmentKind),
        spans=spans,
        position=numbers,
        inferred=st.booleans(),
        meeting=st.none() | st.builds(Meeting, words, words, words),
        pages=tuples(numbers),
        lines=st.tuples(numbers, numbers),
        places=tuples(st.tuples(numbers, boxes)),
        ocr=st.booleans(),
    ),
    max_size=3,
    unique_by=(lambda one: one.id, lambda one: one.address),
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents=documents, passages=passages, commitments=commitments)
def test_records_come_back_as_they_were(
    tmp_path: Path, documents: list[Document], passages: list[Passage], commitments: list[Commitment]
) -> None:
    path = tmp_path / "records.sqlite"
    path.unlink(missing_ok=True)
    write_records(path, documents, passages, commitments)
    held = RecordFile(path)
    assert held.documents() == documents
    assert held.passages() == passages
    assert held.commitments() == commitments
    for one in passages:
        assert held.passage(one.id) == one


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    turns=st.lists(st.integers(1, 4), min_size=1, max_size=8),
    start=st.integers(0, 30),
    length=st.integers(1, 30),
)
def test_pages_of_spans_are_the_same_after_storing(tmp_path: Path, document, turns, start, length) -> None:
    places = (Placement(Span(5 * n, 5 * n + 3), page, (0, n, 9, n + 1)) for n, page in enumerate(turns))
    before = replace(document(), text="word " * 10, places=tuple(places))
    path = tmp_path / "records.sqlite"
    path.unlink(missing_ok=True)
    write_records(path, [before], [])
    span = Span(start, start + length)
    assert RecordFile(path).documents()[0].pages_of([span]) == before.pages_of([span])


def test_many_threads_read_at_once(tmp_path: Path, passage, document) -> None:
    path = tmp_path / "records.sqlite"
    written = [passage(place, f"text {place}") for place in range(50)]
    write_records(path, [document()], written)
    held = RecordFile(path)
    path.unlink()
    with ThreadPoolExecutor(8) as pool:
        assert all(read == written for read in pool.map(lambda _: held.passages(), range(16)))
    assert held.passages(10, 3) == written[10:13]


def test_reading_never_makes_a_file(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        RecordFile(tmp_path / "absent.sqlite")
    assert list(tmp_path.iterdir()) == []
