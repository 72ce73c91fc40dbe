"""Addresses: names of commitments that people can read and that survive a new extraction."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.documents import BlockKind, Document
from corpus.ids import digest, fold, slug
from corpus.records import CommitmentKind
from ingest.commitments.drafts import Draft, Key
from ingest.commitments.settings import PLAN, Setting

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
    for n, word in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], 1
    )
}
ORDINAL = re.compile(rf"\b(?:(\d{{1,2}})\s?(?:st|nd|rd|th)|({'|'.join(ORDINALS)}))\b", re.IGNORECASE)
ACRONYM = re.compile(r"\(([A-Z][A-Z-]{2,})\)")
SKIPPED = frozenset(
    ["the", "a", "an", "of", "on", "in", "for", "and", "to", "towards", "with", "its", "by", "at"]
)
LONGEST_SECTION = 6
"""Words of a section that its address keeps."""


def addresses_of(document: Document, settings: Sequence[Setting], drafts: Sequence[Draft]) -> dict[Key, str]:
    """Address of each draft: document, section, kind and number, sub-items below their parent's.

    An item without a printed number is named by a digest of its words; the number that an item lost is
    not used, since it depends on its neighbours. Equal addresses are told apart by the digest too, then
    counted.
    """
    shared = _repeated(document)
    addresses: dict[Key, str] = {}
    taken: Counter[str] = Counter()
    for draft in drafts:
        above = addresses.get(draft.parent, "") if draft.parent else ""
        base = above or f"{document.id}/{section_name(settings[draft.key[0]], shared)}"
        printed = "" if draft.inferred or not _is_own(document, draft) else slug(draft.number)
        words = digest((fold(document.slice(draft.spans)),), 3)
        address = f"{base}/{_short(draft.kind)}/{printed or words}"
        if taken[address]:
            address = f"{address}-{words}" if printed else address
        taken[address] += 1
        addresses[draft.key] = address if taken[address] == 1 else f"{address}-{taken[address]}"
    return addresses


def _is_own(document: Document, draft: Draft) -> bool:
    """Whether a number is printed before the draft's own block, not before a paragraph above it."""
    block = document.blocks[draft.key[0]]
    return block.number == draft.number or block.kind is BlockKind.ROW


def _short(kind: CommitmentKind) -> str:
    return SHORT_KINDS.get(kind, kind.value.replace("_", "-"))


def _repeated(document: Document) -> frozenset[str]:
    """Titles that head more than one part of the document, as a meeting with two outcomes does."""
    tops = Counter(section.title for section in document.sections if section.parent is None)
    return frozenset(title for title, times in tops.items() if times > 1)


def section_name(setting: Setting, repeated: frozenset[str] = frozenset()) -> str:
    """Short name of a section: of a meeting its initials and number, of a plan its body, else its words.

    The heading below is added where the part's own title is `repeated` in the document.
    """
    if not setting.path:
        return "text"
    title = setting.path[0]
    below = _words(setting.path[1]) if title in repeated and len(setting.path) > 1 else ""
    name = meeting_name(setting.meeting.name) if setting.meeting else _plan_name(title) or _words(title)
    return "-".join(filter(None, (name, below)))


def _plan_name(title: str) -> str:
    acronym, plan = ACRONYM.search(title), PLAN.search(title)
    return f"{slug(acronym[1])}-{slug(plan.group())}" if acronym and plan else ""


def meeting_name(name: str) -> str:
    """Acronym or initials of a meeting, and its ordinal: "afml-5"."""
    acronym = ACRONYM.search(name)
    ordinal = ORDINAL.search(name)
    number = (ordinal[1] or ORDINALS[ordinal[2].lower()]) if ordinal else ""
    words = ORDINAL.sub(" ", re.sub(r"[\"“(].*", "", name))
    initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", words) if word.lower() not in SKIPPED)
    return "-".join(filter(None, (slug(acronym[1]) if acronym else initials.lower(), number)))


def _words(title: str) -> str:
    kept = [word for word in slug(title).split("-") if word not in SKIPPED]
    return "-".join(kept[:LONGEST_SECTION]) or "section"
