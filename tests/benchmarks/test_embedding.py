"""The figures of embedding: what is compared, and that each way is timed. No time is asserted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.embedding import alike, alternating, passages, time_passages, time_queries
from index.sentence_models import DEFAULT_MODEL, SentenceEmbedder, load_embedder

TEXTS = [f"Recruitment costs of {number} workers." for number in range(40)]


def test_each_way_is_timed_in_each_round_in_turn() -> None:
    done: list[str] = []
    clock = iter(range(4))
    ways = (lambda: done.append("a"), lambda: done.append("b"))

    def timed(way) -> float:
        way()
        return float(next(clock))

    assert alternating(ways, 2, timed) == [[0.0, 2.0], [1.0, 3.0]]
    assert done == ["a", "b", "a", "b"]


def test_likeness_is_the_cosine_of_rows() -> None:
    one = np.array([[1, 0], [0, 2]], dtype=np.float32)
    other = np.array([[3, 0], [1, 1]], dtype=np.float32)
    assert alike(one, other) == pytest.approx((0.5**0.5, (1 + 0.5**0.5) / 2))


def test_the_passages_are_those_of_the_texts() -> None:
    assert len(passages()) > 500


@pytest.mark.model
def test_both_tables_have_their_figures(tmp_path: Path) -> None:
    embedder = load_embedder(DEFAULT_MODEL)
    assert isinstance(embedder, SentenceEmbedder)
    shipped, ours = time_passages(embedder, TEXTS, rounds=1)
    assert float(shipped[1]) > 0
    assert float(ours[3]) >= 0.999
    rows = list(time_queries(embedder, TEXTS[:3], tmp_path / "encoder"))
    assert [row[0] for row in rows] == ["torch", "ONNX"]
    assert all(float(row[2]) > 0.999 for row in rows)
