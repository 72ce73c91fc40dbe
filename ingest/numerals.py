"""Values of the numbers and letters that mark list items."""

from __future__ import annotations

import itertools
import re

ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
ROMAN_FORM = re.compile(r"^(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$")


def roman_value(text: str) -> int:
    """Value of a Roman number below 100; 0 where the text is none."""
    letters = text.casefold()
    if not letters or not ROMAN_FORM.match(letters):
        return 0
    values = [ROMAN_VALUES[letter] for letter in letters]
    smaller = sum(value for value, after in itertools.pairwise(values) if value < after)
    return sum(values) - 2 * smaller


def letter_value(text: str) -> int:
    """Place of a single letter in the alphabet, from 1; 0 for anything else."""
    letter = text.casefold()
    return ord(letter) - ord("a") + 1 if len(letter) == 1 and "a" <= letter <= "z" else 0
