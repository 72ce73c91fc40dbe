"""Numbers of Word lists, as Word shows them."""

import pytest

from ingest.readers.docx import read
from ingest.readers.numerals import letters, ordinal, roman, shown
from tests.ingest.layouts import parts
from tests.ingest.readers.word_files import definition, level, listed, paragraph, style, styled, use, write


@pytest.fixture
def labels(tmp_path):
    """Read paragraphs with a numbering, and give their labels."""

    def read_labels(body, numbering, styles=""):
        path = write(tmp_path / "a.docx", body, numbering=numbering, styles=styles)
        return [element.label for element in parts(read(path))]

    return read_labels


DEEP = definition(
    0, level(0, "decimal", "%1."), level(1, "lowerLetter", "(%2)"),
    level(2, "decimal", "%1.%2.%3"), level(3, "lowerRoman", "%4)"),
) + use(1, 0)  # fmt: skip


def test_levels_count_by_themselves_and_begin_anew_below_each_number(labels):
    places = [0, 1, 1, 0, 1, 3, 3, 2]
    found = labels("".join(listed("x", 1, at) for at in places), DEEP)
    assert found == ["1.", "(a)", "(b)", "2.", "(a)", "i)", "ii)", "2.a.1"]


def test_legal_numbering_shows_digits_alone(labels):
    legal = definition(
        0, level(0, "upperRoman", "Article %1"), level(1, "decimal", "%1.%2", "<w:isLgl/>")
    ) + use(1, 0)
    assert labels(listed("x", 1) + listed("y", 1, 1), legal) == ["Article I", "1.1"]


def test_lists_of_one_definition_share_a_count_unless_they_begin_their_own(labels):
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = definition(0, level(0, "decimal", "%1.")) + use(1, 0) + use(2, 0) + use(3, 0, restart)
    body = "".join(listed("x", number) for number in (1, 1, 2, 3, 3, 1))
    assert labels(body, numbering) == ["1.", "2.", "3.", "1.", "2.", "3."]


def test_a_level_may_go_on_over_the_one_above(labels):
    never = definition(
        0, level(0, "decimal", "%1."), level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>')
    ) + use(1, 0)
    body = "".join(listed("x", 1, at) for at in (0, 1, 0, 1))
    assert labels(body, never) == ["1.", "1)", "2.", "2)"]


def test_a_list_may_start_anywhere_and_replace_a_level(labels):
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1.", start=3)}</w:lvlOverride>'
    numbering = (
        definition(0, level(0, "decimal", "%1.", start=14))
        + use(1, 0)
        + definition(1, level(0, "decimal", "%1."))
        + use(2, 1, own)
    )
    assert labels(listed("x", 1) + listed("x", 1) + listed("y", 2) + listed("y", 2), numbering) == [
        "14.",
        "15.",
        "C.",
        "D.",
    ]


def test_bullets_are_what_their_font_draws(labels):
    signs = ("\uf0b7", "o", "\uf0a7", "-", "–", "\uf0e8", "")
    numbering = definition(0, *(level(at, "bullet", sign) for at, sign in enumerate(signs))) + use(1, 0)
    body = "".join(listed("x", 1, at) for at in range(len(signs)))
    assert labels(body, numbering) == ["•", "○", "▪", "-", "–", "•", "•"]


def test_a_style_puts_its_paragraphs_in_a_list_and_zero_takes_them_out(labels):
    linked = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    numbering = definition(
        0, level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)", '<w:pStyle w:val="Sub"/>')
    ) + use(1, 0)
    out = paragraph("x", properties='<w:pStyle w:val="Top"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    body = styled("x", "Top") + styled("x", "Sub") + out + styled("x", "Top")
    assert labels(body, numbering, style("Top", linked) + style("Sub", linked)) == ["1.", "a)", "", "2."]


def test_a_definition_may_stand_behind_a_style_of_lists(labels):
    numbering = (
        definition(0, more='<w:numStyleLink w:val="Mine"/>')
        + definition(1, level(0, "decimal", "%1)"), more='<w:styleLink w:val="Mine"/>')
        + use(1, 0)
    )
    assert labels(listed("x", 1), numbering) == ["1)"]


def test_an_empty_paragraph_of_a_list_counts(labels):
    assert labels(listed("x", 1) + listed("", 1) + listed("y", 1), DEEP) == ["1.", "3."]


def test_headings_have_their_numbers(tmp_path):
    body = styled("Aims", "heading1") + styled("Means", "heading1")
    linked = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    path = write(tmp_path / "a.docx", body, numbering=DEEP, styles=style("heading 1", linked))
    assert [(element.level, element.label) for element in parts(read(path))] == [(1, "1."), (1, "2.")]


def test_places_that_no_list_has_are_no_places(labels):
    body = listed("a", 9) + listed("b", 1, 77) + listed("c", 1, -1)
    assert labels(body, DEEP + '<w:num w:numId="5"/>') == ["", "", ""]


@pytest.mark.parametrize(("number", "form", "text"), [
    (4, "lowerRoman", "iv"), (1994, "upperRoman", "MCMXCIV"), (28, "lowerLetter", "bb"),
    (7, "decimalZero", "07"),
    (22, "ordinal", "22nd"), (3, "chicago", "3"), (5, "none", ""), (-1, "decimal", "-1"),
])  # fmt: skip
def test_numbers_are_shown_in_their_form(number, form, text):
    assert shown(number, form) == text


def test_numbers_without_a_numeral_are_digits():
    assert (roman(0), roman(4000), letters(0), letters(10**9), ordinal(112)) == (
        "0",
        "4000",
        "0",
        "1000000000",
        "112th",
    )


@pytest.mark.parametrize("name", ["del", "moveFrom"])
def test_a_paragraph_that_is_deleted_counts_for_nothing(labels, name):
    place = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    gone = f"<w:{name}><w:r><w:delText>x</w:delText></w:r></w:{name}>"
    deleted = paragraph(gone, properties=f"{place}<w:rPr><w:{name}/></w:rPr>")
    assert labels(listed("x", 1) + deleted + listed("y", 1), DEEP) == ["1.", "2."]
    assert labels(listed("x", 1) + listed("", 1) + listed("y", 1), DEEP) == ["1.", "3."]
