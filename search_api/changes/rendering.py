"""What changed as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from search_api.changes.changes import Change, ChangeKind, Changes
from search_api.changes.wording import Mark, Run
from search_api.register.facts import name_of
from search_api.rendering import INDENT, WIDEST, for_terminal, one_line, wrap

AROUND = 8
"""Words shown on either side of a change; the rest of a run that was kept is left out."""
SIGNS = {Mark.KEPT: "{}", Mark.REMOVED: "[-{}-]", Mark.ADDED: "{{+{}+}}"}
"""The signs of GNU wdiff."""


def summary(changes: Changes) -> str:
    """Count what is new, changed and gone."""
    counts = ", ".join(f"{changes.count(kind):,} {kind.value}" for kind in ChangeKind)
    return f"Commitments since generation {changes.since}: {counts}."


def render_changes(changes: Changes, width: int) -> str:
    """Lay out the summary and each change: word diff and fields, or the words where it is new or gone."""
    width = min(width, WIDEST)
    entries = ("\n".join(_lines(change, width)) for change in changes.items)
    return for_terminal("\n\n".join([wrap(summary(changes), width), *entries]) + "\n")


def _lines(change: Change, width: int) -> Iterator[str]:
    one = change.commitment
    yield f"{change.kind.value}: {one.address}"
    if change.kind is not ChangeKind.CHANGED:
        words = textwrap.shorten(one_line(one.text), 3 * width, placeholder=" ...")
        yield wrap(f"{name_of(one)}: {words}", width, INDENT)
    if change.words:
        yield wrap(f"{name_of(one)}: {shown(change.words)}", width, INDENT)
    for field in change.fields:
        yield wrap(f"{field.name}: {field.before or '(none)'} -> {field.after or '(none)'}", width, INDENT)


def shown(runs: Iterable[Run]) -> str:
    """Write a word diff in one line: [-removed-] {+added+}, with a few words around each."""
    rows = tuple(runs)
    last = len(rows) - 1
    return " ".join(_shown(run, place == 0, place == last) for place, run in enumerate(rows))


def _shown(run: Run, first: bool, last: bool) -> str:
    words = one_line(run.words).split()
    head = [] if first else words[:AROUND]
    tail = [] if last else words[-AROUND:]
    if run.mark is Mark.KEPT and len(words) > len(head) + len(tail):
        words = [*head, "...", *tail]
    return SIGNS[run.mark].format(" ".join(words))
