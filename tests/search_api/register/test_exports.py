"""Every export reads back, and no cell of a table begins a formula."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from search_api.exports.columns import COLUMNS, FORMULA_STARTS, cells_of, safe
from search_api.exports.formats import FORMATS
from search_api.exports.references import LONGEST_TITLE
from search_api.exports.xlsx import LONGEST_CELL, UNWRITABLE
from search_api.reading import Reading
from search_api.register.register import Register
from search_api.register.replies import CommitmentReply
from search_api.register.rows import Row, fields_of
from search_api.schemas import CommitmentView

WRITTEN = st.text(st.characters(codec=None), max_size=30) | st.sampled_from(
    [
        "=1+1",
        "+66",
        "-a",
        "@x",
        "\tb",
        "\rc",
        "\nd",
        "'e",
        '"',
        "a\r\nb",
        "{\\%$#_~^}",
        "x" * 40_000,
        "\ud800",
    ]
)


@pytest.fixture
def rows(register: Register) -> tuple[Row, ...]:
    return tuple(register.rows(register.select()))


def written(name: str, rows: tuple[Row, ...]) -> bytes:
    return b"".join(FORMATS[name].write(rows))


def table(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheet(data: bytes) -> list[list[str]]:
    book = load_workbook(io.BytesIO(data))
    return [[cell.value or "" for cell in line] for line in book.active.iter_rows()]


def with_text(row: Row, text: str) -> Row:
    return replace(row, commitment=replace(row.commitment, text=text, body=text, partners=(text, text)))


def test_json_lines_hold_every_field(rows: tuple[Row, ...]) -> None:
    lines = [json.loads(line) for line in written("jsonl", rows).decode().splitlines()]
    assert lines == [json.loads(json.dumps(fields_of(row))) for row in rows]
    scored = {
        "document", "kind", "number", "text", "body", "theme", "period", "status", "coordinators", "partners",
    }  # fmt: skip
    assert scored <= lines[0].keys()
    assert lines[1]["parent"] == "plans-2012/afml-5/rec/14"
    assert lines[0]["meeting"] == {
        "name": "THE 5th FORUM", "place": "SIEM REAP", "date": "9-10 OCTOBER 2012",
    }  # fmt: skip


def test_json_lines_are_the_json_of_the_http_interface(rows: tuple[Row, ...], held_reading: Reading) -> None:
    assert list(fields_of(rows[0])) == list(CommitmentView.model_fields)
    view = CommitmentReply.of(rows[0].commitment, held_reading).commitment
    assert view.model_dump(mode="json") == json.loads(written("jsonl", rows[:1]))


def test_csv_reads_back(rows: tuple[Row, ...]) -> None:
    data = written("csv", rows)
    assert data.startswith(b"\xef\xbb\xbf")
    head, *lines = table(data)
    assert head == list(COLUMNS)
    assert lines == [cells_of(row) for row in rows]
    first = dict(zip(head, lines[3], strict=True))
    assert first["address"] == "plans-2012/hiv/1"
    assert first["partners"] == "ILO; civil society"
    assert first["place"] == "line 6"


def test_the_columns_that_readers_count_on_come_first(rows: tuple[Row, ...]) -> None:
    assert list(COLUMNS)[:6] == ["address", "document", "title", "kind", "number", "text"]
    assert {"place", "pages", "needs_review"} <= COLUMNS.keys()


def test_xlsx_reads_back_with_its_layout(rows: tuple[Row, ...]) -> None:
    data = written("xlsx", rows)
    head, *lines = sheet(data)
    assert head == list(COLUMNS)
    assert lines == [[cell.replace("\x0c", " ") for cell in cells_of(row)] for row in rows]
    page = load_workbook(io.BytesIO(data)).active
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref == f"A1:AA{len(rows) + 1}"
    assert page["F2"].alignment.wrap_text
    assert page.column_dimensions["F"].width > page.column_dimensions["E"].width
    assert {cell.data_type for line in page.iter_rows() for cell in line if cell.value} == {"s"}


@settings(max_examples=40, deadline=None)
@given(text=WRITTEN)
def test_no_cell_begins_a_formula_and_every_text_comes_back(register: Register, text: str) -> None:
    row = with_text(register.row(register.commitments[0]), text)
    place = list(COLUMNS).index("text")
    _, cells = table(written("csv", (row,)))
    assert not any(cell.startswith(FORMULA_STARTS) for cell in cells)
    assert cells[place].removeprefix("'" if cells[place].startswith("'") else "") == text.encode(
        "utf-8", "backslashreplace"
    ).decode("utf-8")
    _, cells = sheet(written("xlsx", (row,)))
    assert not any(cell.startswith(FORMULA_STARTS) for cell in cells)
    expected = UNWRITABLE.sub(" ", safe(text).replace("\r\n", "\n"))
    if (
        len(expected) <= LONGEST_CELL
        and "\r" not in expected
        and not re.search("_x[0-9a-fA-F]{4}_", expected)
    ):
        assert cells[place] == expected


def test_a_text_too_long_for_a_cell_is_cut_visibly(rows: tuple[Row, ...]) -> None:
    _, cells = sheet(written("xlsx", (with_text(rows[0], "x" * 40_000),)))
    assert len(cells[5]) == LONGEST_CELL
    assert cells[5].endswith("x…")


@settings(max_examples=40, deadline=None)
@given(text=WRITTEN.filter(lambda text: any(char.isalnum() for char in text)))
def test_references_hold_what_a_bibliography_needs(register: Register, text: str) -> None:
    row = with_text(register.row(register.commitments[2]), text)
    (item,) = json.loads(written("csl-json", (row,)))
    assert item["id"] == item["note"] == "plans-2012/afml-5/rec/15"
    assert item["container-title"] == "Plans 2012, in full"
    assert item["issued"] == {"date-parts": [[2012, 10]]}
    assert "recommendation [15], lines 4-5" in item["locator"]
    assert 0 < len(item["title"]) <= LONGEST_TITLE
    assert "URL" not in item


def test_the_author_is_the_body_else_the_issuer(rows: tuple[Row, ...]) -> None:
    items = json.loads(written("csl-json", rows))
    names = [item["author"][0]["literal"] for item in items]
    assert names[0].startswith("ASEAN Committee on the Implementation")
    assert names[2] == "Senior Labour Officials Meeting"
    assert names[4] == "assigned responsible bodies"


def braces(text: str) -> int:
    """How deep the braces of BibTeX are at the end; a backslash takes one out of the count."""
    plain = re.sub(r"\\[{}]", "", text)
    return plain.count("{") - plain.count("}")


@settings(max_examples=40, deadline=None)
@given(text=WRITTEN)
def test_bibtex_is_balanced_and_escaped(register: Register, text: str) -> None:
    row = with_text(register.row(register.commitments[0]), text)
    entry = written("bibtex", (row,)).decode()
    assert entry.startswith("@incollection{plans-2012:afml-5:rec:14,\n")
    assert braces(entry) == 0
    assert re.search(r"^  year = \{2012\},\n  month = oct,$", entry, re.MULTILINE)
    title = re.search(r"^  title = \{\{(.*)\}\},$", entry, re.MULTILINE)
    assert title is not None
    assert not re.search(r"(?<!\\)[&%$#_]", title[1])


def test_ris_has_a_record_for_each_row(rows: tuple[Row, ...]) -> None:
    records = written("ris", rows).decode().strip().split("\r\n\r\n")
    assert len(records) == len(rows)
    for record, row in zip(records, rows, strict=True):
        lines = record.split("\r\n")
        assert lines[0] == "TY  - CHAP"
        assert lines[-1].strip() == "ER  -"
        assert f"ID  - {row.commitment.address}" in lines
        assert all(re.match(r"[A-Z][A-Z0-9]  -( |$)", line) for line in lines)
    assert "DA  - 2012/10//" in records[0]
    assert "DA  - 2010///" in records[-1]


@pytest.mark.parametrize("name", FORMATS)
def test_no_rows_make_a_file_that_reads_back(name: str) -> None:
    data = written(name, ())
    if name in ("csv", "xlsx"):
        assert (table if name == "csv" else sheet)(data) == [list(COLUMNS)]
    elif name == "csl-json":
        assert json.loads(data) == []
    else:
        assert data == b""


def test_rows_are_written_as_they_come(register: Register) -> None:
    def one_row() -> Iterator[Row]:
        yield register.row(register.commitments[0])
        raise AssertionError("the second row was asked for")

    for name in ("jsonl", "bibtex", "ris"):
        assert next(iter(FORMATS[name].write(one_row())))
