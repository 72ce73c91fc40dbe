"""Records that are read when they are asked for are those that were written, in the order of the texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.layout import Layout, Run
from index.records import Records
from index.store import RecordFile, write_records
from tests.index.conftest import make_commitment, make_document, make_passage

PASSAGES = {
    "a": [make_passage(place, f"A {place}", "a", section=("The Plan", "x")) for place in range(5)],
    "b": [make_passage(place, f"B {place}", "b") for place in range(3)],
    "c": [make_passage(place, f"C {place}", "c", section=("Forum",)) for place in range(4)],
}
COMMITMENTS = {name: [make_commitment(0, row[1], id=f"{name}.c0")] for name, row in PASSAGES.items()}
ORDER = ("c", "a", "b")


@pytest.fixture
def records(tmp_path: Path) -> Records:
    files = []
    for number, names in enumerate((("a", "b"), ("c",))):
        path = tmp_path / f"{number}.sqlite"
        passages = [one for name in names for one in PASSAGES[name]]
        commitments = [one for name in names for one in COMMITMENTS[name]]
        write_records(path, [make_document(name) for name in names], passages, commitments)
        files.append(RecordFile(path))
    runs = {"c": Run(1, 0, 4), "a": Run(0, 0, 5), "b": Run(0, 5, 3)}
    held = {"c": Run(1, 0, 1), "a": Run(0, 0, 1), "b": Run(0, 1, 1)}
    return Records(files, Layout([1, 2], [8, 4], runs), Layout([1, 2], [2, 1], held))


def test_records_are_in_the_order_of_the_documents(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = [one for name in ORDER for one in PASSAGES[name]]
    assert records.passages == expected
    monkeypatch.setattr("index.records.AT_ONCE", 2)
    assert list(records.passages) == expected
    assert [records.passages[place] for place in range(12)] == expected
    assert records.passages[-1] == expected[-1]
    assert records.passages[3:7] == tuple(expected[3:7])
    assert records.passages != expected[1:]
    with pytest.raises(IndexError):
        records.passages[12]
    assert [one.id for one in records.commitments] == ["c.c0", "a.c0", "b.c0"]
    assert [document.id for document in records.documents()] == list(ORDER)


def test_records_are_found_by_name_and_by_document(records: Records) -> None:
    assert records.passage("b.2") == PASSAGES["b"][2]
    assert records.passage("b.9") is records.passage("z.1") is records.passage("") is None
    assert records.commitment("b/act/0") == records.commitment("b.c0") == COMMITMENTS["b"][0]
    assert records.commitments_of("c.1") == tuple(COMMITMENTS["c"])
    assert records.commitments_of("c.0") == ()
    assert records.passages_of("a") == tuple(PASSAGES["a"])
    assert records.commitments_in("a") == tuple(COMMITMENTS["a"])
    assert not records.passages_of("z")
    assert not records.commitments_in("z")


def test_headings_are_in_the_order_of_the_texts_each_once(records: Records) -> None:
    assert records.headings() == [("c", "Forum"), ("a", "The Plan")]
    assert records.meetings() == []
