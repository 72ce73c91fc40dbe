"""All rules over one document, and their drafts made into commitments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.authority import Authority
from corpus.documents import Document, Span
from corpus.ids import digest, fold
from corpus.records import Commitment, Passage
from ingest.commitments import flattened_rows, lists, matrices, narrative, outlines, pillars, tallies
from ingest.commitments.addresses import addresses_of
from ingest.commitments.drafts import Draft, Key, cut
from ingest.commitments.periods import dates_of
from ingest.commitments.settings import Setting, settings_of

Rule = Callable[[Document, Sequence[Setting], Authority], Iterator[Draft]]

TIE = re.compile(r"(?<=[;,])\s+(?:and|or)\s*$")

RULES: tuple[Rule, ...] = (
    outlines.items,
    matrices.rows,
    pillars.rows,
    flattened_rows.rows,
    tallies.rows,
    lists.items,
    narrative.prose,
)
"""Every rule, the surest first: a block in which one has found items is left alone by those after it."""


@dataclass(frozen=True, slots=True)
class _Context:
    """What every commitment of a document is made with."""

    document: Document
    authority: Authority
    settings: Sequence[Setting]
    drafts: Sequence[Draft]
    passages: dict[tuple[int, int], Passage]
    ids: dict[Key, str]
    addresses: dict[Key, str]


def commitments(
    document: Document, authority: Authority, passages: Sequence[Passage]
) -> tuple[Commitment, ...]:
    """Extract the commitments of a document, in reading order; `passages` are the document's own."""
    settings = settings_of(document, authority)
    drafts = drafts_of(document, settings, authority)
    addresses = addresses_of(document, settings, drafts)
    context = _Context(
        document,
        authority,
        settings,
        drafts,
        {(span.start, span.end): passage for passage in passages for span in passage.spans},
        _ids_of(document, settings, drafts),
        addresses,
    )
    return tuple(_commitment(context, draft, position) for position, draft in enumerate(drafts))


def drafts_of(document: Document, settings: Sequence[Setting], authority: Authority) -> tuple[Draft, ...]:
    """Drafts of all rules, in reading order, each block read by one rule alone."""
    owners: dict[int, Rule] = {}
    drafts: dict[Key, Draft] = {}
    for rule in RULES:
        for draft in rule(document, settings, authority):
            if draft.spans and owners.setdefault(draft.key[0], rule) is rule:
                drafts[draft.key] = replace(draft, spans=_own(document, draft.spans))
    return tuple(drafts[key] for key in sorted(drafts))


def _ids_of(document: Document, settings: Sequence[Setting], drafts: Sequence[Draft]) -> dict[Key, str]:
    """Id of each draft, from its section, kind and words; those of the very same are counted."""
    seen: Counter[tuple[str, ...]] = Counter()
    ids = {}
    for draft in drafts:
        path = map(fold, settings[draft.key[0]].path)
        parts = (document.id, *path, draft.kind, fold(document.slice(draft.spans)))
        ids[draft.key] = f"{document.id}.c{digest((*parts, *(str(seen[parts]),) * bool(seen[parts])))}"
        seen[parts] += 1
    return ids


def _own(document: Document, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Spans of an item without the "and" that only ties it to the next one."""
    words = document.slice(spans)
    tie = TIE.search(words)
    return cut(spans, 0, tie.start()) if tie else spans


def _commitment(context: _Context, draft: Draft, position: int) -> Commitment:
    document, authority = context.document, context.authority
    setting = context.settings[draft.key[0]]
    passage = _passage_of(context, draft)
    start, end = dates_of(draft.period)
    pages = document.pages_of(draft.spans)
    return Commitment(
        id=context.ids[draft.key],
        address=context.addresses[draft.key],
        document=document.id,
        kind=draft.kind,
        text=document.slice(draft.spans),
        spans=draft.spans,
        section=setting.path,
        position=position,
        number=draft.number,
        inferred=draft.inferred,
        parent=context.ids.get(draft.parent, "") if draft.parent else "",
        passage=passage.id if passage else "",
        meeting=setting.event,
        body=draft.body,
        body_ids=_ids(draft.body, authority, ("body", "partner", "country")),
        theme=" ".join(draft.theme.split()),
        period=draft.period,
        start=start,
        end=end,
        status=draft.status,
        coordinators=draft.coordinators,
        coordinator_ids=_ids("; ".join(draft.coordinators), authority, ("country", "body", "partner")),
        partners=draft.partners,
        partner_ids=_ids("; ".join(draft.partners), authority, ("partner", "body", "country")),
        pages=pages,
        lines=document.lines_of(draft.spans),
        places=document.places_of(draft.spans),
        ocr=document.is_recognised(pages),
        needs_review=draft.review,
    )


def _ids(names: str, authority: Authority, kinds: tuple[str, ...]) -> tuple[str, ...]:
    found = (mention.entry for mention in authority.mentions(names) if mention.entry.kind in kinds)
    return tuple(dict.fromkeys(entry.id for entry in found))


def _passage_of(context: _Context, draft: Draft) -> Passage | None:
    """The passage of the block that a draft stands in."""
    spans = context.document.blocks[draft.key[0]].spans
    return context.passages.get((spans[0].start, spans[0].end)) if spans else None
