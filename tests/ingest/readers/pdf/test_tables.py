from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.colors import black, lightgrey
from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import Paragraph, Table

from ingest.elements import ElementKind
from ingest.readers.pdf.header import words_in
from ingest.readers.pdf.page import Page, Word
from ingest.readers.pdf.ruled import within
from ingest.readers.pdf.tables import find_tables
from tests.ingest.readers.pdf.making import BODY, SENTENCES, drawn, found, lines, read, shown, table, tabled

ROWS = [["Theme", "Action", "Period"], ["Skills", SENTENCES[0], "2021"], ["Safety", SENTENCES[2], "2022"]]
WIDTHS = [80, 200, 80]


def only(path):
    (each,) = found(path)
    return each


def test_a_ruled_table_gives_each_cell_its_words_and_place(tmp_path):
    each = only(tabled(tmp_path / "a.pdf", table(ROWS, WIDTHS)))
    assert shown(each) == ROWS
    assert each.table.header == 1
    assert each.edges[-1] - each.edges[0] == pytest.approx(sum(WIDTHS))
    assert each.closed
    (element,) = each.table.rows[1][1].content
    assert element.kind is ElementKind.PARAGRAPH
    assert all(run.page == 1 and each.box[0] < run.box[0] < run.box[2] < each.box[2] for run in element.runs)


def test_merged_cells_cover_their_places(tmp_path):
    rows = [["Theme", "Plan", ""], ["", "Action", "Period"], ["Skills", "One", "2021"], ["", "Two", "2022"]]
    spans = [("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1)), ("SPAN", (0, 2), (0, 3))]
    each = only(tabled(tmp_path / "a.pdf", table(rows, WIDTHS, *spans)))
    assert shown(each) == [
        ["Theme", "Plan", None],
        [None, "Action", "Period"],
        ["Skills", "One", "2021"],
        [None, "Two", "2022"],
    ]
    theme, plan = each.table.rows[0][0], each.table.rows[0][1]
    assert (theme.rows, theme.columns, plan.rows, plan.columns) == (2, 1, 1, 2)
    assert each.table.rows[2][0].rows == 2
    assert each.table.header == 2


@pytest.mark.parametrize(
    "styles",
    [
        [("INNERGRID", (0, 0), (-1, -1), 0.5, black)],
        [("LINEBELOW", (0, 0), (-1, -1), 0.5, black), ("LINEAFTER", (0, 0), (-2, -1), 0.5, black)],
        [("GRID", (0, 0), (-1, -1), 2, black)],
        [("GRID", (0, 0), (-1, -1), 0.5, black, None, (1, 1))],
        [("BOX", (0, 0), (-1, -1), 0.5, black), ("INNERGRID", (0, 0), (-1, -1), 0.5, black)],
        [("GRID", (0, 0), (-1, -1), 0.5, black), ("BACKGROUND", (0, 0), (-1, 0), lightgrey)],
    ],
)
def test_edges_may_be_missing_thick_dotted_or_shaded(tmp_path, styles):
    each = only(tabled(tmp_path / "a.pdf", table(ROWS, WIDTHS, *styles, grid=False)))
    assert shown(each) == ROWS


def test_a_table_of_sixty_columns_keeps_them(tmp_path):
    rows = [[str(100 * r + c) for c in range(60)] for r in range(8)]
    path = tabled(tmp_path / "a.pdf", table(rows, [30] * 60), size=(2000, 600))
    assert shown(only(path)) == rows


def test_a_frame_around_text_is_no_table_and_neither_is_a_chart(tmp_path):
    def chart(canvas):
        canvas.grid([100 + 20 * i for i in range(9)], [300 + 20 * i for i in range(9)])
        for i in range(9):
            canvas.drawString(60, 300 + 20 * i, str(i))

    framed = table([[SENTENCES[0]]], [200])
    assert found(tabled(tmp_path / "a.pdf", framed, table([[each] for each in SENTENCES], [200]))) == []
    assert found(drawn(tmp_path / "b.pdf", chart)) == []


def test_a_row_alone_is_a_fragment(tmp_path):
    each = only(tabled(tmp_path / "a.pdf", table([["", SENTENCES[0], ""]], WIDTHS)))
    assert each.fragment
    assert shown(each) == [["", SENTENCES[0], ""]]


def test_a_table_in_a_cell_is_read_as_text_of_the_cell(tmp_path):
    inner = Table(
        [["a", "b"], ["c", "d"]], colWidths=[40, 40], style=[("GRID", (0, 0), (-1, -1), 0.5, black)]
    )
    each = only(tabled(tmp_path / "a.pdf", table([["Theme", "Action"], ["Skills", inner]], [100, 200])))
    assert shown(each) == [["Theme", "Action"], ["Skills", "a b c d"]]


def test_a_cell_holds_paragraphs_and_items_with_labels_and_levels(tmp_path):
    def item(text, indent, label):
        style = BODY.clone("item", leftIndent=indent + 12, bulletIndent=indent)
        return Paragraph(text, style, bulletText=label)

    cell = [
        Paragraph("<b>Expected outcomes</b>", BODY),
        item("Recruitment costs are borne by employers and not by the workers themselves;", 0, "(a)"),
        item("first measure", 14, "•"),
        item("second measure of some length that runs over the line to the next one", 14, "•"),
        item("Labour inspection is extended.", 0, "(b)"),
        Paragraph("In the year 2021 all are <u>reviewed</u>.", BODY.clone("later", spaceBefore=12)),
    ]
    each = only(tabled(tmp_path / "a.pdf", table([["Theme", "Action"], ["Skills", cell]], [80, 200])))
    content = each.table.rows[1][1].content
    assert [(element.kind.value, element.label, element.level, element.strong) for element in content] == [
        ("paragraph", "", 0, True),
        ("item", "(a)", 0, False),
        ("item", "•", 1, False),
        ("item", "•", 1, False),
        ("item", "(b)", 0, False),
        ("paragraph", "", 0, False),
    ]
    assert content[1].runs[0].text.startswith("Recruitment costs")
    assert len(content[3].runs) == 2


def test_an_underlined_paragraph_is_strong(tmp_path):
    rows = [["<u>Theme one of the plan</u>", "Action"], ["Skills", SENTENCES[1]]]
    each = only(tabled(tmp_path / "a.pdf", table(rows, [150, 200])))
    assert [element.strong for row in each.table.rows for cell in row for element in cell.content] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("first", "second", "texts", "joins"),
    [
        ("decent employ-", "ment for all", ["decent employ", "ment for all"], True),
        ("the self-", "employed workers", ["the self-", "employed workers"], True),
        ("pre- and post-", "and later", ["pre- and post-", "and later"], False),
        ("the ASEAN-", "ILO project", ["the ASEAN-", "ILO project"], False),
    ],
)
def test_a_broken_word_is_joined_and_a_hyphen_of_its_own_stays(tmp_path, first, second, texts, joins):
    cell = f"{first}<br/>{second}"
    path = tabled(tmp_path / "a.pdf", table([["employment", "Action"], ["Skills", cell]], [150, 200]))
    (element,) = only(path).table.rows[1][1].content
    assert [run.text for run in element.runs] == texts
    assert [run.joins for run in element.runs] == [joins, False]


def test_a_footnotes_mark_is_written_in_superscript_digits(tmp_path):
    cell = "Recruitment costs<super size=6>12</super> are borne"
    path = tabled(tmp_path / "a.pdf", table([["Theme", "Action"], ["Skills", cell]], [150, 200]))
    assert shown(only(path))[1][1] == "Recruitment costs¹² are borne"


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ([["Theme", "Action", "Period"], ["a", "b", "c"], ["d", "e", "f"]], 0),
        ([["<b>Theme</b>", "<b>Action</b>", "<b>Period</b>"], ["a", "b", "c"], ["d", "e", "f"]], 1),
        ([["<b>Theme</b>", "<b>Action</b>"], ["a", "b"], ["d", "e"]], 1),
        ([["Name", "Ministry of Manpower of Singapore"], ["Role", "coordinator of the plan"]], 0),
        ([["Country", "2010", "2015"], ["Thailand", "12.5", "13.1"], ["Viet Nam", "9", "10"]], 0),
        ([["Country", "Workers", "Share"], ["Thailand", "1,200", "13.1%"], ["Viet Nam", "9", "10%"]], 1),
        ([["", "<b>Workers</b>", "<b>Share</b>"], ["Thailand", "1,200", "13.1%"]], 1),
        ([[SENTENCES[1] + " at all", "Action", "Period"], ["a", SENTENCES[0], "c"]], 0),
    ],
)
def test_heads_of_columns_are_told_from_their_form(tmp_path, rows, header):
    path = tabled(tmp_path / "a.pdf", table(rows, [120] * len(rows[0])))
    assert only(path).table.header == header


LISTED = [
    ["Country", "Coordinator", "Period"],
    ["Indonesia", "Ministry of Manpower", "2016-2020"],
    ["Lao PDR", "Ministry of Labour", "2017-2018"],
    ["Viet Nam", "Department of Overseas Labour", "2016-2019"],
]


def test_a_table_without_rules_is_found_by_its_columns(tmp_path):
    each = only(tabled(tmp_path / "a.pdf", table(LISTED, [120, 200, 100], grid=False)))
    assert shown(each) == LISTED


def test_wrapped_cells_without_rules_stay_in_their_rows(tmp_path):
    rows = [[a, f"{b} and all the bodies that work with it on this", c] for a, b, c in LISTED]
    each = only(tabled(tmp_path / "a.pdf", table(rows, [120, 150, 100], grid=False)))
    assert shown(each) == rows


def test_two_columns_far_apart_without_rules_are_a_table(tmp_path):
    rows = [["ACMW", "ASEAN Committee on Migrant Workers"], ["ILO", "International Labour Organization"]]
    rows += [["SLOM", "Senior Labour Officials Meeting"], ["OSH", "Occupational Safety and Health"]]
    each = only(tabled(tmp_path / "a.pdf", table(rows, [120, 250], grid=False)))
    assert shown(each) == rows


PROSE = (" ".join(SENTENCES) + ". ") * 6


@pytest.mark.parametrize("alignment", ["left", "justify"])
@pytest.mark.parametrize("columns", [1, 2, 3])
def test_running_text_in_columns_is_no_table(tmp_path, alignment, columns):
    style = BODY.clone("prose", alignment={"left": 0, "justify": 4}[alignment])
    cells = [[Paragraph(PROSE, style) for _ in range(columns)]]
    assert found(tabled(tmp_path / "a.pdf", table(cells, [450 / columns] * columns, grid=False))) == []


@pytest.mark.parametrize("label", ["•", "(a)", "12."])
def test_a_list_that_hangs_from_its_markers_is_no_table(tmp_path, label):
    items = [[Paragraph(each, BODY.clone("i", leftIndent=60), bulletText=label)] for each in SENTENCES]
    assert found(tabled(tmp_path / "a.pdf", table(items, [300], grid=False))) == []


def test_a_table_of_contents_is_no_table(tmp_path):
    rows = [[f"Chapter {each}", str(7 * i)] for i, each in enumerate(["one", "two", "three", "four"])]
    assert found(tabled(tmp_path / "a.pdf", table(rows, [300, 60], grid=False))) == []


def test_text_above_and_below_a_table_without_rules_stays_out_of_it(tmp_path):
    def draw(canvas):
        lines(*SENTENCES, top=72)(canvas)
        for i, row in enumerate(LISTED):
            for x, cell in zip((72, 220, 420), row, strict=True):
                canvas.drawString(x, A4[1] - 150 - 14 * i, cell)
        lines(*SENTENCES, top=240)(canvas)

    assert shown(only(drawn(tmp_path / "a.pdf", draw))) == LISTED


spanned = st.lists(st.tuples(*[st.integers(0, 4)] * 4), max_size=4)


def _apart(spans):
    """Spans as reportlab takes them, none over another."""
    taken: set[tuple[int, int]] = set()
    kept = []
    for a, b, c, d in spans:
        (c0, c1), (r0, r1) = sorted((a, b)), sorted((c, d))
        places = {(c, r) for c in range(c0, c1 + 1) for r in range(r0, r1 + 1)}
        if not places & taken:
            taken |= places
            kept.append(((c0, r0), (c1, r1)))
    return kept


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(spanned, st.lists(st.integers(0, 12), min_size=25, max_size=25))
def test_no_word_of_a_table_is_lost_or_doubled(tmp_path, spans, counts):
    kept = _apart(spans)
    words = iter(f"w{i}" for i in range(1000))
    cells = [" ".join(next(words) for _ in range(count)) for count in counts]
    rows = [cells[i : i + 5] for i in range(0, 25, 5)]
    styles = [("SPAN", *each) for each in kept]
    path = tabled(tmp_path / "a.pdf", table(rows, [80] * 5, *styles))
    for page in read(path):
        for each in find_tables(page):
            inside = sorted(word.text for word in page.words if within(word, each.box))
            held = [words_in(cell).split() for row in each.table.rows for cell in row if cell]
            assert sorted(text for cell in held for text in cell) == inside
            _assert_tiled(each.table.rows)


def _assert_tiled(rows):
    """Every place is a cell's own or covered by exactly one."""
    covered = [[0] * len(row) for row in rows]
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell:
                for i in range(r, r + cell.rows):
                    for j in range(c, c + cell.columns):
                        covered[i][j] += 1
    assert covered == [[1] * len(row) for row in rows]


places = st.tuples(st.floats(0, 500), st.floats(0, 700), st.floats(1, 90), st.floats(4, 14))


@settings(max_examples=60, deadline=None)
@given(st.lists(places, max_size=60))
def test_words_anywhere_on_a_page_are_held_once_at_most(scattered):
    words = [Word(f"w{i}", (x, y, x + w, y + h), h) for i, (x, y, w, h) in enumerate(scattered)]
    tables = find_tables(Page(1, 595, 842, tuple(words)))
    held = [text for t in tables for row in t.table.rows for cell in row for text in words_in(cell).split()]
    inside = [word.text for word in words if any(within(word, each.box) for each in tables)]
    assert sorted(held) == sorted(inside)


def test_a_wide_page_of_a_work_plan_is_read(tmp_path):
    path = tabled(tmp_path / "a.pdf", table(ROWS * 3, [150, 400, 100]), size=landscape(A4))
    assert len(only(path).table.rows) == 9
