"""The report of an intake: a row for each file, whatever became of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from ingest.elements import Notice
from ingest.intake.codec import decode, encode


class Outcome(StrEnum):
    """What became of a file."""

    READ = "read"
    WARNED = "read with warnings"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one file.

    `source` is the id of its entry, or its name where it has none yet. A refused file has a `reason` in a
    word or three ("encrypted", "too slow") and `words`, which say the cause and the remedy. `notices` tell
    how it was read; of its `pages`, the words of those `unread` are not in the index.
    """

    source: str
    file: str
    outcome: Outcome
    reason: str = ""
    words: str = ""
    notices: tuple[Notice, ...] = ()
    pages: int = 0
    unread: tuple[int, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the file is not in the index at all."""
        return self.outcome is Outcome.REFUSED

    @property
    def whole(self) -> bool:
        """Whether all of the file was read."""
        return not self.refused and not self.unread

    @property
    def telling(self) -> bool:
        """Whether there is something to say about the file."""
        return bool(self.refused or self.notices or self.unread)


@dataclass(frozen=True, slots=True)
class Report:
    """The rows of an intake, in the order of the catalogue."""

    rows: tuple[Row, ...] = ()

    @property
    def refused(self) -> tuple[Row, ...]:
        """Rows of files that are not in the index."""
        return tuple(row for row in self.rows if row.refused)

    @property
    def telling(self) -> tuple[Row, ...]:
        """Rows of files about which there is something to say."""
        return tuple(row for row in self.rows if row.telling)

    @property
    def whole(self) -> bool:
        """Whether every file was read, and all of it."""
        return all(row.whole for row in self.rows)

    @property
    def pages(self) -> int:
        """How many pages the files have that could be opened."""
        return sum(row.pages for row in self.rows)

    @property
    def unread(self) -> int:
        """How many of these pages could not be read."""
        return sum(len(row.unread) for row in self.rows)

    @property
    def counts(self) -> tuple[tuple[Outcome, int], ...]:
        """How many files had each outcome; outcomes that none had are left out."""
        found = Counter(row.outcome for row in self.rows)
        return tuple((outcome, found[outcome]) for outcome in Outcome if found[outcome])

    def same_content(self, other: Report) -> bool:
        """Whether an index made after the other report holds the same as one made after this."""
        return _content(self) == _content(other)

    def to_json(self) -> bytes:
        """Write the report so that `from_json` reads it."""
        return encode(self)

    @classmethod
    def from_json(cls, data: bytes) -> Report:
        """Read a report; raises ValueError where the data are not one."""
        return decode(cls, data)


def _content(report: Report) -> tuple[tuple[object, ...], ...]:
    """What of a report tells two indexes of the same files apart: other notices, another way of reading."""
    return tuple((row.source, row.refused, row.unread, row.notices) for row in report.rows)
