"""Footnotes: recognised by their mark, so that the sentence they interrupt can be joined."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.documents import LINE_BREAK

SUPERSCRIPT = re.compile(r"^\s*[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}\s*\S")
NUMBERED = re.compile(r"^\s*(\d{1,2})\)\s+\S")
STARRED = re.compile(r"^\s*\*\s+[A-Z]")
PLAIN = re.compile(r"^\s*\d{1,2}\s+\S")
NUMBERED_LINE = re.compile(r"^[^\S\n]*(?P<number>\d{1,2})\)[^\S\n]+\S[^\n\f]*", re.MULTILINE)
RULE_WIDTH = 20
LONGEST_ASIDE = 300
"""Characters between brackets in which the first is looked for."""


def is_rule(line: str) -> bool:
    """Whether a line is the blank rule that stands above the footnotes of a page."""
    return not line.strip() and len(line) >= RULE_WIDTH


@dataclass(frozen=True, slots=True)
class References:
    """The footnote marks that words of a text carry: numbers as in "report1)", and "services*".

    `items` are lines that begin like a footnote of such a number but belong to a list.
    """

    numbers: frozenset[str]
    star: bool
    items: frozenset[str] = frozenset()


def references(text: str) -> References:
    """Find the marks by which a text refers to its footnotes."""
    found = re.finditer(r"[^\W\d](\d{1,2})\)", text)
    numbers = frozenset(mark[1] for mark in found if not _closes(text, mark.end() - 1))
    star = re.search(r"\w\*(?!\*)", text) is not None
    return References(numbers, star, frozenset(_items(text, numbers)))


def _closes(text: str, at: int) -> bool:
    """Whether a bracket closes one that was opened before, as in "(Q1)", so that it is no part of a mark."""
    before = text[max(0, at - LONGEST_ASIDE) : at]
    return before.rfind("(") > before.rfind(")")


def _items(text: str, numbers: frozenset[str]) -> Iterator[str]:
    """Lines with a number that is a mark, where a later line of their list has a number that is none."""
    after, listed = 0, False
    for line in reversed(tuple(NUMBERED_LINE.finditer(text)) if numbers else ()):
        number = int(line["number"])
        listed = line["number"] not in numbers or (listed and number + 1 == after)
        after = number
        if listed:
            yield line.group().strip()


def is_footnote(line: str, below_rule: bool, marks: References) -> bool:
    """Whether a line begins a footnote: a raised number, or a mark that the text refers to.

    "1)" counts only where a word carries the mark and no list goes on from it, "*" where a word carries it,
    a plain number only below the rule that sets footnotes off.
    """
    if SUPERSCRIPT.match(line):
        return True
    if below_rule and PLAIN.match(line):
        return True
    numbered = NUMBERED.match(line)
    if numbered:
        return numbered[1] in marks.numbers and _first_line(line) not in marks.items
    return marks.star and bool(STARRED.match(line))


def _first_line(text: str) -> str:
    return LINE_BREAK.split(text.strip(), maxsplit=1)[0].strip()
