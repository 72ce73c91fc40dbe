from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.elements import Element, ElementKind, Run, Table, TableCell
from ingest.readers.pdf import joining
from ingest.readers.pdf.found import FoundTable
from ingest.readers.pdf.tables import goes_on, joined
from tests.ingest.readers.pdf.making import SENTENCES, cell, found, shown, table, tabled

HEADS = ["Theme", "Action", "Activity", "Period"]
WIDTHS = [80, 100, 150, 70]


def run(tmp_path, *pages, spans=((), ()), widths=WIDTHS):
    """The tables of pages, each from its own rows and merged places."""
    styles = [[("SPAN", *each) for each in merged] for merged in spans] + [[]] * len(pages)
    made = [table(rows, widths, *styles[i]) for i, rows in enumerate(pages)]
    return found(tabled(tmp_path / "a.pdf", *made))


def test_a_table_alone_comes_back_as_it_is(tmp_path):
    (each,) = run(tmp_path, [HEADS, ["Skills", "Plan", SENTENCES[0], "2021"]])
    assert joined([each]) == each


def test_a_table_over_three_pages_is_one_without_the_repeated_heads(tmp_path):
    rows = [[str(i), f"Action {i}", f"{SENTENCES[i % 4]}.", "2021"] for i in range(9)]
    tables = run(tmp_path, [HEADS, *rows[:3]], [HEADS, *rows[3:6]], [HEADS, *rows[6:]])
    assert goes_on(tables[0], tables[1])
    assert goes_on(tables[1], tables[2])
    assert goes_on(joined(tables[:2]), tables[2])
    whole = joined(tables)
    assert shown(whole) == [HEADS, *rows]
    assert (whole.table.header, whole.page, whole.last, whole.box) == (1, 1, 3, tables[0].box)
    assert {
        r.page for row in whole.table.rows for each in row if each for e in each.content for r in e.runs
    } == {
        1,
        2,
        3,
    }


def test_heads_that_only_their_repetition_tells_are_heads(tmp_path):
    rows = [["a", "b", "c", "d"], ["e", "f", "g", "h"]]
    tables = run(tmp_path, [HEADS, rows[0]], [HEADS, rows[1]])
    assert [each.table.header for each in tables] == [0, 0]
    whole = joined(tables)
    assert shown(whole) == [HEADS, *rows]
    assert whole.table.header == 1


def test_a_row_cut_by_the_page_is_one_with_both_places(tmp_path):
    tables = run(
        tmp_path,
        [HEADS, ["Skills", "Plan", "Recruitment costs are borne by", "2021"]],
        [HEADS, ["", "", "employers and not by workers.", ""], ["Safety", "Study", SENTENCES[2], "2022"]],
    )
    whole = joined(tables)
    assert shown(whole)[1] == [
        "Skills",
        "Plan",
        "Recruitment costs are borne by employers and not by workers.",
        "2021",
    ]
    assert len(whole.table.rows) == 3
    (element,) = cell(whole, 1, 2).content
    assert {run.page for run in element.runs} == {1, 2}


def test_a_rest_of_one_row_on_the_last_page_is_joined(tmp_path):
    tables = run(
        tmp_path,
        [HEADS, ["Skills", "Plan", "Recruitment costs are borne by", "2021"]],
        [["", "", "employers and not by workers.", ""]],
    )
    assert tables[1].fragment
    assert goes_on(*tables)
    assert shown(joined(tables))[1][2] == "Recruitment costs are borne by employers and not by workers."
    assert len(joined(tables).table.rows) == 2


def test_a_row_cut_in_all_its_cells_is_one(tmp_path):
    tables = run(
        tmp_path,
        [HEADS, ["Protection of", "Plan for", "Costs are borne by", "2021"]],
        [["migrant workers", "all the states", "employers.", ""]],
    )
    assert shown(joined(tables))[1] == [
        "Protection of migrant workers",
        "Plan for all the states",
        "Costs are borne by employers.",
        "2021",
    ]


def test_a_new_row_after_the_break_stays_a_row(tmp_path):
    tables = run(
        tmp_path,
        [HEADS, ["Skills", "Plan", "First workshop", "2021"]],
        [HEADS, ["Safety", "Study", "second workshop", "2022"]],
    )
    assert len(joined(tables).table.rows) == 3


def test_a_merged_cell_goes_on_over_the_break(tmp_path):
    first = [
        HEADS,
        ["Skills", "Plan", "First workshop.", "2021"],
        ["", "", "Second workshop.", "2022"],
        ["", "Study", "A survey.", "2022"],
    ]
    second = [
        HEADS,
        ["", "", "A forum.", "2023"],
        ["", "", "A report.", "2023"],
        ["Safety", "Law", "A model.", "2024"],
    ]
    spans = (
        (((0, 1), (0, 3)), ((1, 1), (1, 2))),
        (((0, 1), (0, 2)), ((1, 1), (1, 2))),
    )
    whole = joined(run(tmp_path, first, second, spans=spans))
    assert shown(whole) == [
        HEADS,
        ["Skills", "Plan", "First workshop.", "2021"],
        [None, None, "Second workshop.", "2022"],
        [None, "Study", "A survey.", "2022"],
        [None, None, "A forum.", "2023"],
        [None, None, "A report.", "2023"],
        ["Safety", "Law", "A model.", "2024"],
    ]
    assert cell(whole, 1, 0).rows == 5
    assert cell(whole, 3, 1).rows == 3


def test_a_row_cut_within_a_merged_cell_counts_once(tmp_path):
    first = [HEADS, ["Skills", "Plan", "First workshop.", "2021"], ["", "", "Costs are borne by", "2022"]]
    second = [["", "", "employers.", ""], ["", "", "A forum.", "2023"]]
    spans = ((((0, 1), (0, 2)), ((1, 1), (1, 2))), (((0, 0), (0, 1)), ((1, 0), (1, 1))))
    whole = joined(run(tmp_path, first, second, spans=spans))
    assert shown(whole)[2:] == [
        [None, None, "Costs are borne by employers.", "2022"],
        [None, None, "A forum.", "2023"],
    ]
    assert [cell(whole, 1, column).rows for column in (0, 1)] == [3, 3]


def test_columns_merged_on_a_whole_page_are_found_again(tmp_path):
    tables = run(
        tmp_path,
        [HEADS, ["Skills", "Plan", "First workshop.", "2021"]],
        [["All the themes", "", "A forum.", "2023"], ["And all actions", "", "A report.", "2023"]],
        spans=((), (((0, 0), (1, 0)), ((0, 1), (1, 1)))),
    )
    assert len(tables[1].edges) == 4
    assert goes_on(*tables)
    assert shown(joined(tables))[2] == ["All the themes", None, "A forum.", "2023"]


@pytest.mark.parametrize("widths", [[80, 100, 150, 90], [80, 120, 130, 70], [180, 150, 70]])
def test_a_table_of_other_columns_does_not_go_on(tmp_path, widths):
    rows = [HEADS, ["Skills", "Plan", SENTENCES[0], "2021"]]
    (before,) = run(tmp_path, rows)
    (after,) = run(tmp_path, [row[: len(widths)] for row in rows], widths=widths)
    assert goes_on(before, replace(before, page=2, last=2))
    moved = replace(after, page=2, last=2)
    assert goes_on(before, moved) == (widths == [180, 150, 70])


def test_a_table_on_a_later_page_or_with_heads_of_its_own_does_not_go_on(tmp_path):
    heads = [f"<b>{head}</b>" for head in HEADS]
    others = ["<b>Country</b>", "<b>Body</b>", "<b>Task</b>", "<b>Year</b>"]
    rows = [["Skills", "Plan", SENTENCES[0], "2021"]] * 2
    first, second = run(tmp_path, [heads, *rows], [others, *rows])
    assert not goes_on(first, second)
    assert not goes_on(first, replace(first, page=3, last=3))


def test_heads_without_a_rule_below_them_are_stripped_from_the_first_row(tmp_path):
    tables = run(
        tmp_path,
        [HEADS, ["Skills", "Plan", "Costs are borne by", "2021"]],
        [["Theme", "Action", "Activity<br/>employers.", "Period"], ["Safety", "Law", "A model.", "2024"]],
    )
    assert shown(joined(tables)) == [
        HEADS,
        ["Skills", "Plan", "Costs are borne by employers.", "2021"],
        ["Safety", "Law", "A model.", "2024"],
    ]


@pytest.mark.parametrize(
    ("cell_before", "cell_after", "cut"),
    [
        ("Comparative study of the practices", "2nd conference in Dong Nai", False),
        ("Publication of the guidelines on good", "Practices (2012)", True),
        ("Support an ASEAN Community", "[Country Coordinator: Thailand]", True),
        ("Publication of the guidelines.", "Practices (2012)", False),
    ],
)
def test_what_goes_on_below_a_break(tmp_path, cell_before, cell_after, cut):
    """A number before small letters begins a row anew; brackets and a last word or two go on."""
    before = [HEADS, ["Skills", "Plan", cell_before, "2021"]]
    after = [HEADS, ["", "", cell_after, ""]]
    whole = joined(run(tmp_path, before, after))
    assert len(whole.table.rows) == (2 if cut else 3)


def page_of_rows(number, count=40):
    """A table of a page, whose rows are closed below."""
    said = (Element(ElementKind.PARAGRAPH, (Run(f"Measure {number}.", number),)),)
    rows = tuple((TableCell(said), TableCell(said)) for _ in range(count))
    return FoundTable(number, (72, 72, 523, 770), Table(rows), (72, 300, 523), number)


def test_rows_are_handled_once_however_many_pages_a_table_has(monkeypatch):
    handled = []

    def noted(kept):
        def note(*given):
            handled.append(given)
            return kept(*given)

        return note

    for name in ("_regridded", "add_rows"):
        monkeypatch.setattr(joining, name, noted(getattr(joining, name)))
    pages = [page_of_rows(number) for number in range(1, 31)]
    assert len(joined(pages).table.rows) == 30 * 40
    held = {id(given[0]) for given in handled if len(given[0]) > 40}
    assert len(held) == 1
