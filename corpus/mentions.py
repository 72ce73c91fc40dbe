"""Finding names in running text: a tree of the words of all names, walked once along the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

SHORT = 2
"""Names of at most so many letters and digits count in running text only in exactly their case."""
MAX_GAP = 16
"""No more characters than this stand between two words of a name."""

_WORD = re.compile(r"[^\W_]+(?:['\u2019][sS](?![^\W_]))?|[,()]")
_POSSESSIVE = re.compile(r"['\u2019][sS]$")
_GAP = frozenset(" \n\r\u00a0-\u2010\u2011\u2013\u2014/+:'\u2019*_")


@dataclass(frozen=True, slots=True)
class Entry:
    """One body, country, partner or term, and every way its name is written.

    `scanned` is False for a name that resolves but is not looked for in running text.
    """

    id: str
    kind: str
    acronym: str
    name: str
    also: tuple[str, ...] = ()
    scanned: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of the entry, the acronym first where there is one."""
        return tuple(name for name in (self.acronym, self.name, *self.also) if name)

    @property
    def label(self) -> str:
        """The name to show: the acronym where there is one, else the full name."""
        return self.acronym or self.name


@dataclass(frozen=True, slots=True)
class Mention:
    """An entry named in a text, at the half-open range of character offsets `start`..`end`."""

    entry: Entry
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, as printed and folded; commas and brackets count as words too."""

    raw: str
    folded: str
    start: int
    end: int


@dataclass(slots=True)
class Node:
    """A step of the tree of names: the words that may follow, and the names that end here.

    `endings` pairs an entry with the words in the only case that counts, None where any does.
    """

    following: dict[str, Node] = field(default_factory=dict)
    endings: list[tuple[Entry, tuple[str, ...] | None]] = field(default_factory=list)


def normalise(name: str) -> str:
    """Reduce a name to its letters and digits in one case, without accents, so that spellings meet."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def name_tree(entries: Iterable[Entry], exact_case: Iterable[str] = ()) -> Node:
    """Build the tree of all scanned names; those of `exact_case` and short ones keep their case."""
    exact = frozenset(exact_case)
    root = Node()
    for entry in entries:
        for name in entry.names if entry.scanned else ():
            words = _words(name)
            node = root
            for word in words:
                node = node.following.setdefault(word.folded, Node())
            cased = name in exact or len(normalise(name)) <= SHORT
            node.endings.append((entry, tuple(word.raw for word in words) if cased else None))
    return root


def find_mentions(tree: Node, text: str) -> Iterator[Mention]:
    """Yield the names in a text, in order and without overlap, the longest at each word.

    Linear in the text: from each word no more words are read than the longest name has.
    """
    words = _words(text)
    place = 0
    while place < len(words):
        entry, length = _longest(tree, text, words, place)
        if entry is not None:
            yield Mention(entry, words[place].start, words[place + length - 1].end)
        place += max(1, length)


def _words(text: str) -> list[Word]:
    found = []
    for match in _WORD.finditer(text):
        raw = _POSSESSIVE.sub("", match.group())
        found.append(Word(raw, raw.casefold(), match.start(), match.start() + len(raw)))
    return found


def _longest(tree: Node, text: str, words: list[Word], place: int) -> tuple[Entry | None, int]:
    """The longest name that begins at a word, and its length in words; None and 0 where none does."""
    found: tuple[Entry | None, int] = (None, 0)
    node = tree
    for end in range(place, len(words)):
        if end > place and not _joins(text[words[end - 1].end : words[end].start]):
            break
        following = node.following.get(words[end].folded)
        if following is None:
            break
        node = following
        entry = _ending(node, words, place, end + 1)
        if entry is not None:
            found = (entry, end + 1 - place)
    return found


def _ending(node: Node, words: list[Word], start: int, end: int) -> Entry | None:
    for entry, cased in node.endings:
        if cased is None or cased == tuple(word.raw for word in words[start:end]):
            return entry
    return None


def _joins(gap: str) -> bool:
    """Whether the characters between two words may stand inside a name: "SLOM -WG", a line break."""
    gap = _POSSESSIVE.sub("", gap[:2]) + gap[2:]
    return gap == "." or (len(gap) <= MAX_GAP and gap.count("\n") <= 1 and _GAP.issuperset(gap))
