"""Made-up texts of the forms that the real ones have."""

import pytest

from corpus.authority import Authority, Mention, load_authority
from corpus.documents import BlockKind
from corpus.records import PassageKind
from ingest.passages import cut
from tests.ingest.reading import cut_up, of_kind, read

FORUM = """THE 7th FORUM ON FAIR WORK 3-4 MAY 2014, VIENTIANE, LAO PDR

RECOMMENDATIONS

The participants agreed to recommend the following:

(a) Promote rights

- 1. Adhere to these principles:
- Rights apply to all;

- Costs must be clear;

(b) Promote openness

- 2. Publish all fees;
- Simplify procedures;
- 4. Share information;
- Train officials;

The participants agreed that progress will be reported to the 8th Forum.
"""


def numbers(text: str) -> list[tuple[str, bool]]:
    return [(b.number, b.inferred) for b in read(text).blocks if b.kind is BlockKind.ITEM]


def test_a_number_lost_between_two_is_restored_and_sub_items_are_left_alone() -> None:
    assert numbers(FORUM) == [
        ("1", False),
        ("", False),
        ("", False),
        ("2", False),
        ("3", True),
        ("4", False),
        ("", False),
    ]


def test_a_number_lost_at_the_head_of_a_list_is_restored() -> None:
    assert numbers("REPORT\n\n- The first point.\n- 2. The second point.\n")[0] == ("1", True)


def test_too_many_dashes_for_the_gap_are_not_numbered() -> None:
    assert numbers("- 1. One:\n- a b;\n- c d;\n- 3. Three.\n")[1:3] == [("", False), ("", False)]


def test_items_know_their_lead_their_parent_and_their_section() -> None:
    passages = {passage.text: passage for passage in cut_up(FORUM)}
    rights = passages["Rights apply to all;"]
    assert rights.parent_text == "Adhere to these principles:"
    assert passages["Adhere to these principles:"].id == rights.parent
    simplify = passages["Simplify procedures;"]
    assert simplify.section == (
        "THE 7th FORUM ON FAIR WORK 3-4 MAY 2014, VIENTIANE, LAO PDR",
        "RECOMMENDATIONS",
        "Promote openness",
    )
    assert simplify.lead == "The participants agreed to recommend the following:"
    assert simplify.kind is PassageKind.RECOMMENDATION
    assert simplify.years == (2014, 2014)
    assert simplify.lines == (17, 17)


def test_a_paragraph_torn_by_a_page_break_is_one_slice() -> None:
    text = "1. The group adopts indicators by 2014 while\n\nacknowledging that States differ.\n"
    (block,) = read(text).blocks
    assert len(block.spans) == 1
    assert read(text).slice(block.spans) == text[3:-1]


def test_a_footnote_in_mid_sentence_is_lifted_out() -> None:
    body = (
        "The Forum is a platform that involves not only the tripartite partners2 but also the unions of the"
    )
    text = f"{body}\n\n{' ' * 40}\n2 Other bodies meet as well.\n\n\nStates, each with its own delegation.\n"
    document = read(text)
    assert of_kind(document, BlockKind.NOTE) == ["2 Other bodies meet as well."]
    assert of_kind(document, BlockKind.PARAGRAPH) == [f"{body} States, each with its own delegation."]


def test_a_running_head_between_two_halves_is_furniture() -> None:
    half = "the lead countries with support from the partners combine the experience of all member"
    text = f"{half}\n\n6 Work Programme of Some Body\n\nstates.\n\nWork Programme of Some Body 7\n\nNext.\n"
    document = read(text)
    assert of_kind(document, BlockKind.FURNITURE) == []
    assert of_kind(document, BlockKind.PARAGRAPH) == [f"{half} states.", "Next."]


def test_emphasis_and_tags_are_no_part_of_the_words() -> None:
    text = "- *The **Joint Review** was well received.*\n- <p><u>Thrust</u> one is <b>bold</b></p>\n"
    document = read(text)
    joined = ["".join(document.slice(block.spans)) for block in document.blocks]
    assert joined == ["The Joint Review was well received.", "Thrust one is bold"]


def test_an_asterisk_that_refers_to_a_footnote_stays() -> None:
    assert of_kind(read("5. States provide services* to job seekers.\n"), BlockKind.ITEM) == [
        "States provide services* to job seekers."
    ]


def test_actions_under_a_numbered_line_are_its_children() -> None:
    passages = cut_up(
        "Plan of action\n\n1. Encourage cooperation\n\nActions:\n\nExplore the needs.\n\n2. Go on\n"
    )
    explore = next(passage for passage in passages if passage.text == "Explore the needs.")
    assert explore.parent_text == "Encourage cooperation"
    assert explore.lead == "Actions:"
    assert explore.kind is PassageKind.ACTION


def test_a_quoted_paragraph_keeps_its_own_number_and_stands_under_the_one_that_quotes() -> None:
    text = "15. The Communique states\n\n19. The Ministers agreed.\n\n16. On other matters.\n\n17. The end.\n"
    quoted = next(p for p in cut_up(text) if p.number == "19")
    assert quoted.parent_text == "The Communique states"


def test_nested_lettered_lists_of_two_forms() -> None:
    text = "3. Mechanism:\n - a) Reports;\n - b) A checklist:\n - a. Data\n - b. Laws.\n - c) Reviews.\n"
    depths = [(b.label, b.depth) for b in read(text).blocks]
    assert depths == [("3.", 0), ("a)", 1), ("b)", 1), ("a.", 2), ("b.", 2), ("c)", 1)]


def test_form_feeds_make_pages() -> None:
    first, second = cut_up("One page only.\n\fAnother page.\n")
    assert (first.pages, second.pages) == ((1,), (2,))


@pytest.mark.parametrize("text", ["", "\n", "   \n\t\n", "\f\f", "---\n***\n"])
def test_a_text_without_words_has_no_passages(text: str) -> None:
    assert cut_up(text) == ()


def test_equal_words_in_one_section_have_ids_of_their_own() -> None:
    first, second = cut_up("SECTION\n\nThe same words.\n\nThe same words.\n")
    assert first.id != second.id


def test_the_contents_and_the_list_of_abbreviations() -> None:
    text = (
        "CONTENTS\n\nWork Plan of the Group\t3\nResults of the Forum\t10\nList of Abbreviations\t56\n\n"
        "Work Plan of the Group\n\nThe plan is this.\n\nList of Abbreviations\n\n"
        "ADB\tAsian Development Bank\nILO\tInternational Labour Organization\n"
        "PCC\tProject Cooperation\n\tCommittee\n"
    )
    document = read(text)
    assert len(of_kind(document, BlockKind.CONTENTS)) == 3
    assert of_kind(document, BlockKind.DEFINITION)[-1] == "PCC Project Cooperation Committee"
    assert [section.title for section in document.sections if section.level == 1][1:] == [
        "Work Plan of the Group",
        "List of Abbreviations",
    ]


@pytest.mark.parametrize(
    "line",
    ["5.5 million migrant workers live abroad.", "1.5 per cent of wages.", "A. Smith of the ILO spoke."],
)
def test_figures_and_initials_are_part_of_the_words(line: str) -> None:
    (passage,) = cut_up(f"{line}\n")
    assert passage.text == line
    assert passage.number == ""


def test_letters_of_a_list_are_markers() -> None:
    assert [p.number for p in cut_up("A. Enhance the plan;\nB. Promote access;\n")] == ["A", "B"]


def test_lines_are_counted_alike_whatever_ends_them() -> None:
    text = "One.\r\nTwo.\rThree.\n\fFour.\n"
    document = read(text)
    found = [passage.lines for passage in cut_up(text)]
    assert found == [(1, 1), (2, 2), (3, 3), (5, 5)]
    assert [document.lines_of(passage.spans) for passage in cut_up(text)] == found


def test_a_dated_meeting_under_a_title_in_capitals_is_a_part_of_its_own() -> None:
    text = "REPORT\n\nTHE 7TH ASEAN FORUM ON MIGRANT LABOUR 3-4 MAY 2014, VIENTIANE\n\nThe Forum was held.\n"
    (passage,) = cut_up(text)
    assert passage.section == ("THE 7TH ASEAN FORUM ON MIGRANT LABOUR 3-4 MAY 2014, VIENTIANE",)


ITEMS = "1) Promote rights;\n\n2) Publish all fees;\n\n3) Train officials.\n"


@pytest.mark.parametrize(
    "before", ["See the first question (Q1).", "See the questions (first Q1).", "See Q1)."]
)
def test_the_first_item_of_a_list_is_no_footnote(before: str) -> None:
    document = read(f"{before}\n\n{ITEMS}")
    assert of_kind(document, BlockKind.NOTE) == []
    assert len(of_kind(document, BlockKind.ITEM)) == 3


def test_footnotes_with_the_marks_of_words_are_footnotes_beside_a_list() -> None:
    notes = "1) Of the Forum.\n\n2) Of the network.\n"
    document = read(f"See the report1) and the plan2) for more.\n\n{notes}\nThey shall:\n\n{ITEMS}")
    assert of_kind(document, BlockKind.NOTE) == ["1) Of the Forum.", "2) Of the network."]
    assert len(of_kind(document, BlockKind.ITEM)) == 3


def test_the_bodies_of_a_passage_come_before_those_of_its_headings() -> None:
    (passage,) = cut_up("SENIOR LABOUR OFFICIALS MEETING\n\nThe ILO helps ACMW and Viet Nam.\n")
    assert passage.bodies == ("acmw", "slom")
    assert passage.countries == ("viet-nam",)


def test_no_name_is_read_over_the_edge_of_a_passage() -> None:
    (passage,) = cut_up("Labour Officials Meeting\n\n1. The papers were sent to the Senior\n")
    assert passage.bodies == ()


class Counting(Authority):
    """An authority that counts the texts in which it looks for names."""

    texts = 0

    def mentions(self, text: str) -> tuple[Mention, ...]:
        self.texts += 1
        return super().mentions(text)

    def bodies_in(self, text: str) -> tuple[str, ...]:
        self.texts += 1
        return super().bodies_in(text)


def test_names_are_looked_for_once_in_each_passage_and_section() -> None:
    counting = Counting(load_authority().entries)
    text = "PART ONE\n\n" + "1. The ILO helps.\n\n" * 20 + "PART TWO\n\nWords of a sentence.\n"
    assert len(cut(read(text), counting)) == 21
    assert counting.texts == 23
