"""The figures of speed: what is timed, and how the times are summed up. No time is asserted."""

from __future__ import annotations

import math

import pytest

from benchmarks import asking
from benchmarks.tables import QUESTIONS, render_table
from index.toy import ToyEmbedder
from search_api.bootstrap import Application
from search_api.evaluation.questions import load_judged_questions


def test_percentiles_are_those_of_the_times() -> None:
    assert asking.percentiles([float(time) for time in range(101)]) == pytest.approx((50.0, 95.0))
    assert asking.percentiles([2.0, 2.0]) == pytest.approx((2.0, 2.0))


def test_work_is_done_once_and_timed() -> None:
    done: list[str] = []
    assert asking.seconds(done.append, "once") >= 0
    assert done == ["once"]


def test_every_way_of_asking_is_timed(application: Application, embedder: ToyEmbedder) -> None:
    rows = list(asking.time_questions(application, embedder, ["recruitment fees", "rafts"]))
    assert [name for name, *_ in rows] == ["dense search alone", "search", "ask"]
    for _, *figures in rows:
        assert len(figures) == 2
        assert all(math.isfinite(float(figure)) for figure in figures)


def test_the_command_that_is_timed_exists() -> None:
    assert asking.LABOUR.is_file()


def test_the_questions_are_there() -> None:
    assert len(load_judged_questions(QUESTIONS)) >= 2  # what percentiles need


def test_a_table_is_markdown() -> None:
    assert render_table(("a", "b"), [("x", "1")]) == "| a | b |\n| --- | ---: |\n| x | 1 |"
