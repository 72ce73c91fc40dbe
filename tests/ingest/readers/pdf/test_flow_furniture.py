"""Running heads, feet and page numbers: what is left out, and what never is."""

from __future__ import annotations

import pytest

from tests.ingest.readers.pdf.sheets import Sheet, laid_out, told

BODY = (
    "The meeting noted the progress of the work programme of year {} and asked the secretariat to report on "
    "it again",
    "Ministers of group {} agreed that labour inspection needs more staff and that training should begin in "
    "the autumn",
)


def sheets(count, head=lambda number: "", foot=lambda number: "", first=1, **settings):
    """Pages of text with a head and a foot each."""
    made = []
    for number in range(first, first + count):
        sheet = Sheet(number, top=100 + 5 * (number % 3))
        sheet.line(head(number), base=50, size=settings.get("size", 9), space=settings.get("space"))
        sheet.line(foot(number), left=290, base=805, size=9)
        for text in BODY:
            sheet.paragraph(text.format(number))
        made.append(sheet)
    return made


def bodies(count, first=1):
    return [f"paragraph {text.format(number)}" for number in range(first, first + count) for text in BODY]


@pytest.mark.parametrize(
    "foot",
    [
        lambda number: str(number),
        lambda number: f"- {number} -",
        lambda number: f"Page {number} of 6",
        lambda number: f"Page {number}",
        lambda number: str(number + 11),
        lambda number: ("i", "ii", "iii", "iv", "v", "vi")[number - 1],
        lambda number: f"ASEAN Secretariat | {number}",
        lambda number: f"{number} ASEAN Labour Ministers’ Work Programme",
    ],
)
def test_a_changing_page_number_is_furniture(foot):
    assert told(laid_out(*sheets(6, foot=foot))) == bodies(6)


def test_a_repeated_head_is_furniture():
    assert told(laid_out(*sheets(4, head=lambda number: "Work Programme 2016-2020"))) == bodies(4)


def test_heads_of_odd_and_even_pages_are_furniture():
    made = sheets(
        7, head=lambda number: ("Mission Report", "Seventeenth Labour Ministers Meeting")[number % 2]
    )
    assert told(laid_out(*made)) == bodies(7)


def test_heads_of_chapters_with_page_numbers_are_furniture_also_where_a_chapter_has_one_page():
    names = ("", "Introduction", "Introduction", "Coverage", "Inspection", "Inspection")
    made = sheets(5, head=lambda number: f"{names[number]} {number}", space=120)
    assert told(laid_out(*made)) == bodies(5)


def test_a_lone_number_where_pages_have_theirs_is_furniture_though_pages_between_have_heads():
    made = sheets(6, head=lambda number: str(number) if number in (1, 4) else f"{number} Decent work for all")
    assert told(laid_out(*made)) == bodies(6)


def test_nothing_is_left_out_of_one_page():
    made = sheets(1, head=lambda number: "Work Programme", foot=lambda number: "1")
    assert told(laid_out(*made)) == ["paragraph Work Programme", *bodies(1), "paragraph 1"]


def test_words_that_two_pages_repeat_in_the_size_of_the_body_stay():
    made = sheets(2, head=lambda number: "Country report of the delegation", size=11)
    head = "paragraph Country report of the delegation"
    assert told(laid_out(*made)) == [head, *bodies(1), head, *bodies(1, first=2)]


def test_a_head_with_its_page_number_is_left_out_of_two_pages():
    assert told(laid_out(*sheets(2, head=lambda number: f"Work Programme | {number}"))) == bodies(2)


def test_smaller_words_that_two_pages_repeat_are_a_head():
    assert told(laid_out(*sheets(2, head=lambda number: "Work Programme"))) == bodies(2)


@pytest.mark.parametrize("head", ["ANNEX {}", "Recommendation {}", "{}. Priority areas of the plan"])
def test_numbered_headings_at_the_top_of_following_pages_stay(head):
    made = sheets(3, head=lambda number: head.format(number), size=14)
    found = [item for item in told(laid_out(*made)) if not item.startswith("paragraph")]
    assert len(found) == 3


def test_years_at_the_top_of_following_pages_stay():
    made = sheets(4, head=lambda number: str(2010 + number), size=11)
    assert [item for item in told(laid_out(*made)) if len(item) < 16] == [
        f"paragraph {2011 + i}" for i in range(4)
    ]


def test_words_repeated_within_the_page_stay():
    made = sheets(4)
    for sheet in made:
        sheet.line("Country Coordinator", base=400)
    assert told(laid_out(*made)).count("paragraph Country Coordinator") == 4


def test_words_of_three_pages_far_apart_stay():
    made = sheets(20, head=lambda number: "Way forward" if number in (1, 10, 20) else "", size=11)
    assert told(laid_out(*made)).count("paragraph Way forward") == 3


def test_the_same_footnote_on_many_pages_stays():
    made = sheets(4)
    for sheet in made:
        sheet.line("as decided^1")
        sheet.line("^1 Ibid., page 4.", base=780, size=8)
    assert told(laid_out(*made)).count("note ¹ Ibid., page 4.") == 4
