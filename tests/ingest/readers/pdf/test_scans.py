from __future__ import annotations

import shutil
from io import BytesIO

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader

from ingest.readers.pdf import scans, tesseract
from ingest.readers.pdf.page import Page, Word
from tests.ingest.readers.pdf.making import SENTENCES, drawn, lines, read, texts

WORDS = " ".join(SENTENCES).split()
NEEDED = pytest.mark.skipif(not shutil.which("tesseract"), reason="Tesseract is not installed")


@pytest.fixture
def scanned(tmp_path):
    """Three pages, of which the second is a picture of the first."""
    print_ = lines(*SENTENCES, step=20)
    with pypdfium2.PdfDocument(drawn(tmp_path / "print.pdf", print_)) as document:
        file = BytesIO()
        document[0].render(scale=200 / 72, grayscale=True).to_pil().save(file, "PNG")

    def picture(canvas):
        canvas.drawImage(ImageReader(BytesIO(file.getvalue())), 0, 0, *A4)
        canvas.drawString(500, 20, "Page 2")

    return drawn(tmp_path / "scanned.pdf", print_, picture, print_)


@NEEDED
def test_a_scanned_page_is_read_from_its_picture_with_the_words_in_place(scanned):
    first, second, third = read(scanned)
    assert [page.number for page in (first, second, third)] == [1, 2, 3]
    assert [page.ocr for page in (first, second, third)] == [False, True, False]
    assert texts(second)[: len(WORDS)] == WORDS
    for word, same in zip(second.words, first.words, strict=False):
        assert word.box == pytest.approx(same.box, abs=4)
        assert word.size == pytest.approx(same.size, abs=3)
    assert not second.notices


@NEEDED
def test_a_language_that_is_missing_falls_back_to_english_and_is_told(scanned):
    page = read(scanned, language="xx")[1]
    assert page.ocr
    assert ['"xx"' in notice.words for notice in page.notices] == [True]


def test_without_tesseract_the_page_is_named_with_what_to_install(scanned, monkeypatch):
    monkeypatch.setenv("PATH", "")
    pages = read(scanned)
    assert [page.notices for page in (pages[0], pages[2])] == [(), ()]
    (notice,) = pages[1].notices
    assert notice.pages == (2,)
    assert "tesseract-ocr" in notice.words
    assert texts(pages[1]) == ["Page", "2"]
    assert pages[1].pictured


def test_a_program_that_fails_leaves_a_notice(scanned, tmp_path, monkeypatch):
    program = tmp_path / "bin" / "tesseract"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nif [ $1 = --list-langs ]; then printf 'List:\\neng\\n'; else exit 1; fi\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    assert tesseract.languages() == {"eng"}
    (notice,) = read(scanned)[1].notices
    assert notice.words == scans.FAILED.words


def test_only_pages_almost_without_words_are_recognised():
    word = Word("a" * 30, (0, 0, 9, 9), 9)
    assert scans.needed(Page(1, 595, 842, (word,), pictured=True))
    assert not scans.needed(Page(1, 595, 842, (word, word), pictured=True))
    assert not scans.needed(Page(1, 595, 842, ()))
