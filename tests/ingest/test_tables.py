"""Tables in the states in which extraction leaves them."""

from corpus.documents import BlockKind
from corpus.records import Passage
from tests.ingest.reading import cut_up, of_kind, read

MATRIX = (
    "Theme\tAction\tActivity\tCoordinator\n"
    "1. Skills\t1.1 Improve frameworks to meet\tFirst workshop (2012)\tThailand\n"
    "\tthe needs of all\t\t\n"
    "\t\tSecond workshop\tMyanmar\n"
    "\n"
    "Theme\tAction\tActivity\tCoordinator\n"
    "\t1.2 Compare standards\tA study\t\n"
    "2. Safety\t\tA forum\tSingapore\n"
)

FLATTENED = """ Strategic Thematic Recommended Actions Responsible Indicative Potential
Priorities Areas Bodies Calendar Collaborators

First Compliance Carry out training for labour SLOM-WG 2011 - 2015 ILO
area with the inspectors
laws

Identify needs of inspectorates ACMW 2011 Japan and
of all Member States IOM

Child labour

Study regional guidelines SLOM 2011-2013 AICHR, ILO

 Strategic Thematic Recommended Actions Responsible Indicative Potential
Priorities Areas Bodies Calendar Collaborators

Second Dialogue Hold meetings SLOM 2010 ILO
area Publish good practices in SLOM 2011 - 2014
the region

Adopt the guidelines ALMM 2010
"""


def rows(text: str) -> list[Passage]:
    return [passage for passage in cut_up(text) if passage.kind == "row"]


def test_a_row_broken_over_lines_is_one_and_repeated_heads_are_dropped() -> None:
    document = read(MATRIX)
    assert len(of_kind(document, BlockKind.FURNITURE)) == 2
    assert of_kind(document, BlockKind.ROW)[0] == (
        "1. Skills 1.1 Improve frameworks to meet First workshop (2012) Thailand the needs of all"
    )


def test_blanks_left_of_the_first_cell_are_filled_from_above_and_others_are_not() -> None:
    cells = [dict(row.cells) for row in rows(MATRIX)]
    assert cells[0]["Action"] == "1.1 Improve frameworks to meet the needs of all"
    assert cells[1]["Theme"] == "1. Skills"
    assert cells[2]["Theme"] == "1. Skills"
    assert "Coordinator" not in cells[2]
    assert "Action" not in cells[3]


def test_a_flattened_table_is_cut_into_its_rows() -> None:
    texts = [" ".join(row.text.split()) for row in rows(FLATTENED)]
    assert texts == [
        "First Compliance Carry out training for labour SLOM-WG 2011 - 2015 ILO "
        "area with the inspectors laws",
        "Identify needs of inspectorates ACMW 2011 Japan and of all Member States IOM",
        "Study regional guidelines SLOM 2011-2013 AICHR, ILO",
        "Second Dialogue Hold meetings SLOM 2010 ILO",
        "area Publish good practices in SLOM 2011 - 2014 the region",
        "Adopt the guidelines ALMM 2010",
    ]
    assert rows(FLATTENED)[2].section[-1:] == ("Child labour",)
    assert rows(FLATTENED)[3].section == ()


def test_a_table_of_marks_keeps_its_rows_and_guesses_no_column() -> None:
    text = (
        "Annex 1\nRatification\n\nConvention 29 87 98\n\nMember States\n\nCambodia Yes Yes\n\nMyanmar\n\n"
        "Lao PDR Yes\n\nMalaysia Yes Denounced\n\nThailand Yes Yes\n"
    )
    found = rows(text)
    assert [row.text for row in found] == [
        "Cambodia Yes Yes",
        "Myanmar",
        "Lao PDR Yes",
        "Malaysia Yes Denounced",
        "Thailand Yes Yes",
    ]
    assert found[3].cells == (("Member States", "Malaysia"), ("Convention 29 87 98", "Yes Denounced"))
    assert found[1].cells == (("Member States", "Myanmar"),)


def test_cells_with_outlines_become_items_with_their_column_heads() -> None:
    text = (
        "Vision\tA caring community\t\t\n"
        "Results\tSkilled Workforce\tDecent Work\tSafe Workplace\n"
        "Targets\t<ul> • More skills <ul> ○ Among youth\t<ul> • More jobs\t\n"
        "Areas\t<p><u>Equality</u></p> <p>1. Gender (Body: SLOM) "
        "Project: A study [Coordinator: Viet Nam]</p>\t\t\n"
        "<p>2. Skills (Body: SLOM-WG)</p>\t<p>3. Jobs</p>\t<p>4. Safety</p>\n"
    )
    found = {passage.text: passage for passage in cut_up(text)}
    assert found["Among youth"].parent_text == "More skills"
    assert found["Among youth"].cells == (("Skilled Workforce", "Among youth"),)
    assert found["More jobs"].cells[0][0] == "Decent Work"
    assert found["Gender (Body: SLOM)"].section[-1] == "Equality"
    assert found["Gender (Body: SLOM)"].cells == ()
    assert found["A study [Coordinator: Viet Nam]"].parent_text == "Gender (Body: SLOM)"
    assert found["Safety"].cells[0][0] == "Safe Workplace"
    assert found["Safety"].number == "4"


def test_a_label_before_bullets_heads_them() -> None:
    found = cut_up("Economic • Facilitate the movement of persons\n• Work toward recognition\n")
    assert [passage.section for passage in found] == [("Economic",), ("Economic",)]


def test_rows_that_begin_with_small_letters_are_rows_of_their_own() -> None:
    text = (
        "No\tActivity\tDate\n1\tconduct a survey of wages\t2016\n2\torganise a forum on safety\t2017\n"
        "3\tpublish the guidelines on fees\t2018\n"
    )
    assert [dict(row.cells)["Activity"] for row in rows(text)] == [
        "conduct a survey of wages",
        "organise a forum on safety",
        "publish the guidelines on fees",
    ]
