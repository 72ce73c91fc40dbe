"""What the five texts are known to hold, counted by eye."""

from corpus.records import Passage, PassageKind

Passages = dict[str, tuple[Passage, ...]]


def under(passages: tuple[Passage, ...], *words: str) -> list[Passage]:
    return [p for p in passages if all(word in " ".join(p.section) for word in words)]


def recommendations(passages: tuple[Passage, ...], forum: str) -> list[Passage]:
    return [p for p in under(passages, forum) if p.kind is PassageKind.RECOMMENDATION]


def test_the_fifth_forum_has_21_recommendations_with_5_principles(passages: Passages) -> None:
    found = recommendations(passages["slom-work-plans-2012"], "THE 5th ASEAN FORUM")
    assert [p.number for p in found if not p.parent] == [str(n) for n in range(1, 22)]
    assert [p.number for p in found if p.inferred] == ["3", "7", "10", "12", "15"]
    assert sum(bool(p.parent) for p in found) == 5
    assert all(p.text.rstrip()[-1] in ";.:" for p in found)
    assert not any(";\n" in p.text for p in found)


def test_the_fourth_forum_has_17_recommendations_with_2_lists_of_3(passages: Passages) -> None:
    found = recommendations(passages["slom-work-plans-2012"], "THE 4th ASEAN FORUM")
    assert [p.number for p in found if not p.parent] == [str(n) for n in range(1, 18)]
    by_parent = [p.parent_text for p in found if p.parent and not p.number]
    assert (
        by_parent
        == ["Responsibilities of sending countries:"] * 3 + ["Responsibilities of receiving countries:"] * 3
    )


def test_the_flattened_table_has_46_rows(passages: Passages) -> None:
    rows = under(passages["alm-work-programme-2010-2015"], "Table 3")
    assert sum(p.kind is PassageKind.ROW for p in rows) == 46


def test_the_programme_of_2016_has_23_thematic_areas(passages: Passages) -> None:
    found = [p for p in under(passages["alm-work-programme-2016-2020"], "Thematic Areas") if p.number]
    assert [p.number for p in found] == [str(n) for n in range(1, 24)]


def test_ten_states_in_each_table_of_ratifications(passages: Passages) -> None:
    for annex in ("Annex 1", "Annex 2"):
        rows = [
            p for p in under(passages["alm-work-programme-2010-2015"], annex) if p.kind is PassageKind.ROW
        ]
        assert len(rows) == 10


def test_footnotes_interrupt_no_sentence(passages: Passages) -> None:
    found = passages["asean-workers-protection-2017"]
    assert sum(p.kind is PassageKind.NOTE for p in found) == 4
    broken = [p for p in found if len(p.spans) > 1]
    assert len(broken) == 3
    assert any("In this \n" in p.text and "connection, the SOMTC" in p.text for p in broken)


def test_meetings_give_their_items_the_year(passages: Passages) -> None:
    found = under(passages["slom-work-plans-2012"], "BIPARTISM".title(), "Yogyakarta")
    assert found
    assert {p.years for p in found if not any(letter.isdigit() for letter in p.text)} == {(2011, 2011)}
