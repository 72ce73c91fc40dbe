"""Commitments are paired across generations, and what they say is compared word by word."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.records import Commitment, CommitmentKind, Meeting
from index.glimpse import Held
from search_api.changes.changes import ChangeKind, Changes, changes_between
from search_api.changes.fields import FieldChange
from search_api.changes.rendering import render_changes, shown
from search_api.changes.replies import ChangesReply
from search_api.changes.wording import MOST_WORDS, Mark, Run, word_diff

WORDS = "Reduce the recruitment costs that migrant workers bear before they leave for work abroad"


def commitment(name: str, text: str = WORDS, **fields: object) -> Commitment:
    made = Commitment(
        id=name, address=f"plan/{name}", document="plan", kind=CommitmentKind.RECOMMENDATION,
        text=text, spans=(), section=("A",), position=0,
    )  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


def compare(old: list[Commitment], new: list[Commitment]) -> Changes:
    return changes_between(Held("old", (), tuple(old)), Held("new", (), tuple(new)))


def test_what_is_the_same_is_no_change() -> None:
    assert compare([commitment("a")], [replace(commitment("a"), position=7, lines=(9, 9))]).items == ()


def test_new_and_gone_are_told_apart() -> None:
    found = compare([commitment("a")], [commitment("b", "Train inspectors in the safety of sawmills")])
    assert [(one.kind, one.commitment.id) for one in found.items] == [
        (ChangeKind.GONE, "a"),
        (ChangeKind.NEW, "b"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (commitment("a"), commitment("a", f"{WORDS} again")),
        (commitment("a"), commitment("b", "Other words altogether", address="plan/a")),
        (commitment("a", number="3"), commitment("b", "Other words altogether", number="3")),
        (commitment("a"), commitment("b", WORDS.replace("abroad", "overseas"))),
    ],
    ids=["id", "address", "number", "likeness"],
)
def test_one_that_changed_is_paired(before: Commitment, after: Commitment) -> None:
    (change,) = compare([before], [after]).items
    assert change.kind is ChangeKind.CHANGED
    assert (change.before, change.after) == (before, after)
    assert change.words


@pytest.mark.parametrize(
    "after",
    [
        commitment("b", document="other"),
        commitment("b", kind=CommitmentKind.ACTION),
        commitment("b", "Train inspectors of forestry in the safety of sawmills and rafts"),
    ],
    ids=["document", "kind", "words"],
)
def test_unlike_ones_are_not_paired(after: Commitment) -> None:
    assert compare([commitment("a")], [after]).count(ChangeKind.CHANGED) == 0


def test_a_number_that_stands_twice_pairs_nothing_by_itself() -> None:
    old = [commitment("a", "Alpha beta gamma delta", number="1")]
    new = [commitment(name, f"{name} sawmills rafts plantations", number="1") for name in "bc"]
    assert compare(old, new).count(ChangeKind.CHANGED) == 0


def test_the_likest_are_paired_first() -> None:
    old = [commitment("a"), commitment("b", f"{WORDS} and return")]
    new = [commitment("c", f"{WORDS} and return home"), commitment("d", f"{WORDS} soon")]
    pairs = {(one.before.id, one.after.id) for one in compare(old, new).items if one.before and one.after}
    assert pairs == {("a", "d"), ("b", "c")}


def test_fields_that_read_otherwise_are_named() -> None:
    before = commitment("a", status="ongoing", coordinators=("Viet\nNam",), meeting=Meeting("AFML 5"))
    after = commitment("a", status="completed", coordinators=("Viet Nam", "Thailand"), body="ACMW")
    (change,) = compare([before], [after]).items
    assert change.words == ()
    assert change.fields == (
        FieldChange("body", "", "ACMW"),
        FieldChange("status", "ongoing", "completed"),
        FieldChange("coordinators", "Viet Nam", "Viet Nam; Thailand"),
        FieldChange("meeting", "AFML 5", ""),
    )


def test_a_word_diff_has_runs_that_were_kept_removed_and_added() -> None:
    assert word_diff("set ceiling  costs by law", "set lower costs\nby law now") == (
        Run(Mark.KEPT, "set"),
        Run(Mark.REMOVED, "ceiling"),
        Run(Mark.ADDED, "lower"),
        Run(Mark.KEPT, "costs by law"),
        Run(Mark.ADDED, "now"),
    )
    assert word_diff("a  b", "a\nb") == ()


@given(st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("abcd")))
def test_a_word_diff_holds_both_texts(old: list[str], new: list[str]) -> None:
    runs = word_diff(" ".join(old), " ".join(new))
    if old == new:
        assert runs == ()
    else:
        assert " ".join(run.words for run in runs if run.mark is not Mark.ADDED).split() == old
        assert " ".join(run.words for run in runs if run.mark is not Mark.REMOVED).split() == new


def test_the_diff_of_a_very_long_text_keeps_its_ends() -> None:
    words = ["the"] * MOST_WORDS
    runs = word_diff(" ".join([*words, "old", "end"]), " ".join([*words, "new", "end"]))
    assert [(run.mark, len(run.words.split())) for run in runs] == [
        (Mark.KEPT, MOST_WORDS), (Mark.REMOVED, 1), (Mark.ADDED, 1), (Mark.KEPT, 1),
    ]  # fmt: skip


def test_many_alike_are_compared_in_bounded_time() -> None:
    old = [commitment(f"a{i}", f"{WORDS} number {i}") for i in range(600)]
    new = [commitment(f"b{i}", f"{WORDS} number {i + 1} of them") for i in range(600)]
    assert len(compare(old, new).items) >= 600


def test_a_diff_is_shown_with_few_words_around_it() -> None:
    far = " ".join(f"w{i}" for i in range(40))
    runs = word_diff(f"{far} old {far}", f"{far} new {far}")
    assert shown(runs).startswith("... w32")
    assert "w39 [-old-] {+new+} w0" in shown(runs)
    assert shown(runs).endswith("w7 ...")


def test_changes_are_laid_out_for_a_terminal() -> None:
    old = [commitment("a", status="ongoing"), commitment("b", "Gone words\x1b[31m here")]
    new = [commitment("a", f"{WORDS} today", status=""), commitment("c", "Wholly different thing")]
    text = render_changes(compare(old, new), 80)
    assert "Commitments since generation old: 1 new, 1 changed, 1 gone." in text
    assert "{+today+}" in text
    assert "status: ongoing -> (none)" in text
    assert "gone: plan/b" in text
    assert "\x1b" not in text


def test_pages_of_changes_join_without_gap() -> None:
    new = [commitment(f"c{i}", f"words of number{i}", position=i) for i in range(7)]
    changes = compare([], new)
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = ChangesReply.of(changes, 3, cursor)
        assert page.new == 7
        seen.extend(change.after.id for change in page.changes if change.after)
        cursor = page.next
    assert seen == [one.id for one in new]
