"""A question as words and phrases, before any index is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass

FUNCTION_WORDS = frozenset(
    """
    a about after again all also am an and any are as at be because been before being between both but
    by can could did do does doing done during each either else ever every few for from had has have
    having he her here him his how however i if in into is it its itself just let like many may me might
    mine more most much must my neither no nor not of off on once one only onto or other our ours out over
    own per please same shall she should since so some such tell than that the their theirs them then
    there these they this those through thus to too under until up upon us very via was we were what
    when where whether which while who whom whose why will with within without would yet you your
    d ll m re s t ve
    """.split()  # noqa: SIM905 - a paragraph of words is read more easily than a list of strings
)
"""Words that frame a question rather than say what it is about: searched only where nothing else is.

In formal texts "what" and "how" are rare, so that BM25 would weigh them like the subject itself.
"""

QUOTED = re.compile(r'"([^"]*)"')
QUOTE_MARKS = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'))


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: all its words, and the phrases in quotation marks that must stand as they are."""

    text: str
    phrases: tuple[str, ...] = ()

    @property
    def has_words(self) -> bool:
        """Whether there is a letter or a digit to search for."""
        return any(character.isalnum() for character in self.text)


def well_formed(text: str) -> str:
    """Replace what no index can hold: lone surrogates by question marks, control characters by spaces."""
    if text.isprintable():
        return text
    text = text.encode("utf-8", "replace").decode("utf-8") if _has_surrogate(text) else text
    return "".join(character if character.isprintable() else " " for character in text)


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def read_question(raw: str) -> Question:
    """Read the words and the quoted phrases of a question; a quotation mark without its pair is ignored."""
    text = well_formed(raw).translate(QUOTE_MARKS)
    phrases = tuple(phrase.strip() for phrase in QUOTED.findall(text))
    return Question(" ".join(text.replace('"', " ").split()), tuple(filter(None, phrases)))
