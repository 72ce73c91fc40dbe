"""Hybrid search: what is found, in which order, and that nothing typed can break it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.answers import Filters
from corpus.records import PassageKind
from index.fusion import FUSIONS
from index.ranking import Ranking
from index.searching import Searcher, fused
from index.signals import NAMES


@pytest.fixture
def searcher(library, texts) -> Searcher:
    library.build_texts(*texts)
    return library.searcher()


def ids(searcher: Searcher, query: str, **arguments) -> list[str]:
    return [hit.passage.id for hit in searcher.search(query, **arguments)]


def test_the_passage_asked_for_comes_first(searcher: Searcher) -> None:
    assert ids(searcher, "Who should reduce the recruitment costs of migrants?")[0] == "plan.0"
    assert ids(searcher, "training of inspectors")[0] == "plan.2"


def test_a_misspelt_question_finds_the_same(searcher: Searcher) -> None:
    assert ids(searcher, "ocupational saftey")[0] == "plan.2"


def test_a_hit_says_what_its_score_is_made_of(searcher: Searcher) -> None:
    best, *_ = searcher.search("recruitment agencies")
    signals = dict(best.signals)
    assert set(signals) >= {"bm25", "dense", "coverage"}
    assert signals["bm25"] > 1
    assert 0 < signals["dense"] <= 1
    assert signals["coverage"] == pytest.approx(1)


def test_scores_fall_and_stay_between_0_and_1(searcher: Searcher) -> None:
    scores = [hit.score for hit in searcher.search("recruitment costs of social security")]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_a_phrase_must_stand_in_every_hit(searcher: Searcher) -> None:
    assert ids(searcher, '"recruitment cost"') == ["plan.0"]
    assert ids(searcher, '"costs of recruitment" migrant workers') == ["plan.1"]
    assert ids(searcher, '"security recruitment"') == []
    assert set(ids(searcher, '"recruitment cost')) > {"plan.0", "plan.1"}


def test_ties_are_in_the_order_of_the_texts(library) -> None:
    library.build_texts(*["Same words here."] * 9)
    assert ids(library.searcher(), "same words") == [f"plan.{place}" for place in range(9)]


@pytest.mark.parametrize("limit", [0, 1, 3, 50])
def test_no_more_than_the_limit_are_returned(searcher: Searcher, limit: int) -> None:
    whole = ids(searcher, "recruitment costs", limit=50)
    assert len(whole) == 5
    assert ids(searcher, "recruitment costs", limit=limit) == whole[:limit]


def test_more_can_be_asked_for_than_the_depth(library, texts) -> None:
    library.build_texts(*texts)
    shallow = library.searcher(Ranking(depth=1))
    assert len(shallow.search("recruitment costs", limit=2)) == 2
    assert len(shallow.search("recruitment costs", limit=5)) == 5


def test_filters_limit_what_is_searched(library, passage) -> None:
    library.build(
        [
            passage(0, "Recruitment costs.", years=(2010, 2011)),
            passage(1, "Costs of recruitment.", kind=PassageKind.ROW, bodies=("slom",)),
            passage(2, "Recruitment costs.", document="other", countries=("lao",)),
        ]
    )
    searcher = library.searcher()
    assert ids(searcher, "recruitment", filters=Filters(documents=("other",))) == ["other.2"]
    assert ids(searcher, "recruitment", filters=Filters(kinds=("row",))) == ["plan.1"]
    assert ids(searcher, "recruitment", filters=Filters(bodies=("slom",))) == ["plan.1"]
    assert ids(searcher, "recruitment", filters=Filters(countries=("lao",))) == ["other.2"]
    assert ids(searcher, "recruitment", filters=Filters(first_year=2011)) == ["plan.0"]
    assert ids(searcher, "recruitment", filters=Filters(first_year=2012)) == []
    assert ids(searcher, '"costs of recruitment"', filters=Filters(documents=("other",))) == []
    assert ids(searcher, "zebra", filters=Filters(kinds=("row",))) == ["plan.1"]


def test_filters_do_not_change_the_raw_signals(searcher: Searcher, texts) -> None:
    everywhere = {hit.passage.id: hit.signals for hit in searcher.search("recruitment costs")}
    narrowed = searcher.search("recruitment costs", filters=Filters(documents=("plan",)))
    assert {hit.passage.id: hit.signals for hit in narrowed} == everywhere


def test_weights_decide_which_signals_count(library) -> None:
    library.build_texts("Recruitment.", "Recruiting recruits recruiter.", "Safety.")
    words = library.searcher(Ranking(weights=(("bm25", 1.0),)))
    vectors = library.searcher(Ranking(weights=(("dense", 1.0),)))
    assert dict(words.search("safety")[0].signals)["bm25"] > 0
    for searcher, name in ((words, "bm25"), (vectors, "dense")):
        values = [dict(hit.signals)[name] for hit in searcher.search("recruits")]
        assert values == sorted(values, reverse=True)


def test_the_score_is_the_weighted_mean_of_the_signals_that_tell_candidates_apart() -> None:
    values = {
        "bm25": np.array([0.0, 2.0, 4.0, 4.0]),
        "record": np.array([1.0, 0.0, 0.0, 1.0]),
        "asked_year": np.zeros(4),
    }
    ranking = Ranking(weights=(("bm25", 2.0), ("record", 1.0), ("asked_year", 3.0)))
    assert fused(values, ranking) == pytest.approx([1 / 3, 1 / 3, 2 / 3, 1.0])
    assert fused(values, Ranking(weights=(("asked_year", 3.0),))) == pytest.approx([0.0] * 4)


@given(
    rows=st.lists(st.tuples(*[st.floats(0, 1, width=32)] * len(NAMES)), min_size=2, max_size=8),
    fusion=st.sampled_from(list(FUSIONS)),
)
def test_who_is_no_worse_in_every_signal_is_ranked_no_lower(
    rows: list[tuple[float, ...]], fusion: str
) -> None:
    rows[0] = tuple(map(max, rows[0], rows[1]))
    values = dict(zip(NAMES, np.array(rows).T, strict=True))
    scores = fused(values, Ranking(fusion=fusion))
    assert np.all((scores >= 0) & (scores <= 1))
    assert scores[0] >= scores[1] - 1e-12


def test_ranks_can_be_fused_instead_of_scores(library, texts) -> None:
    library.build_texts(*texts)
    hits = library.searcher(Ranking(fusion="reciprocal_rank")).search("recruitment costs of workers")
    assert hits[0].passage.id == "plan.0"


@pytest.mark.parametrize(
    "query", ["", "   ", "???", '"', '""', "\ud800", "\x00\x1b", "😀", "-- AND OR: (", "\n"]
)
def test_a_query_without_words_finds_nothing(searcher: Searcher, query: str) -> None:
    if not any(character.isalnum() for character in query):
        assert searcher.search(query) == []
    assert isinstance(searcher.search(query), list)


@pytest.mark.parametrize(
    "query",
    [
        "text:cost AND (", "cost~9 ^2 *", "[a TO z]", "cost\x00s", "re\ud800cruitment", '"cost', 'a" b" "c',
        "the of", "w" * 5000, "劳工 移民", "cost " * 3000, "field:'", "\\", '"the"', "İstanbul ǅ ß ﬁ",
    ],
)  # fmt: skip
def test_hostile_queries_are_only_words(searcher: Searcher, query: str) -> None:
    assert all(0 <= hit.score <= 1 for hit in searcher.search(query))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(st.characters(), max_size=30) | st.text('"cost the ~*:\ud800\0', max_size=30))
def test_nothing_typed_breaks_the_search(searcher: Searcher, query: str) -> None:
    hits = searcher.search(query)
    assert len({hit.passage.id for hit in hits}) == len(hits)


def test_many_threads_search_at_once(searcher: Searcher) -> None:
    queries = ["recruitment costs", "safty", '"social security"', "HIV care"] * 8
    expected = [searcher.search(query) for query in queries]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(searcher.search, queries)) == expected
