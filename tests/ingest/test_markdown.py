"""Markdown: headings with their levels, and tables between strokes."""

from corpus.documents import BlockKind
from tests.ingest.reading import of_kind, read, words

PLAN = """# Work plan

It holds *one* forum.

## 2. Activities
| No | Activity | Lead |
|:---|:--------:|-----:|
| 1  | Hold a **forum** | Thailand |
| 2 | Train officials \\| inspectors | |

- first
- second

### Annex
Closing words.
"""


def test_headings_have_the_levels_of_their_hashes():
    found = read(PLAN)
    assert [(section.title, section.level) for section in found.sections] == [
        ("Work plan", 1), ("Activities", 2), ("Annex", 3),
    ]  # fmt: skip
    assert [block.number for block in found.blocks if block.kind is BlockKind.HEADING] == ["", "2", ""]


def test_the_line_below_a_heading_is_no_part_of_it():
    assert of_kind(read(PLAN), BlockKind.PARAGRAPH)[-1] == "Closing words."


def test_rows_have_cells_with_the_heads_of_their_columns():
    document = read(PLAN)
    rows = [block for block in document.blocks if block.kind is BlockKind.ROW]
    assert [[(cell.head, document.slice(cell.spans)) for cell in row.cells] for row in rows] == [
        [("No", "1"), ("Activity", "Hold a forum"), ("Lead", "Thailand")],
        [("No", "2"), ("Activity", "Train officials \\| inspectors")],
    ]


def test_rows_may_do_without_strokes_at_their_ends():
    found = read("Aim | Body\n---|---\nMeet | ILO\n")
    assert of_kind(found, BlockKind.ROW) == ["Meet | ILO"]


def test_one_dash_a_column_is_enough():
    found = read("| Aim | Body |\n|:-:|-|\n| Meet | ILO |\n| - | - |\n| Train | SLOM |\n")
    assert of_kind(found, BlockKind.ROW)[::2] == ["Meet | ILO", "Train | SLOM"]


def test_strokes_without_a_line_of_dashes_are_words():
    found = read("Contact: ILO | ASEAN | SLOM\n\nThey met.")
    assert of_kind(found, BlockKind.ROW) == []


def test_a_hash_before_a_small_letter_or_a_digit_of_a_rank_is_no_heading():
    found = read(
        "# of participants was high in both of the years that were named.\n\n#1 of the list, they said."
    )
    assert of_kind(found, BlockKind.HEADING) == []


FENCED = """1. Hold a forum:
```text
# of days: 2
| a | b |
|---|---|

In Bangkok and in Hanoi, they said.
```
2. Train officials of all districts;
"""
NOTED = """The ministers met twice.[^1] They agreed on costs.

[^1]: In Bangkok,
in May.
[^b]: As *planned*.

They closed.
"""


def test_a_block_between_fences_is_no_part_of_the_item_before_it():
    found = read(FENCED)
    said = [(block.kind, words(found, block)) for block in found.blocks]
    assert said == [
        (BlockKind.ITEM, "Hold a forum:"),
        (BlockKind.PARAGRAPH, "# of days: 2 | a | b | |---|---|"),
        (BlockKind.PARAGRAPH, "In Bangkok and in Hanoi, they said."),
        (BlockKind.ITEM, "Train officials of all districts;"),
    ]


def test_a_fence_that_nothing_closes_is_words():
    found = read("They met.\n\n```\n\n## Measures\n\nWords.")
    assert of_kind(found, BlockKind.HEADING) == ["Measures"]


def test_notes_that_are_referred_to_are_notes():
    found = read(NOTED)
    assert of_kind(found, BlockKind.NOTE) == ["In Bangkok, in May.", "As planned."]
    assert of_kind(found, BlockKind.PARAGRAPH) == [
        "The ministers met twice.[^1] They agreed on costs.",
        "They closed.",
    ]


def test_lists_keep_their_items():
    found = read(PLAN)
    assert [words(found, block) for block in found.blocks if block.kind is BlockKind.ITEM] == [
        "first",
        "second",
    ]


def test_lines_of_strokes_and_dashes_are_read_in_time():
    for line in (
        "|" * 20_000,
        "-|" * 10_000,
        "| " * 10_000,
        " " * 20_000 + "|",
        "|-" + " " * 20_000,
        "#" * 20_000,
    ):
        assert read(f"a | b\n{line}\nc | d").text
