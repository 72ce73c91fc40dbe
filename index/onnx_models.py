"""Questions embedded without torch: the encoder as an ONNX graph, made when an index is built."""

from __future__ import annotations

import json
import threading
import warnings
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.errors import BuildError, GenerationError
from index.arrays import Vectors
from index.embedding import Embeddings, Tokens
from index.manifest import REBUILD

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer
    from torch import nn

GRAPH, TOKENIZER, FACTS = "encoder.onnx", "tokenizer.json", "encoder.json"
OPSET = 17
THREADS = 1
"""Threads that embed one question: more gain nothing on so few tokens, and take the cores from the rest."""


def write_encoder(
    folder: Path, encoder: nn.Module, tokenizer: Tokenizer, tokens: int, special: Sequence[int]
) -> None:
    """Write an encoder as a graph, with its tokenizer and what is needed to use them, into a new folder.

    `tokens` is how many it reads of a text, `special` the ids of marks that are no words. Raises
    BuildError where the graph cannot be made or written.
    """
    folder.mkdir()
    try:
        _export(encoder, folder / GRAPH)
        tokenizer.save(str(folder / TOKENIZER))
        facts = {"tokens": tokens, "special": list(special)}
        (folder / FACTS).write_text(json.dumps(facts), encoding="utf-8")
    except (OSError, RuntimeError) as error:
        raise BuildError(
            f"the encoder {folder} could not be written ({error}): see that the disk has room"
        ) from error


def _export(encoder: nn.Module, path: Path) -> None:
    import torch

    class Hidden(torch.nn.Module):  # type: ignore[misc]
        """The encoder with its last layer alone as the result."""

        def __init__(self) -> None:
            super().__init__()
            self.encoder = encoder

        def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
            hidden: torch.Tensor = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
            return hidden

    ids = torch.ones(2, 8, dtype=torch.long)
    axes = {0: "texts", 1: "tokens"}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # the exporter that needs no further package is called the old one
        torch.onnx.export(
            Hidden().eval(),
            (ids, torch.ones_like(ids)),
            str(path),
            input_names=["ids", "mask"],
            output_names=["hidden"],
            dynamic_axes={"ids": axes, "mask": axes, "hidden": axes},
            opset_version=OPSET,
            dynamo=False,
        )


class OnnxEmbedder:
    """Embeds questions by a graph that `write_encoder` wrote; safe to use from several threads.

    The vectors are those of the model that the graph was made from, to 0.9999 of cosine and better.
    """

    def __init__(self, folder: Path, model_id: str, revision: str, dimension: int) -> None:
        """Name the folder and the model; nothing is read until the first text."""
        self.model_id = model_id
        self.revision = revision
        self.dimension = dimension
        self._folder = folder
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[str]) -> Embeddings:
        """Embed each text and its tokens: float32, rows L2-normalised."""
        if not texts:
            return Embeddings(np.zeros((0, self.dimension), dtype=np.float32), ())
        with self._lock:
            session, tokenizer, special = self._parts
        encoded = tokenizer.encode_batch(list(texts))
        ids = np.array([one.ids for one in encoded], dtype=np.int64)
        mask = np.array([one.attention_mask for one in encoded], dtype=np.int64)
        hidden = session.run(None, {"ids": ids, "mask": mask})[0]
        weights = mask[..., np.newaxis].astype(np.float32)
        means = (hidden * weights).sum(axis=1) / weights.sum(axis=1)
        kept = mask.astype(bool) & ~np.isin(ids, special)
        rows = zip(ids, hidden, kept, strict=True)
        tokens = tuple(Tokens(row[keep].astype(np.int32), units(own[keep])) for row, own, keep in rows)
        return Embeddings(units(means), tokens)

    def knows(self, word: str) -> bool:
        """Tell whether a word is one piece of the model's vocabulary, as the common words are."""
        with self._lock:
            _, tokenizer, _ = self._parts
        return tokenizer.token_to_id(word) is not None

    @cached_property
    def _parts(self) -> tuple[InferenceSession, Tokenizer, list[int]]:
        from tokenizers import Tokenizer

        try:
            facts: dict[str, Any] = json.loads((self._folder / FACTS).read_text(encoding="utf-8"))
            tokenizer = Tokenizer.from_file(str(self._folder / TOKENIZER))
            tokenizer.enable_truncation(facts["tokens"])
            tokenizer.enable_padding()
            return _session(self._folder / GRAPH), tokenizer, facts["special"]
        except Exception as error:  # tokenizers and onnxruntime raise Exception itself and types of their own
            raise GenerationError(
                f"the encoder {self._folder} cannot be read ({error}): {REBUILD}"
            ) from error


def _session(graph: Path) -> InferenceSession:
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = THREADS
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])


def units(vectors: Vectors) -> Vectors:
    """Scale each row to unit length."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = vectors / np.maximum(lengths, 1e-12)
    return scaled
