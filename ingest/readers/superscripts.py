"""Raised numbers, as marks of footnotes are: written in superscript digits."""

from __future__ import annotations

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
DIGITS = str.maketrans("0123456789", RAISED)
PLAIN = str.maketrans(RAISED, "0123456789")


def raised(words: str) -> str:
    """Raised words: a number in superscript digits, anything else ("th", "nd") as it is."""
    return words.translate(DIGITS) if words.strip().isdecimal() else words
