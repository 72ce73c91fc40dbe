"""Where words are printed: pages and boxes of passages and commitments."""

from dataclasses import replace

from corpus.authority import load_authority
from corpus.documents import Document, Placement, Span
from ingest.composing import compose
from ingest.elements import Element, ElementKind, Layout
from ingest.outline import outlined
from ingest.pipeline import commitments, passages
from tests.ingest.layouts import cell, composed, paragraph, run, table
from tests.ingest.reading import SOURCE


def test_a_paragraph_over_a_page_break_stands_on_both_pages():
    found = composed(paragraph(run("Words that go", 1), run("on the next page.", 2)), pages=2)
    assert found.pages_of(found.blocks[0].spans) == (1, 2)
    assert found.pages_of([Span(0, 5)]) == (1,)


def test_words_after_a_paragraph_that_went_over_are_on_its_last_page():
    found = composed(paragraph(run("One", 1), run("two.", 2)), paragraph(run("Three.", 2)), pages=2)
    assert found.pages_of(found.blocks[-1].spans) == (2,)


def test_a_row_joined_over_a_page_break_stands_on_both_pages():
    whole = Element(ElementKind.PARAGRAPH, (run("Hold a", 1, 700), run("forum", 2, 50)))
    found = composed(
        table((paragraph_cell("a", 1), paragraph_cell("b", 1)), (cell(whole), paragraph_cell("c", 2)))
    )
    assert found.pages_of(found.blocks[-1].spans) == (1, 2)
    assert [page for page, _ in found.places_of(found.blocks[-1].spans)] == [1, 2]


def paragraph_cell(text, page):
    return cell(paragraph(run(text, page, 50)))


def test_lines_below_each_other_share_a_box():
    lines = [run("one", 1, 10, 5, 60), run("two", 1, 22, 0, 90), run("three", 1, 34, 0, 40)]
    found = composed(paragraph(*lines), pages=1)
    assert found.places_of(found.blocks[0].spans) == ((1, (0, 10, 90, 44)),)


def test_a_second_column_has_a_box_of_its_own():
    lines = [run("low", 1, 700, 0, 90), run("high", 1, 50, 200, 290)]
    found = composed(paragraph(*lines), pages=1)
    assert found.places_of(found.blocks[0].spans) == ((1, (0, 700, 90, 710)), (1, (200, 50, 290, 60)))


def test_only_the_lines_that_words_stand_on_are_boxed():
    found = composed(paragraph(run("first words", 1, 10), run("last words", 1, 30)), pages=1)
    start = found.text.index("last")
    assert found.places_of([Span(start, start + 4)]) == ((1, (0, 30, 100, 40)),)


def test_a_text_has_pages_but_no_boxes():
    document = Document(SOURCE, "one\ftwo", (Span(0, 4), Span(4, 7)))
    assert (document.pages_of([Span(4, 7)]), document.places_of([Span(4, 7)])) == ((2,), ())


def test_pages_do_not_depend_on_boxes():
    places = (Placement(Span(0, 3), 1), Placement(Span(4, 7), 3))
    document = Document(SOURCE, "one two", (Span(0, 7),), places=places)
    assert document.pages_of([Span(0, 7)]) == (1, 3)
    assert document.places_of([Span(0, 7)]) == ()


def test_passages_and_commitments_say_where_they_stand_and_whether_they_were_recognised():
    layout = Layout(
        (
            paragraph(run("RECOMMENDATIONS", 1)),
            paragraph(run("The Meeting recommended ASEAN Member States to:", 1, 20)),
            Element(ElementKind.ITEM, (run("Promote the rights of migrant workers;", 1, 40),), label="1."),
            Element(
                ElementKind.ITEM, (run("Enhance cooperation among labour ministries.", 2, 10),), label="2."
            ),
        ),
        2,
        frozenset({2}),
    )
    document, authority = outlined(SOURCE, compose(layout)), load_authority()
    found = passages(document, authority)
    items = commitments(document, authority, found)
    assert [(one.pages, one.places[0][1][1], one.ocr) for one in items] == [
        ((1,), 40, False),
        ((2,), 10, True),
    ]
    assert [one.ocr for one in found] == [False] * (len(found) - 1) + [True]
    assert not any(one.ocr for one in passages(replace(document, ocr=()), authority))
