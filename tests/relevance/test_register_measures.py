"""The measures of a register, against values worked out by hand and against what must always hold."""

import math
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.evaluation.annotations import AnnotatedItem
from search_api.evaluation.register import (
    Entry,
    RegisterReport,
    RegisterScores,
    Tally,
    agrees,
    evaluate_register,
    match,
)
from search_api.evaluation.reports import diagnose_register

RED = "red fish swim in the cold river"  # five trigrams
BLUE = "blue birds sing on a warm roof"
GREEN = "green frogs wait under the old bridge"
NOISE = "nothing of the kind is said here at all"


def item(quote: str, document: str = "d", neutral: bool = False, **printed: str) -> AnnotatedItem:
    values = {name: tuple(value.split("; ")) for name, value in printed.items()}
    return AnnotatedItem(document, quote[:3], "Section", quote, {"kind": ("action",), **values}, neutral)


def entry(text: str, document: str = "d", **given: str) -> Entry:
    values = {name: tuple(value.split("; ")) for name, value in given.items()}
    return Entry(document, text, {"kind": ("action",), **values})


def figures(report: RegisterReport) -> tuple[float, float, float]:
    overall = report.overall
    return overall.recall.share, overall.precision.share, overall.fields.share


def words(count: int) -> str:
    return " ".join(f"word{place}" for place in range(count))


def test_figures_worked_out_by_hand() -> None:
    items = [item(RED, number="1", body="SLOM"), item(BLUE, number="2"), item(GREEN)]
    entries = [entry(RED, number="1", body="ALM"), entry(BLUE, number="2"), entry(NOISE), entry(words(9))]
    report = evaluate_register(items, entries)
    # Two of three items, by two of four entries; of the five values printed in the two, SLOM is lacking.
    assert report.overall.recall == Tally(2, 3)
    assert report.overall.precision == Tally(2, 4)
    assert report.overall.by_field == {"kind": Tally(2, 2), "number": Tally(2, 2), "body": Tally(0, 1)}
    assert report.overall.fields == Tally(4, 5)
    assert figures(report) == pytest.approx((2 / 3, 0.5, 0.8))
    assert report.missed == (items[2],)
    assert report.extra == (entries[2], entries[3])
    assert report.wrong == ((items[0], entries[0], "body"),)


def test_documents_are_measured_apart_and_together() -> None:
    items = [item(RED, "a"), item(BLUE, "b"), item(GREEN, "b")]
    entries = [entry(RED, "a"), entry(NOISE, "a"), entry(BLUE, "b"), entry(RED, "unread")]
    report = evaluate_register(items, entries)
    kinds = {"kind": Tally(1, 1)}
    assert report.by_document == {
        "a": RegisterScores(Tally(1, 1), Tally(1, 2), kinds),
        "b": RegisterScores(Tally(1, 2), Tally(1, 1), kinds),
    }
    assert report.overall == RegisterScores(Tally(2, 3), Tally(2, 3), {"kind": Tally(2, 2)})


def test_of_a_document_annotated_in_part_precision_is_not_judged() -> None:
    partial = replace(item(RED), partial=True)
    report = evaluate_register(
        [partial, item(BLUE, "whole")], [entry(RED), entry(NOISE), entry(BLUE, "whole")]
    )
    assert report.by_document["d"].precision == Tally(0, 0)
    assert math.isnan(report.by_document["d"].precision.share)
    assert report.overall.precision == Tally(1, 1)
    assert report.extra == ()


def test_another_document_finds_nothing() -> None:
    assert match([item(RED)], [entry(RED, "other")]) == {}


def test_six_in_ten_trigrams_are_enough_and_less_is_not() -> None:
    assert match([item(RED)], [entry("Red fish, swim -- in THE")]) == {0: 0}  # three of five
    assert match([item(RED)], [entry("red fish swim in")]) == {}


def test_an_entry_may_be_200_words_longer_than_the_quote() -> None:
    assert match([item(RED)], [entry(f"{RED} {words(200)}")]) == {0: 0}
    assert match([item(RED)], [entry(f"{RED} {words(201)}")]) == {}


def test_one_entry_finds_one_item() -> None:
    both = entry(f"{RED}. {BLUE}.")
    assert match([item(RED), item(BLUE)], [both]) == {0: 0}
    assert match([item(RED)], [both, both]) == {0: 0}


def test_what_must_be_found_goes_before_what_need_not() -> None:
    items = [item(RED, neutral=True), item(f"{RED} {words(2)}")]
    assert match(items, [entry(RED)]) == {1: 0}  # although the first is covered better


def test_the_better_covered_then_the_more_agreeing_then_the_shorter_entry_is_taken() -> None:
    short = entry(" ".join(RED.split()[:6]), number="7")
    assert match([item(RED, number="7")], [short, entry(RED)]) == {0: 1}
    assert match([item(RED, number="7")], [entry(RED), entry(f"{RED} again", number="7")]) == {0: 1}
    assert match([item(RED)], [entry(f"{RED} again"), entry(RED)]) == {0: 1}


def test_a_neutral_item_asks_for_nothing_and_finding_it_is_no_error() -> None:
    items = [item(RED), item(BLUE, neutral=True, body="SLOM")]
    assert figures(evaluate_register(items, [entry(RED)])) == (1.0, 1.0, 1.0)
    assert figures(evaluate_register(items, [entry(RED), entry(BLUE)])) == (1.0, 1.0, 1.0)


def test_a_register_without_entries_finds_nothing() -> None:
    report = evaluate_register([item(RED)], [])
    assert report.overall.recall == Tally(0, 1)
    assert math.isnan(report.overall.precision.share)
    assert math.isnan(report.overall.fields.share)


@pytest.mark.parametrize(
    ("name", "wanted", "given", "right"),
    [
        ("kind", ("action", "priority"), ("priority",), True),
        ("kind", ("action",), ("priority",), False),
        ("kind", ("action",), (), False),
        ("number", ("(a)",), ("a",), True),
        ("number", ("1",), ("1 2",), False),
        ("status", ("Completed",), ("(completed)",), True),
        ("status", ("completed",), ("not completed",), False),
        ("body", ("SLOM",), ("SLOM and ACMW",), True),
        ("body", ("SLOM and ACMW",), ("SLOM",), False),
        ("theme", ("Decent work",), ("work, decent",), True),
        ("period", ("2012",), ("2012-2013",), True),
        ("period", ("2012-2013",), ("2012",), False),
        ("coordinators", ("Viet Nam", "Lao PDR"), ("LAO PDR", "Viet  Nam", "Thailand"), True),
        ("coordinators", ("Viet Nam", "Lao PDR"), ("Viet Nam; Lao PDR",), False),
        ("partners", ("ILO",), (), False),
    ],
)
def test_when_a_value_is_right(
    name: str, wanted: tuple[str, ...], given: tuple[str, ...], right: bool
) -> None:
    assert agrees(name, wanted, given) is right


def test_a_diagnosis_names_what_is_missed_too_many_and_wrong() -> None:
    report = evaluate_register([item(RED), item(BLUE, body="SLOM")], [entry(NOISE), entry(BLUE)])
    lines = diagnose_register(report).splitlines()
    assert lines[0] == "recall 0.500, precision 0.500, fields 0.500"
    assert lines[1] == f"missed d red {RED!r} in 'Section'"
    assert lines[2] == f"extra in d: {NOISE!r}"
    assert lines[3] == f"wrong body of d blu {BLUE!r}: SLOM is printed, nothing given"
    assert len(lines) == 4


VALUES = st.fixed_dictionaries(
    {"kind": st.sampled_from([("action",), ("goal",)])},
    optional={
        "number": st.sampled_from([("1",), ("2",)]),
        "body": st.sampled_from([("SLOM",), ("SLOM and ACMW",)]),
        "partners": st.sampled_from([("ILO",), ("ILO", "Japan"), ()]),
    },
)
GOLD = st.lists(
    st.builds(
        AnnotatedItem,
        document=st.sampled_from(["a", "b"]),
        id=st.just("1"),
        section=st.just("Section"),
        quote=st.sampled_from([RED, BLUE, GREEN, words(5), "Viet Nam"]),
        values=VALUES,
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda one: (one.document, one.quote),
)
TEXTS = st.sampled_from([RED, BLUE, GREEN, NOISE, RED[:27], f"{RED} {BLUE}", words(400)])
REGISTER = st.lists(st.builds(Entry, st.sampled_from(["a", "b", "c"]), TEXTS, VALUES), max_size=10)


def own(items: list[AnnotatedItem]) -> list[Entry]:
    """The register that is what was annotated."""
    return [Entry(one.document, one.quote, one.values) for one in items]


@given(GOLD)
def test_the_annotated_items_themselves_score_one(items: list[AnnotatedItem]) -> None:
    report = evaluate_register(items, own(items))
    assert figures(report) == (1.0, 1.0, 1.0)
    assert (report.missed, report.extra, report.wrong) == ((), (), ())


@given(GOLD, REGISTER, st.integers(1, 3))
def test_an_entry_too_many_lowers_precision_only(
    items: list[AnnotatedItem], entries: list[Entry], more: int
) -> None:
    before = evaluate_register(items, entries).overall
    extra = [Entry(items[0].document, NOISE, {"kind": ("action",)})] * more
    after = evaluate_register(items, entries + extra).overall
    assert (after.recall, after.by_field) == (before.recall, before.by_field)
    assert after.precision == Tally(before.precision.right, before.precision.total + more)


@given(GOLD, REGISTER, st.randoms(use_true_random=False))
def test_the_order_of_entries_does_not_matter(
    items: list[AnnotatedItem], entries: list[Entry], chance: random.Random
) -> None:
    shuffled = list(entries)
    chance.shuffle(shuffled)
    first, second = (evaluate_register(items, held) for held in (entries, shuffled))
    assert first.by_document == second.by_document


@given(GOLD, REGISTER)
def test_every_match_is_one_to_one_and_every_tally_within_its_total(
    items: list[AnnotatedItem], entries: list[Entry]
) -> None:
    found = match(items, entries)
    assert len(set(found.values())) == len(found)
    assert all(items[one].document == entries[at].document for one, at in found.items())
    scores = evaluate_register(items, entries).overall
    for tally in (scores.recall, scores.precision, *scores.by_field.values()):
        assert 0 <= tally.right <= tally.total


@given(GOLD, REGISTER, st.integers(0, 9))
def test_without_an_entry_no_more_is_found(
    items: list[AnnotatedItem], entries: list[Entry], place: int
) -> None:
    fewer = [one for at, one in enumerate(entries) if at != place]
    least, most = (evaluate_register(items, held).overall.recall for held in (fewer, entries))
    assert least.right <= most.right
