"""Paragraphs, headings, items, hyphens, footnotes and contents of pages."""

from __future__ import annotations

import pytest

from ingest.elements import ElementKind
from tests.ingest.readers.pdf.sheets import Sheet, first_of, laid_out, text_of, told

ONE = (
    "The overall objective of cooperation on labour is to build towards the vision of a better quality of "
    "life for the peoples of the region through a workforce that is skilled and safe at work"
)
TWO = (
    "Member states should work towards improving the comparability of national skills standards, taking into "
    "account what each of them has already put into its laws"
)


def test_paragraphs_are_told_apart_by_the_space_between_them():
    assert told(laid_out(Sheet().paragraph(ONE).paragraph(TWO))) == [f"paragraph {ONE}", f"paragraph {TWO}"]


def test_paragraphs_are_told_apart_by_the_indent_of_their_first_line():
    sheet = Sheet().paragraph(f"{ONE}.", indent=24, after=0).paragraph(f"{TWO}.", indent=24, after=0)
    assert told(laid_out(sheet)) == [f"paragraph {ONE}.", f"paragraph {TWO}."]


def test_paragraphs_are_told_apart_by_a_short_last_line():
    sheet = Sheet().paragraph(f"{ONE}.", after=0).paragraph(f"{TWO}.", after=0)
    assert told(laid_out(sheet)) == [f"paragraph {ONE}.", f"paragraph {TWO}."]


def test_lines_set_far_apart_throughout_are_still_paragraphs():
    sheet = Sheet()
    for text in (ONE, TWO):
        words = text.split(" ")
        sheet.lines([" ".join(words[i : i + 11]) for i in range(0, len(words), 11)], leading=26, after=20)
    assert told(laid_out(sheet)) == [f"paragraph {ONE}", f"paragraph {TWO}"]


def test_every_run_names_its_page_and_box():
    element = first_of(laid_out(Sheet(7).paragraph(ONE)))
    assert {run.page for run in element.runs} == {7}
    boxes = [run.box for run in element.runs if run.box]
    assert len(boxes) == len(element.runs) > 1
    assert {box[0] for box in boxes} == {72}
    assert [box[1] for box in boxes] == sorted(box[1] for box in boxes)


def test_headings_are_ranked_by_size_then_weight():
    sheet = Sheet().lines(["Work Plan"], size=18, after=6).lines(["Scope of the plan"], size=14, after=6)
    sheet.paragraph(ONE).lines(["Who takes part"], bold=True, after=6).paragraph(TWO)
    sheet.lines(["Follow-up"], size=14, after=6).paragraph(ONE)
    assert [item for item in told(laid_out(sheet)) if item.startswith("heading")] == [
        "heading1 Work Plan", "heading2 Scope of the plan", "heading3 Who takes part", "heading2 Follow-up"
    ]  # fmt: skip


def test_numbers_of_headings_are_labels_and_tell_their_depth():
    sheet = Sheet()
    for head in (
        "1. Legal Foundation",
        "1.1 Labour Rights",
        "1.1.1 Equality",
        "2. Social Partners",
        "IV. Review",
    ):
        sheet.lines([head], bold=True, after=6).paragraph(ONE)
    assert [item for item in told(laid_out(sheet)) if item.startswith("heading")] == [
        "heading1 1. Legal Foundation", "heading2 1.1 Labour Rights", "heading3 1.1.1 Equality",
        "heading1 2. Social Partners", "heading1 IV. Review",
    ]  # fmt: skip


def test_an_annex_and_capitals_alone_are_headings():
    sheet = (
        Sheet().lines(["ANNEX 1"], 270, after=6).lines(["LIST OF ACTIVITIES"], 240, after=6).paragraph(ONE)
    )
    assert told(laid_out(sheet))[:2] == ["heading1 ANNEX 1", "heading2 LIST OF ACTIVITIES"]


def test_lines_of_a_heading_centred_over_each_other_are_one():
    sheet = (
        Sheet()
        .lines(["Recommendations of the Workshop"], 150, 16)
        .lines(["on Labour Markets"], 208, 16, after=8)
    )
    sheet.paragraph(ONE)
    assert told(laid_out(sheet))[0] == "heading1 Recommendations of the Workshop on Labour Markets"


def test_what_stands_on_a_title_page_alone_takes_no_levels_from_headings():
    cover = (
        Sheet(1, top=300).lines(["Work Plan"], 200, 30, after=20).lines(["2011 to 2015"], 220, 24, after=90)
    )
    cover.lines(["Jakarta"], 250, 16)
    inner = (
        Sheet(2)
        .lines(["Scope"], size=14, after=6)
        .paragraph(ONE)
        .lines(["Aims"], size=14, after=6)
        .paragraph(TWO)
    )
    assert [item for item in told(laid_out(cover, inner)) if item.startswith("heading")] == [
        "heading1 Work Plan", "heading1 2011 to 2015", "heading1 Jakarta", "heading2 Scope", "heading2 Aims"
    ]  # fmt: skip


@pytest.mark.parametrize("text", [ONE, "Ministers met in Bali.", "see also", "ilo@ilo.org and www.ilo.org"])
def test_bold_words_that_are_a_sentence_a_fragment_or_an_address_are_no_heading(text):
    found = first_of(laid_out(Sheet().paragraph(text, bold=True).paragraph(TWO)))
    assert (found.kind, found.strong) == (ElementKind.PARAGRAPH, True)


def test_bold_words_that_run_into_a_paragraph_do_not_end_it():
    sheet = Sheet()
    words = ONE.split(" ")
    sheet.line(" ".join(words[:15]), bold=True)
    sheet.top += 13.2
    end = sheet.line(" ".join(words[15:17]), bold=True).words[-1].box[2]
    sheet.line(" ".join(words[17:28]), end + 2.75)
    sheet.top += 13.2
    sheet.line(" ".join(words[28:]))
    assert told(laid_out(sheet)) == [f"paragraph {ONE}"]


def test_items_are_nested_by_their_indent():
    sheet = (
        Sheet().item("1.", ONE).item("(a)", TWO, 90).item("•", ONE, 108).item("(b)", TWO, 90).item("2.", ONE)
    )
    assert told(laid_out(sheet)) == [
        f"item0 1. {ONE}", f"item1 (a) {TWO}", f"item2 • {ONE}", f"item1 (b) {TWO}", f"item0 2. {ONE}"
    ]  # fmt: skip


def test_a_list_in_a_list_at_the_same_indent_is_nested_after_a_colon():
    sheet = Sheet().item("1.", "The seminar asks members:").item("•", ONE).item("•", TWO).item("2.", ONE)
    assert told(laid_out(sheet)) == [
        "item0 1. The seminar asks members:",
        f"item1 • {ONE}",
        f"item1 • {TWO}",
        f"item0 2. {ONE}",
    ]


def test_a_numbered_list_goes_on_after_a_paragraph_at_the_margin():
    sheet = (
        Sheet().item("1.", ONE).item("(a)", ONE, 90).paragraph(f"{TWO}.").item("(b)", ONE, 90).item("2.", TWO)
    )
    assert [item.split(" ")[0] for item in told(laid_out(sheet))] == [
        "item0",
        "item1",
        "paragraph",
        "item1",
        "item0",
    ]


@pytest.mark.parametrize("bullet", ["\uf076", "➢", "□", "o", "–"])
def test_bullets_of_symbol_fonts_and_the_letter_o_are_markers(bullet):
    sheet = Sheet().paragraph(f"{TWO}:").item(bullet, ONE, 90).item(bullet, TWO, 90)
    assert told(laid_out(sheet))[1:] == [f"item0 {bullet} {ONE}", f"item0 {bullet} {TWO}"]


@pytest.mark.parametrize("start", ["12. months", "(b) of", "– the"])
def test_a_wrapped_line_that_happens_to_begin_like_an_item_is_none(start):
    words = ONE.split(" ")
    text = " ".join([*words[:14], "under", start, *words[14:]])
    sheet = Sheet().lines(
        [" ".join([*words[:14], "under"]), " ".join([start, *words[14:28]]), " ".join(words[28:])]
    )
    assert told(laid_out(sheet)) == [f"paragraph {text}"]


def test_an_initial_at_the_start_of_a_line_is_no_marker():
    text = (
        "14. The ILO was represented at the Opening Session of the meeting by Mr. Nodera and Ms. "
        "C. Evans-Klock, who spoke"
    )
    sheet = Sheet().item("14.", text[4:], right=510)
    assert [run.text[:2] for run in first_of(laid_out(sheet)).runs][1] == "C."
    assert told(laid_out(sheet)) == [f"item0 {text}"]


def test_an_item_that_a_page_breaks_is_joined():
    words = ONE.split(" ")
    head = Sheet(1, top=700).item("(a)", " ".join(words[:26]))
    tail = Sheet(2).paragraph(" ".join(words[26:]), 90).item("(b)", TWO)
    layout = laid_out(head, tail)
    assert told(layout) == [f"item0 (a) {ONE}", f"item0 (b) {TWO}"]
    assert [run.page for run in first_of(layout).runs] == [1, 1, 2]


def test_a_paragraph_that_ends_with_its_page_is_not_joined():
    first, second = Sheet(1, top=700).paragraph(f"{ONE}."), Sheet(2).paragraph(TWO)
    assert told(laid_out(first, second)) == [f"paragraph {ONE}.", f"paragraph {TWO}"]


def broken(first, second, *others):
    """A paragraph whose first line ends in a hyphen, among others."""
    sheet = Sheet().lines([f"The programme of the ministers asks for more work on the {first}"])
    sheet.lines([f"{second} of the region."], after=8)
    for text in others:
        sheet.paragraph(text)
    return text_of(first_of(laid_out(sheet)))[56:-15]


def test_a_hyphen_that_only_breaks_a_word_is_left_out():
    assert broken("develop-", "ment") == " development"


def test_a_hyphen_is_left_out_where_the_word_stands_elsewhere_without():
    assert broken("work-", "shop", "Each work has its shop.", "The workshop was held.") == " workshop"


def test_a_hyphen_stays_where_the_word_stands_elsewhere_with_it():
    assert broken("labour-", "related", "It met on labour-related topics.") == " labour-related"


def test_a_hyphen_stays_between_two_words_of_the_document():
    assert broken("labour-", "related", "It met on labour and related topics.") == " labour-related"


@pytest.mark.parametrize(
    ("first", "second", "both"), [("ASEAN-", "ILO", " ASEAN-ILO"), ("(2010–", "2015)", " (2010–2015)")]
)
def test_names_and_years_keep_their_dash(first, second, both):
    assert broken(first, second) == both


def test_a_hyphen_that_stands_for_a_word_to_come_keeps_its_space():
    assert broken("low-", "and medium-skilled workers") == " low- and medium-skilled workers"


def test_a_word_that_a_page_breaks_is_mended():
    words = ONE.split(" ")
    first = Sheet(1, top=700).lines([" ".join(words[:16]) + " cooper-"])
    second = Sheet(2).lines(["ation " + " ".join(words[16:28])])
    assert "cooperation" in told(laid_out(first, second))[0]


def noted(first, second, *notes, rule=True):
    """Two pages with a text and the footnotes of the first."""
    sheet = Sheet(1, top=600).paragraph(first)
    sheet.top = 720
    if rule:
        sheet.rule(down=-4)
    for note in notes:
        sheet.paragraph(note, size=8, after=2)
    return sheet, Sheet(2).paragraph(second)


def test_a_footnote_does_not_break_the_sentence_that_goes_on_over_the_page():
    words = ONE.split(" ")
    first = " ".join([*words[:6], "labour^1", *words[7:26]])
    layout = laid_out(*noted(first, " ".join(words[26:]), f"^1 {TWO}."))
    assert told(layout) == [f"paragraph {ONE.replace(' labour ', ' labour¹ ')}", f"note ¹ {TWO}."]


def test_footnotes_need_no_rule_and_may_have_plain_numbers():
    sheets = noted(
        "The mission^1 and the report.^2", f"{ONE}.", "1 See the report.", "2 As above.", rule=False
    )
    assert told(laid_out(*sheets)) == [
        "paragraph The mission¹ and the report.²", "note ¹ See the report.", "note ² As above.",
        f"paragraph {ONE}.",
    ]  # fmt: skip


def test_a_footnote_goes_on_at_the_foot_of_the_next_page():
    first, second = noted(f"{ONE} of labour.^1", f"{ONE}.", f"^1 {TWO} and")
    second.top = 740
    second.rule(down=-4).paragraph("what each of them means to do.", size=8)
    assert told(laid_out(first, second)) == [
        f"paragraph {ONE} of labour.¹", f"note ¹ {TWO} and what each of them means to do.",
        f"paragraph {ONE}.",
    ]  # fmt: skip


def test_small_print_that_no_word_refers_to_is_no_footnote():
    sheets = noted(f"{ONE}.", f"{ONE}.", "12 months after signature.", rule=False)
    assert told(laid_out(*sheets))[1] == "paragraph 12 months after signature."


def entry(title, page):
    dots = "." * (76 - len(title))
    return f"{title} {dots} {page}"


def test_lines_with_leaders_are_a_table_of_titles_and_pages():
    sheet = Sheet().lines(["Contents"], size=14, after=6)
    sheet.lines(
        [
            entry("Introduction", 1),
            "Work Plan of the Committee on the Protection of",
            entry("Migrant Workers", 4),
        ]
    )
    sheet.lines([entry("Annex 1", "xii")], after=20).paragraph(ONE)
    assert told(laid_out(sheet)) == [
        "heading1 Contents",
        [
            ["Introduction", "1"],
            ["Work Plan of the Committee on the Protection of Migrant Workers", "4"],
            ["Annex 1", "xii"],
        ],
        f"paragraph {ONE}",
    ]


def test_two_lines_with_dots_are_no_table_of_contents():
    found = told(laid_out(Sheet().lines([entry("Name", 1), entry("Place", 2)], leading=30)))
    assert found == [f"paragraph {entry('Name', 1)}", f"paragraph {entry('Place', 2)}"]
