"""Numbers as lists show them: digits, letters, Roman numerals."""

from __future__ import annotations

from collections.abc import Callable

ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
HIGHEST_ROMAN = 3999
HIGHEST_LETTER = 26 * 30
"""A word processor repeats the letter (27 is "aa") up to thirty times."""


def roman(number: int) -> str:
    """A number in small Roman letters; in digits where there is no such numeral."""
    if not 0 < number <= HIGHEST_ROMAN:
        return str(number)
    letters = ""
    for worth, sign in ROMAN:
        count, number = divmod(number, worth)
        letters += sign * count
    return letters


def letters(number: int) -> str:
    """A number as small letters, a to z, then aa, bb; in digits where there are no such letters."""
    if not 0 < number <= HIGHEST_LETTER:
        return str(number)
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (times + 1)


def ordinal(number: int) -> str:
    """A number with its ending: 1st, 2nd, 3rd, 11th."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": letters,
    "upperLetter": lambda number: letters(number).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "ordinal": ordinal,
    "none": lambda number: "",
}
"""By the name of the form; a form not named here is shown in digits."""


def shown(number: int, form: str) -> str:
    """A number in a form of a list."""
    return FORMS.get(form, str)(number)
