"""No word of a page is lost or doubled, whatever is printed where."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from ingest.elements import Element
from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.reader import assemble, read_part, without_furniture
from tests.ingest.readers.pdf.sheets import Sheet

TOKENS = st.sampled_from(
    [
        "labour",
        "ASEAN",
        "work.",
        "the",
        "of",
        "(a)",
        "1.",
        "•",
        "-",
        "2.1",
        "3",
        "iv",
        "ANNEX",
        "Page",
        "co-",
        "2015",
        "*",
    ]
)
PLACED = st.tuples(
    st.lists(TOKENS, min_size=1, max_size=9),
    st.sampled_from([72, 72, 72, 90, 108, 308, 308, 400]),
    st.integers(3, 66),
    st.sampled_from([8, 11, 11, 11, 14]),
    st.booleans(),
)
PAGES = st.lists(st.lists(PLACED, max_size=24), min_size=1, max_size=4)


def letters(text):
    """The letters of a text but for hyphens, which the end of a line may lose."""
    return Counter(text.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", " -")))


def printed(sheets):
    return letters("".join(word.text for sheet in sheets for word in sheet.words))


def told(layout):
    elements = [element for element in layout.elements if isinstance(element, Element)]
    return letters("".join(element.label + "".join(run.text for run in element.runs) for element in elements))


def set_by(pages):
    sheets = []
    for number, placed in enumerate(pages, 1):
        sheet = Sheet(number)
        for tokens, left, row, size, bold in placed:
            sheet.line(" ".join(tokens), left, size, bold, base=row * 12.0)
        if placed and placed[0][4]:
            sheet.rule(down=placed[0][2] * 10)
        sheets.append(sheet)
    return sheets


@given(PAGES)
def test_no_word_is_lost_or_doubled(pages):
    sheets = set_by(pages)
    part = read_part([sheet.page() for sheet in sheets], lambda page: ())
    kept = without_furniture(part.flows)
    left_out = Counter[str]()
    for flow, bare in zip(part.flows, kept, strict=True):
        lines = Counter(item for item in flow.items if isinstance(item, Line))
        lines.subtract(item for item in bare.items if isinstance(item, Line))
        left_out += letters("".join(line.text for line in lines.elements()))
    assert told(assemble([part])) + left_out == printed(sheets)
