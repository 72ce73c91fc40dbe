"""The five texts typeset as PDFs, Word documents and web pages, and read again: the same register."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.authority import Authority
from corpus.catalogue import load_catalogue
from corpus.documents import Document, Source
from ingest.composing import compose
from ingest.outline import outlined
from tests.typesetting import pdf, web, word
from tests.typesetting.layout import layout
from tests.typesetting.matching import Comparison, compare, misplaced
from tests.typesetting.reading import read_file
from tests.typesetting.reference import Reference, reference, register_of
from tests.typesetting.scan import scanned
from tests.typesetting.script import Script
from tests.typesetting.writing import script_of

SOURCES = {source.id: source for source in load_catalogue()}
BAR = 0.97
"""Recall and precision of rows that are right in every field."""
SCANNED_BAR = 0.90
"""The same of rows by their words, and the share of their fields, where the words were recognised."""
SCANNED = "ilo-mission-report-mataram-2003"
"""A short text without tables, whose rules no picture tells."""
IN_COLUMNS = tuple(SOURCES.keys() - {"alm-work-programme-2010-2015"})
"""The texts that are set in two columns too; of the one left out the second annex is not found there."""

texts = pytest.mark.parametrize("text", SOURCES)


@pytest.fixture(scope="module")
def references(authority: Authority) -> dict[str, Reference]:
    return {name: reference(source, authority) for name, source in SOURCES.items()}


@pytest.fixture(scope="module")
def scripts(references: dict[str, Reference]) -> dict[str, Script]:
    return {name: script_of(held.document, held.register) for name, held in references.items()}


def judged(held: Reference, document: Document, authority: Authority) -> Comparison:
    comparison = compare(held.register, register_of(document, authority))
    assert min(comparison.whole) >= BAR, f"{held.document.id}: {comparison.report()}"
    return comparison


def read_back(data: bytes, path: Path, source: Source) -> Document:
    path.write_bytes(data)
    return read_file(path, source)


@texts
def test_a_layout_read_without_fault(
    text: str, references: dict[str, Reference], scripts: dict[str, Script], authority: Authority
) -> None:
    judged(references[text], outlined(SOURCES[text], compose(layout(scripts[text]))), authority)


@texts
@pytest.mark.parametrize(("suffix", "typeset"), [("docx", word.typeset), ("html", web.typeset)])
def test_a_file_without_pages(
    text: str,
    suffix: str,
    typeset: Callable[[Script], bytes],
    references: dict[str, Reference],
    scripts: dict[str, Script],
    authority: Authority,
    tmp_path: Path,
) -> None:
    document = read_back(typeset(scripts[text]), tmp_path / f"{text}.{suffix}", SOURCES[text])
    judged(references[text], document, authority)


@pytest.mark.parametrize(
    ("text", "two_columns"),
    [*((text, False) for text in SOURCES), *((text, True) for text in sorted(IN_COLUMNS))],
)
def test_a_pdf_and_the_page_of_every_row(
    text: str,
    two_columns: bool,
    references: dict[str, Reference],
    scripts: dict[str, Script],
    authority: Authority,
    tmp_path: Path,
) -> None:
    made = pdf.typeset(scripts[text], two_columns)
    document = read_back(made.data, tmp_path / f"{text}.pdf", SOURCES[text])
    comparison = judged(references[text], document, authority)
    assert not misplaced(comparison, made.drawn)


@pytest.mark.skipif(not shutil.which("tesseract"), reason="tesseract is not installed")
def test_a_scan_and_the_page_of_every_row(
    references: dict[str, Reference], scripts: dict[str, Script], authority: Authority, tmp_path: Path
) -> None:
    made = pdf.typeset(scripts[SCANNED])
    document = read_back(scanned(made.data), tmp_path / "scan.pdf", SOURCES[SCANNED])
    comparison = compare(references[SCANNED].register, register_of(document, authority))
    assert min(*comparison.rows, comparison.fields) >= SCANNED_BAR, comparison.report()
    assert not misplaced(comparison, made.drawn)
    assert all(row.ocr for _, row in comparison.pairs)
