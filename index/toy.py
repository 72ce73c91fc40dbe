"""An embedder whose vectors a person can predict, for tests that need no weights."""

from __future__ import annotations

import re
from collections.abc import Sequence
from string import ascii_lowercase

import numpy as np

from index.arrays import TokenIds, Vectors
from index.embedding import Embeddings, Tokens

SHORTEST = 4
LETTERS = len(ascii_lowercase)


class ToyEmbedder:
    """Counts the words of a text by their first two letters.

    Only runs of four or more of the letters a to z count, case aside. A word adds 1 to the
    component 26 * (place of its first letter) + (place of its second), places from 0: "labour"
    adds to component 26 * 11 + 0. The counts are divided by their Euclidean length. A text without
    such a word is the last component, 676, alone. Texts that share words are therefore near, and
    an ending ("recruit", "recruitment") changes nothing.
    """

    model_id = "toy"
    revision = "1"
    dimension = LETTERS * LETTERS + 1

    def embed(self, texts: Sequence[str]) -> Embeddings:
        """Embed each text: vectors of 677 components; a token is a counted word, its id its component."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        tokens = []
        for row, text in zip(vectors, texts, strict=True):
            components = np.array(_components(text), dtype=np.int32)
            np.add.at(row, components if len(components) else [self.dimension - 1], 1)
            row /= np.linalg.norm(row)
            tokens.append(Tokens(components, self._units(components)))
        return Embeddings(vectors, tuple(tokens))

    def _units(self, components: TokenIds) -> Vectors:
        units = np.zeros((len(components), self.dimension), dtype=np.float32)
        units[np.arange(len(components)), components] = 1
        return units


def _components(text: str) -> list[int]:
    words = re.findall(rf"[a-z]{{{SHORTEST},}}", text.lower())
    return [LETTERS * ascii_lowercase.index(w[0]) + ascii_lowercase.index(w[1]) for w in words]
