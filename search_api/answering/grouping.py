"""Groups: the statements of one meeting or programme together, oldest first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from corpus.answers import Group, Statement
from corpus.documents import Document
from corpus.ids import fold
from corpus.records import Passage

_NAMES_MEETING = re.compile(
    r"\b(?:forum|seminar|conference|meeting|workshop|dialogue|symposium|consultation|"
    r"work ?plans?|action plan|plan of action|work programme|roadmap|score ?card)\b",
    re.IGNORECASE,
)
"""The words by which an outermost heading names a meeting or a plan.

"CONCLUSIONS AND FOLLOW-UP" or "Introduction" names neither: what stands under such a heading belongs
to the document as a whole.
"""

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def group_statements(
    statements: Iterable[Statement],
    document_of: Callable[[str], Document],
    passage_of: Callable[[str], Passage],
) -> tuple[Group, ...]:
    """Group statements by meeting or programme, oldest group first, each in the order of its document.

    The year of a group is the first one its heading names, else the year of its document.
    """
    members: dict[tuple[str, str], list[Statement]] = {}
    headings: dict[tuple[str, str], str] = {}
    for statement in statements:
        first = statement.citations[0]
        heading = meeting_of(first.section)
        key = (first.document, fold(heading))
        members.setdefault(key, []).append(statement)
        headings.setdefault(key, heading)

    def position(statement: Statement) -> int:
        return passage_of(statement.citations[0].passage).position

    groups = [
        _group(document_of(document), headings[document, folded], sorted(row, key=position))
        for (document, folded), row in members.items()
    ]
    return tuple(
        sorted(groups, key=lambda group: (group.year, group.document, position(group.statements[0])))
    )


def meeting_of(section: tuple[str, ...]) -> str:
    """Return the outermost heading where it names a meeting or a plan, else nothing."""
    return section[0] if section and _NAMES_MEETING.search(section[0]) else ""


def _group(document: Document, heading: str, statements: list[Statement]) -> Group:
    named = _YEAR.search(heading)
    year = int(named.group()) if named else document.source.year
    return Group(document.id, document.source.short_title, heading, year, tuple(statements))
