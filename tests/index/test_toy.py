"""The toy embedder's vectors can be predicted."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.toy import ToyEmbedder

TOY = ToyEmbedder()


def test_words_are_counted_by_their_first_two_letters() -> None:
    [vector] = TOY.embed(["Labour, labels and the cost"]).vectors
    assert {place: round(float(vector[place]), 3) for place in np.flatnonzero(vector).tolist()} == {
        26 * 11 + 0: 0.894,  # "la" twice: 2 / sqrt(5)
        26 * 2 + 14: 0.447,  # "co" once: 1 / sqrt(5)
    }


def test_a_text_without_words_is_the_last_component() -> None:
    assert TOY.embed(["the 2010"]).vectors.nonzero()[1].tolist() == [676]


@given(st.lists(st.text()))
def test_every_text_has_a_unit_vector(texts: list[str]) -> None:
    vectors = TOY.embed(texts).vectors
    assert vectors.shape == (len(texts), TOY.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_texts_that_share_words_are_nearer() -> None:
    asked, near, far = TOY.embed(["recruitment costs", "the costs of recruiting", "safety at sea"]).vectors
    assert asked @ near > 0.99
    assert asked @ far == 0
