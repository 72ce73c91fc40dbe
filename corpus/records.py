"""What the corpus is cut into: passages, which are searched and quoted, and commitments, the register."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.documents import Box, Span


class PassageKind(StrEnum):
    """What a passage is: what the text makes of it where it says so, else its form."""

    RECOMMENDATION = "recommendation"
    ACTION = "action"
    ITEM = "item"
    ROW = "row"
    PARAGRAPH = "paragraph"
    DEFINITION = "definition"
    NOTE = "note"
    HEADING = "heading"
    CONTENTS = "contents"


@dataclass(frozen=True, slots=True)
class Passage:
    """A unit of meaning, word for word, with the context it stands in.

    `text` is the slices at `spans` of the document's stored text, joined. `section` is the path of
    headings from the outermost. `lead` is the sentence that introduces the list, `parent` the id
    of the passage of the item above and `parent_text` its words. `cells` are (column head, words)
    of a table row, values carried down included. `lines` are the first and last line (from 1) in
    the stored text; `places` say on which page and in which box each column of its lines is printed.
    `ocr` tells that words of its pages were recognised from a picture. `bodies` and `countries` are
    ids of the authority file; `years` are the first and last year that the passage, else its meeting,
    else its document, speaks of.
    """

    id: str
    document: str
    kind: PassageKind
    text: str
    spans: tuple[Span, ...]
    section: tuple[str, ...]
    position: int
    number: str = ""
    inferred: bool = False
    lead: str = ""
    parent: str = ""
    parent_text: str = ""
    cells: tuple[tuple[str, str], ...] = ()
    pages: tuple[int, ...] = (1,)
    lines: tuple[int, int] = (1, 1)
    places: tuple[tuple[int, Box], ...] = ()
    bodies: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    ocr: bool = False


class CommitmentKind(StrEnum):
    """What the text makes of a commitment."""

    RECOMMENDATION = "recommendation"
    ACTION = "action"
    ACTIVITY = "activity"
    INITIATIVE = "initiative"
    PROJECT = "project"
    PRINCIPLE = "principle"
    INDICATOR = "indicator"
    PAST_ACTIVITY = "past_activity"
    GOAL = "goal"
    TARGET = "target"
    OBJECTIVE = "objective"
    PRIORITY = "priority"
    KEY_RESULT_AREA = "key_result_area"
    THEMATIC_AREA = "thematic_area"
    COMMITMENT = "commitment"
    MONITORING = "monitoring"
    RATIFICATION = "ratification"
    SUGGESTION = "suggestion"
    CONCLUSION = "conclusion"
    FOLLOW_UP = "follow_up"
    ISSUE_RAISED = "issue_raised"
    COMMUNIQUE = "communique"


OPEN_END = 9999
"""The last year of a period without an end, as of "2014 onwards"."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting that a commitment comes from; a field that the text does not state is empty."""

    name: str
    place: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Commitment:
    """One recommendation, action, activity, goal ...: its own words, and what the text says of it.

    `id` is a function of content and structural path, `address` the same for people
    ("slom-work-plans-2012/afml-5/rec/14"); `parent` is the id of the item it stands under, `passage`
    that of the passage it stands in. `text` is the slices at `spans` of the stored text, joined.
    `body`, `theme`, `period`, `status`, `coordinators` and `partners` are as printed, empty where the
    text does not state them; the `_ids` beside them are of the authority file. `start` and `end` are
    ISO dates of the period, empty where it has none that can be read. `needs_review` says why a field
    may be wrong; it is empty where nothing is in doubt. `ocr` tells that words of its pages were
    recognised from a picture.
    """

    id: str
    address: str
    document: str
    kind: CommitmentKind
    text: str
    spans: tuple[Span, ...]
    section: tuple[str, ...]
    position: int
    number: str = ""
    inferred: bool = False
    parent: str = ""
    passage: str = ""
    meeting: Meeting | None = None
    body: str = ""
    body_ids: tuple[str, ...] = ()
    theme: str = ""
    period: str = ""
    start: str = ""
    end: str = ""
    status: str = ""
    coordinators: tuple[str, ...] = ()
    coordinator_ids: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    partner_ids: tuple[str, ...] = ()
    pages: tuple[int, ...] = (1,)
    lines: tuple[int, int] = (1, 1)
    places: tuple[tuple[int, Box], ...] = ()
    needs_review: str = ""
    ocr: bool = False

    @property
    def years(self) -> tuple[int, int] | None:
        """First and last year of the period (OPEN_END where it has no end); None where it has no dates."""
        if not self.start:
            return None
        return int(self.start[:4]), int(self.end[:4]) if self.end else OPEN_END
