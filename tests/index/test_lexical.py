"""BM25: stems, phrases, corrections, filters, and how telling a word is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import BuildError, GenerationError
from index.arrays import Positions, Scores
from index.bags import Bags, Words, read_bags, write_bags
from index.layout import Layout, Run, number
from index.lexical import Boosts, LexicalIndex, Term, read_lexical
from index.outline import Segment
from index.segments import Entry, join_segments, stemmer, write_segments
from index.words import Question, read_question

ROWS = (
    Words("Reduce the recruitment costs of migrant workers.", ("Work plan", "Forum on Migrant Labour")),
    None,
    Words("The cost of recruitment; recruitment agencies.", ("Work plan",)),
    None,
    None,
    Words("Inspectors are trained in safety.", ("Work plan", "Labour inspection")),
    None,
    Words("Café workers.", ("Mission report", "Cost")),
)
SERIAL = 3


def entries_of(rows: Iterable[Words | None], serial: int = SERIAL) -> list[Entry]:
    return [Entry(number(serial, row), words) for row, words in enumerate(rows) if words]


def _parts(folder: Path, rows: Sequence[Words | None] = ROWS) -> tuple[Bags, Layout, int]:
    """What an index of one part is opened with."""
    layout = Layout([SERIAL], [len(rows)], {"plan": Run(0, 0, len(rows))})
    held = sum(row is not None for row in rows)
    return Bags([read_bags(folder / "bags", len(rows))], layout, held), layout, held


def open_index(folder: Path, rows: Sequence[Words | None] = ROWS) -> LexicalIndex:
    """Write an index of one part and open it."""
    write_segments(folder / "index", entries_of(rows))
    write_bags(folder / "bags", rows, stemmer())
    return read_lexical(folder / "index", *_parts(folder, rows))


BOOSTS = Boosts()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    return open_index(tmp_path_factory.mktemp("lexical"))


def found(
    index: LexicalIndex, query: str, boosts: Boosts = BOOSTS, allowed: list[int] | None = None
) -> list[int]:
    positions = None if allowed is None else np.array(allowed, dtype=np.int64)
    return index.search(index.terms(read_question(query)), boosts, 10, positions)[0].tolist()


def test_words_are_stemmed_and_folded(index: LexicalIndex) -> None:
    assert found(index, "INSPECTOR training") == [5]
    assert found(index, "cafe") == [7]


def test_the_best_match_comes_first(index: LexicalIndex) -> None:
    assert found(index, "recruitment agency")[0] == 2


def test_context_counts_as_much_as_it_is_given(index: LexicalIndex) -> None:
    assert set(found(index, "cost")) == {0, 2, 7}
    assert found(index, "cost", Boosts(context=0.1))[-1] == 7
    assert found(index, "cost", Boosts(context=50))[0] == 7


def test_scores_at_positions_are_those_of_the_search(index: LexicalIndex) -> None:
    terms = index.terms(Question("recruitment costs"))
    positions, scores = index.search(terms, BOOSTS, 10)
    some = np.array([5, *positions], dtype=np.int64)
    assert index.scores(terms, BOOSTS, some) == pytest.approx([0, *scores])


def test_allowed_positions_limit_what_is_found_but_not_its_score(index: LexicalIndex) -> None:
    assert found(index, "recruitment", allowed=[0, 5]) == [0]
    assert found(index, "recruitment", allowed=[]) == []
    terms = index.terms(Question("recruitment"))
    everywhere = dict(zip(*(a.tolist() for a in index.search(terms, BOOSTS, 10)), strict=True))
    _, [score] = index.search(terms, BOOSTS, 10, np.array([0]))
    assert score == pytest.approx(everywhere[0])


@pytest.mark.parametrize(
    ("phrase", "positions"),
    [
        ("recruitment cost", [0]),  # stemmed, in this order
        ("cost of recruitment", [2]),  # function words are part of a phrase
        ("cost recruitment", []),
        ("migrant labour", [0]),  # in the context
        ("plan labour", []),  # never from one part of the context into the next
        ("report cost", []),
        ("Labour", [0, 5]),  # one word is a phrase too
        ("recruitmnet cost", []),  # a phrase is not corrected
        ("the", [0, 2]),
    ],
)
def test_phrases_stand_as_they_are(index: LexicalIndex, phrase: str, positions: list[int]) -> None:
    held = index.positions_of([phrase])
    assert held is not None
    assert held.tolist() == positions


def test_every_phrase_must_stand(index: LexicalIndex) -> None:
    held = index.positions_of(["work plan", "cost of recruitment"])
    assert held is not None
    assert held.tolist() == [2]


def test_a_phrase_without_words_asks_nothing(index: LexicalIndex) -> None:
    assert index.positions_of([]) is None
    assert index.positions_of(["--", "?"]) is None


def test_a_misspelt_word_is_corrected_and_counts_less(index: LexicalIndex) -> None:
    [right] = index.terms(Question("recruitment"))
    [wrong] = index.terms(Question("recruitmnet"))
    assert (right.corrections, wrong.corrections) == ((), ("recruitment",))
    assert (right.stems, right.idf) == (wrong.stems, wrong.idf)
    assert found(index, "recruitmnet") == found(index, "recruitment")
    at = np.array([0])
    assert index.scores([wrong], BOOSTS, at) == pytest.approx(0.7 * index.scores([right], BOOSTS, at))


def test_a_word_that_stands_in_the_index_is_not_corrected(index: LexicalIndex) -> None:
    [term] = index.terms(Question("costs"))
    assert not term.corrections


def test_a_word_unknown_and_near_to_none_finds_nothing(index: LexicalIndex) -> None:
    [term] = index.terms(Question("zebra"))
    assert term.stems == ()
    assert found(index, "zebra") == []


def test_function_words_count_only_where_there_is_nothing_else(index: LexicalIndex) -> None:
    assert [term.word for term in index.terms(Question("what is the cost of the"))] == ["cost"]
    assert [term.word for term in index.terms(Question("what of the"))] == ["what", "of", "the"]


def test_a_word_asked_twice_counts_once(index: LexicalIndex) -> None:
    assert len(index.terms(Question("cost costs COST"))) == 1


def test_idf_falls_with_the_number_of_passages_that_hold_a_word(index: LexicalIndex) -> None:
    idf = {term.word: term.idf for term in index.terms(Question("zebra safety cost plan"))}
    assert idf["zebra"] > idf["safety"] > idf["cost"]
    assert idf["safety"] == pytest.approx(math.log(1 + 3.5 / 1.5))
    assert index.frequency(("cost",)) == 3  # text or context, each passage once


def test_coverage_is_the_share_of_the_terms_that_stand_there(index: LexicalIndex) -> None:
    def coverage(terms: Sequence[Term], positions: Positions) -> Scores:
        return index.judged(terms, BOOSTS, positions)[1]

    at = np.array([0, 2, 5, 7])
    assert coverage(index.terms(Question("migrant cost")), at)[0] == pytest.approx(1)
    assert coverage(index.terms(Question("recruitmnet")), at).tolist() == [1, 1, 0, 0]
    terms = index.terms(Question("safety zebra"))
    safety, zebra = (term.idf for term in terms)
    assert coverage(terms, at) == pytest.approx([0, 0, safety / (safety + zebra), 0])
    assert coverage((), at).tolist() == [0, 0, 0, 0]


def test_an_index_that_cannot_be_read_or_holds_too_few_is_refused(tmp_path: Path) -> None:
    index = open_index(tmp_path)
    parts = index._bags, index._layout
    with pytest.raises(GenerationError, match=r"holds 4 passages, not 5.*labour index --rebuild"):
        read_lexical(tmp_path / "index", *parts, 5)
    (tmp_path / "index" / "meta.json").write_text("{")
    with pytest.raises(GenerationError, match=r"cannot be read.*labour index --rebuild"):
        read_lexical(tmp_path / "index", *parts, 4)


def test_a_folder_that_vanishes_while_it_is_written_is_a_build_error(tmp_path: Path) -> None:
    def entries() -> Iterator[Entry]:
        yield entries_of(ROWS)[0]
        (tmp_path / "index").rename(tmp_path / "elsewhere")

    with pytest.raises(BuildError, match="could not be written"):
        write_segments(tmp_path / "index", entries())


def test_an_index_of_nothing_finds_nothing(tmp_path: Path) -> None:
    assert found(open_index(tmp_path, [None]), "cost") == []


def test_nothing_is_written_where_an_index_is_read(tmp_path: Path) -> None:
    open_index(tmp_path)
    folder = tmp_path / "index"
    held = {path.name: path.stat().st_mtime_ns for path in (folder, *folder.iterdir())}
    again = read_lexical(folder, *_parts(tmp_path))
    assert found(again, "cost")
    assert {path.name: path.stat().st_mtime_ns for path in (folder, *folder.iterdir())} == held


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    open_index(tmp_path)
    with pytest.raises(GenerationError, match=r"cannot be read.*labour index --rebuild"):
        read_lexical(tmp_path / "nowhere", *_parts(tmp_path))


def test_scores_are_those_of_the_engine_where_words_and_context_weigh_the_same(index: LexicalIndex) -> None:
    terms = index.terms(Question("recruitment costs of workers"))
    query = index._any_of([index._word(f, s) for t in terms for s in t.stems for f in ("text", "context")])
    positions, scores = index._search(query, 10)
    assert len(positions) == 3
    assert index.scores(terms, Boosts(context=1), positions) == pytest.approx(scores, rel=1e-5)


def test_all_that_tie_with_the_last_are_looked_at(tmp_path: Path) -> None:
    index = open_index(tmp_path, [Words("Costs fall.", ())] * 40 + [Words("Costs and costs.", ())])
    assert index.search(index.terms(Question("costs")), BOOSTS, 3)[0].tolist() == [40, 0, 1]


@pytest.mark.parametrize("limit", [1, 3, 12])
def test_words_that_stand_everywhere_count_though_they_put_nothing_forward(
    tmp_path: Path, limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [Words("Costs " * (1 + row % 3) + "inspectors " * (row % 5 == 0), ()) for row in range(60)]
    index = open_index(tmp_path, rows)
    terms = index.terms(Question("costs of inspectors"))
    assert [index._is_telling("text", stem) for term in terms for stem in term.stems] == [False, True]
    found = index.search(terms, BOOSTS, limit)
    monkeypatch.setattr("index.lexical.TELLING", 1.0)
    assert found[0].tolist() == index.search(terms, BOOSTS, limit)[0].tolist()


def test_words_that_stand_everywhere_are_looked_for_where_too_little_else_is_found(tmp_path: Path) -> None:
    rows = [Words("Costs inspectors", ()), *[Words("Costs", ())] * 9]
    index = open_index(tmp_path, rows)
    assert len(index.search(index.terms(Question("costs of inspectors")), BOOSTS, 5)[0]) == 5


@pytest.mark.parametrize("limit", [1, 2, 30])
def test_many_allowed_positions_are_found_as_few_are(
    tmp_path: Path, limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = open_index(tmp_path, [Words("Costs " * (1 + row % 7), ()) for row in range(60)])
    terms, allowed = index.terms(Question("costs")), np.arange(0, 60, 4)
    few = index.search(terms, BOOSTS, limit, allowed)
    monkeypatch.setattr("index.lexical.SCORED_ONE_BY_ONE", 0)
    many = index.search(terms, BOOSTS, limit, allowed)
    assert many[0].tolist() == few[0].tolist()


def test_segments_written_apart_are_one_index(tmp_path: Path, index: LexicalIndex) -> None:
    first, second = ROWS[:3], ROWS[3:]
    segments: list[Segment] = []
    (tmp_path / "joined").mkdir()
    for serial, rows in ((7, first), (2, second)):
        folder = tmp_path / str(serial)
        segments += write_segments(folder, entries_of(rows, serial))
        write_bags(tmp_path / f"bags{serial}", rows, stemmer())
        for path in folder.glob("*.*"):
            if path.name != "meta.json":
                path.rename(tmp_path / "joined" / path.name)
    join_segments(tmp_path / "joined", segments, tmp_path / "7")
    layout = Layout([7, 2], [3, 5], {"a": Run(0, 0, 3), "b": Run(1, 0, 5)})
    bags = Bags([read_bags(tmp_path / "bags7", 3), read_bags(tmp_path / "bags2", 5)], layout, 4)
    joined = read_lexical(tmp_path / "joined", bags, layout, 4)
    for asked in ("recruitment costs", "cost", "labour inspectors", "work plan", "zebra"):
        terms = index.terms(Question(asked))
        assert joined.terms(Question(asked)) == terms
        (places, scores), (expected, values) = (one.search(terms, BOOSTS, 9) for one in (joined, index))
        assert (places.tolist(), scores.tolist()) == (expected.tolist(), values.tolist())
        assert joined.holding(terms).tolist() == index.holding(terms).tolist()
