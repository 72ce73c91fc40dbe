"""What must hold of every layout, real or not."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.authority import load_authority
from ingest.composing import compose
from ingest.elements import Element, ElementKind, Layout, Run, Table, TableCell
from ingest.outline import outlined
from ingest.passages import cut
from ingest.written import clean
from tests.ingest.reading import SOURCE
from tests.ingest.test_properties import check_spans

SAMPLES = """Actions:|RECOMMENDATIONS|1. Adhere to|List of Abbreviations|ILO International Labour|Theme
Partner|Hold a forum SLOM-WG 2010 - 2015 ILO|Convention 1 2 3|Cambodia Yes Yes|Annex 1|\ud800|Activity
goes on|# A||
9-10 May 2011|<p>x</p>|a..... 3"""
words = st.one_of(
    st.text(alphabet="abc DEF.;:,()*|#\t•-–12¹²\x00\u00ad", max_size=30),
    st.sampled_from(re.split(r"[|\n]", SAMPLES)),
)
boxes = st.none() | st.tuples(*[st.floats(0, 800) for _ in range(4)])
runs = st.lists(st.builds(Run, words, st.integers(0, 4), boxes, st.booleans()), max_size=3).map(tuple)
elements = st.builds(
    Element,
    st.sampled_from(ElementKind),
    runs,
    st.integers(0, 9),
    st.sampled_from(["", "1.", "(a)", "•", "-", "Article 3", "¹", "aa.", "1.1.1", "A."]),
    st.booleans(),
)
cells = st.none() | st.builds(
    TableCell, st.lists(elements, max_size=3).map(tuple), st.integers(1, 3), st.integers(1, 3)
)
tables = st.builds(
    Table, st.lists(st.lists(cells, max_size=4).map(tuple), max_size=4).map(tuple), st.integers(0, 3)
)
layouts = st.builds(
    Layout,
    st.lists(elements | tables, max_size=8).map(tuple),
    st.integers(0, 5),
    st.frozensets(st.integers(1, 5)),
)


def elements_of(layout: Layout) -> list[Element]:
    """Every element of a layout, those in cells included, in order."""
    found: list[Element] = []
    for part in layout.elements:
        if isinstance(part, Element):
            found.append(part)
        else:
            found += (one for row in part.rows for held in row if held for one in held.content)
    return [element for element in found if any(clean(run.text) for run in element.runs)]


def printed(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(layouts)
@settings(max_examples=100, deadline=None)
def test_every_run_stands_in_the_text_where_its_placement_says(layout: Layout) -> None:
    found = compose(layout)
    placed = [
        (run, element.label if not i else "")
        for element in elements_of(layout)
        for i, run in enumerate(run for run in element.runs if clean(run.text))
        if run.page
    ]
    for place, (run, label) in zip(found.places, placed, strict=True):
        words = found.text[place.span.start : place.span.end]
        assert words.endswith(clean(run.text))
        assert printed(words.removesuffix(clean(run.text))) in ("", printed(clean(label)))
    assert [(place.page, place.box) for place in found.places] == [(run.page, run.box) for run, _ in placed]
    ends = [offset for place in found.places for offset in (place.span.start, place.span.end)]
    assert ends == sorted(ends)


@given(layouts)
@settings(max_examples=100, deadline=None)
def test_every_word_is_kept_and_none_is_added(layout: Layout) -> None:
    expected = "".join(
        clean(element.label) + "".join(clean(run.text) for run in element.runs)
        for element in elements_of(layout)
    )
    assert printed(compose(layout).text) == printed(expected)


@given(layouts)
@settings(max_examples=100, deadline=None)
def test_pieces_are_slices_that_do_not_overlap(layout: Layout) -> None:
    found = compose(layout)
    found.text.encode()
    spans = sorted(span for piece in found.pieces for span in piece.spans)
    assert all(first.end <= second.start for first, second in pairwise(spans))
    for piece in found.pieces:
        assert "".join(found.text[span.start : span.end] for span in piece.spans) == piece.words
        for cell in piece.cells:
            assert all(0 <= span.start <= span.end <= len(found.text) for span in cell.spans)


@given(layouts)
@settings(max_examples=100, deadline=None)
def test_pages_cut_the_whole_text(layout: Layout) -> None:
    found = compose(layout)
    assert "".join(found.text[page.start : page.end] for page in found.pages) == found.text
    assert len(found.pages) >= max(1, layout.pages)


@given(layouts)
@settings(max_examples=60, deadline=None)
def test_any_layout_has_a_structure_and_passages(layout: Layout) -> None:
    document = outlined(SOURCE, compose(layout))
    found = cut(document, load_authority())
    check_spans(document, found)
    assert len({passage.id for passage in found}) == len(found)
    assert all(block.parent is None or block.parent < i for i, block in enumerate(document.blocks))


@given(layouts)
@settings(max_examples=25, deadline=None)
def test_composing_is_repeatable(layout: Layout) -> None:
    assert compose(layout) == compose(layout)
