"""Footnotes: recognised by their mark, so that the sentence they interrupt can be joined."""

from __future__ import annotations

import re
from dataclasses import dataclass

SUPERSCRIPT = re.compile(r"^\s*[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}\s*\S")
NUMBERED = re.compile(r"^\s*(\d{1,2})\)\s+\S")
STARRED = re.compile(r"^\s*\*\s+[A-Z]")
PLAIN = re.compile(r"^\s*\d{1,2}\s+\S")
RULE_WIDTH = 20


def is_rule(line: str) -> bool:
    """Whether a line is the blank rule that stands above the footnotes of a page."""
    return not line.strip() and len(line) >= RULE_WIDTH


@dataclass(frozen=True, slots=True)
class References:
    """The footnote marks that words of a text carry: numbers as in "report1)", and "services*"."""

    numbers: frozenset[str]
    star: bool


def references(text: str) -> References:
    """Find the marks by which a text refers to its footnotes."""
    numbers = frozenset(re.findall(r"[^\W\d](\d{1,2})\)", text))
    return References(numbers, re.search(r"\w\*(?!\*)", text) is not None)


def is_footnote(line: str, below_rule: bool, marks: References) -> bool:
    """Whether a line begins a footnote: a raised number, or a mark that the text refers to.

    "1)" counts only where a word carries the mark, "*" likewise, a plain number only below the
    rule that sets footnotes off.
    """
    if SUPERSCRIPT.match(line):
        return True
    if below_rule and PLAIN.match(line):
        return True
    numbered = NUMBERED.match(line)
    if numbered:
        return numbered[1] in marks.numbers
    return marks.star and bool(STARRED.match(line))
