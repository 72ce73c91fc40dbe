"""How the ranking must behave, whatever its figures; a failing case says at which rank the item was."""

from __future__ import annotations

import pytest

from corpus.answers import Hit
from corpus.ids import fold
from corpus.records import PassageKind
from corpus.understanding import Understanding
from index.searching import NO_FILTERS
from search_api.answering.answerer import answer
from search_api.bootstrap import Application
from search_api.reading import Reading

pytestmark = pytest.mark.model
DEPTH = 10


@pytest.fixture(scope="module")
def reading(application: Application) -> Reading:
    return application.library.reading()


def found(reading: Reading, query: str, depth: int = DEPTH) -> tuple[Hit, ...]:
    return reading.search(query, depth)


def rank_of(reading: Reading, query: str, words: str) -> str:
    """Say at which rank the first passage with some words stands, for a failing case to show."""
    hits = found(reading, query, 100)
    ranks = [rank for rank, hit in enumerate(hits, 1) if words.casefold() in fold(hit.passage.text)]
    return f"{words!r} is at rank {ranks[0]}" if ranks else f"{words!r} is not among the first 100"


def overlap(reading: Reading, one: str, other: str) -> float:
    """Share of the first ten passages that two queries have in common."""
    first, second = ({hit.passage.id for hit in found(reading, query)} for query in (one, other))
    return len(first & second) / DEPTH


@pytest.mark.parametrize(
    ("query", "words", "within"),
    [
        ("AFML 5 recommendation 14", "Effectively monitor recruitment agencies and practices", 3),
        ("thematic area 21", "Social protection of migrant workers in ASEAN", 1),
        ("agents overcharging jobseekers", "recruitment", 5),
        ("recruitmnet agencys fees", "recruitment", 3),
        ("labor inspection conference Dong Nai", "inspection", 3),
        ("PLHIV stigma", "people living with HIV", 3),
        ("who coordinates the study on portability of social security", "portability of social security", 3),
        ('"unemployment insurance"', "unemployment insurance", 1),
    ],
)
def test_it_stands_near_the_top(reading: Reading, query: str, words: str, within: int) -> None:
    top = [fold(hit.passage.text) for hit in found(reading, query, within)]
    assert any(words.casefold() in text for text in top), rank_of(reading, query, words)


@pytest.mark.parametrize(
    ("one", "other", "least"),
    [
        ("OSH training", "occupational safety and health training", 0.4),
        ("CSR in the field of labour", "corporate social responsibility in the field of labour", 0.3),
        ("recommendation on migrant worker", "recommendations on migrant workers", 0.7),
        ("labor disputes settlement", "labour disputes settlement", 0.7),
        ("Vietnam coordinates", "Viet Nam coordinates", 0.7),
        ("recruitment costs", "recruitmnet costs", 0.8),
    ],
)
def test_they_find_much_the_same(reading: Reading, one: str, other: str, least: float) -> None:
    assert overlap(reading, one, other) >= least


@pytest.mark.parametrize(
    "query",
    [
        "labour inspection",
        "social security",
        "migrant workers",
        "skills recognition",
        "HIV prevention",
        "OSH",
    ],
)
def test_no_heading_and_no_line_of_contents_comes_first(reading: Reading, query: str) -> None:
    assert found(reading, query, 1)[0].passage.kind not in (PassageKind.HEADING, PassageKind.CONTENTS)


@pytest.mark.parametrize(
    "question",
    ["how do I bake sourdough bread", "who won the football world cup in 1998", "xylophone zebra quotas"],
)
def test_words_of_other_fields_find_no_answer(reading: Reading, question: str) -> None:
    assert not answer(reading, question, NO_FILTERS).answered


def test_a_phrase_in_quotes_stands_in_every_hit(reading: Reading) -> None:
    hits = found(reading, '"social dialogue" workers')
    assert hits
    for hit in hits:
        whole = " ".join((hit.passage.text, *hit.passage.section, hit.passage.lead, hit.passage.parent_text))
        assert "social dialogue" in " ".join(whole.split()).casefold()


def test_items_are_found_by_the_meeting_that_they_stand_under(reading: Reading) -> None:
    hits = found(reading, "what did the seminar in Penang recommend", 6)
    places = [hit.passage.section[0].casefold() if hit.passage.section else "" for hit in hits]
    assert sum("penang" in place for place in places) >= 5


@pytest.mark.parametrize(
    ("question", "facet", "value"),
    [
        ("what is Viet Nam coordinating", "coordinator_ids", "viet-nam"),
        ("projects having Thailand as country coordinator", "coordinator_ids", "thailand"),
        ("with ILO as collaborator on unemployment insurance", "partner_ids", "ilo"),
    ],
)
def test_records_answer_completely(reading: Reading, question: str, facet: str, value: str) -> None:
    answered = answer(reading, question, NO_FILTERS)
    assert answered.records is not None
    held = {one.id for one in answered.records.commitments}
    topic = set(answered.records.topic.split())
    expected = {
        one.id
        for one in reading.commitments
        if value in getattr(one, facet)
        and all(word in " ".join((one.text, one.theme, *one.section)).casefold() for word in topic)
    }
    assert expected
    assert expected <= held | {one for one in expected if not topic}


def test_what_is_to_be_confirmed_is_listed_whole(reading: Reading) -> None:
    answered = answer(reading, "activities to be confirmed", NO_FILTERS)
    assert answered.records is not None
    held = {one.id for one in answered.records.commitments}
    assert held == {one.id for one in reading.commitments if one.status.replace(".", "").lower() == "tbc"}


def test_literal_takes_the_words_alone(reading: Reading) -> None:
    plain = answer(reading, "activities to be confirmed", NO_FILTERS, understand=False)
    assert plain.records is None
    assert plain.understanding == Understanding()


def test_only_is_a_filter(reading: Reading) -> None:
    hits = reading.search("activities hosted only by Thailand", 50)
    for hit in hits:
        held = reading.commitments_of(hit.passage)
        parties = {party for one in held for party in (*one.coordinator_ids, *one.body_ids)}
        assert "thailand" in parties | set(hit.passage.countries)
