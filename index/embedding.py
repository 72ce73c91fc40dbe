"""What the index asks of an embedding model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from index.arrays import Vectors


class Embedder(Protocol):
    """Turns texts into unit vectors; two embedders of one id and revision give the same vectors."""

    @property
    def model_id(self) -> str:
        """The name by which the model is asked for."""
        ...

    @property
    def revision(self) -> str:
        """A fingerprint of the weights: it changes when the vectors would."""
        ...

    @property
    def dimension(self) -> int:
        """The number of components of a vector."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed each text: float32, shape (len(texts), dimension), rows L2-normalised."""
        ...
