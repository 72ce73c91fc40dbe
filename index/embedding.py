"""What the index asks of an embedding model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

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
    """Turns texts into unit vectors; two of one id and revision give the same ones, to 0.999 of cosine.

    They may compute in other precisions: see index.bulk_encoding.
    """

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


@runtime_checkable
class Speller(Protocol):
    """An embedder that knows words of the language beside those of the texts."""

    def knows(self, word: str) -> bool:
        """Tell whether a word, in lower case, is one, so that it is not taken for a misspelling."""
        ...


@runtime_checkable
class Exporter(Protocol):
    """An embedder that can write itself as something faster to load, for questions."""

    def export(self, folder: Path) -> bool:
        """Write the encoder into a new folder; return False, writing nothing, where it cannot be."""
        ...
