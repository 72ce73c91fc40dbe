"""Labels of list items as a browser shows them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.readers.numerals import shown

FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
STYLES = {
    "decimal": "decimal",
    "decimal-leading-zero": "decimalZero",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
}
BULLETS = {"disc": "•", "circle": "○", "square": "▪"}
BY_DEPTH = ("•", "○", "▪")
STYLE = re.compile(
    r"list-style(?:-type)?\s*:[^;]*?\b(?P<name>none|[a-z]+(?:-[a-z]+)+|disc|circle|square|decimal)\b"
)
LARGEST = 1_000_000


@dataclass(slots=True)
class ShownList:
    """An open list: the form of its numbers or its bullet, and the number of the next item."""

    form: str = ""
    bullet: str = ""
    next: int = 1
    step: int = 1

    @property
    def is_shown(self) -> bool:
        """Whether its items have labels."""
        return bool(self.form or self.bullet)

    def label(self, attributes: Mapping[str, str]) -> str:
        """The label of the next item; empty where the list shows none."""
        if not self.form:
            return self.bullet
        number = whole(attributes.get("value", ""), self.next)
        self.next = number + self.step
        return f"{shown(number, self.form)}."


def opened(name: str, attributes: Mapping[str, str], bullets: int) -> ShownList:
    """The list that an element opens; `bullets` counts the bulleted lists around it."""
    found = STYLE.search(attributes.get("style", "").lower())
    style = found["name"] if found else attributes.get("type", "")
    if style == "none":
        return ShownList()
    if style in BULLETS:
        return ShownList(bullet=BULLETS[style])
    form = STYLES.get(style) or FORMS.get(style)
    if name != "ol" and form is None:
        return ShownList(bullet=BY_DEPTH[min(bullets, len(BY_DEPTH) - 1)])
    step = -1 if "reversed" in attributes else 1
    return ShownList(form or "decimal", next=whole(attributes.get("start", ""), 1), step=step)


def whole(text: str, default: int) -> int:
    """A whole number as an attribute states it; the default for anything else."""
    text = text.strip()
    number = int(text) if re.fullmatch(r"-?[0-9]{1,7}", text) else default
    return max(-LARGEST, min(number, LARGEST))
