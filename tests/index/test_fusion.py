"""Whatever the signals, fusion gives 0..1, never punishes a better value, and knows no places."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index.fusion import FUSIONS, min_max, reciprocal_rank

values = st.floats(-1e6, 1e6, width=32)
fusions = st.sampled_from(list(FUSIONS.values()))


@st.composite
def signals(draw, smallest: int = 1):
    count = draw(st.integers(smallest, 12))
    rows = draw(st.lists(st.lists(values, min_size=count, max_size=count), min_size=1, max_size=3))
    weights = draw(st.lists(st.floats(0.01, 5), min_size=len(rows), max_size=len(rows)))
    return [np.array(row, dtype=np.float64) for row in rows], weights


@given(fuse=fusions, given_=signals(smallest=0))
def test_scores_are_between_0_and_1(fuse, given_) -> None:
    scores = fuse(*given_)
    assert scores.shape == given_[0][0].shape
    assert np.all((scores >= 0) & (scores <= 1))


@given(fuse=fusions, given_=signals(smallest=2), data=st.data())
def test_who_is_no_worse_in_every_signal_scores_no_worse(fuse, given_, data) -> None:
    rows, weights = given_
    first, second = data.draw(st.permutations(range(len(rows[0]))))[:2]
    for row in rows:
        row[first] = max(row[first], row[second])
    scores = fuse(rows, weights)
    assert scores[first] >= scores[second]


@given(fuse=fusions, given_=signals(), data=st.data())
def test_the_order_of_the_candidates_does_not_matter(fuse, given_, data) -> None:
    rows, weights = given_
    order = data.draw(st.permutations(range(len(rows[0]))))
    shuffled = fuse([row[order] for row in rows], weights)
    assert shuffled == pytest.approx(fuse(rows, weights)[order])


@given(given_=signals(smallest=2), factor=st.floats(0.5, 8), shift=st.floats(-100, 100))
def test_min_max_does_not_care_for_the_scale_of_a_signal(given_, factor, shift) -> None:
    rows, weights = given_
    rows = [np.round(row) for row in rows]
    assume(all(row.min() < row.max() for row in rows))
    moved = min_max([row * factor + shift for row in rows], weights)
    assert moved == pytest.approx(min_max(rows, weights), abs=1e-6)


def test_min_max_adds_what_is_stretched() -> None:
    scores = min_max([np.array([0.0, 5.0, 10.0]), np.array([0.3, 0.2, 0.1])], [3, 1])
    assert scores == pytest.approx([0.25, 0.5, 0.75])


def test_a_signal_that_is_the_same_for_all_counts_where_it_is_positive() -> None:
    assert min_max([np.array([2.0, 2.0])], [1]).tolist() == [1, 1]
    assert min_max([np.array([0.0, 0.0])], [1]).tolist() == [0, 0]


def test_equal_values_share_a_rank() -> None:
    assert reciprocal_rank([np.array([4.0, 9.0, 4.0])], [1]) == pytest.approx([61 / 62, 1, 61 / 62])
