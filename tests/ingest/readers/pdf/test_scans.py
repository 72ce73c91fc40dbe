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


STAMP = "DocuSign Envelope ID: 6F2A8C1E-93B4-4D7F-A0C5-1E2D3B4A5968 sent by the labour office"


def program(folder, script):
    """Put a program in the place of Tesseract, which knows English; the script is what it does else."""
    path = folder / "bin" / "tesseract"
    path.parent.mkdir()
    path.write_text(
        f"#!/bin/sh\nif [ $1 = --list-langs ]; then printf 'List:\\neng\\n'; exit; fi\n{script}\n"
    )
    path.chmod(0o755)
    return str(path.parent)


def table(*words):
    """Tesseract's table of words, as a shell command that prints it."""
    numbers = [f"{name}_num" for name in ("page", "block", "par", "line", "word")]
    names = ["level", *numbers, "left", "top", "width", "height", "conf", "text"]
    rows = [
        names,
        *(["5", *"11111", "300", str(300 + 40 * i), "90", "30", "95", w] for i, w in enumerate(words)),
    ]
    return "cat > /dev/null; printf '%s\\n' " + " ".join("'" + "\t".join(row) + "'" for row in rows)


@pytest.fixture
def stamped(scanned):
    """A page that is a picture with a long stamp over it."""
    with pypdfium2.PdfDocument(scanned) as document:
        file = BytesIO()
        document[1].render(scale=100 / 72, grayscale=True).to_pil().save(file, "PNG")

    def picture(canvas):
        canvas.drawImage(ImageReader(BytesIO(file.getvalue())), 0, 0, *A4)
        canvas.drawString(40, 820, STAMP)

    return drawn(scanned.with_name("stamped.pdf"), picture)


def test_a_scan_under_a_long_stamp_is_recognised(stamped, tmp_path, monkeypatch):
    found = [letter * 20 for letter in "abcdefghij"]
    monkeypatch.setenv("PATH", program(tmp_path, table(*found)) + ":/usr/bin:/bin")
    (page,) = read(stamped)
    assert page.ocr
    assert texts(page) == found


def test_a_scan_under_a_long_stamp_is_told_of_without_tesseract(stamped, monkeypatch):
    monkeypatch.setenv("PATH", "")
    (page,) = read(stamped)
    assert texts(page) == STAMP.split()
    assert [notice.words for notice in page.notices] == [scans.STAMP.words]


def test_a_cover_whose_picture_holds_no_more_words_keeps_its_own(stamped, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", program(tmp_path, table("DocuSign")) + ":/usr/bin:/bin")
    (page,) = read(stamped)
    assert texts(page) == STAMP.split()
    assert not page.notices


def test_a_picture_in_which_no_words_are_found_is_told_of(scanned, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", program(tmp_path, table()) + ":/usr/bin:/bin")
    pages = read(scanned)
    assert [[notice.words for notice in page.notices] for page in pages] == [[], [scans.EMPTY.words], []]


def test_signs_that_end_lines_elsewhere_do_not_end_a_row_of_tesseracts_table(scanned, tmp_path, monkeypatch):
    words = ["decent\u2028work", "for\x0call", "member\x85states", "cost\rfree"]
    monkeypatch.setenv("PATH", program(tmp_path, table(*words)) + ":/usr/bin:/bin")
    assert texts(read(scanned)[1]) == ["decent work", "for all", "member states", "cost free"]


def test_a_table_that_makes_no_sense_is_a_failure(scanned, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", program(tmp_path, table("a").replace("300", "wide")) + ":/usr/bin:/bin")
    assert [notice.words for notice in read(scanned)[1].notices] == [scans.FAILED.words]


def test_a_program_that_fails_leaves_a_notice(scanned, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", program(tmp_path, "exit 1"))
    assert tesseract.languages() == {"eng"}
    (notice,) = read(scanned)[1].notices
    assert notice.words == scans.FAILED.words


def test_only_pages_almost_without_words_are_recognised():
    word = Word("a" * 160, (0, 0, 9, 9), 9)
    assert scans.needed(Page(1, 595, 842, (word,), pictured=True))
    assert not scans.needed(Page(1, 595, 842, (word, word), pictured=True))
    assert not scans.needed(Page(1, 595, 842, ()))
