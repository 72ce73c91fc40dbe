"""Late interaction: packing, weights, and the best match of each token."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from corpus.errors import GenerationError
from index.embedding import Tokens
from index.late import CODES, STARTS, LateIndex, read_late, write_late
from index.layout import Layout, Run
from index.tokens import expand, pack, rotation, squeeze, unpack
from index.toy import ToyEmbedder

TOY = ToyEmbedder()
TEXTS = ["recruitment costs for migrant workers", "migrant workers", "the 2010", "safety of workers at work"]
POSITIONS = np.arange(4)
LAYOUT = Layout([1], [4], {"plan": Run(0, 0, 4)})
PACKED = [pack(tokens) for tokens in TOY.embed(TEXTS).tokens]


@pytest.fixture
def late(tmp_path: Path) -> LateIndex:
    write_late(tmp_path / "late", PACKED)
    return LateIndex([read_late(tmp_path / "late", 4)], LAYOUT, 4)


def asked(text: str) -> Tokens:
    return TOY.embed([text]).tokens[0]


def test_a_passage_that_holds_every_token_scores_one(late: LateIndex) -> None:
    scores = late.scores([asked("migrant costs")], POSITIONS)[0]
    assert scores[0] == pytest.approx(1, abs=0.01)
    assert scores[0] > scores[1] > scores[3] == scores[2] == 0


def test_a_rare_token_weighs_more_than_a_common_one(late: LateIndex) -> None:
    rare, common = late.weights(asked("costs workers").ids)
    assert rare > common
    assert rare + common == pytest.approx(1)
    scores = late.scores([asked("costs safety")], POSITIONS)[0]
    assert scores[0] == pytest.approx(scores[3], abs=0.01)


def test_an_unknown_token_takes_its_share(late: LateIndex) -> None:
    assert late.scores([asked("migrant zebra")], POSITIONS)[0][0] < 0.5


def test_scores_are_those_of_the_positions_asked_for(late: LateIndex) -> None:
    question = asked("workers safety")
    every = dict(zip(POSITIONS.tolist(), late.scores([question], POSITIONS)[0], strict=True))
    for position in POSITIONS.tolist():
        assert late.scores([question], np.array([position]))[0][0] == every[position]
    assert late.scores([question], np.array([3, 0]))[0].tolist() == [every[3], every[0]]


def test_squeezed_tokens_score_nearly_the_same(late: LateIndex, tmp_path: Path) -> None:
    write_late(tmp_path / "squeezed", [squeeze(packed) for packed in PACKED])
    squeezed = LateIndex([read_late(tmp_path / "squeezed", 4)], LAYOUT, 4)
    for question in (asked("migrant costs"), asked("safety of workers")):
        expected = late.scores([question], POSITIONS)[0]
        assert squeezed.scores([question], POSITIONS)[0] == pytest.approx(expected, abs=0.15)


@pytest.mark.parametrize("at_once", [1, 3, 100])
def test_tokens_are_squeezed_alike_in_any_pieces(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = squeeze(PACKED[0])
    monkeypatch.setattr("index.tokens.SQUEEZED_AT_ONCE", at_once)
    pieces = squeeze(PACKED[0])
    assert np.array_equal(pieces.codes, whole.codes)
    assert pieces.scales == pytest.approx(whole.scales)


def test_a_squeezed_vector_is_as_long_in_its_own_direction_as_it_was() -> None:
    vectors = unpack(PACKED[0])
    squeezed = squeeze(PACKED[0])
    back = expand(squeezed.codes, TOY.dimension) * squeezed.scales[:, np.newaxis]
    assert np.einsum("ij,ij->i", back, vectors @ rotation(TOY.dimension).T) == pytest.approx(1, abs=0.02)


def test_a_question_without_tokens_and_no_positions(late: LateIndex) -> None:
    assert late.scores([asked("?")], POSITIONS)[0].tolist() == [0, 0, 0, 0]
    assert late.scores([asked("workers")], np.zeros(0, dtype=np.int64))[0].shape == (0,)


@pytest.mark.parametrize("name", [CODES, STARTS])
def test_arrays_that_do_not_fit_are_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "late"
    write_late(folder, PACKED)
    np.save(folder / name, np.zeros(3, dtype=np.int8))
    with pytest.raises(GenerationError, match="rebuild"):
        read_late(folder, 4)


def test_a_missing_or_mangled_array_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "late"
    write_late(folder, PACKED)
    (folder / CODES).write_bytes(b"no array")
    with pytest.raises(GenerationError, match="cannot be read"):
        read_late(folder, 4)


@given(arrays(np.float32, (3, 8), elements=st.floats(-1, 1, width=32)))
def test_packing_loses_less_than_half_a_step(vectors: np.ndarray) -> None:
    packed = pack(Tokens(np.arange(3, dtype=np.int32), vectors))
    largest = np.abs(vectors).max(axis=1, initial=1e-9, keepdims=True)
    assert (np.abs(unpack(packed) - vectors) <= largest / 127 * 0.51 + 1e-9).all()
