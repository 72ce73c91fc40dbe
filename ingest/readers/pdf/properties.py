"""What a PDF says about itself, cleaned of what programs put there unasked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from ingest.elements import Properties

LONGEST = 300
PROGRAM = re.compile(
    r"^(microsoft (word|powerpoint|excel) - |layout \d+$|untitled|document\d*$|slide \d+$)", re.I
)
FILE_NAME = re.compile(r"\.(docx?|pdf|rtf|odt|indd|pptx?|xlsx?|qxd|p65|tmp)$", re.I)
CREATED = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?")


def properties(facts: Mapping[str, str]) -> Properties:
    """Make properties of what stands in the file's information dictionary."""
    return Properties(_title(facts.get("Title", "")), _clean(facts.get("Author", "")), _created(facts))


def _clean(words: str) -> str:
    shown = "".join(letter if letter.isprintable() else " " for letter in words)
    return " ".join(shown.split())[:LONGEST]


def _title(words: str) -> str:
    """A title, unless it is the name of a file or what a program calls a new one."""
    title = _clean(words)
    return "" if PROGRAM.match(title) or FILE_NAME.search(title) else title


def _created(facts: Mapping[str, str]) -> str:
    found = CREATED.match(facts.get("CreationDate", "").strip())
    if not found:
        return ""
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1)).isoformat()
    except ValueError:
        return ""
