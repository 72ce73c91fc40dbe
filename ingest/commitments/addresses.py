"""Addresses: names of commitments that people can read and that survive a new extraction."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.documents import Document
from corpus.ids import digest, fold, slug
from corpus.records import CommitmentKind
from ingest.commitments.drafts import Draft, Key
from ingest.commitments.settings import Setting

SHORT_KINDS = {
    CommitmentKind.RECOMMENDATION: "rec",
    CommitmentKind.KEY_RESULT_AREA: "result",
    CommitmentKind.THEMATIC_AREA: "theme",
    CommitmentKind.PAST_ACTIVITY: "past",
    CommitmentKind.FOLLOW_UP: "follow-up",
    CommitmentKind.ISSUE_RAISED: "issue",
}
ORDINALS = {
    word: str(n)
    for n, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)
}
ORDINAL = re.compile(rf"\b(?:(\d{{1,2}})\s?(?:st|nd|rd|th)|({'|'.join(ORDINALS)}))\b", re.IGNORECASE)
ACRONYM = re.compile(r"\(([A-Z][A-Z-]{2,})\)")
SKIPPED = frozenset("the a an of on in for and to towards with its by at".split())
LONGEST_SECTION = 6
"""Words of a section that its address keeps."""


def addresses_of(document: Document, settings: Sequence[Setting], drafts: Sequence[Draft]) -> dict[Key, str]:
    """Address of each draft: document, section, kind and number, sub-items below their parent's.

    An item without a printed number is named by a digest of its words; the number that an item lost is
    not used, since it depends on its neighbours. Equal addresses are told apart by the digest too, then
    counted.
    """
    addresses: dict[Key, str] = {}
    taken: Counter[str] = Counter()
    for draft in drafts:
        above = addresses.get(draft.parent, "") if draft.parent else ""
        base = above or f"{document.id}/{section_name(settings[draft.key[0]])}"
        printed = "" if draft.inferred else slug(draft.number)
        words = digest((fold(document.slice(draft.spans)),), 3)
        address = f"{base}/{_short(draft.kind)}/{printed or words}"
        if taken[address]:
            address = f"{address}-{words}" if printed else address
        taken[address] += 1
        addresses[draft.key] = address if taken[address] == 1 else f"{address}-{taken[address]}"
    return addresses


def _short(kind: CommitmentKind) -> str:
    return SHORT_KINDS.get(kind, kind.value.replace("_", "-"))


def section_name(setting: Setting) -> str:
    """Short name of the section: of a meeting its initials and its number, of another its first words."""
    if not setting.path:
        return "text"
    if setting.meeting:
        return meeting_name(setting.meeting.name, setting.path[1:2])
    return _words(setting.path[0])


def meeting_name(name: str, below: Sequence[str]) -> str:
    """Initials of a meeting and its ordinal ("afml-5"), with the year's heading below it where there are two."""
    acronym = ACRONYM.search(name)
    ordinal = ORDINAL.search(name)
    number = (ordinal[1] or ORDINALS[ordinal[2].lower()]) if ordinal else ""
    words = ORDINAL.sub(" ", re.sub(r"[\"“(].*", "", name))
    initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", words) if word.lower() not in SKIPPED)
    title = slug(acronym[1]) if acronym else initials.lower()
    heading = _words(below[0]) if below and not re.search(r"^\W*(?:summary and )?recommendations\W*$", below[0], re.I) else ""
    return "-".join(filter(None, (title, number, heading)))


def _words(title: str) -> str:
    kept = [word for word in slug(title).split("-") if word not in SKIPPED]
    return "-".join(kept[:LONGEST_SECTION]) or "section"
