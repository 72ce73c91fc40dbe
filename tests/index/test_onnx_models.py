"""The graph kept in a generation gives the vectors of the model it was made from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from corpus.errors import GenerationError
from index.embedding import Exporter, Speller
from index.onnx_models import OnnxEmbedder
from index.sentence_models import DEFAULT_MODEL, load_embedder
from index.toy import ToyEmbedder

TEXTS = ("who coordinates the network", "x", "recruitment costs " * 200)


@pytest.mark.model
def test_the_vectors_are_those_of_the_model(tmp_path: Path) -> None:
    model = load_embedder(DEFAULT_MODEL)
    assert isinstance(model, Exporter)
    assert model.export(tmp_path / "encoder")
    graph = OnnxEmbedder(tmp_path / "encoder", model.model_id, model.revision, model.dimension)
    one, other = model.embed(TEXTS), graph.embed(TEXTS)
    assert (one.vectors * other.vectors).sum(axis=1).min() > 0.9999
    for left, right in zip(one.tokens, other.tokens, strict=True):
        assert left.ids.tolist() == right.ids.tolist()
        assert (left.vectors * right.vectors).sum(axis=1).min() > 0.999
    assert graph.embed([]).vectors.shape == (0, model.dimension)
    assert graph.knows("football")
    assert not graph.knows("recruitmnet")


@pytest.mark.model
def test_a_question_is_embedded_without_torch(tmp_path: Path) -> None:
    model = load_embedder(DEFAULT_MODEL)
    assert isinstance(model, Exporter)
    model.export(tmp_path / "encoder")
    code = (
        "import sys; from pathlib import Path; from index.onnx_models import OnnxEmbedder;"
        f"OnnxEmbedder(Path({str(tmp_path / 'encoder')!r}), 'm', 'r', 384).embed(['words']);"
        "print({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules))"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_a_graph_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GenerationError, match=r"the encoder .* cannot be read .*: run `labour index"):
        OnnxEmbedder(tmp_path, "m", "r", 3).embed(["words"])


def test_a_model_without_weights_is_not_exported() -> None:
    assert not isinstance(ToyEmbedder(), (Exporter, Speller))
