"""Depth of items and paragraphs in Word files: by the levels of a list, and by how far others are set in."""

import docx
import pytest

from ingest.readers.docx import read
from tests.ingest.layouts import parts
from tests.ingest.readers.word_files import (
    cell,
    definition,
    level,
    listed,
    paragraph,
    row,
    style,
    styled,
    table,
    use,
    write,
)  # fmt: skip


def indent(left, hanging=360):
    return f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>'


LISTS = (
    definition(0, level(0, "decimal", "%1.", indent(360)), level(1, "lowerLetter", "(%2)", indent(720)))
    + definition(1, level(0, "bullet", "•", indent(720)))
    + definition(2, level(0, "bullet", "•", indent(360)))
    + use(1, 0) + use(2, 1) + use(3, 2)
)  # fmt: skip


@pytest.fixture
def depths(tmp_path):
    def read_depths(*body, **more):
        found = read(write(tmp_path / "a.docx", "".join(body), numbering=LISTS, **more))
        return [(element.label, element.level) for element in parts(found)]

    return read_depths


def test_a_list_that_is_indented_deeper_is_nested(depths):
    body = (listed("A", 1), listed("x", 2), listed("Aa", 1, 1), listed("B", 1), listed("y", 2))
    assert depths(*body) == [("1.", 0), ("•", 1), ("(a)", 1), ("2.", 0), ("•", 1)]


def test_a_list_with_the_same_indent_is_not_nested(depths):
    assert depths(listed("A", 1), listed("x", 3), listed("B", 1)) == [("1.", 0), ("•", 0), ("2.", 0)]


def test_a_list_of_its_own_is_not_nested_however_far_it_is_set_in(depths):
    body = (listed("A", 1), paragraph("Words at the margin."), listed("x", 2), listed("Aa", 1, 1))
    assert depths(*body) == [("1.", 0), ("", 0), ("•", 0), ("(a)", 0)]


def test_a_list_goes_on_after_a_paragraph(depths):
    body = (listed("A", 1), paragraph("Words at the margin."), listed("Aa", 1, 1), listed("B", 1))
    assert depths(*body) == [("1.", 0), ("", 0), ("(a)", 1), ("2.", 0)]


def test_a_paragraph_set_in_as_an_item_is_belongs_to_it(depths):
    inside = paragraph("More.", properties='<w:ind w:left="720"/>')
    further_out = paragraph("More.", properties='<w:ind w:left="360"/>')
    body = (listed("A", 1), listed("Aa", 1, 1), inside, further_out, paragraph("Words."), inside)
    assert depths(*body) == [("1.", 0), ("(a)", 1), ("", 2), ("", 1), ("", 0), ("", 0)]


def test_where_all_paragraphs_are_set_in_none_belongs_to_an_item(depths):
    body = paragraph("Words.", properties='<w:ind w:left="720"/>')
    assert depths(body, listed("A", 1), body) == [("", 0), ("1.", 0), ("", 0)]


def test_an_empty_paragraph_between_items_tells_nothing(depths):
    assert depths(listed("A", 1), paragraph(""), listed("x", 2)) == [("1.", 0), ("•", 1)]


def test_an_indent_of_a_style_or_a_paragraph_comes_before_that_of_the_list(depths):
    def set_in(left, more=""):
        return f'<w:pPr>{more}<w:ind w:left="{left}"/></w:pPr>'

    styles = style("Deep", set_in(1080, '<w:numPr><w:numId w:val="2"/></w:numPr>'))
    place = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr><w:ind w:left="720"/>'
    body = (listed("A", 1), paragraph("x", properties=place), styled("y", "Deep"), listed("B", 1))
    assert depths(*body, styles=styles) == [("1.", 0), ("•", 1), ("•", 2), ("2.", 0)]


def test_a_heading_ends_the_lists_before_it(depths):
    body = (listed("A", 1), styled("Part", "heading1"), listed("x", 2))
    assert depths(*body, styles=style("heading 1")) == [("1.", 0), ("", 1), ("•", 0)]


def test_a_list_in_a_cell_is_not_part_of_the_one_before_the_table(tmp_path):
    body = listed("A", 1) + table(row(cell(listed("x", 2)), cell("y")), row(cell("z"), cell("u")))
    found = read(write(tmp_path / "a.docx", body + listed("v", 2), numbering=LISTS))
    before, grid, after = parts(found)
    assert (before.level, grid.rows[0][0].content[0].level, after.level) == (0, 0, 1)


def test_the_list_styles_of_a_word_processor_are_nested(tmp_path):
    made = docx.Document()
    names = (
        "List Number",
        "List Number 2",
        "List Bullet 3",
        "List Continue 3",
        "List Number 2",
        "List Bullet",
    )
    for name in names:
        made.add_paragraph("words", style=name)
    made.save(tmp_path / "a.docx")
    found = [(element.label, element.level) for element in parts(read(tmp_path / "a.docx"))]
    assert found == [("1.", 0), ("1.", 1), ("•", 2), ("", 3), ("2.", 1), ("•", 0)]
