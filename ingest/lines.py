"""Physical lines of a stored text, and those that are page furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

from corpus.documents import LINE_BREAK

WRAP_WIDTHS = (40, 110)
"""A text is hard-wrapped when its nine-in-ten line is this wide: two of the five texts are (79, 85)
characters; a line is a whole paragraph in the others, whose nine-in-ten line exceeds 400."""

RUNNING_HEAD = re.compile(r"^(?:\d{1,4}\s+(?P<after>\D.{8,})|(?P<before>.{8,})\s+\d{1,4})$")
"""Words with a page number at one end: a head when the same words come again on another page."""


LONGEST_HEAD = 200
"""Characters of a line that can be a page's head or foot."""


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line without its line break; `start` is its offset in the stored text."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Offset just after the line's last character."""
        return self.start + len(self.text)

    @property
    def blank(self) -> bool:
        """Whether nothing is printed on the line."""
        return not self.text.strip()


def split_lines(text: str) -> tuple[Line, ...]:
    """Cut the stored text at line feeds and form feeds, keeping offsets."""
    lines = []
    start = 0
    for found in LINE_BREAK.finditer(text):
        lines.append(Line(text[start : found.start()], start))
        start = found.end()
    lines.append(Line(text[start:], start))
    return tuple(lines)


def wrap_width(lines: Sequence[Line]) -> int:
    """Width at which the text is hard-wrapped, in characters; 0 where a line is a whole paragraph."""
    widths = [len(line.text.rstrip()) for line in lines if not line.blank and not _is_row(line)]
    if len(widths) < 8:
        return 0
    wide = round(quantiles(widths, n=10)[-1])
    return wide if WRAP_WIDTHS[0] <= wide <= WRAP_WIDTHS[1] else 0


def _is_row(line: Line) -> bool:
    return "\t" in line.text or line.text.lstrip().startswith("|")


def _head_words(line: Line) -> str:
    found = RUNNING_HEAD.match(line.text.strip()) if len(line.text) <= LONGEST_HEAD else None
    return " ".join((found["after"] or found["before"]).split()) if found else ""


def running_heads(lines: Sequence[Line]) -> frozenset[int]:
    """Indices of lines that repeat the same words beside a changing page number."""
    words = {i: _head_words(line) for i, line in enumerate(lines) if "\t" not in line.text}
    pages: dict[str, set[str]] = {}
    for i, head in words.items():
        if head:
            pages.setdefault(head, set()).add(lines[i].text.strip())
    return frozenset(i for i, head in words.items() if head and len(pages[head]) > 1)


def repeated_lines(lines: Sequence[Line], times: int) -> frozenset[str]:
    """Folded words of the lines that stand at least so many times in the text."""
    counts = Counter(" ".join(line.text.split()) for line in lines if not line.blank)
    return frozenset(words for words, count in counts.items() if count >= times)
