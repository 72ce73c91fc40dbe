"""Lists whose nesting a layout knows: every item below the right one, with its number and its lead."""

import pytest

from corpus.documents import BlockKind
from ingest.elements import Element, ElementKind, Run
from tests.ingest.layouts import cell, composed, heading, item, paragraph, table
from tests.ingest.reading import of_kind, words


def inner(text, level):
    return Element(ElementKind.PARAGRAPH, (Run(text),), level)


def outline(document):
    """Each block as "number words < parent" or "words", and its lead after a slash."""

    def named(at):
        return words(document, document.blocks[at])

    return [
        (f"{block.number} " if block.number else "")
        + words(document, block)
        + (f" < {named(block.parent)}" if block.parent is not None else "")
        + (f" / {named(block.lead)}" if block.lead is not None else "")
        for block in document.blocks
    ]


def test_numbers_below_numbers():
    found = composed(
        item("A", "1."), item("A1", "1.", 1), item("A2", "2.", 1), item("B", "2."), item("C", "3.")
    )
    assert outline(found) == ["1 A", "1 A1 < A", "2 A2 < A", "2 B", "3 C"]
    assert [block.depth for block in found.blocks] == [0, 1, 1, 0, 0]


def test_letters_below_numbers_and_bullets_below_letters():
    found = composed(
        paragraph("They agreed to the following:"),
        item("A", "1."), item("Aa", "(a)", 1), item("x", "•", 2), item("Y", "•", 2), item("Ab", "(b)", 1),
        item("B", "2."), item("Ba", "(a)", 1),
    )  # fmt: skip
    assert outline(found)[1:] == [
        "1 A / They agreed to the following:", "a Aa < A", "x < Aa", "Y < Aa", "b Ab < A",
        "2 B / They agreed to the following:", "a Ba < B",
    ]  # fmt: skip


def test_a_letter_above_a_number_is_an_item_and_no_heading():
    found = composed(
        item("A", "1."),
        item("Promote openness", "(a)", 1),
        item("Publish all fees", "1.", 2),
        item("B", "2."),
    )
    assert found.sections == ()
    assert outline(found) == ["1 A", "a Promote openness < A", "1 Publish all fees < Promote openness", "2 B"]


def test_a_short_numbered_line_of_a_list_is_no_heading():
    found = composed(
        item("Skills Development", "1."), item("Social Protection", "2."), paragraph("They meet.")
    )
    assert found.sections == ()


def test_capitals_over_items_that_stand_further_in_are_a_heading():
    found = composed(
        item("FIRST PART", "I."), item("Publish all fees", "1.", 1), item("SECOND PART", "II."),
        item("Simplify them", "1.", 1),
    )  # fmt: skip
    assert [section.title for section in found.sections] == ["FIRST PART", "SECOND PART"]


def test_a_list_of_names_in_capitals_is_no_row_of_headings():
    assert composed(item("SLOM WG", "1."), item("ACMW AND OSHNET", "2.")).sections == ()


def test_a_nested_list_in_a_cell_that_holds_an_outline():
    content = (paragraph("Skills", strong=True), item("A", "1."), item("A1", "1.", 1), item("B", "2."))
    found = composed(table(("Targets", cell(*content)), ("More", "Words.")))
    assert outline(found)[2:5] == ["1 A", "1 A1 < A", "2 B"]


def test_a_bold_letter_over_items_that_are_not_is_a_heading():
    bold = Element(ElementKind.ITEM, (Run("Promote openness"),), label="(a)", strong=True)
    found = composed(bold, item("Publish all fees", "1."), item("Simplify them", "2."))
    assert [section.title for section in found.sections] == ["Promote openness"]


@pytest.mark.parametrize("letters", ["abcdefghijk", "abcdei", "ghijklmnopqrstuvwx"])
def test_letters_of_a_list_stay_letters(letters):
    found = composed(*(item(f"item {letter}", f"{letter}.") for letter in letters))
    assert [(block.number, block.parent) for block in found.blocks] == [(letter, None) for letter in letters]


def test_a_letter_after_a_nested_list_goes_on_with_the_letters():
    found = composed(item("one", "h)"), item("x", "1)", 1), item("y", "2)", 1), item("two", "i)"))
    assert outline(found) == ["h one", "1 x < one", "2 y < one", "i two"]


def test_roman_numbers_with_a_stop_are_numbers():
    found = composed(item("A", "1."), *(item(f"A{n}", f"{n}.", 1) for n in ("i", "ii", "iii", "iv", "v")))
    assert [block.number for block in found.blocks] == ["1", "i", "ii", "iii", "iv", "v"]
    assert {block.parent for block in found.blocks[1:]} == {0}


@pytest.mark.parametrize(
    ("label", "number"), [("1250.", "1250"), ("1.2.3.4.5", "1.2.3.4.5"), ("xii)", "xii"), ("Article 3", "")]
)
def test_numbers_of_labels_that_no_line_of_a_text_begins_with(label, number):
    (block,) = composed(item("the words", label)).blocks
    assert (block.label, block.number) == (label, number)


def test_bullets_after_a_numbered_list_are_a_list_of_their_own():
    found = composed(item("A", "1."), item("B", "2."), item("x", "•"), item("Y", "•"), item("sub", "○", 1))
    assert outline(found) == ["1 A", "2 B", "x", "Y", "sub < Y"]


def test_what_leads_to_a_list_does_not_lead_to_the_next():
    lead = "Questions were raised on the following:"
    found = composed(
        paragraph(lead), item("x", "•"), item("Y", "•"), item("It ended", "1."), item("So", "2.")
    )
    assert outline(found)[1:] == [f"x / {lead}", f"Y / {lead}", "1 It ended", "2 So"]


def test_bullets_between_the_numbers_of_a_list_belong_to_it():
    found = composed(item("A", "1."), item("x", "•"), item("Y", "•"), item("B", "2."))
    assert outline(found) == ["1 A", "x < A", "Y < A", "2 B"]


def test_bullets_that_the_last_number_introduces_belong_to_it():
    found = composed(item("A", "1."), item("States shall:", "2."), item("x", "•"), item("Y", "•"))
    assert outline(found)[2:] == ["x < States shall:", "Y < States shall:"]


def test_a_list_that_begins_again_is_a_list_of_its_own():
    found = composed(
        paragraph("First:"), item("A", "1."), item("B", "2."), paragraph("Then the second:"),
        item("C", "1."), item("Ca", "(a)", 1), item("D", "2."),
    )  # fmt: skip
    assert outline(found)[4:] == [
        "1 C / Then the second:", "a Ca < C", "2 D / Then the second:"
    ]  # fmt: skip


def test_a_paragraph_inside_an_item_is_part_of_it_and_leads_to_its_list():
    found = composed(
        paragraph("They agreed to the following:"),
        item("A", "1."), inner("They shall do what follows:", 1), item("x", "•", 1), item("Y", "•", 1),
        inner("More on A.", 1), item("B", "2."),
    )  # fmt: skip
    assert outline(found)[1:] == [
        "1 A / They agreed to the following:",
        "They shall do what follows: < A",
        "x < A / They shall do what follows:",
        "Y < A / They shall do what follows:",
        "More on A. < A",
        "2 B / They agreed to the following:",
    ]


def test_a_short_paragraph_inside_an_item_is_no_heading():
    found = composed(item("A", "1."), inner("More on A", 1), item("B", "2."))
    assert of_kind(found, BlockKind.HEADING) == []


def test_a_paragraph_at_the_margin_interrupts_a_list_that_goes_on_with_the_next_number():
    found = composed(
        paragraph("The following is agreed:"), item("A", "1."), item("Aa", "(a)", 1), paragraph("Words."),
        item("Ab", "(b)", 1), item("B", "2."),
    )  # fmt: skip
    assert outline(found)[4:] == ["b Ab < A", "2 B / The following is agreed:"]


def test_typed_letters_stand_below_numbers_that_the_layout_knows():
    found = composed(item("Agree:", "1."), paragraph("(a) one;"), paragraph("(b) two;"), item("Go on.", "2."))
    assert outline(found) == ["1 Agree:", "a one; < Agree:", "b two; < Agree:", "2 Go on."]


def test_bullets_that_the_layout_knows_stand_below_typed_numbers():
    found = composed(paragraph("1. one"), item("x", "•"), item("sub", "○", 1), paragraph("2. two"))
    assert outline(found) == ["1 one", "x < one", "sub < x", "2 two"]


def test_numbers_of_different_depths_are_no_chain():
    found = composed(
        item("A", "1."), *(item(f"A{n}", f"{n}.", 1) for n in (1, 2, 3)), item("B", "2."), item("C", "3."),
    )  # fmt: skip
    assert [block.parent for block in found.blocks] == [None, 0, 0, 0, None, None]


def test_dashes_inside_an_item_get_no_number():
    found = composed(item("A", "1."), item("x", "-", 1), item("C", "3."))
    assert [(block.number, block.inferred) for block in found.blocks] == [
        ("1", False),
        ("", False),
        ("3", False),
    ]


def test_a_list_ends_at_a_heading():
    found = composed(heading("One"), item("A", "1."), heading("Two"), item("x", "•", 1))
    assert outline(found)[-1] == "x"


def test_lists_nested_without_end_are_flat_below_a_depth():
    found = composed(*(item(f"item {n}", "•", n) for n in range(3000)))
    assert max(block.depth for block in found.blocks) < 20


def test_a_line_with_a_colon_after_a_list_begins_something_new():
    found = composed(item("A", "1."), item("B", "2."), paragraph("Next steps:"), paragraph("They meet."))
    assert outline(found)[2:] == ["Next steps:", "They meet."]


def test_a_label_between_the_numbers_of_a_list_belongs_to_it():
    found = composed(
        item("Agree on data", "1."), paragraph("Next steps:"), paragraph("They meet."), item("Be open", "2."),
        paragraph("Next steps:"), paragraph("They part."),
    )  # fmt: skip
    assert outline(found) == [
        "1 Agree on data", "Next steps: < Agree on data", "They meet. < Agree on data / Next steps:",
        "2 Be open", "Next steps: < Be open", "They part. < Be open / Next steps:",
    ]  # fmt: skip


def test_the_actions_under_an_aim_are_its_own_even_where_it_is_the_only_one():
    found = composed(
        heading("Aims"), item("Agree on data", "1."), paragraph("Actions:"), item("x", "•"), item("Y", "•")
    )
    assert outline(found)[2:] == [
        "Actions: < Agree on data",
        "x < Agree on data / Actions:",
        "Y < Agree on data / Actions:",
    ]
