"""Cross-encoders of the sentence-transformers kind, read from this machine only."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import ModelError
from index.arrays import Scores
from index.sentence_models import find_folder

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class SentenceReranker:
    """A cross-encoder in a folder, loaded with the first question; safe to use from several threads."""

    def __init__(self, model_id: str) -> None:
        """Find the model by its name or folder; ModelError where this machine has none."""
        self.model_id = model_id
        self._folder = find_folder(model_id)
        self._lock = threading.Lock()

    def judge(self, question: str, texts: Sequence[str]) -> Scores:
        """Score each text against the question; raises ModelError where the model cannot be loaded."""
        pairs = [(question, text) for text in texts]
        with self._lock:
            found = self._model.predict(pairs, show_progress_bar=False)
        scores = np.asarray(found, dtype=np.float32)
        if scores.shape != (len(texts),):
            raise ModelError(
                f"the model {self.model_id} gives {scores.shape[1:]} values for a passage, not one: name a"
                " cross-encoder that was trained for ranking"
            )
        return scores

    @cached_property
    def _model(self) -> CrossEncoder:
        return _load(self.model_id, self._folder)


def _load(model_id: str, folder: Path) -> CrossEncoder:
    from sentence_transformers import CrossEncoder
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    transformers_logging.set_verbosity_error()
    try:
        return CrossEncoder(str(folder), local_files_only=True)
    except (OSError, ValueError, KeyError, TypeError, ImportError, RuntimeError) as error:
        raise ModelError(
            f"the folder {folder} holds no cross-encoder that can be loaded as {model_id}"
            f" ({type(error).__name__}: {error}): give the folder of one, or unset LABOUR_RERANKER"
        ) from error
