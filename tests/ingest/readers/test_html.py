"""Web pages: what a browser shows of them, without menus and the frame of the page."""

import pytest

from ingest.composing import compose
from ingest.elements import ElementKind, Properties, Table
from ingest.readers.html import read
from ingest.readers.web.unread import FRAMED, OUTSIDE, PICTURED


@pytest.fixture
def page(tmp_path):
    """Read the body of a page, or its bytes."""

    def read_page(body):
        path = tmp_path / "a.html"
        path.write_bytes(body if isinstance(body, bytes) else f"<meta charset=utf-8>{body}".encode())
        return read(path)

    return read_page


def words(element):
    return " ".join(run.text for run in element.runs)


def texts(layout):
    return [words(element) for element in layout.elements]


def labels(layout):
    return [(element.label, element.level) for element in layout.elements]


def cells_of(found):
    return [
        [one and (" ".join(map(words, one.content)), one.rows, one.columns) for one in line]
        for line in found.rows
    ]


def test_blocks_are_elements_in_the_order_of_the_page(page):
    found = page("<h1>A <em>plan</em></h1>loose words<p>A para<b>graph</b>.<div>More<p>and</div><h3>Low</h3>")
    assert texts(found) == ["A plan", "loose words", "A paragraph.", "More", "and", "Low"]
    heads = [element.level for element in found.elements if element.kind is ElementKind.HEADING]
    assert heads == [1, 3]
    assert found.pages == 0


def test_numbers_of_lists_are_those_that_a_browser_shows(page):
    found = page(
        "<ol start=4><li>a<li value=9>b<li>c</ol><ol type=a><li>d</ol><ol type=I><li>e<li>f</ol>"
        "<ol reversed start=2><li>g<li>h</ol><ol style='list-style-type: lower-roman'><li>i</ol>"
    )
    assert [label for label, _ in labels(found)] == ["4.", "9.", "10.", "a.", "I.", "II.", "2.", "1.", "i."]


def test_lists_in_lists_are_deeper(page):
    found = page("<ol><li>one<ul><li>two<ul><li>three</ul></ul><li><p>four</p><p>goes on</p></ol>")
    assert labels(found) == [("1.", 0), ("•", 1), ("○", 2), ("2.", 0), ("", 1)]
    assert found.elements[-1].kind is ElementKind.PARAGRAPH


def test_a_list_without_marks_holds_paragraphs(page):
    found = page('<ul style="list-style: none"><li>(a) Promote rights</ul><ul type=square><li>x</ul>')
    assert [(element.kind, element.label) for element in found.elements] == [
        (ElementKind.PARAGRAPH, ""), (ElementKind.ITEM, "▪"),
    ]  # fmt: skip


def test_a_heading_in_an_item_has_its_number(page):
    found = page("<ol><li><h2>Aims</h2><p>Words</p></ol>")
    assert [(element.kind, element.label) for element in found.elements] == [
        (ElementKind.HEADING, "1."), (ElementKind.PARAGRAPH, ""),
    ]  # fmt: skip


def test_merged_cells_are_one_and_lie_over_no_other(page):
    found = page(
        "<table><tr><td rowspan=2>A<td colspan=2>B<tr><td>C<td>D<tr><td>E<td rowspan=0>F<td>G"
        "<tr><td colspan=9>H</table>"
    ).elements[0]
    assert cells_of(found) == [
        [("A", 2, 1), ("B", 1, 2), None],
        [None, ("C", 1, 1), ("D", 1, 1)],
        [("E", 1, 1), ("F", 2, 1), ("G", 1, 1)],
        [("H", 1, 1), None, ("", 1, 1)],
    ]


def test_rows_of_heads_are_those_marked_or_made_of_heads(page):
    found = page(
        "<table><thead><tr><td>A<td>B<tbody><tr><td>a<td>b</table>"
        "<table><tr><th>A<th>B<tr><th>C<th>D<tr><th>a<td>b</table>"
        "<table><tr><td><b>A</b><td><b>B</b><tr><td>a<td>b</table>"
        "<table><tr><td>A<td>B<tr><td>a<td>b</table>"
        "<table><tr><td><td><tr><td>a<td>b</table>"
    )
    assert [part.header for part in found.elements] == [1, 2, 1, 0, 0]


def test_a_caption_stands_before_its_table(page):
    found = page("<table><caption>Table 1<tr><td>a<td>b</table>")
    assert words(found.elements[0]) == "Table 1"
    assert isinstance(found.elements[1], Table)


def test_a_cell_keeps_its_paragraphs_and_lists(page):
    cell = page("<table><tr><td>A<td><p>one</p><ul><li>two</ul></table>").elements[0].rows[0][1]
    assert [(words(part), part.label) for part in cell.content] == [("one", ""), ("two", "•")]


def test_a_table_that_lays_out_a_page_is_none(page):
    inner = "<table><tr><td>a<td>b</table>"
    found = page(f"<table><tr><td>Left<td><p>Right</p>{inner}</table>")
    assert [type(part) is Table for part in found.elements] == [False, False, True]


def test_a_table_in_a_table_with_heads_is_part_of_its_cell(page):
    found = page("<table><tr><th>A<th>B<tr><td>a<td>b <table><tr><td>c<td>d</table></table>").elements
    assert cells_of(found[0])[1][1] == ("b c d", 1, 1)


def test_terms_and_their_meanings_are_rows_unless_they_are_long(page):
    found = page("<dl><dt>ILO<dd>Labour<dd>Organization<dt>AMS<dd>States</dl>").elements[0]
    assert cells_of(found) == [
        [("ILO", 1, 1), ("Labour", 1, 1)],
        [("", 1, 1), ("Organization", 1, 1)],
        [("AMS", 1, 1), ("States", 1, 1)],
    ]  # fmt: skip
    assert texts(page("<dl><dt>Aims<dd><p>One</p><p>Two</p></dl>")) == ["Aims", "One", "Two"]


def test_a_list_of_one_term_says_that_it_is_one(page):
    assert page("<dl><dt>ILO<dd>Labour</dl>").elements[0].terms
    assert not page("<table><tr><td>ILO<td>Labour</table>").elements[0].terms


def test_raised_numbers_are_written_raised_with_or_without_brackets(page):
    assert texts(page("<p>rights<sup>1</sup> and<sup><a href=#n>[2]</a></sup> the 5<sup>th</sup></p>")) == [
        "rights¹ and² the 5th"
    ]


def test_notes_at_the_end_stand_behind_what_they_are_notes_to(page):
    found = page(
        "<main><p>First<sup>1</sup>.</p><p>Second<sup>2</sup>.</p><footer class=footnotes>"
        "<p><sup>2</sup> Two.</p><p><sup>1</sup> One. <a class=footnote-backref>↩</a></p></footer></main>"
    )
    assert [(element.label, words(element)) for element in found.elements] == [
        ("", "First¹."), ("¹", "One."), ("", "Second²."), ("²", "Two."),
    ]  # fmt: skip


def test_a_list_of_notes_numbers_them(page):
    found = page('<p>Words<sup>1</sup></p><section role="doc-endnotes"><ol><li><p>One.</p></ol></section>')
    assert [(element.kind, element.label) for element in found.elements][1] == (ElementKind.NOTE, "¹")


def test_a_class_that_only_mentions_notes_marks_none(page):
    found = page('<div class="has-footnotes"><p>Words</p></div>')
    assert found.elements[0].kind is ElementKind.PARAGRAPH


def test_the_frame_of_a_page_is_left_out(page):
    found = page(
        "<header>Site</header><nav>Menu</nav><aside>Advert</aside><script>x()</script><style>p{}</style>"
        "<p>Words</p><p hidden>no</p><p style='display:none'>no</p><form><button>no</button>Kept</form>"
        "<article><header>Its head</header></article><footer>Imprint</footer>"
    )
    assert texts(found) == ["Words", "Kept", "Its head"]


def test_of_a_page_that_names_its_text_that_alone_is_read(page):
    assert texts(page("<p>Other</p><main><p>The text</p></main>")) == ["The text"]
    assert texts(page("<p>Other words</p><main>x</main>")) == ["Other words", "x"]
    assert texts(page("<p>An annex</p><main>A plan</main>")) == ["An annex", "A plan"]


def test_text_outside_what_a_page_names_its_text_is_told_of(page):
    main, menu = "<main><p>The text of the plan, long enough to be most of it.</p></main>", "<p>Home</p>"
    assert page(menu + main).notices == ()
    annex = "<table><tr><td>Measure<td>Year</table>"
    assert page(menu + main + annex).notices == (OUTSIDE,)
    assert page(main.replace("</p>", " Words" * 60 + "</p>") + "<p>" + "An annex. " * 20).notices == (
        OUTSIDE,
    )


@pytest.mark.parametrize(("held", "notices"), [
    ("<img src=a>" * 3, (PICTURED,)),
    ("<img src=a width=900 height=400px>", (PICTURED,)),
    ("<img src=a width=900 height=40>", ()),
    ('<img src=a alt="">', ()),
    ("<iframe src=b></iframe><svg></svg>", (PICTURED, FRAMED)),
])  # fmt: skip
def test_pictures_and_pages_within_a_page_are_told_of_once(page, held, notices):
    assert page(f"<p>Words {held}").notices == notices
    assert page(f"<main><p>Words</p>{held}</main>").notices == notices
    assert page(f"<nav>{held}</nav><main><p>Words</p></main>").notices == ()


def test_breaks_end_lines_and_preformatted_lines_are_kept(page):
    found = page("<p>one<br>two\nthree</p><pre>four\n  five</pre>")
    assert [[run.text for run in element.runs] for element in found.elements] == [
        ["one", "two three"], ["four", "five"],
    ]  # fmt: skip


def test_deleted_words_are_left_out(page):
    assert texts(page("<p>Publish <del>some</del><ins>all</ins> costs</p>")) == ["Publish all costs"]


def test_a_line_is_strong_where_all_of_it_is(page):
    found = page(
        "<p><b>a</b> <u>b</u></p><p><b>a</b> b</p><p style='font-weight: 700'>a</p>"
        "<p><span style='text-decoration:underline'>a</span></p>"
    )
    assert [element.strong for element in found.elements] == [True, False, True, True]


def test_the_head_of_a_page_says_who_wrote_it_and_when(page):
    found = page(
        "<title> A\n plan </title><meta name=Author content='ASEAN'>"
        "<meta property='article:published_time' content='2012-10-31T08:00'><p>Words"
    )
    assert found.properties == Properties("A plan", "ASEAN", "2012-10-31")
    assert page("<p>Words").properties == Properties()


@pytest.mark.parametrize("data", [
    "<p>Coopération".encode("utf-8-sig"),
    "<p>Coopération".encode(),
    "<p>Coopération".encode("utf-16"),
    "<p>Coopération".encode("latin-1"),
    "<meta charset='iso-8859-1'><p>Coopération".encode("latin-1"),
    "<meta http-equiv=x content='text/html; charset=windows-1250'><p>Coopération".encode("cp1250"),
    "<meta charset=unicode_escape><p>Coopération".encode(),
    "<meta charset=nonsense><p>Coopération".encode(),
])  # fmt: skip
def test_characters_are_those_of_the_encoding_that_the_page_names(page, data):
    assert texts(page(data)) == ["Coopération"]


@pytest.mark.parametrize(("name", "data"), [
    ("windows-874", "แรงงาน".encode("cp874")),
    ("TIS-620", "แรงงาน".encode("cp874")),
    ("iso-8859-12", "แรงงาน".encode()),
    ("windows-1259", "แรงงาน".encode()),
])  # fmt: skip
def test_an_encoding_that_python_calls_otherwise_or_does_not_know_is_no_end(page, name, data):
    assert texts(page(f"<meta charset={name}><p>".encode() + data)) == ["แรงงาน"]


def test_a_page_that_is_not_utf_8_though_it_says_so_is_read_and_told_of(page):
    found = page("<meta charset=utf-8><p>Coopération régionale – “work”".encode("cp1252"))
    assert texts(found) == ["Coopération régionale – “work”"]
    (notice,) = found.notices
    assert "windows-1252" in notice.words


def test_a_few_spoilt_bytes_are_told_of_and_cost_no_other_characters(page):
    found = page("<meta charset=utf-8><p>Coopération régionale".encode() + b"\xe9")
    assert texts(found) == ["Coopération régionale\ufffd"]
    (notice,) = found.notices
    assert notice.words.startswith("1 bytes of it are no characters")
    assert not page("<p>A \ufffd that was there".encode()).notices


def test_a_page_is_composed_into_a_text(page):
    found = compose(page("<h1>Plan</h1><p>They agreed to:</p><ol><li>meet;<li>report.</ol>"))
    assert found.text == "Plan\n\nThey agreed to:\n\n1. meet;\n2. report.\n"
