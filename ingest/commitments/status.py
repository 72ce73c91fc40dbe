"""Where an item stands, as the texts print it."""

from __future__ import annotations

import re

FORMS = {
    "completed": re.compile(r"\(\s*completed\s*\)", re.IGNORECASE),
    "ongoing": re.compile(r"\(?\s*\bon\s*-?\s*going\b\s*\)?", re.IGNORECASE),
    "tbc": re.compile(r"\bT\s*\.?\s*B\s*\.?\s*C\b\.?|\bto be confirmed\b"),
}
REMARK = re.compile(r"\((for follow[- ]?up|postponed|cancelled|planned|deferred)\)", re.IGNORECASE)
IN_BRACKETS = re.compile(r"\([^()]*\)")


LONGEST_STATUS = 6
"""Words of a column of statuses that are one; more of them are a report on progress."""
ALONE = {
    "completed": r"(?:is |has been |was |were |fully )?(?:completed|done|implemented)\b",
    "ongoing": r"(?:is |are )?(?:on\s*-?\s*going|in progress|under ?way)\b",
    "tbc": r"(?:to be (?:confirmed|determined)|T\.?B\.?[CD])\b",
}
"""What a column of statuses says in the beginning of its cells."""


def status_alone(text: str) -> str:
    """Return the status that a cell of a column of statuses prints: completed, ongoing, tbc or a remark."""
    begins = (name for name, form in ALONE.items() if re.match(form, text.strip(" ("), re.IGNORECASE))
    return next(begins, "") or status_in(text)


def status_in(text: str) -> str:
    """Return the status that a text prints: completed, ongoing, tbc, or a remark in its own words.

    "on-going" counts only in brackets or alone in its cell: "the on-going effort" is no status.
    """
    for name, form in FORMS.items():
        for found in form.finditer(text):
            alone = found.group().strip() == text.strip()
            if name != "ongoing" or alone or any(found.group().strip("() ") in b for b in _brackets(text)):
                return name
    remark = REMARK.search(text)
    return remark[1].lower() if remark else ""


def _brackets(text: str) -> list[str]:
    return IN_BRACKETS.findall(text)
