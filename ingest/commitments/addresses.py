"""Addresses: names of commitments that people can read and that survive a new extraction."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

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

    An item without a printed number of its own is named by a digest of its words, and so are all items
    that would share an address: which of them comes first must not matter, or an address could move to
    another item. Only items of the very same words are counted.
    """
    shared = _repeated(document)
    known = {draft.key for draft in drafts}
    rooms = {draft.key: _room(document, draft, settings, shared, known) for draft in drafts}
    tails = {draft.key: _tail(document, draft) for draft in drafts}
    crowds = Counter((rooms[key], tail) for key, tail in tails.items())
    addresses: dict[Key, str] = {}
    taken: Counter[str] = Counter()
    for draft in drafts:
        room, tail = rooms[draft.key], tails[draft.key]
        base = addresses[room] if isinstance(room, tuple) else room
        named = tail.endswith(digest_of(document, draft))
        alone = crowds[(room, tail)] == 1 or named
        address = f"{base}/{tail}" if alone else f"{base}/{tail}-{digest_of(document, draft)}"
        taken[address] += 1
        addresses[draft.key] = address if taken[address] == 1 else f"{address}-{taken[address]}"
    return addresses


def _room(
    document: Document,
    draft: Draft,
    settings: Sequence[Setting],
    repeated: frozenset[str],
    known: Collection[Key],
) -> Key | str:
    """What an item's address begins with: its parent, by key, or its section."""
    if draft.parent in known and draft.parent is not None and draft.parent < draft.key:
        return draft.parent
    return f"{document.id}/{section_name(settings[draft.key[0]], repeated)}"


def _tail(document: Document, draft: Draft) -> str:
    printed = "" if draft.inferred or not _is_own(document, draft) else slug(draft.number)
    return f"{_short(draft.kind)}/{printed or digest_of(document, draft)}"


def digest_of(document: Document, draft: Draft) -> str:
    """Six characters that stand for an item's words."""
    return digest((fold(document.slice(draft.spans)),), 3)


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
