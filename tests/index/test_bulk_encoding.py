"""Many texts at once get the vectors that sentence-transformers makes, whatever their lengths and number."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from index.bulk_encoding import AT_ONCE, MANY, BulkEncoder, batches, longest_of
from index.onnx_models import OnnxEmbedder
from index.sentence_models import DEFAULT_MODEL, SentenceEmbedder, load_embedder

WORDS = ("labour", "migration", "recruitment", "costs", "inspection", "safety", "training", "social security")


@pytest.fixture(scope="module")
def embedder() -> SentenceEmbedder:
    made = load_embedder(DEFAULT_MODEL)
    assert isinstance(made, SentenceEmbedder)
    return made


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """More than are embedded in float32, of one word to more than the model reads."""
    chance = np.random.default_rng(6)
    lengths = [*range(1, MANY + 8), 400]
    return [" ".join(chance.choice(WORDS, size=length)) for length in chance.permutation(lengths)]


def cosines(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.asarray((one * other).sum(axis=1) / np.linalg.norm(one, axis=1) / np.linalg.norm(other, axis=1))


def test_batches_hold_each_text_once_like_with_like() -> None:
    lengths = [500, 3, 200, 3, 700, 90, 4, 2000]
    found = list(batches(lengths))
    assert sorted(place for batch in found for place in batch) == list(range(len(lengths)))
    flat = [lengths[place] for batch in found for place in batch]
    assert flat == sorted(lengths)
    assert all(
        len(batch) == 1 or len(batch) * max(lengths[place] for place in batch) <= AT_ONCE for batch in found
    )
    assert len(found) < len(lengths)


@pytest.mark.model
@pytest.mark.parametrize("bfloat16", [True, False])
def test_the_vectors_are_those_of_sentence_transformers(
    embedder: SentenceEmbedder, texts: list[str], bfloat16: bool
) -> None:
    model = embedder.model
    bulk = BulkEncoder(model.transformers_model, model.tokenizer, longest_of(model), bfloat16)
    made = bulk.embed(texts)
    shipped = model.encode(texts, output_value=None, show_progress_bar=False)
    expected = np.stack([one["sentence_embedding"].numpy() for one in shipped])
    assert cosines(made.vectors, expected).min() > (0.999 if bfloat16 else 0.999999)
    assert made.vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(made.vectors, axis=1), 1, atol=1e-5)
    special = model.tokenizer.all_special_ids
    for tokens, one in zip(made.tokens, shipped, strict=True):
        kept = ~np.isin(one["input_ids"], special) & one["attention_mask"].numpy().astype(bool)
        assert tokens.ids.tolist() == one["input_ids"].numpy()[kept].tolist()
        near = cosines(tokens.vectors, one["token_embeddings"].numpy()[kept])
        assert near.min() > (0.99 if bfloat16 else 0.999999)
        assert near.mean() > 0.999
        np.testing.assert_allclose(np.linalg.norm(tokens.vectors, axis=1), 1, atol=1e-5)


@pytest.mark.model
def test_the_graph_for_questions_agrees_with_it(
    embedder: SentenceEmbedder, texts: list[str], tmp_path
) -> None:
    bulk = embedder.embed(texts).vectors
    assert embedder.export(tmp_path / "encoder")
    graph = OnnxEmbedder(tmp_path / "encoder", embedder.model_id, embedder.revision, embedder.dimension)
    assert cosines(bulk, graph.embed(texts).vectors).min() > 0.999
    np.testing.assert_allclose(embedder.embed(texts).vectors, bulk, atol=1e-6)  # exporting changes nothing


@pytest.mark.model
def test_few_texts_are_embedded_in_full_precision(embedder: SentenceEmbedder, texts: list[str]) -> None:
    model = embedder.model
    halved = BulkEncoder(model.transformers_model, model.tokenizer, longest_of(model), bfloat16=True)
    whole = BulkEncoder(model.transformers_model, model.tokenizer, longest_of(model), bfloat16=False)
    few = texts[: MANY - 1]
    np.testing.assert_array_equal(halved.embed(few).vectors, whole.embed(few).vectors)
    assert not np.array_equal(halved.embed(texts).vectors, whole.embed(texts).vectors)


@pytest.mark.model
def test_bfloat16_is_given_up_where_it_changes_too_much(embedder: SentenceEmbedder, texts: list[str]) -> None:
    class Coarse(nn.Module):  # type: ignore[misc]
        """An encoder that is another one in bfloat16."""

        def __init__(self) -> None:
            super().__init__()
            self.encoder = embedder.model.transformers_model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> object:
            made = self.encoder(input_ids=input_ids, attention_mask=attention_mask)
            if made.last_hidden_state.dtype == torch.bfloat16:
                made.last_hidden_state = made.last_hidden_state.roll(1, dims=2)
            return made

    model = embedder.model
    bulk = BulkEncoder(Coarse(), model.tokenizer, longest_of(model), bfloat16=True)
    whole = BulkEncoder(model.transformers_model, model.tokenizer, longest_of(model), bfloat16=False)
    np.testing.assert_array_equal(bulk.embed(texts).vectors, whole.embed(texts).vectors)


@pytest.mark.model
def test_a_model_of_another_form_goes_the_way_of_its_library(texts: list[str]) -> None:
    first = load_embedder(DEFAULT_MODEL)
    assert isinstance(first, SentenceEmbedder)
    expected = first.embed(texts[:3])
    first.model.default_prompt_name = "query"
    first.model.prompts = {"query": ""}
    other = load_embedder(DEFAULT_MODEL)
    assert isinstance(other, SentenceEmbedder)
    vars(other)["model"] = first.model
    made = other.embed(texts[:3])
    np.testing.assert_allclose(made.vectors, expected.vectors, atol=1e-5)
    assert [one.ids.tolist() for one in made.tokens] == [one.ids.tolist() for one in expected.tokens]
