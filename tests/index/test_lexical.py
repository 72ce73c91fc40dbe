"""BM25: stems, phrases, corrections, filters, and how telling a word is."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import BuildError, GenerationError
from index.lexical import Boosts, Entry, LexicalIndex, read_lexical, write_lexical
from index.words import Question, read_question

ENTRIES = (
    Entry(0, "Reduce the recruitment costs of migrant workers.", ("Work plan", "Forum on Migrant Labour")),
    Entry(2, "The cost of recruitment; recruitment agencies.", ("Work plan",)),
    Entry(5, "Inspectors are trained in safety.", ("Work plan", "Labour inspection")),
    Entry(7, "Café workers.", ("Mission report", "Cost")),
)
BOOSTS = Boosts()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    folder = tmp_path_factory.mktemp("lexical") / "index"
    write_lexical(folder, ENTRIES)
    return read_lexical(folder, len(ENTRIES))


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
    at = np.array([0, 2, 5, 7])
    assert index.coverage(index.terms(Question("migrant cost")), at)[0] == pytest.approx(1)
    assert index.coverage(index.terms(Question("recruitmnet")), at).tolist() == [1, 1, 0, 0]
    terms = index.terms(Question("safety zebra"))
    safety, zebra = (term.idf for term in terms)
    assert index.coverage(terms, at) == pytest.approx([0, 0, safety / (safety + zebra), 0])
    assert index.coverage((), at).tolist() == [0, 0, 0, 0]


def test_an_index_that_cannot_be_read_or_holds_too_few_is_refused(tmp_path: Path) -> None:
    write_lexical(tmp_path / "index", ENTRIES)
    with pytest.raises(GenerationError, match=r"holds 4 passages, not 5.*labour index --rebuild"):
        read_lexical(tmp_path / "index", 5)
    (tmp_path / "index" / "meta.json").write_text("{")
    with pytest.raises(GenerationError, match=r"cannot be read.*labour index --rebuild"):
        read_lexical(tmp_path / "index", 4)


def test_a_folder_that_vanishes_while_it_is_written_is_a_build_error(tmp_path: Path) -> None:
    def entries() -> Iterator[Entry]:
        yield ENTRIES[0]
        (tmp_path / "index").rename(tmp_path / "elsewhere")

    with pytest.raises(BuildError, match="could not be written"):
        write_lexical(tmp_path / "index", entries())


def test_an_index_of_nothing_finds_nothing(tmp_path: Path) -> None:
    write_lexical(tmp_path / "index", [])
    assert found(read_lexical(tmp_path / "index", 0), "cost") == []


def test_nothing_is_written_where_an_index_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    write_lexical(folder, ENTRIES)
    held = {path.name: path.stat().st_mtime_ns for path in (folder, *folder.iterdir())}
    index = read_lexical(folder, 4)
    folder.rename(tmp_path / "elsewhere")
    assert found(index, "cost")
    (tmp_path / "elsewhere").rename(folder)
    assert {path.name: path.stat().st_mtime_ns for path in (folder, *folder.iterdir())} == held


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GenerationError, match=r"cannot be read.*labour index --rebuild"):
        read_lexical(tmp_path / "nowhere", 4)
