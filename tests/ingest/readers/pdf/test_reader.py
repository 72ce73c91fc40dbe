"""The reader of PDFs, from a file to its layout."""

from __future__ import annotations

import pickle

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer, Table

from ingest.elements import Layout, Notice, Properties
from ingest.readers.pdf import opening
from ingest.readers.pdf.page import Page
from ingest.readers.pdf.reader import assemble, read, read_part
from tests.ingest.readers.pdf.sheets import Sheet, laid_out, told

BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10.5, leading=13, spaceAfter=6, alignment=4)
HEAD = ParagraphStyle("head", fontName="Times-Bold", fontSize=14, leading=17, spaceAfter=6, keepWithNext=1)
ITEM = ParagraphStyle("item", BODY, leftIndent=18, bulletIndent=0)
SENTENCES = [
    f"In the year {year} the ministers agreed that labour inspection, social protection and the recognition "
    f"of skills need common work, and that meeting {year - 2000} of senior officials would look at it again."
    for year in range(2001, 2031)
]


def written(path, story, columns=1):
    """Write a PDF with a running head and page numbers, in one column or two."""

    def furniture(canvas, document):
        canvas.setFont("Times-Italic", 9)
        canvas.drawString(62, A4[1] - 50, "ASEAN Labour Ministers’ Work Programme")
        canvas.drawCentredString(A4[0] / 2, 40, str(document.page))

    width = (A4[0] - 124 - 18 * (columns - 1)) / columns
    frames = [Frame(62 + i * (width + 18), 70, width, A4[1] - 150, 0, 0, 0, 0) for i in range(columns)]
    document = BaseDocTemplate(str(path), pagesize=A4, title="Work Programme")
    document.addPageTemplates(PageTemplate(frames=frames, onPage=furniture))
    document.build(story)
    return path


def story():
    made = [Paragraph("Recommendations of the Seminar", HEAD)]
    made += [Paragraph(sentence, BODY) for sentence in SENTENCES[:15]]
    made += [Paragraph("Follow-up by Member States", HEAD)]
    made += [Paragraph(text, ITEM, bulletText=f"{i}.") for i, text in enumerate(SENTENCES[15:], 1)]
    return made


EXPECTED = [
    "heading1 Recommendations of the Seminar",
    *(f"paragraph {sentence}" for sentence in SENTENCES[:15]),
    "heading1 Follow-up by Member States",
    *(f"item0 {i}. {text}" for i, text in enumerate(SENTENCES[15:], 1)),
]


@pytest.mark.parametrize("columns", [1, 2])
def test_a_file_is_read_in_order_without_its_furniture(tmp_path, columns):
    layout = read(written(tmp_path / "plan.pdf", story(), columns))
    assert told(layout) == EXPECTED
    assert layout.pages > 1
    assert layout.properties.title == "Work Programme"


def test_a_ruled_table_stands_at_its_place_as_one_over_the_page_break(tmp_path):
    rows = [["Activity", "Coordinator"], *([f"Workshop {i}", "Viet Nam"] for i in range(1, 61))]
    grid = Table(rows, colWidths=[200, 200], repeatRows=1, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])
    before, after = (Paragraph(text, BODY) for text in SENTENCES[:2])
    layout = read(written(tmp_path / "plan.pdf", [before, Spacer(1, 12), grid, Spacer(1, 12), after]))
    assert told(layout) == [f"paragraph {SENTENCES[0]}", rows, f"paragraph {SENTENCES[1]}"]
    assert layout.pages > 1


def test_parts_read_apart_make_the_layout_that_one_part_makes(tmp_path):
    path = written(tmp_path / "plan.pdf", story(), 2)
    found = opening.survey(path)
    parts = [read_part(opening.pages(path, found, page, page)) for page in range(1, found.pages + 1)]
    sent = [pickle.loads(pickle.dumps(part)) for part in parts]
    assert assemble(sent, found.properties, found.notices) == read(path)


def test_what_is_to_be_said_of_pages_names_them():
    said = Notice("Words printed sideways were left out.")
    pages = [Page(number, 595, 842, (), notices=(said,) * (number != 2)) for number in (1, 2, 3)]
    layout = assemble([read_part(pages[:2]), read_part(pages[2:])], Properties("T"), [Notice("Repaired.")])
    assert layout.notices == (Notice("Repaired."), Notice(said.words, (1, 3)))
    assert (layout.pages, layout.properties) == (3, Properties("T"))


def test_recognised_pages_are_named():
    part = read_part([Sheet(1).line("Work").page(), Sheet(2).line("Plan").page(ocr=True)], lambda page: ())
    assert assemble([part]).ocr == {2}


def test_a_file_without_pages_or_words_has_an_empty_layout():
    assert assemble([]) == Layout(())
    assert laid_out(Sheet(1), Sheet(2)) == Layout((), 2)
