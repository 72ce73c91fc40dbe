"""Rows, lines and columns of a page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.elements import Element, ElementKind, Run, Table, TableCell
from ingest.readers.pdf.flow import flow_of
from ingest.readers.pdf.found import FoundTable
from ingest.readers.pdf.page import Word
from tests.ingest.readers.pdf.sheets import Sheet, laid_out, told

LEFT = (
    "The member states of the association agree that the protection of migrant workers is a task that they "
    "share and that it asks for common rules which every one of them will write into its own laws before the "
    "year has ended"
)
RIGHT = (
    "Senior officials will meet twice a year to look at what has been done and to prepare the reports that "
    "ministers receive at their yearly meeting where the next steps of the programme are chosen and costed "
    "by all the parties"
)


def texts(sheet):
    return [line.text for line in flow_of(sheet.page()).lines]


def columns(sheet, left=LEFT, right=RIGHT, top=72.0, down=0.0):
    sheet.top = top
    sheet.paragraph(left, 72, 287)
    bottom, sheet.top = sheet.top, top + down
    sheet.paragraph(right, 308, 523)
    sheet.top = max(bottom, sheet.top)
    return sheet


def flat(*parts):
    return [part if part.startswith(("heading", "item")) else f"paragraph {part}" for part in parts]


def test_words_on_one_baseline_are_one_line_from_left_to_right():
    sheet = Sheet()
    sheet.word("work", 130, 100)
    sheet.word("decent", 90, 100.4)
    assert texts(sheet) == ["decent work"]


def test_a_raised_number_is_the_mark_of_the_word_before_it():
    assert texts(Sheet().line("the report^12 of 2003")) == ["the report¹² of 2003"]


def test_a_number_that_is_small_but_not_raised_stays_a_number():
    sheet = Sheet()
    end = sheet.word("report", 72, 100)
    sheet.word("12", end + 3, 100, size=7)
    assert texts(sheet) == ["report 12"]


def test_raised_letters_stand_with_their_word():
    sheet = Sheet()
    end = sheet.word("3", 72, 100)
    end = sheet.word("rd", end, 96.5, size=6.5)
    sheet.word("Conference", end + 3, 100)
    assert texts(sheet) == ["3rd Conference"]


def test_a_change_of_font_in_mid_word_leaves_no_space():
    sheet = Sheet()
    end = sheet.word("Labour", 72, 100, bold=True)
    end = sheet.word(",", end, 100)
    sheet.word("work", end + 2.75, 100)
    assert texts(sheet) == ["Labour, work"]


def test_recognised_words_have_no_raised_numbers_since_their_sizes_are_guesses():
    sheet = Sheet().line("the report^12 of")
    assert flow_of(sheet.page(ocr=True)).lines[0].text == "the report 12 of"


def test_a_line_is_underlined_by_a_rule_below_its_words_and_not_by_one_across_the_page():
    sheet = Sheet().line("Gender Equality")
    width = sheet.words[-1].box[2] - 72
    under = replace(sheet.page(), rules=Sheet().rule(72, width, down=12).page().rules)
    across = replace(sheet.page(), rules=Sheet().rule(72, 451, down=12).page().rules)
    assert flow_of(under).lines[0].strong
    assert not flow_of(across).lines[0].strong


@pytest.mark.parametrize("down", [0.0, 3.0, 4.4, 6.6, 9.0])
def test_two_columns_are_read_one_after_the_other_wherever_their_baselines_are(down):
    assert told(laid_out(columns(Sheet(), down=down))) == flat(LEFT, RIGHT)


def test_a_paragraph_goes_on_in_the_next_column():
    words = f"{LEFT} and {RIGHT}".split(" ")
    left, right = " ".join(words[:45]), " ".join(words[45:])
    assert told(laid_out(columns(Sheet(), left, right))) == [f"paragraph {LEFT} and {RIGHT}"]


def test_what_runs_across_both_columns_stands_between_what_is_above_and_below():
    head = "Conclusions of the Meeting of Senior Labour Officials, Mataram"
    sheet = columns(Sheet())
    sheet.top += 12
    sheet.lines([head], 120, 16, bold=True, after=12)
    columns(sheet, LEFT.upper(), RIGHT.upper(), sheet.top)
    assert told(laid_out(sheet)) == flat(LEFT, RIGHT, f"heading1 {head}", LEFT.upper(), RIGHT.upper())


def test_a_short_larger_line_with_nothing_beside_it_stands_across_both_columns():
    sheet = columns(Sheet())
    sheet.top += 12
    sheet.lines(["Conclusions"], 72, 16, after=12)
    columns(sheet, LEFT.upper(), RIGHT.upper(), sheet.top)
    assert told(laid_out(sheet)) == flat(LEFT, RIGHT, "heading1 Conclusions", LEFT.upper(), RIGHT.upper())


def test_a_heading_within_a_column_stays_in_it():
    sheet = Sheet()
    sheet.paragraph(RIGHT, 72, 287, after=12).lines(["Conclusions"], 72, 14, after=4).paragraph(LEFT, 72, 287)
    sheet.top = 72
    sheet.paragraph(f"{LEFT} {RIGHT} {LEFT}", 308, 523)
    assert told(laid_out(sheet)) == flat(RIGHT, "heading1 Conclusions", LEFT, f"{LEFT} {RIGHT} {LEFT}")


def test_a_column_of_items_is_a_column():
    sheet = Sheet().paragraph(LEFT, 72, 287)
    sheet.top = 72
    sheet.item("(a)", RIGHT, 308).item("(b)", LEFT, 308)
    assert told(laid_out(sheet)) == flat(LEFT, f"item0 (a) {RIGHT}", f"item0 (b) {LEFT}")


def test_labels_before_their_values_are_no_column():
    sheet = Sheet()
    for label, value in (
        ("Date", "9 May"),
        ("Place", "Bali"),
        ("Chair", "Brunei"),
        ("Host", "ILO"),
        ("Note", "none"),
    ):
        sheet.line(label)
        sheet.lines([value], 308, leading=20)
    assert texts(sheet) == ["Date 9 May", "Place Bali", "Chair Brunei", "Host ILO", "Note none"]


def table(page, box, text="Brunei Darussalam"):
    cell = TableCell((Element(ElementKind.PARAGRAPH, (Run(text, page),)),))
    return FoundTable(page, box, Table(((cell, cell), (cell, cell))), (box[0], 100.0, box[2]), page)


def test_a_table_stands_at_its_place_and_its_words_are_left_out():
    sheet = Sheet().paragraph(LEFT).lines(["Brunei Darussalam"] * 2, 80, after=8).paragraph(RIGHT)
    top = sheet.words[len(LEFT.split())].box[1]
    found = table(1, (72.0, top - 2, 523.0, top + 28))
    rows = [["Brunei Darussalam"] * 2] * 2
    assert told(laid_out(sheet, find=lambda page: [found])) == [*flat(LEFT), rows, *flat(RIGHT)]


def test_a_table_within_a_column_stands_in_that_column():
    sheet = Sheet().paragraph(LEFT, 72, 287)
    top = sheet.top
    sheet.top += 40
    sheet.paragraph(LEFT.upper(), 72, 287)
    sheet.top = 72
    sheet.paragraph(f"{RIGHT}, {RIGHT}", 308, 523)
    found = table(1, (72.0, top, 287.0, top + 34))
    rows = [["Brunei Darussalam"] * 2] * 2
    assert told(laid_out(sheet, find=lambda page: [found])) == [
        *flat(LEFT), rows, *flat(LEFT.upper(), f"{RIGHT}, {RIGHT}")
    ]  # fmt: skip


def test_one_row_that_goes_on_with_no_table_is_text():
    found = table(1, (72.0, 70.0, 523.0, 90.0))
    single = replace(found, table=Table(found.table.rows[:1]))
    assert told(laid_out(Sheet(), find=lambda page: [single])) == flat(
        "Brunei Darussalam", "Brunei Darussalam"
    )


def test_a_page_of_words_far_apart_is_read_in_good_time():
    sheet = Sheet(width=14400)
    sheet.words = [
        Word("x", (x * 10.0, y * 12.0, x * 10.0 + 2, y * 12.0 + 10), 10)
        for x in range(400)
        for y in range(50)
    ]
    assert len(texts(sheet)) == 50


def test_a_table_seen_in_running_text_of_two_columns_is_none():
    sheet = columns(Sheet())
    found = table(1, (72.0, 80.0, 523.0, sheet.top))
    assert told(laid_out(sheet, find=lambda page: [found])) == flat(LEFT, RIGHT)


def test_a_table_without_rules_stays_one_where_its_rows_end_at_one_height_in_all_columns():
    sheet = Sheet()
    for text in (LEFT, RIGHT, LEFT, RIGHT):
        columns(sheet, text, text, sheet.top)
        sheet.top += 6
    found = table(1, (72.0, 70.0, 523.0, sheet.top))
    assert told(laid_out(sheet, find=lambda page: [found])) == [[["Brunei Darussalam"] * 2] * 2]


def test_a_table_with_rules_stays_one():
    sheet = columns(Sheet()).rule(72, 451)
    found = table(1, (72.0, 70.0, 523.0, sheet.top))
    assert told(laid_out(sheet, find=lambda page: [found])) == [[["Brunei Darussalam"] * 2] * 2]


@pytest.mark.parametrize("size", [19, 26, 28])
def test_the_spaces_of_large_print_are_no_gutter(size):
    sheet = Sheet()
    said = [f"Recommendation {n}: publish all costs of work" for n in "123456789"]
    sheet.lines(said, left=20, size=size)
    assert texts(sheet) == said
