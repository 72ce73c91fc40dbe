"""What the index asks of an embedding model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index.arrays import TokenIds, Vectors


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one text as a model saw them, marks of its own (such as [CLS]) left out.

    `ids` has shape (m,), `vectors` shape (m, dimension) with rows of unit length.
    """

    ids: TokenIds
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Embeddings:
    """What a model makes of n texts: `vectors` of shape (n, dimension), and the tokens of each text."""

    vectors: Vectors
    tokens: tuple[Tokens, ...]


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

    def embed(self, texts: Sequence[str]) -> Embeddings:
        """Embed each text and its tokens: float32, rows L2-normalised."""
        ...
