"""The typeset files say what their scripts say, where they say it; and registers are compared fairly."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pdfplumber
import pypdfium2
import pytest

from corpus.authority import Authority
from corpus.catalogue import load_catalogue
from corpus.records import Commitment
from tests.typesetting import pdf, web, word
from tests.typesetting.matching import compare, folded
from tests.typesetting.printed import ADDED
from tests.typesetting.reference import Reference, reference
from tests.typesetting.scan import scanned
from tests.typesetting.script import Grid, Item, Note, Script, words_of
from tests.typesetting.writing import script_of

SOURCES = {source.id: source for source in load_catalogue()}
MATRICES = "slom-work-plans-2012"
OUTLINE = "alm-work-programme-2016-2020"
PROSE = "ilo-mission-report-mataram-2003"
NOTES = "asean-workers-protection-2017"
WHOLE = (MATRICES, OUTLINE, PROSE)
"""Texts of whose words none stand in a table that the text holds as bare lines."""


@pytest.fixture(scope="module")
def references(authority: Authority) -> dict[str, Reference]:
    return {name: reference(source, authority) for name, source in SOURCES.items()}


@pytest.fixture(scope="module")
def scripts(references: dict[str, Reference]) -> dict[str, Script]:
    return {name: script_of(held.document, held.register) for name, held in references.items()}


def text_of(data: bytes) -> list[str]:
    """The words of each page as PDFium reads them."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def tokens(words: str) -> Counter[str]:
    return Counter(parts(words))


def parts(words: str) -> list[str]:
    """The words between spaces, hyphens and strokes, at which a line may end."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", words).casefold())


def grids(script: Script) -> Iterator[Grid]:
    return (element for element in script.elements if isinstance(element, Grid))


@pytest.mark.parametrize("name", WHOLE)
def test_every_word_of_a_text_is_in_its_script_once(
    name: str, references: dict[str, Reference], scripts: dict[str, Script]
) -> None:
    document = references[name].document
    spans = (span for block in document.blocks for span in block.spans)
    letters = {at for span in spans for at in range(span.start, span.end) if not document.text[at].isspace()}
    held = [at for words in scripts[name].words() for at in words.origins if at != ADDED]
    assert len(held) == len(set(held))
    left_out = folded("".join(document.text[at] for at in sorted(letters - set(held))))
    for head in _repeated_heads(scripts[name]):
        left_out = left_out.replace(folded(" ".join(head)), "")
    assert not re.search(r"\D", left_out), "only heads printed again and marks of notes are left out"


def _repeated_heads(script: Script) -> Iterator[list[str]]:
    for grid in grids(script):
        for row in grid.rows[: grid.header]:
            yield [
                words.text for cell in row if cell for content in cell.content for words in words_of(content)
            ]


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("two_columns", [False, True])
def test_every_word_of_a_script_can_be_found_in_the_pdf(
    name: str, two_columns: bool, scripts: dict[str, Script]
) -> None:
    wanted = sum((tokens(words.text) for words in scripts[name].words()), Counter[str]())
    pages = text_of(pdf.typeset(scripts[name], two_columns).data)
    found = sum(map(tokens, pages), Counter[str]())
    assert (wanted - found).total() < 3
    whole = folded(" ".join(pages))
    assert all(word in whole for word in wanted - found), "only an address too long for a line may be broken"


@pytest.mark.parametrize("name", SOURCES)
def test_the_words_of_a_page_stand_on_it(name: str, scripts: dict[str, Script]) -> None:
    made = pdf.typeset(scripts[name])
    pages = [folded(page) for page in text_of(made.data)]
    for words in scripts[name].words():
        at = 0
        for token in words.text.split():
            origins = words.origins[at : at + len(token)]
            at += len(token)
            held = {made.drawn.pages[origin] for origin in origins if origin != ADDED}
            if len(held) == 1:
                page = pages[held.pop() - 1]
                assert all(part in page for part in parts(token)), token


def test_tables_are_ruled_on_every_page_that_they_stand_on(scripts: dict[str, Script]) -> None:
    made = pdf.typeset(scripts[MATRICES])
    ruled = _pages_of_grids(scripts[MATRICES], made)
    with pdfplumber.open(io.BytesIO(made.data)) as document:
        upright = [sum(line["height"] > 8 for line in page.lines) for page in document.pages]
    assert len(ruled) > 5
    assert all(upright[page - 1] >= 4 for page in ruled)
    assert all(not upright[page - 1] for page in range(1, len(upright) + 1) if page not in ruled)


def _pages_of_grids(script: Script, made: pdf.Typeset) -> set[int]:
    origins = (at for grid in grids(script) for words in words_of(grid) for at in words.origins)
    return {made.drawn.pages[at] for at in origins if at != ADDED}


def test_no_word_stands_between_two_columns(scripts: dict[str, Script]) -> None:
    with pdfplumber.open(io.BytesIO(pdf.typeset(scripts[PROSE], two_columns=True).data)) as document:
        middle = document.pages[0].width / 2
        body = [word for word in document.pages[0].extract_words() if 80 < word["top"] < 740]
    assert not [word["text"] for word in body if word["x0"] < middle < word["x1"]]
    assert min(sum(word["x1"] < middle for word in body), sum(word["x0"] > middle for word in body)) > 100


def test_notes_stand_at_the_foot_of_the_page_of_their_mark(scripts: dict[str, Script]) -> None:
    made = pdf.typeset(scripts[NOTES])
    for note in scripts[NOTES].notes:
        pages = {made.drawn.pages[at] for at in note.words.origins}
        assert pages == {made.drawn.pages[note.anchor]}
        assert folded(note.words.text) in folded(text_of(made.data)[pages.pop() - 1])


def test_a_scan_has_pictures_and_no_words(scripts: dict[str, Script]) -> None:
    made = pdf.typeset(scripts[NOTES]).data
    copy = scanned(made)
    assert len(text_of(copy)) == len(text_of(made))
    assert not "".join(text_of(copy)).strip()


def test_a_word_document_numbers_by_itself_and_has_real_notes_and_heads(scripts: dict[str, Script]) -> None:
    with zipfile.ZipFile(io.BytesIO(word.typeset(scripts[MATRICES]))) as archive:
        body = archive.read("word/document.xml").decode()
        notes = archive.read("word/footnotes.xml").decode()
    numbered = [
        e for e in scripts[MATRICES].elements if isinstance(e, Item) and not re.match(r"\d+\.\d", e.marker)
    ]
    assert body.count("<w:numPr>") >= len(numbered) > 100
    assert body.count("<w:tblHeader/>") == len(list(grids(scripts[MATRICES])))
    assert body.count("<w:footnoteReference ") == len(scripts[MATRICES].notes) == 6
    assert "IALI Code of Integrity" in notes
    assert 'w:val="restart"' in body


def test_a_web_page_merges_cells_and_numbers_its_lists(scripts: dict[str, Script]) -> None:
    page = web.typeset(scripts[MATRICES]).decode()
    cells = [cell for grid in grids(scripts[MATRICES]) for row in grid.rows for cell in row if cell]
    assert page.count("rowspan=") == sum(cell.rows > 1 for cell in cells) > 10
    assert '<ol type="a" start="1">' in page
    assert page.count("<sup>") >= 2 * sum(isinstance(e, Note) for e in scripts[MATRICES].elements)


def test_a_register_is_equal_to_itself(references: dict[str, Reference]) -> None:
    for held in references.values():
        comparison = compare(held.register, held.register)
        assert comparison.whole == (1.0, 1.0)
        assert all(wanted is found for wanted, found in comparison.pairs)


def test_a_lost_row_a_row_too_many_and_a_wrong_field_are_told(references: dict[str, Reference]) -> None:
    first, second, *rest = references[PROSE].register
    wrong: Commitment = replace(second, body="nobody")
    comparison = compare(
        [first, second, *rest], [wrong, *rest, replace(rest[0], text="Words of no row at all")]
    )
    assert [row.id for row in comparison.missing] == [first.id]
    assert [row.text for row in comparison.extra] == ["Words of no row at all"]
    assert [set(difference.fields) for difference in comparison.differences] == [{"body"}]
    assert comparison.rows[0] == (len(rest) + 1) / (len(rest) + 2)
    assert comparison.whole[0] == len(rest) / (len(rest) + 2)
    assert "nobody" in comparison.report()


def test_hyphens_spaces_raised_digits_and_quotes_do_not_count() -> None:
    assert folded("pre-\ndeparture “rights”¹") == folded('Pre-departure "rights" 1')
