"""What is indexed beside a passage's words, and what a model reads."""

from __future__ import annotations

from index.context import CONTEXT_CHARACTERS, context_of, context_parts, embedded_text


def test_every_part_of_the_context_is_there(passage) -> None:
    row = passage(
        0,
        "Train inspectors\n2012",
        section=("Work plan", "Projects"),
        lead="The following:",
        parent_text="Inspection",
        cells=(("Project", "train  inspectors"), ("Year", "2012"), ("Country", "Lao PDR")),
    )
    parts = (
        "Plan",
        "Work plan",
        "Projects",
        "The following:",
        "Inspection",
        "Project",
        "Year",
        "Country: Lao PDR",
    )
    assert context_parts(row, "Plan") == parts
    assert context_of(row, "Plan") == "\n".join(parts)


def test_a_passage_alone_has_its_title_for_context(passage) -> None:
    assert context_of(passage(0, "Words."), "Plan") == "Plan"
    assert context_of(passage(0, "Words."), "") == ""


def test_a_model_reads_the_words_then_the_context(passage) -> None:
    item = passage(0, "Reduce\n  costs.", section=("Forum", "Part B"), lead="It was agreed:")
    assert embedded_text(item, "Plan") == "Reduce costs.\nPlan: Forum: Part B: It was agreed:"
    assert embedded_text(passage(0, "Words."), "") == "Words."


def test_a_model_never_reads_more_context_than_has_room(passage) -> None:
    item = passage(0, "Costs.", section=("Far " * 40, "Near " * 20), parent_text="parent " * 90)
    words, context = embedded_text(item, "Plan").split("\n")
    assert words == "Costs."
    assert context.startswith("parent parent")
    assert len(context) <= CONTEXT_CHARACTERS

    item = passage(0, "Costs.", section=("Far " * 40, "Near " * 20))
    assert embedded_text(item, "Plan").startswith("Costs.\nNear Near")
