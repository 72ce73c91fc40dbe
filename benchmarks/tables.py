"""Tables in Markdown, and the questions and items that the figures are taken on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.catalogue import DEFAULT_CATALOGUE

QUESTIONS = DEFAULT_CATALOGUE.parent / "evaluation" / "questions.dev.jsonl"
"""The development questions."""
ITEMS = QUESTIONS.with_name("register.dev.jsonl")
"""The annotated items of the register."""


def render_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Lay out a Markdown table; the first column is of words, the others are of figures."""
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *rows))
