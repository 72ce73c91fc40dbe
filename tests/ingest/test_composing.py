"""From elements to the stored text and the structure found in it."""

import pytest

from corpus.documents import BlockKind
from ingest.composing import compose
from ingest.elements import Element, ElementKind, Layout, Notice, Properties, Run
from tests.ingest.layouts import composed, heading, item, note, paragraph, run, table
from tests.ingest.reading import of_kind, words


def text_of(*elements, pages=0):
    return compose(Layout(elements, pages)).text


def test_blocks_stand_apart_and_items_follow_each_other():
    text = text_of(
        heading("A title"), paragraph("Words."), item("one", "1."), item("two", "2."), paragraph("End.")
    )
    assert text == "A title\n\nWords.\n\n1. one\n2. two\n\nEnd.\n"


def test_lines_of_a_paragraph_are_joined_and_words_cut_by_a_hyphen_made_whole():
    lines = (Run("a plan of co-", joins=False), Run("oper", joins=True), Run("ation for all"))
    boxed = tuple(
        Run(line.text, 1, (0, n * 10, 100, n * 10 + 10), line.joins) for n, line in enumerate(lines)
    )
    assert text_of(paragraph(*boxed), pages=1) == "a plan of co- operation for all\n"


def test_pages_are_cut_at_form_feeds_blank_ones_included():
    found = compose(Layout((paragraph(run("one", 1)), paragraph(run("three", 3))), pages=4))
    assert [found.text[page.start : page.end] for page in found.pages] == ["one\n\f", "\f", "three\n\f", ""]


def test_a_layout_without_words_has_an_empty_text():
    found = compose(Layout((paragraph(" "), paragraph())))
    assert (found.text, found.pieces) == ("", ())
    assert len(found.pages) == 1


def test_what_a_layout_says_beside_its_words_is_handed_on():
    layout = Layout(
        (paragraph("Words."),), 0, frozenset({2}), (Notice("Page 2 is a scan."),), Properties("T", "A")
    )
    found = compose(layout)
    assert (found.ocr, found.notices, found.properties) == (layout.ocr, layout.notices, layout.properties)


def test_characters_that_no_file_holds_are_left_out():
    assert text_of(paragraph("a\x00b\ud800 c\u00add\te\x0bf")) == "ab\ufffd cd e f\n"


def test_headings_have_the_levels_that_the_layout_knows():
    found = composed(
        heading("First part", 1), paragraph("Words."), heading("Its section", 3), paragraph("Words."),
        heading("Another", 2), heading("Second part", 1),
    )  # fmt: skip
    assert [(section.title, section.level, section.parent) for section in found.sections] == [
        ("First part", 1, None), ("Its section", 2, 0), ("Another", 2, 0), ("Second part", 1, None),
    ]  # fmt: skip


def test_a_numbered_heading_stays_in_its_own_part_where_levels_are_known():
    found = composed(
        heading("Part A", 1), heading("Scope", 2, "1."), heading("Part B", 1), heading("Means", 2, "2.")
    )
    assert found.path_of(found.blocks[-1].section) == ("Part B", "Means")
    assert [block.number for block in found.blocks] == ["", "1", "", "2"]


def test_the_label_of_a_heading_that_is_no_number_belongs_to_its_title():
    found = composed(heading("Terms of reference", 1, "Annex IV"), paragraph("Words."))
    assert found.sections[0].title == "Annex IV Terms of reference"


def test_a_short_paragraph_is_no_heading_where_the_layout_knows_its_headings():
    found = composed(heading("A part"), paragraph("Ministry of Labour"), paragraph("Words of a sentence."))
    assert of_kind(found, BlockKind.PARAGRAPH) == ["Ministry of Labour", "Words of a sentence."]


def test_a_bold_line_between_known_headings_stands_below_them():
    found = composed(
        heading("A part"), paragraph("Aims of the Plan", strong=True), paragraph("Words."), heading("Next")
    )
    assert [section.parent for section in found.sections] == [None, 0, None]


def test_without_known_headings_the_rules_of_text_find_them():
    found = composed(paragraph("WORK PLAN OF THE NETWORK"), paragraph("It holds a forum each year."))
    assert of_kind(found, BlockKind.HEADING) == ["WORK PLAN OF THE NETWORK"]


def test_the_date_of_a_meeting_extends_the_heading_above_it():
    found = composed(
        heading("ASEAN Seminar on Labour"), paragraph("9-10 May 2011, Yogyakarta"), paragraph("Words.")
    )
    assert found.sections[0].title == "ASEAN Seminar on Labour, 9-10 May 2011, Yogyakarta"


def test_items_keep_their_numbers_and_nest_by_the_form_of_their_labels():
    found = composed(
        paragraph("They agreed to:"),
        item("promote rights:", "14."),
        item("of migrants", "(a)", 1),
        item("end", "15."),
    )
    kept = [
        (block.number, block.parent, block.depth) for block in found.blocks if block.kind is BlockKind.ITEM
    ]
    assert kept == [("14", None, 0), ("a", 1, 1), ("15", None, 0)]
    assert found.blocks[1].lead == 0


def test_a_label_of_unknown_form_is_no_part_of_the_words():
    found = composed(item("Definitions of terms", "Article 3"), item("Scope", "Article 4"))
    assert [(block.label, words(found, block)) for block in found.blocks] == [
        ("Article 3", "Definitions of terms"), ("Article 4", "Scope"),
    ]  # fmt: skip


def test_an_item_is_no_footnote_though_a_word_ends_like_its_mark():
    found = composed(paragraph("See Table1) for more."), item("the first aim", "1)"))
    assert of_kind(found, BlockKind.NOTE) == []


def test_notes_are_notes_and_interrupt_nothing():
    found = composed(
        paragraph("All partners² agreed on it."), note("Aside from the forum.", "²"), paragraph("Then.")
    )
    assert of_kind(found, BlockKind.NOTE) == ["² Aside from the forum."]
    assert of_kind(found, BlockKind.PARAGRAPH) == ["All partners² agreed on it.", "Then."]


def test_a_paragraph_after_a_note_goes_on_with_another_only_over_a_page_break():
    first = "These areas are skilled and adaptable workforce and the expanded social protection"
    apart = composed(
        heading("A"), paragraph(first), note("A note.", "¹"), paragraph("The bodies draw on it.")
    )
    assert len(of_kind(apart, BlockKind.PARAGRAPH)) == 2
    torn = composed(
        heading("A"), paragraph(run(first, 1)), note("A note.", "¹"), paragraph(run("The bodies draw.", 2)),
        pages=2,
    )  # fmt: skip
    assert len(of_kind(torn, BlockKind.PARAGRAPH)) == 1


def test_a_heading_never_swallows_the_paragraph_below_it():
    found = composed(heading("Cooperation with"), paragraph("its partners goes on."))
    assert of_kind(found, BlockKind.HEADING) == ["Cooperation with"]


def test_line_breaks_made_on_purpose_are_kept_and_lines_with_bullets_are_items():
    text = text_of(paragraph("They will:", "- hold a forum", "- train inspectors", "and officials"))
    assert text == "They will:\n- hold a forum\n- train inspectors\nand officials\n"
    found = composed(paragraph("They will:", "- hold a forum", "- train inspectors", "and officials"))
    assert of_kind(found, BlockKind.ITEM) == ["hold a forum", "train inspectors and officials"]


def test_lines_with_leaders_are_contents():
    found = composed(
        heading("Contents"), paragraph("Work plan of the network ...... 3"), item("Aims . . . . . 5", "1.")
    )
    assert of_kind(found, BlockKind.CONTENTS) == ["Work plan of the network ...... 3", "1. Aims . . . . . 5"]


def test_lines_of_a_list_of_abbreviations_are_its_entries():
    lines = (
        "ILO International Labour Organization",
        "SLOM Senior Labour Officials Meeting",
        "MRA Mutual Agreement",
    )
    found = composed(heading("List of Abbreviations"), *map(paragraph, lines))
    assert of_kind(found, BlockKind.DEFINITION) == list(lines)


def test_a_frame_around_a_text_is_no_table():
    found = composed(table(["Words in a frame."]), table(["More words."], ["And more."]))
    assert of_kind(found, BlockKind.PARAGRAPH) == ["Words in a frame.", "More words.", "And more."]


def test_an_element_without_words_leaves_no_trace():
    assert text_of(Element(ElementKind.ITEM, (Run(" "),), label="3."), paragraph("Words.")) == "Words.\n"


@pytest.mark.parametrize(
    "words", ["Send a form to <name of ministry> by May.", "The *first* and the **last** row.", "<b>Aim</b>"]
)
def test_angle_brackets_and_asterisks_of_a_layout_are_words(words):
    found = composed(heading("A part"), paragraph(words), item(words, "1."), note(words, "¹"))
    assert [found.slice(block.spans) for block in found.blocks] == ["A part", words, words, f"¹ {words}"]


def test_paragraphs_that_end_and_begin_like_parts_of_one_stay_apart_on_a_page():
    parts = ("Members of the Working Group", "eminent persons, by invitation", "the secretariat")
    assert of_kind(composed(heading("A"), *map(paragraph, parts)), BlockKind.PARAGRAPH) == list(parts)
    on_a_page = (paragraph(run(part, 1, 20.0 * n)) for n, part in enumerate(parts))
    assert of_kind(composed(heading("A"), *on_a_page, pages=1), BlockKind.PARAGRAPH) == list(parts)
    torn = (paragraph(run(part, n)) for n, part in enumerate(parts, 1))
    assert of_kind(composed(heading("A"), *torn, pages=3), BlockKind.PARAGRAPH) == [" ".join(parts)]


def test_a_paragraph_cut_by_the_end_of_a_column_is_one():
    below, above = run("Members of the Working Group", 1, 700), run("eminent persons", 1, 80, 110, 210)
    found = composed(heading("A"), paragraph(below), paragraph(above), pages=1)
    assert of_kind(found, BlockKind.PARAGRAPH) == ["Members of the Working Group eminent persons"]


def test_a_line_that_follows_without_space_goes_on_with_the_paragraph():
    lines = run("They agreed on the plan of the", 1, 20), run("network of inspectors.", 1, 33, 20)
    found = composed(heading("A"), *map(paragraph, lines), pages=1)
    assert of_kind(found, BlockKind.PARAGRAPH) == ["They agreed on the plan of the network of inspectors."]
