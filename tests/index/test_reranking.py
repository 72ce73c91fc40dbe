"""The second look: the best hits in the order that a cross-encoder gives them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ModelError
from index.arrays import Scores
from index.cross_encoders import SentenceReranker
from index.reranking import LOOKED_AT, combined
from index.searching import SECOND_LOOK, Searcher


class LikesShort:
    """Prefers short texts, whatever the question."""

    model_id = "likes-short"

    def judge(self, question: str, texts: Sequence[str]) -> Scores:
        return np.array([-len(text) for text in texts], dtype=np.float32)


values = st.lists(st.floats(0, 1), min_size=1, max_size=30)


@given(values, st.data())
def test_the_mixed_scores_stay_in_the_range_of_the_first_look(first, data) -> None:
    second = data.draw(st.lists(st.floats(-9, 9, width=32), min_size=len(first), max_size=len(first)))
    scores = combined(np.array(first), np.array(second, dtype=np.float32))
    assert scores.min() >= min(first) - 1e-9
    assert scores.max() <= max(first) + 1e-9


def test_a_second_look_changes_the_order_of_the_best_hits_alone(library) -> None:
    library.build_texts(*(f"Recruitment costs {'and more ' * n}" for n in range(LOOKED_AT + 5)))
    generation = library.searcher().generation
    plain = Searcher(generation).search("recruitment costs", limit=LOOKED_AT + 5)
    again = Searcher(generation, reranker=LikesShort()).search("recruitment costs", limit=LOOKED_AT + 5)
    assert {hit.passage.id for hit in again[:LOOKED_AT]} == {hit.passage.id for hit in plain[:LOOKED_AT]}
    assert [hit.passage.id for hit in again[LOOKED_AT:]] == [hit.passage.id for hit in plain[LOOKED_AT:]]
    scores = [hit.score for hit in again]
    assert scores == sorted(scores, reverse=True)


def test_a_short_list_is_the_head_of_a_longer_one(library, texts) -> None:
    library.build_texts(*texts)
    searcher = Searcher(library.searcher().generation, reranker=LikesShort())
    longer = [hit.passage.id for hit in searcher.search("recruitment costs", limit=5)]
    assert [hit.passage.id for hit in searcher.search("recruitment costs", limit=2)] == longer[:2]
    assert dict(searcher.search("recruitment costs")[0].signals)[SECOND_LOOK] < 0


def test_a_model_that_is_not_on_this_machine_is_named() -> None:
    with pytest.raises(ModelError, match="no-such/cross-encoder"):
        SentenceReranker("no-such/cross-encoder")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> Path:
    """A cross-encoder of random weights and the vocabulary of the default model."""
    from sentence_transformers import CrossEncoder
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    from index.sentence_models import default_folder

    folder = tmp_path_factory.mktemp("cross")
    tokenizer = AutoTokenizer.from_pretrained(default_folder())
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=1,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    CrossEncoder(str(folder), local_files_only=True).save_pretrained(str(folder / "saved"))
    return folder / "saved"


@pytest.mark.model
def test_a_real_cross_encoder_judges_each_text(tiny: Path) -> None:
    scores = SentenceReranker(str(tiny)).judge(
        "recruitment costs", ["Recruitment costs.", "Inspection.", "x"]
    )
    assert scores.shape == (3,)
    assert len(set(scores.tolist())) > 1


@pytest.mark.model
def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelError, match="LABOUR_RERANKER"):
        SentenceReranker(str(tmp_path)).judge("q", ["a"])
