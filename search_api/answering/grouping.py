"""Groups: the statements of one meeting or programme together, oldest first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from corpus.answers import Group, Statement
from corpus.documents import Document
from corpus.ids import fold
from corpus.records import Passage

_MEETING = re.compile(
    r"\b(?:forum|seminar|conference|meeting|workshop|dialogue|symposium|consultation)\b", re.IGNORECASE
)
_PLAN = re.compile(
    r"(?:the\s+)?(?:\S+\s+){0,2}(?:work\s?plan|action\s+plan|plan\s+of\s+action)\b", re.IGNORECASE
)
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
    """Return the outermost heading where it names a meeting or a plan, else nothing.

    A meeting is named with its year ("The 3rd Human Resource Conference, 9 May 2012"), a plan at the
    head ("Work Plan of ..."). Of the 21 outermost headings of the five texts that speak of meetings,
    plans or programmes this keeps 13, each of a meeting or plan of its own, and leaves the chapters of
    a programme ("Monitoring of the Work Programme Progress") to the document as a whole.
    """
    heading = section[0] if section else ""
    dated = _MEETING.search(heading) and _YEAR.search(heading)
    return heading if dated or _PLAN.match(heading) else ""


def _group(document: Document, heading: str, statements: list[Statement]) -> Group:
    named = _YEAR.search(heading)
    year = int(named.group()) if named else document.source.year
    return Group(document.id, document.source.short_title, heading, year, tuple(statements))
