"""Tables of layouts: rows with the heads of their columns, merged cells, outlines, lists of terms."""

from dataclasses import replace

from corpus.documents import BlockKind
from tests.ingest.layouts import cell, composed, heading, item, paragraph, table
from tests.ingest.reading import of_kind

HEAD = ("Theme", "Activity", "Partner")


def rows(document):
    kept = [block for block in document.blocks if block.kind is BlockKind.ROW]
    return [
        [(part.head, " ".join(document.slice(part.spans).split()), part.filled) for part in block.cells]
        for block in kept
    ]


def test_each_cell_has_the_head_of_its_column():
    found = composed(table(HEAD, ("Skills", "Hold a forum", "ILO"), header=1))
    assert rows(found) == [
        [("Theme", "Skills", False), ("Activity", "Hold a forum", False), ("Partner", "ILO", False)]
    ]
    assert of_kind(found, BlockKind.FURNITURE) == ["Theme Activity Partner"]


def test_a_merged_cell_holds_for_the_rows_it_covers_and_a_blank_one_is_empty():
    found = composed(
        table(
            HEAD,
            (cell("Skills", rows=2), "Hold a forum", ""),
            (None, "Train officials", "ILO"),
            ("", "Meet", ""),
        )
    )
    assert rows(found) == [
        [("Theme", "Skills", False), ("Activity", "Hold a forum", False)],
        [("Theme", "Skills", True), ("Activity", "Train officials", False), ("Partner", "ILO", False)],
        [("Activity", "Meet", False)],
    ]


def test_where_no_cell_is_merged_a_blank_on_the_left_means_the_same_as_above():
    found = composed(table(HEAD, ("Skills", "Hold a forum", ""), ("", "Train officials", "ILO")))
    assert rows(found)[1][0] == ("Theme", "Skills", True)


def test_a_cell_merged_over_columns_has_no_head():
    found = composed(
        table(HEAD, ("Skills", cell("Postponed to 2013", columns=2), None), ("Jobs", "Meet", "ILO"))
    )
    assert rows(found)[0] == [("Theme", "Skills", False), ("", "Postponed to 2013", False)]


def test_two_rows_of_heads_are_joined():
    found = composed(
        table(
            (cell("Activity", rows=2), cell("Year", columns=2), None), (None, "2012", "2013"),
            ("Hold a forum", "x", ""), header=2,
        )
    )  # fmt: skip
    assert rows(found) == [[("Activity", "Hold a forum", False), ("Year 2012", "x", False)]]


def test_heads_that_are_printed_again_are_no_row():
    found = composed(table(HEAD, ("a", "b", "c"), HEAD, ("d", "e", "f"), header=1))
    assert len(rows(found)) == 2


def test_a_row_that_is_one_cell_labels_the_rows_below_it():
    found = composed(
        table(HEAD, ("a", "b", "c"), (cell("Second group", columns=3), None, None), ("d", "e", "f"), header=1)
    )
    kept = [found.path_of(block.section) for block in found.blocks if block.kind is BlockKind.ROW]
    assert kept == [(), ("Second group",)]


def test_a_title_in_the_first_row_is_not_the_head_of_a_column():
    found = composed(table((cell("Plan for 2012", columns=3), None, None), HEAD, ("a", "b", "c"), header=1))
    assert [head for head, *_ in rows(found)[0]] == list(HEAD)


def test_a_table_of_two_columns_with_acronyms_is_a_list_of_terms():
    found = composed(
        table(("ILO", "International Labour Organization"), ("AMS", "Member States"), ("MRA", "Agreement"))
    )
    assert len(of_kind(found, BlockKind.DEFINITION)) == 3


def test_titles_with_page_numbers_are_contents():
    found = composed(table(("Work plan", "3"), ("Forum", "10"), ("Annex", "12")))
    assert of_kind(found, BlockKind.CONTENTS) == ["Work plan 3", "Forum 10", "Annex 12"]


def test_cells_that_hold_outlines_are_read_into_headings_and_items():
    inner = cell(
        paragraph("Gender equality", strong=True), item("Gender in labour", "1."), item("Study", "○", 1)
    )
    found = composed(
        table(("Key results", "Skilled", "Productive"), (cell("Areas"), inner, cell(item("Jobs", "2."))))
    )
    assert [section.title for section in found.sections] == ["Key results", "Areas", "Gender equality"]
    assert [block.number for block in found.blocks if block.kind is BlockKind.ITEM] == ["1", "", "2"]
    assert found.blocks[-1].cells[0].head == "Productive"


def test_paragraphs_of_a_cell_are_told_apart():
    found = composed(
        table(("Economic", cell("Recognise skills", "Enhance training")), ("Social", cell("Promote work")))
    )
    spans = found.blocks[0].cells[1].spans
    assert [found.slice([span]).strip() for span in spans] == ["Recognise skills", "Enhance training"]


def test_rows_without_words_leave_no_line():
    found = composed(table(("a", "b", "c"), ("", "", ""), ("d", "e", "f")))
    assert found.text == "a\tb\tc\nd\te\tf\n"


def test_a_heading_of_a_table_without_heads_heads_the_table_alone():
    found = composed(
        heading("A part", 1), heading("Pillars", 2), table(("Economic", "Skills"), ("Social", "Rights")),
        paragraph("Words that go on with the part."),
    )  # fmt: skip
    assert found.path_of(found.blocks[-1].section) == ("A part",)
    assert found.path_of(found.blocks[2].section) == ("A part", "Pillars")


def test_rows_of_uneven_length_are_read():
    found = composed(table(HEAD, ("a",), ("b", "c", "d", "e"), header=1))
    assert [len(row) for row in rows(found)] == [1, 4]


def test_angle_brackets_and_asterisks_in_a_cell_are_words():
    found = composed(table(HEAD, ("Skills <all>", "Hold *one* forum", "<ILO> or <UN>"), header=1))
    assert [words for _, words, _ in rows(found)[0]] == ["Skills <all>", "Hold *one* forum", "<ILO> or <UN>"]


def test_angle_brackets_in_a_cell_that_holds_an_outline_are_words():
    aims = cell(item("Train <p>eople", "•"), item("Ask <name>", "○", 1))
    found = composed(table(("Aims <new>", aims), ("More", "Words.")))
    assert of_kind(found, BlockKind.HEADING) == ["Aims <new>", "More"]
    assert of_kind(found, BlockKind.ITEM) == ["Train <p>eople", "Ask <name>"]


def test_the_cells_of_a_single_row_are_no_headings():
    found = composed(paragraph("Words."), table(("CHAIR", "SECRETARY")), paragraph("They signed the plan."))
    assert found.sections == ()
    assert of_kind(found, BlockKind.PARAGRAPH) == ["Words.", "CHAIR", "SECRETARY", "They signed the plan."]


def test_a_title_in_a_frame_of_its_own_is_a_heading():
    found = composed(table(("AIMS OF THE PLAN",)), paragraph("They signed the plan."))
    assert [section.title for section in found.sections] == ["AIMS OF THE PLAN"]


def test_a_list_of_one_term_is_its_definition():
    terms = replace(table(("ILO", "International Labour Organization")), terms=True)
    found = composed(heading("Terms"), terms, paragraph("They signed the plan."))
    assert of_kind(found, BlockKind.DEFINITION) == ["ILO International Labour Organization"]
    assert of_kind(found, BlockKind.HEADING) == ["Terms"]


def test_a_row_over_all_columns_at_the_end_of_a_table_heads_nothing():
    last = (cell("Source: ILO, 2012", columns=3), None, None)
    other = (cell("Figures of the Secretariat", columns=3), None, None)
    found = composed(
        heading("Plan"), table(HEAD, ("Skills", "Hold a forum", "ILO"), last, other), paragraph("They meet.")
    )
    assert [section.title for section in found.sections] == ["Plan"]
    assert of_kind(found, BlockKind.NOTE) == ["Source: ILO, 2012"]
    assert of_kind(found, BlockKind.PARAGRAPH) == ["Figures of the Secretariat", "They meet."]
