"""Line breaks that say something: those made on purpose, not where a line was full."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from corpus.documents import Box
from ingest.elements import Run

SLACK = 1.2
"""Times the width of a word that must have been free at the end of a line, for the widths are guessed
from the number of letters."""


def are_kept(runs: Sequence[Run]) -> bool:
    """Whether the lines of a paragraph end on purpose.

    Without geometry a reader hands on only breaks that the author made. With it, a line that had room
    for the next word was broken on purpose, as those of a list or of a table without rules are.
    """
    if any(run.box is None for run in runs):
        return len(runs) > 1
    right = max((run.box[2] for run in runs if run.box), default=0.0)
    return any(_ends_early(first, second, right) for first, second in pairwise(runs))


def _ends_early(line: Run, after: Run, right: float) -> bool:
    if line.box is None or after.box is None or line.joins or line.page != after.page:
        return False
    return _is_below(line.box, after.box) and line.box[2] + SLACK * _first_word(after, after.box) < right


def _is_below(upper: Box, lower: Box) -> bool:
    return lower[1] >= (upper[1] + upper[3]) / 2


def _first_word(run: Run, box: Box) -> float:
    """Width of the first word of a line with a space before it, in points."""
    words = run.text.split()
    return (box[2] - box[0]) * (len(words[0]) + 1) / max(1, len(run.text)) if words else 0.0
