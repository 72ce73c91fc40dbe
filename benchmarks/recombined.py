"""A collection of any size made of a small one: its sentences shuffled, its vectors drawn near to theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from corpus.documents import Document, Span
from corpus.records import Commitment, Passage
from index.arrays import Vectors
from index.supplies import Content, Supply
from index.tokens import PackedTokens
from index.vectors import Kept

DOCUMENT = 200
"""Passages of a document."""
NOISE = 0.5
"""Length of what is added to a vector of length 1: two drawn from one then have a cosine of some 0.8, as have
two items of one list in the five texts."""
TOKEN_NOISE = 12
"""Steps of 127 by which a component of a token may differ."""
SENTENCE = re.compile(r"(?<=[.;:])\s+")


class Recombined:
    """Documents of DOCUMENT passages each; one of a number is the same whenever it is made."""

    def __init__(
        self,
        document: Document,
        passages: Sequence[Passage],
        commitments: Sequence[Sequence[Commitment]],
        kept: Sequence[Kept],
    ) -> None:
        """Take searchable passages, what stands in each, their vectors, and a document as a model."""
        self._document = document
        self._rows = list(zip(passages, commitments, kept, strict=True))
        self._sentences = [s for one in passages for s in SENTENCE.split(one.text) if s.strip()]
        self._lengths = [len(SENTENCE.split(one.text)) for one in passages]
        longest = max(len(one.tokens.ids) for one in kept)
        shape = (8 * longest, kept[0].tokens.codes.shape[1])
        noise = np.random.default_rng(0).integers(-TOKEN_NOISE, TOKEN_NOISE + 1, shape)
        self._noise = noise.astype(np.int8)

    def supplies(self, count: int, first: int = 0) -> list[Supply]:
        """Return the supplies of some documents, those of `count` passages in all."""
        numbers = range(first, first + count // DOCUMENT)
        return [
            Supply(f"d{number}", f"recombined {number}", DOCUMENT, partial(self.content, number))
            for number in numbers
        ]

    def content(self, number: int) -> Content:
        """Make a document."""
        rng = np.random.default_rng(number)
        name, at = f"d{number}", 0
        passages: list[Passage] = []
        commitments: list[Commitment] = []
        for place, row in enumerate(self._chosen(number)):
            passage, held, _ = self._rows[row]
            chosen = rng.integers(0, len(self._sentences), self._lengths[row]).tolist()
            text = " ".join(self._sentences[sentence] for sentence in chosen)
            spans = (Span(at, at + len(text)),)
            at += len(text) + 1
            passages.append(
                replace(passage, id=f"{name}.{place}", document=name, text=text, spans=spans, position=place)
            )
            commitments += _renamed(held, passages[-1], len(commitments))
        text = "\n".join(passage.text for passage in passages)
        source = replace(self._document.source, id=name, title=f"{self._document.source.title} {number}")
        return Content(Document(source, text, (Span(0, len(text)),)), tuple(passages), tuple(commitments))

    def vectors(self, numbers: Iterator[int]) -> Iterator[Kept]:
        """Draw vector and tokens of each passage of the documents of some numbers."""
        for number in numbers:
            rng = np.random.default_rng(number)
            for row in self._chosen(number):
                yield self._near(self._rows[row][2], rng)

    def _chosen(self, number: int) -> list[int]:
        chosen: list[int] = np.random.default_rng((number, 1)).integers(0, len(self._rows), DOCUMENT).tolist()
        return chosen

    def _near(self, kept: Kept, rng: np.random.Generator) -> Kept:
        vector = near(kept.vector, rng)
        count = len(kept.tokens.ids)
        first = int(rng.integers(0, len(self._noise) - count))
        codes = kept.tokens.codes.astype(np.int16) + self._noise[first : first + count]
        clipped = np.clip(codes, -127, 127).astype(np.int8)
        return Kept(vector, _units(PackedTokens(kept.tokens.ids, kept.tokens.scales, clipped)))


def near(vector: Vectors, rng: np.random.Generator) -> Vectors:
    """Draw a unit vector near to one."""
    drawn = vector + rng.standard_normal(len(vector), dtype=np.float32) * NOISE / np.sqrt(len(vector))
    unit: Vectors = (drawn / np.linalg.norm(drawn)).astype(np.float32)
    return unit


def _units(tokens: PackedTokens) -> PackedTokens:
    """Choose the scales so that the vectors have length 1."""
    lengths = np.linalg.norm(tokens.codes.astype(np.float32), axis=1)
    return replace(tokens, scales=(1 / np.maximum(lengths, 1e-9)).astype(np.float32))


def _renamed(held: Sequence[Commitment], passage: Passage, first: int) -> Iterator[Commitment]:
    for number, one in enumerate(held, start=first):
        name = f"{passage.document}/{number}"
        yield replace(
            one, id=f"c-{name}", address=name, document=passage.document, passage=passage.id,
            position=number, parent="",
        )  # fmt: skip
