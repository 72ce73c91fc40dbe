"""Words that the end of a line breaks: which hyphens belong to the word, and which only break it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.readers.pdf.lines import Line

HYPHENS = "-\u2010\u00ad"
TOKEN = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")
FIRST = re.compile(r"[^\W\d_]+")
LAST = re.compile(r"([^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*)[-\u2010\u00ad]$")
SUSPENDED = frozenset({"and", "or", "to", "as", "nor", "but", "dan", "atau"})
"""Words after a hyphen that stands for a word to come, as in "low- and medium-skilled"."""
SHORTEST = 3
"""Letters of either half where both are words: "in-" and "to" prove nothing."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of a document that stand whole within a line, in small letters; those with hyphens as well."""

    words: frozenset[str] = frozenset()


def vocabulary(lines: Iterable[Line]) -> Vocabulary:
    """Collect the words that no line's end breaks; empty where no line ends in a hyphen."""
    held = list(lines)
    if not any(line.text.endswith(tuple(HYPHENS)) for line in held):
        return Vocabulary()
    found: set[str] = set()
    broken = False
    for line in held:
        tokens = TOKEN.findall(line.text.casefold())
        ends = line.text.endswith(tuple(HYPHENS))
        found.update(tokens[broken : len(tokens) - ends])
        broken = ends
    return Vocabulary(frozenset(found))


def break_of(text: str, after: str, known: Vocabulary) -> tuple[str, bool]:
    """A line's text as a run has it, and whether the next line goes on without a space.

    `after` is the text of the next line. A hyphen stays where the word has it elsewhere, where both
    halves are words and their join is none, and before a capital letter or a digit.
    """
    if not text.endswith((*HYPHENS, "/", "–")) or len(text) < 2 or text[-2].isspace():
        return text, False
    last, first = LAST.search(text[-80:]), FIRST.match(after)
    if last is None or first is None or text[-1] in "/–":
        return text, text[-2].isalnum() and after[:1].isalnum() and (text[-1] != "–" or after[:1].isdigit())
    if first[0].casefold() in SUSPENDED and text[-1] != "\u00ad":
        return text, False
    keeps = text[-1] != "\u00ad" and _keeps(last[1], first[0], known)
    return (text if keeps else text[:-1]), True


def _keeps(first: str, second: str, known: Vocabulary) -> bool:
    start, end = first.casefold(), second.casefold()
    if f"{start}-{end}" in known.words:
        return True
    if f"{start}{end}" in known.words:
        return False
    if not second[0].islower():
        return True
    half = start.rsplit("-", 1)[-1]
    return min(len(half), len(end)) >= SHORTEST and half in known.words and end in known.words
