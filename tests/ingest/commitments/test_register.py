"""What must hold of every register, and what the five texts are known to hold."""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest

from corpus.authority import Authority
from corpus.catalogue import DEFAULT_CATALOGUE, load_catalogue
from corpus.documents import Document
from corpus.ids import fold
from corpus.records import Commitment, CommitmentKind, Passage
from ingest import pipeline
from tests.ingest.reading import register

NAMES = [source.id for source in load_catalogue(DEFAULT_CATALOGUE)]
Register = dict[str, tuple[Commitment, ...]]


@pytest.fixture(scope="module")
def registers(
    documents: dict[str, Document], passages: dict[str, tuple[Passage, ...]], authority: Authority
) -> Register:
    return {
        name: pipeline.commitments(document, authority, passages[name])
        for name, document in documents.items()
    }


@pytest.mark.parametrize("name", NAMES)
def test_addresses_and_ids_are_unique(name: str, registers: Register) -> None:
    for field in ("address", "id"):
        counts = Counter(getattr(commitment, field) for commitment in registers[name])
        assert [value for value, times in counts.items() if times > 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_words_are_slices_and_parents_and_passages_exist(
    name: str, registers: Register, documents: dict[str, Document], passages: dict[str, tuple[Passage, ...]]
) -> None:
    ids = {commitment.id for commitment in registers[name]}
    held = {passage.id: passage for passage in passages[name]}
    for commitment in registers[name]:
        assert documents[name].slice(commitment.spans) == commitment.text
        assert commitment.text.strip()
        assert not commitment.parent or commitment.parent in ids
        assert commitment.passage in held
        assert held[commitment.passage].document == commitment.document


def stands(value: str, text: str) -> bool:
    """Whether a value is printed: its words in order, hyphenation and white space aside."""
    squeeze = re.compile(r"[\s-]+")
    return squeeze.sub("", fold(value)) in squeeze.sub("", text)


@pytest.mark.parametrize("name", NAMES)
def test_every_value_stands_in_the_text(
    name: str, registers: Register, documents: dict[str, Document], authority: Authority
) -> None:
    text = fold(documents[name].text)
    labels = {entry.label for entry in authority.entries}
    for commitment in registers[name]:
        values = (commitment.period, commitment.number, *commitment.coordinators, *commitment.partners)
        assert [value for value in values if not stands(value, text)] == []
        for body in filter(None, commitment.body.split(", ")):
            assert body in labels or stands(body, text), commitment.address
        assert all(word in text for word in fold(commitment.theme).split())


PARAGRAPH_ENDS = re.compile(r"(?m)^[^\t\n]*[a-z)]\.[ ]*\n(?=\n(?!Actions?:)[A-Z\d][^\t\n]{40,}\n)")
"""Ends of paragraphs before another one: no list, label or table is torn apart by what is put there."""


@pytest.mark.parametrize("name", ["alm-work-programme-2010-2015", "slom-work-plans-2012", NAMES[-1]])
def test_an_inserted_paragraph_moves_no_address(name: str, documents: dict[str, Document]) -> None:
    text = documents[name].text
    before = {(commitment.address, commitment.id) for commitment in register(text)}
    places = [found.end() for found in PARAGRAPH_ENDS.finditer(text)]
    assert len(places) > 5
    for at in places[:: max(1, len(places) // 8)]:
        grown = register(f"{text[:at]}\nA paragraph that was not there before.\n{text[at:]}")
        assert before <= {(commitment.address, commitment.id) for commitment in grown}


def of(registers: Register, name: str, *sections: str) -> list[Commitment]:
    return [c for c in registers[name] if c.address.startswith(tuple(f"{name}/{s}/" for s in sections))]


def test_the_fifth_forum(registers: Register) -> None:
    found = of(registers, "slom-work-plans-2012", "afml-5")
    kinds = Counter(commitment.kind for commitment in found)
    assert kinds == {CommitmentKind.RECOMMENDATION: 24, CommitmentKind.PRINCIPLE: 5}
    numbered = [c.number for c in found if c.kind is CommitmentKind.RECOMMENDATION and c.number]
    assert numbered == [str(n) for n in range(1, 22)]
    assert {c.body for c in found} >= {"ACMW"}
    assert {(c.meeting.date, c.meeting.place) for c in found if c.meeting} == {
        ("9-10 OCTOBER 2012", "SIEM REAP, CAMBODIA")
    }
    assert "slom-work-plans-2012/afml-5/rec/14" in {c.address for c in found}


def test_the_fourth_forum(registers: Register) -> None:
    found = of(registers, "slom-work-plans-2012", "afml-4")
    assert [c.number for c in found if c.number] == [str(n) for n in range(1, 18)]
    assert sum(bool(c.parent) for c in found) == 6
    assert sum(not c.parent and not c.number for c in found) == 2


def test_the_activities_of_the_hiv_work_plan(registers: Register) -> None:
    found = of(registers, "slom-work-plans-2012", "slom-wg-hiv-work-plan")
    activities = [c for c in found if c.kind is CommitmentKind.ACTIVITY]
    assert len(activities) == 14
    assert all(c.coordinators for c in activities)
    assert [c.number for c in activities if c.inferred] == ["1", "4", "8", "9"]
    regional = next(c for c in activities if c.number == "3")
    assert (regional.coordinators, regional.period) == (("Viet Nam",), "2012-2013")
    assert (regional.start, regional.end) == ("2012-01-01", "2013-12-31")
    assert regional.coordinator_ids == ("viet-nam",)


def test_the_thematic_areas_of_2016(registers: Register) -> None:
    found = [c for c in registers["alm-work-programme-2016-2020"] if c.kind is CommitmentKind.THEMATIC_AREA]
    assert [c.number for c in found] == [str(n) for n in range(1, 24)]
    assert all(c.body for c in found)
    assert found[14].body == "SLOM-WG, ASEAN-OSHNET"
    assert found[3].coordinators == ("Thailand",)


def test_the_rows_of_the_flattened_table(
    registers: Register, passages: dict[str, tuple[Passage, ...]]
) -> None:
    name = "alm-work-programme-2010-2015"
    rows = {
        p.id for p in passages[name] if any("Table 3" in title for title in p.section) and p.kind == "row"
    }
    found = [c for c in registers[name] if c.passage in rows]
    assert len(found) == 46
    assert all(c.body and c.period and c.theme for c in found)
    adopt = next(c for c in found if "OSH-MS guidance" in c.text)
    assert (adopt.body, adopt.period, adopt.partners) == ("ASEAN-OSHNET", "2011", ("Japan", "ILO"))


def test_addresses_are_short_enough_to_cite(registers: Register) -> None:
    longest = max((c.address for found in registers.values() for c in found), key=len)
    assert len(longest) < 160


def novel(words: int) -> str:
    """Made-up narrative: sentences with subjects, verbs and dialogue, and not a body in sight."""
    pick = random.Random(7)
    who = ["She", "The old sailor", "Nobody", "My brother", "The king", "A stranger"]
    does = ["walked to", "will never forget", "should have left", "looked at", "must return to", "dreamt of"]
    what = ["the harbour", "the winter garden", "a letter from 1911", "the mountain road", "their mother"]
    end = [
        "before dawn.",
        "in silence.",
        "and wept.",
        "with the others, by candle light.",
        "again and again.",
    ]
    parts = (who, does, what, end)
    sentences = [" ".join(pick.choice(part) for part in parts) for _ in range(words // 9)]
    return "\n\n".join(" ".join(sentences[i : i + 6]) for i in range(0, len(sentences), 6))


RECIPE = """Lemon cake

Ingredients

- 200 g butter
- 4 eggs
- 3 lemons

Method

1. Heat the oven to 180 degrees.
2. You should beat the butter with the sugar until pale.
3. Add the eggs one by one; do not rush.

Serve with cream. It will keep for three days.
"""


@pytest.mark.parametrize("text", ["", "\n\n", RECIPE, novel(3000), "word " * 2000])
def test_texts_of_another_kind_hold_no_commitments(text: str) -> None:
    assert len(register(text)) <= len(text.split()) / 1000


def test_random_words_hold_no_commitments() -> None:
    pick = random.Random(1)
    letters = "abcdefghijklmnopqrstuvwxyz"
    vocabulary = ["".join(pick.choices(letters, k=pick.randint(2, 9))) for _ in range(3000)]
    vocabulary += ["ASEAN", "ILO", "2012", "should", "will", "The", "Forum", "recommended", "-", "1.", "•"]
    for joint in (" ", "\n", "\n\n", "\t"):
        words = [pick.choice(vocabulary) for _ in range(20_000)]
        text = "".join(word + pick.choice((" ", " ", " ", joint)) for word in words)
        assert len(register(text)) <= 20
