"""The setting of a block: the part of the document it stands in, whose it is, and which meeting's."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.authority import Authority
from corpus.documents import Document
from corpus.records import Meeting
from ingest.headings import DATE, MONTHS

PLAN = re.compile(r"\b(?:work plan|plan of action|work programme|action plan)\b", re.IGNORECASE)
MEETING = re.compile(
    r"\b(?:forum|seminar|conference|workshop|meeting|dialogue|summit|consultation|symposium)\b", re.IGNORECASE
)
WHEN_AND_WHERE = re.compile(
    rf"[\s,]*(?P<date>\d{{1,2}}(?:\s*[-–]\s*\d{{1,2}})?\s+(?:{MONTHS})\s+(?:19|20)\d\d)[\s,]*(?P<place>.*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a block stands: `path` from the outermost heading, the owner's name, the meeting."""

    path: tuple[str, ...] = ()
    owner: str = ""
    meeting: Meeting | None = None

    def says(self, pattern: re.Pattern[str]) -> bool:
        """Whether any heading above the block matches."""
        return any(pattern.search(title) for title in self.path)


def settings_of(document: Document, authority: Authority) -> tuple[Setting, ...]:
    """Setting of each block, in order.

    A part headed by a plan that names a body belongs to it, and so do the meetings printed after it,
    up to the next plan: they are its annexes.
    """
    owners = _owners(document, authority)
    settings = []
    for block in document.blocks:
        path = document.path_of(block.section)
        owner = "" if block.section is None else owners[block.section]
        settings.append(Setting(path, owner, meeting_of(path)))
    return tuple(settings)


def _owners(document: Document, authority: Authority) -> list[str]:
    owners: list[str] = []
    current = ""
    for section in document.sections:
        if section.parent is None:
            named = authority.bodies_in(section.title)
            if PLAN.search(section.title) and named:
                current = authority.entry(named[-1]).label
        owners.append(current)
    return owners


def meeting_of(path: tuple[str, ...]) -> Meeting | None:
    """The meeting that the outermost dated heading names: its name, place and date as printed."""
    for title in path:
        found = WHEN_AND_WHERE.search(title)
        if found and DATE.search(title) and MEETING.search(title):
            name = title[: found.start()].strip(" ,")
            return Meeting(name, found["place"].strip(" ,."), found["date"])
    return None
