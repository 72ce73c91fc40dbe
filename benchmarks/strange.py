"""Texts that hold no commitments: random words in the forms of a text, and a made-up narrative."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

from corpus.documents import Source

LETTERS = "abcdefghijklmnopqrstuvwxyz"
FORMAL = ("ASEAN", "ILO", "SLOM", "2012", "should", "will", "The", "Forum", "recommended")
MARKS = ("- ", "• ", "1. ", "(a) ", "# ")
WHO = ("She", "The old sailor", "Nobody", "My brother", "The king", "A stranger", "The minister")
DOES = ("walked to", "will never forget", "should have left", "must return to", "agreed to sell", "dreamt of")
WHAT = ("the harbour", "the winter garden", "a letter from 1911", "the mountain road", "their mother")
END = ("before dawn.", "in silence.", "and wept.", "by candle light, with the others.", "again and again.")


def random_words(size: int) -> str:
    """At least `size` characters of meaningless words, some of them formal, in lines, lists and rows."""
    chance = random.Random(1)
    plain = ["".join(chance.choices(LETTERS, k=chance.randint(2, 9))) for _ in range(3000)]
    return _grow(size, _random_lines(chance, [*plain, *FORMAL * 10]))


def narrative(size: int) -> str:
    """At least `size` characters of a made-up story in paragraphs, with what is said set as a list."""
    return _grow(size, _paragraphs(random.Random(7)))


def source_of(text: str, name: str, folder: Path) -> Source:
    """Write a text into a folder, and give the catalogue entry of a document whose kind is not known."""
    data = text.encode("utf-8")
    path = folder / f"{name}.txt"
    path.write_bytes(data)
    return Source(
        id=name, title=name, short_title=name, body="asean", kind="text", date="2012", period=None,
        language="en", rights="-", sha256=hashlib.sha256(data).hexdigest(), path=path,
    )  # fmt: skip


def _grow(size: int, parts: Iterator[str]) -> str:
    grown: list[str] = []
    length = 0
    while length < size:
        grown.append(next(parts))
        length += len(grown[-1])
    return "".join(grown)


def _random_lines(chance: random.Random, vocabulary: list[str]) -> Iterator[str]:
    """Lines of which one in ten opens like a list item or heading and one in ten has cells."""
    while True:
        words = chance.choices(vocabulary, k=chance.randint(3, 24))
        form = chance.random()
        mark = chance.choice(MARKS) if form < 0.1 else ""
        yield mark + ("\t" if form > 0.9 else " ").join(words) + chance.choice(("\n", "\n\n", ".\n\n"))


def _paragraphs(chance: random.Random) -> Iterator[str]:
    """Paragraphs of sentences, one in five of them printed as a line of dialogue after a dash."""
    while True:
        said = chance.random() < 0.2
        sentences = (
            " ".join(chance.choice(part) for part in (WHO, DOES, WHAT, END)) for _ in range(1 if said else 6)
        )
        yield ("– " if said else "") + " ".join(sentences) + "\n\n"
