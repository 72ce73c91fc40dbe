"""Word files: what is shown on their pages, and nothing else."""

import zipfile

import docx
import pytest

from ingest.elements import ElementKind, Properties, Table
from ingest.readers.docx import read
from ingest.readers.word.unread import ATTACHED, EMBEDDED, PICTURED
from tests.ingest.layouts import parts
from tests.ingest.readers.word_files import (
    SPACES,
    cell,
    paragraph,
    relations,
    row,
    style,
    styled,
    table,
    words,
    write,
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.docx"


def texts(layout):
    return [" ".join(run.text for run in element.runs) for element in layout.elements]


def body(path, *parts, **more):
    return read(write(path, "".join(parts), **more))


def cells_of(found: Table):
    return [
        [
            None
            if one is None
            else (" ".join(r.text for e in one.content for r in e.runs), one.rows, one.columns)
            for one in line
        ]
        for line in found.rows
    ]


def test_a_file_of_python_docx_is_read(path):
    made = docx.Document()
    made.core_properties.title, made.core_properties.author = "A plan", "ASEAN"
    made.add_heading("Work plan", 0)
    made.add_heading("Aims", 2)
    made.add_paragraph("It holds a forum.")
    made.add_paragraph("Promote rights", style="List Number")
    made.add_paragraph("Train officials", style="List Number")
    made.add_paragraph("Meet", style="List Bullet")
    made.save(path)
    found = read(path)
    kept = [(e.kind, e.level, e.label) for e in parts(found)]
    assert kept == [
        (ElementKind.HEADING, 1, ""), (ElementKind.HEADING, 2, ""), (ElementKind.PARAGRAPH, 0, ""),
        (ElementKind.ITEM, 0, "1."), (ElementKind.ITEM, 0, "2."), (ElementKind.ITEM, 0, "•"),
    ]  # fmt: skip
    assert found.properties.title == "A plan"
    assert found.properties.created[:2] == "20"
    assert found.pages == 0


def test_headings_are_told_by_style_and_by_outline_level(path):
    styles = (
        style("heading 3")
        + style("Mine", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>')
        + style("Yours", based="Mine")
    )
    own = paragraph("D", properties='<w:outlineLvl w:val="0"/>')
    text = paragraph("E", properties='<w:pStyle w:val="Mine"/><w:outlineLvl w:val="9"/>')
    found = body(
        path, styled("A", "heading3"), styled("B", "Mine"), styled("C", "Yours"), own, text, styles=styles
    )
    assert [element.level for element in found.elements] == [3, 2, 2, 1, 0]


def test_styles_that_are_based_on_each_other_end(path):
    styles = style("A", based="B") + style("B", based="A")
    assert texts(body(path, styled("Words", "A"), styles=styles)) == ["Words"]


def test_a_line_is_strong_where_all_of_it_is_bold_or_underlined(path):
    styles = style("Bold", "<w:rPr><w:b/></w:rPr>", kind="character") + style("Loud", "<w:rPr><w:b/></w:rPr>")
    found = body(
        path,
        paragraph(words("one", "<w:b/>"), words("two", '<w:u w:val="single"/>')),
        paragraph(words("one", "<w:b/>"), words("two")),
        paragraph(words("one", '<w:rStyle w:val="Bold"/>')),
        styled("one", "Loud"),
        paragraph(words("one", '<w:u w:val="none"/>')),
        paragraph(words("one", '<w:b w:val="0"/>'), properties='<w:pStyle w:val="Loud"/>'),
        styles=styles,
    )
    assert [element.strong for element in found.elements] == [True, False, True, True, False, False]


def test_insertions_are_kept_and_deletions_left_out(path):
    line = paragraph(
        "It ",
        f"<w:ins>{words('shall ')}</w:ins>",
        "<w:del><w:r><w:delText>may </w:delText></w:r></w:del>",
        "hold",
    )
    moved = paragraph(f"<w:moveFrom>{words('gone')}</w:moveFrom>", f"<w:moveTo>{words('here')}</w:moveTo>")
    assert texts(body(path, line, moved)) == ["It shall hold", "here"]


def test_links_fields_and_controls_show_their_words(path):
    found = body(
        path,
        "<w:sdt><w:sdtPr/><w:sdtContent>" + paragraph("In a control") + "</w:sdtContent></w:sdt>",
        paragraph(
            f"<w:hyperlink>{words('a link')}</w:hyperlink>", f"<w:smartTag>{words(' and more')}</w:smartTag>"
        ),
        paragraph(
            "<w:r><w:instrText>PAGEREF x</w:instrText></w:r>", f"<w:fldSimple>{words('7')}</w:fldSimple>"
        ),
        paragraph(words("hidden", "<w:vanish/>"), words("shown")),
    )
    assert texts(found) == ["In a control", "a link and more", "7", "shown"]


def test_a_text_box_stands_once_after_its_paragraph(path):
    box = f"<w:txbxContent>{paragraph('In the box')}</w:txbxContent>"
    drawn = (
        f"<w:r><mc:AlternateContent><mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    old = f"<w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r>"
    assert texts(body(path, paragraph("Before", drawn), paragraph(old, "After"))) == [
        "Before",
        "In the box",
        "After",
        "In the box",
    ]


def test_breaks_end_lines_and_tabs_are_spaces(path):
    line = paragraph(words("one"), "<w:r><w:br/></w:r>", words("two"), "<w:r><w:tab/></w:r>", words("three"))
    found = body(path, line).elements[0]
    assert [" ".join(run.text.split()) for run in found.runs] == ["one", "two three"]


def test_signs_hyphens_and_raised_numbers_are_written_as_shown(path):
    signs = '<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    dash = "<w:r><w:t>ASEAN</w:t><w:noBreakHyphen/><w:t>OSHNET</w:t><w:softHyphen/></w:r>"
    up = '<w:vertAlign w:val="superscript"/>'
    found = body(
        path, paragraph(signs), paragraph(dash), paragraph("m", words("2", up), " the 4", words("th", up))
    )
    assert texts(found) == ["•✓", "ASEAN-OSHNET", "m² the 4th"]


def test_notes_follow_the_paragraph_with_their_numbers_as_shown(path):
    def refer(kind, number):
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    def note(kind, number, text):
        return f'<w:{kind} w:id="{number}">{paragraph(words(" " + text))}</w:{kind}>'

    found = body(
        path,
        paragraph("First", refer("footnote", 7), " and second", refer("footnote", 5), refer("endnote", 2)),
        paragraph("Again", refer("footnote", 7)),
        footnotes=note("footnote", 5, "Five.") + note("footnote", 7, "Seven."),
        endnotes=note("endnote", 2, "The end."),
    )
    assert texts(found)[0] == "First¹ and second²¹"
    assert [(e.label, e.runs[0].text.strip()) for e in found.elements if e.kind is ElementKind.NOTE] == [
        ("¹", "Seven."), ("²", "Five."), ("¹", "The end."),
    ]  # fmt: skip
    assert texts(found)[-1] == "Again¹"


def test_a_mark_of_the_authors_own_stands_in_the_words(path):
    mark = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="3"/><w:t>*</w:t></w:r>'
    notes = f'<w:footnote w:id="3">{paragraph("* Of labour.")}</w:footnote>'
    found = body(path, paragraph("Ministers", mark), footnotes=notes)
    assert [(e.label, texts(found)[n].strip()) for n, e in enumerate(found.elements)] == [
        ("", "Ministers*"), ("", "* Of labour."),
    ]  # fmt: skip


def test_notes_that_refer_to_each_other_end(path):
    def note(number, other):
        refer = f'<w:r><w:footnoteReference w:id="{other}"/></w:r>'
        return f'<w:footnote w:id="{number}">{paragraph("Note", refer)}</w:footnote>'

    start = paragraph("Words", '<w:r><w:footnoteReference w:id="1"/></w:r>')
    found = body(path, start, footnotes=note(1, 2) + note(2, 1))
    assert len(found.elements) == 2


def test_cells_merged_over_columns_and_rows_are_one(path):
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    found = body(
        path,
        table(
            row(cell("A", properties=down), cell("B", properties='<w:gridSpan w:val="2"/>')),
            row(cell("", properties=on), cell("C"), cell("D")),
            row(cell("E"), cell("F", properties="<w:vMerge/>"), cell("G")),
        ),
    ).elements[0]
    assert cells_of(found) == [
        [("A", 2, 1), ("B", 1, 2), None],
        [None, ("C", 2, 1), ("D", 1, 1)],
        [("E", 1, 1), None, ("G", 1, 1)],
    ]


def test_rows_marked_as_heads_are_heads_and_so_is_a_row_in_bold(path):
    head, bold = "<w:tblHeader/>", lambda text: cell(paragraph(words(text, "<w:b/>")))
    marked = table(row(cell("A"), cell("B"), properties=head), row(cell("a"), cell("b")))
    told = table(row(bold("A"), bold("B")), row(cell("a"), cell("b")))
    plain = table(row(cell("A"), cell("B")), row(cell("a"), cell("b")))
    assert [found.header for found in body(path, marked, told, plain).elements] == [1, 1, 0]


def test_a_table_in_a_cell_is_part_of_what_the_cell_holds(path):
    inner = table(row(cell("one"), cell("two")))
    found = body(path, table(row(cell("before", inner, "after"), cell("beside")))).elements[0]
    assert cells_of(found)[0][0][0] == "before one two after"


def test_deleted_rows_are_left_out_and_skipped_columns_are_blank(path):
    found = body(
        path,
        table(
            row(cell("A"), cell("B")),
            row(cell("gone"), cell("gone"), properties="<w:del/>"),
            row(cell("b"), properties='<w:gridBefore w:val="1"/>'),
        ),
    ).elements[0]
    assert cells_of(found) == [[("A", 1, 1), ("B", 1, 1)], [("", 1, 1), ("b", 1, 1)]]


def test_notes_in_a_table_follow_it(path):
    refer = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    note = f'<w:footnote w:id="1">{paragraph("A note.")}</w:footnote>'
    found = body(path, table(row(cell(paragraph("A", refer)), cell("B"))), paragraph("Then"), footnotes=note)
    assert isinstance(found.elements[0], Table)
    assert [element.kind for element in found.elements[1:]] == [ElementKind.NOTE, ElementKind.PARAGRAPH]


def test_lines_that_end_in_a_tab_and_a_page_are_contents(path):
    lines = [paragraph(f"Part {n}", "<w:r><w:tab/></w:r>", str(n * 3)) for n in (1, 2, 3)]
    found = body(path, *lines, paragraph("Total", "<w:r><w:tab/></w:r>", "45"), paragraph("Words"))
    assert cells_of(found.elements[0])[:2] == [
        [("Part 1", 1, 1), ("3", 1, 1)],
        [("Part 2", 1, 1), ("6", 1, 1)],
    ]
    hostile = body(path, paragraph("Words", "<w:r>" + "<w:tab/>" * 30_000 + "</w:r>", "x"))
    assert texts(hostile)[0].split() == ["Words", "x"]
    alone = body(path, lines[0], paragraph("Words"))
    assert texts(alone) == ["Part 1\t3", "Words"]


def test_a_file_says_who_wrote_it_only_where_it_does(path):
    assert body(path, paragraph("Words")).properties == Properties()


def test_a_strict_file_is_read(path):
    write(path, paragraph("Words"))
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"

    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(
                name, data.replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", strict)
            )
    assert texts(read(path)) == ["Words"]


def test_a_document_under_another_name_is_found(path):

    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_rels/.rels", relations({"officeDocument": "/word/document2.xml"}))
        archive.writestr(
            "word/document2.xml", f"<w:document {SPACES}><w:body>{paragraph('Words')}</w:body></w:document>"
        )
    assert texts(read(path)) == ["Words"]


def picture(width, what='<a:blip xmlns:a="urn:a"/>'):
    """A run with a drawing, its sides in centimetres."""
    sides = f'<wp:extent xmlns:wp="urn:wp" cx="{360_000 * width}" cy="{360_000 * 8}"/>'
    return f"<w:r><w:drawing>{sides}{what}</w:drawing></w:r>"


@pytest.mark.parametrize(("held", "notices"), [
    (paragraph("Words", *[picture(12)] * 3), (PICTURED,)),
    (paragraph("Words", picture(2)), ()),
    (paragraph("Words", picture(12, "<w:txbxContent><w:p/></w:txbxContent>")), ()),
    (paragraph("Words", '<w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>'), (PICTURED,)),
    (paragraph("Words", '<w:r><w:object><v:shape><v:imagedata/></v:shape></w:object></w:r>'), (EMBEDDED,)),
    (paragraph("Words") + "<w:altChunk/>" + table(row(cell(paragraph(picture(9))))), (PICTURED, ATTACHED)),
])  # fmt: skip
def test_pictures_and_other_files_in_a_file_are_told_of_once(path, held, notices):
    assert body(path, held).notices == notices


def test_columns_beyond_those_that_word_makes_are_kept(path):
    (wide,) = body(path, table(row(*(cell(f"{n}") for n in range(80))))).elements
    assert [one[0] for one in cells_of(wide)[0]] == [str(n) for n in range(80)]
    (wider,) = body(path, table(row(*(cell(f"{n}") for n in range(1003))))).elements
    assert cells_of(wider)[0][-1] == ("999 1000 1001 1002", 1, 1)
