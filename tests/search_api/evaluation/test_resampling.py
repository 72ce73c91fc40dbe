"""Intervals and tests, against values worked out by hand and against what must hold of any values."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_api.evaluation.resampling import (
    PERMUTATIONS,
    area_interval,
    area_test,
    mean_interval,
    mean_test,
    wins,
)

SHARES = st.lists(st.floats(0, 1), min_size=1, max_size=30).map(np.array)
SLACK = 1e-9


def of(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float64)


@settings(max_examples=30)
@given(SHARES)
def test_the_interval_holds_the_mean_and_stays_within_the_values(values: np.ndarray) -> None:
    found = mean_interval(values)
    assert found.low - SLACK <= values.mean() <= found.high + SLACK
    assert values.min() - SLACK <= found.low
    assert found.high <= values.max() + SLACK


def test_the_interval_is_that_of_the_binomial() -> None:
    # 50 of 100: the mean of a sample has a standard deviation of 0.05.
    found = mean_interval(np.repeat([0.0, 1.0], 50))
    assert found.low == pytest.approx(0.5 - 1.96 * 0.05, abs=0.015)
    assert found.high == pytest.approx(0.5 + 1.96 * 0.05, abs=0.015)


def test_more_questions_make_a_narrower_interval() -> None:
    few, many = (mean_interval(np.tile([0.0, 1.0], count)) for count in (5, 500))
    assert many.high - many.low < few.high - few.low


def test_wins_count_a_tie_half() -> None:
    assert wins(of(0.9, 0.5), of(0.5, 0.1)).tolist() == [[1, 1], [0.5, 1]]


@settings(max_examples=20)
@given(SHARES, SHARES)
def test_the_interval_of_an_area_holds_it(positive: np.ndarray, negative: np.ndarray) -> None:
    found = area_interval(wins(positive, negative))
    assert 0 <= found.low <= found.high <= 1
    assert found.low - SLACK <= wins(positive, negative).mean() <= found.high + SLACK


@settings(max_examples=10)
@given(SHARES)
def test_identical_runs_differ_by_chance_alone(values: np.ndarray) -> None:
    assert mean_test(values - values) == 1
    assert mean_interval(values - values) == mean_interval(np.zeros(len(values)))


@pytest.mark.parametrize("count", [1, 2, 4, 6])
def test_questions_that_all_gain_have_the_probability_of_the_coin(count: int) -> None:
    # Of the 2^n signs two, all plus and all minus, are as far from 0.
    assert mean_test(np.full(count, 0.3)) == pytest.approx(2 / 2**count, abs=0.02)


def test_gains_as_large_as_losses_are_chance() -> None:
    assert mean_test(of(0.4, -0.4, 0.1, -0.1)) == 1


def test_a_gain_on_many_questions_is_as_rare_as_can_be() -> None:
    assert mean_test(np.full(40, 0.01)) == 1 / (PERMUTATIONS + 1)


def test_the_sign_of_the_difference_does_not_matter() -> None:
    values = of(0.2, 0.1, -0.05, 0.3, 0.0)
    assert mean_test(values) == pytest.approx(mean_test(-values), abs=0.02)


def test_two_runs_of_equal_confidences_have_the_same_area() -> None:
    run = (of(0.9, 0.8, 0.3), of(0.5, 0.1))
    assert area_test(run, run) == 1


def test_the_scale_of_the_confidences_does_not_matter() -> None:
    first, second = (of(0.9, 0.8, 0.3), of(0.5, 0.1)), (of(0.2, 0.1, 0.9), of(0.5, 0.3))
    scaled = (second[0] / 1000, second[1] / 1000)
    assert area_test(first, scaled) == area_test(first, second)
    assert area_test(first, (first[0] / 1000, first[1] / 1000)) == 1


def test_an_area_of_one_against_an_area_of_none_is_no_chance() -> None:
    high, low = np.linspace(0.6, 0.9, 12), np.linspace(0.1, 0.4, 12)
    assert area_test((high, low), (low, high)) < 0.01
