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
