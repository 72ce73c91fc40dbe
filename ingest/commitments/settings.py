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
PLACE_AND_DATE = re.compile(
    rf"(?P<place>[A-Z][^.;:]{{2,60}}?)[\s,]+(?P<date>\d{{1,2}}(?:\s*[-–]\s*\d{{1,2}})?\s+(?:{MONTHS})\s+(?:19|20)\d\d)$",
    re.IGNORECASE,
)
ADOPTED = re.compile(r"\b(?:adopted|endorsed|approved)\b", re.IGNORECASE)
"""What follows in a title names who took note of a plan, not whose it is."""
ABOUT = re.compile(
    r"^.*\b(?:recommendations?|outcomes?|conclusions?|report|summary|proceedings|minutes|statement)\s+"
    r"(?:of|from|by|adopted (?:by|at))\s+(?:the\s+)?",
    re.IGNORECASE,
)
OTHER = re.compile(rf"{PLAN.pattern}|\bmission\b", re.IGNORECASE)
"""Titles of plans, which name the meeting that adopted them, and of reports of one who went to a meeting."""
LONGEST_PLACE = 4
"""Words of a place."""
COVER = 12
"""Blocks of a document among which a meeting's date and place are printed on a line of their own."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a block stands: `path` from the outermost heading, the owner's name, the meeting.

    `meeting` is that of a dated heading above it, `event` the same or else that of the whole document.
    """

    path: tuple[str, ...] = ()
    owner: str = ""
    meeting: Meeting | None = None
    event: Meeting | None = None

    def says(self, pattern: re.Pattern[str]) -> bool:
        """Whether any heading above the block matches."""
        return any(pattern.search(title) for title in self.path)


def settings_of(document: Document, authority: Authority) -> tuple[Setting, ...]:
    """Setting of each block, in order.

    A part headed by a plan that names a body belongs to it, and so do the meetings printed after it,
    up to the next plan: they are its annexes. A document that is titled as a meeting is that meeting's.
    """
    owners = _owners(document, authority)
    whole = _meeting_of_all(document)
    settings = []
    for block in document.blocks:
        path = document.path_of(block.section)
        meeting = meeting_of(path)
        owner = "" if block.section is None else owners[block.section]
        settings.append(Setting(path, owner, meeting, meeting or whole))
    return tuple(settings)


def _owners(document: Document, authority: Authority) -> list[str]:
    owners: list[str] = []
    current = ""
    for section in document.sections:
        if section.parent is None:
            named = authority.bodies_in(ADOPTED.split(section.title)[0])
            if PLAN.search(section.title) and named:
                current = authority.entry(named[-1]).label
        owners.append(current)
    return owners


def meeting_of(path: tuple[str, ...]) -> Meeting | None:
    """The meeting that the outermost dated heading names: its name, place and date as printed."""
    for title in path:
        found = WHEN_AND_WHERE.search(title)
        if found and DATE.search(title) and MEETING.search(title):
            name, place = title[: found.start()].strip(" ,"), found["place"].strip(" ,.")
            if not place:
                name, place = _without_place(name)
            return Meeting(ABOUT.sub("", name), place, found["date"])
    return None


def _without_place(name: str) -> tuple[str, str]:
    """Part a meeting's name from the place after its last comma, where that names no meeting itself."""
    head, _, place = name.rpartition(",")
    if head and len(place.split()) <= LONGEST_PLACE and not MEETING.search(place):
        return head.strip(), place.strip()
    return name, ""


def _meeting_of_all(document: Document) -> Meeting | None:
    """The meeting that a document is of: its title names one, and a line of the cover its date and place."""
    title = " ".join(document.source.title.split())
    if not MEETING.search(title) or OTHER.search(title):
        return None
    for block in document.blocks[:COVER]:
        words = " ".join(document.slice(block.spans).split())
        found = WHEN_AND_WHERE.match(words) or PLACE_AND_DATE.match(words)
        if found:
            name = WHEN_AND_WHERE.sub("", ABOUT.sub("", title)).strip(" ,")
            return Meeting(name, found["place"].strip(" ,."), found["date"])
    return None
