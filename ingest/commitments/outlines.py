"""Items in the cells of a programme laid out as one table: objectives, results, targets, themes, projects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.authority import Authority
from corpus.documents import Block, BlockKind, Document
from corpus.records import CommitmentKind
from ingest.commitments.drafts import Draft, Key
from ingest.commitments.names import names_in
from ingest.commitments.periods import YEAR
from ingest.commitments.phrases import named, partners_in
from ingest.commitments.settings import Setting
from ingest.markers import Style, parse_marker

ROW_KINDS: tuple[tuple[re.Pattern[str], CommitmentKind], ...] = (
    (re.compile(r"\bkey result", re.IGNORECASE), CommitmentKind.KEY_RESULT_AREA),
    (re.compile(r"\btargets?\b", re.IGNORECASE), CommitmentKind.TARGET),
    (re.compile(r"\bthematic area", re.IGNORECASE), CommitmentKind.THEMATIC_AREA),
    (re.compile(r"\bpriorit", re.IGNORECASE), CommitmentKind.PRIORITY),
    (re.compile(r"\bgoals?\b", re.IGNORECASE), CommitmentKind.GOAL),
    (re.compile(r"\bindicators?\b", re.IGNORECASE), CommitmentKind.INDICATOR),
    (re.compile(r"\b(?:objectives?|vision)\b", re.IGNORECASE), CommitmentKind.OBJECTIVE),
)
"""What the items of a row are, by a word of the row's label."""

LABEL_KINDS = {
    "project": CommitmentKind.PROJECT,
    "commitment": CommitmentKind.COMMITMENT,
    "activity": CommitmentKind.ACTIVITY,
    "action": CommitmentKind.ACTION,
    "initiative": CommitmentKind.INITIATIVE,
}
BODY = re.compile(r"\(\s*responsible bod(?:y|ies)\s*:\s*(?P<names>[^()]*)\)", re.IGNORECASE)
COORDINATOR = re.compile(r"\[\s*(?:country )?coordinators?\s*:\s*(?P<names>[^\[\]]*)\]", re.IGNORECASE)


def items(document: Document, settings: Sequence[Setting], authority: Authority) -> Iterator[Draft]:
    """Items under the labels of a programme's table, each with what its brackets say."""
    found: dict[int, Draft] = {}
    for i, block in enumerate(document.blocks):
        kind = _kind(document, block, settings[i])
        if kind is None:
            continue
        parent = found.get(block.parent) if block.parent is not None else None
        found[i] = _draft(document, (i, 0), block, kind, parent, settings[i], authority)
        yield found[i]


def _kind(document: Document, block: Block, setting: Setting) -> CommitmentKind | None:
    """Kind of a block: named by its own label ("Project:"), else by the label of its row."""
    if block.kind not in (BlockKind.ITEM, BlockKind.PARAGRAPH) or not _in_table(document, block):
        return None
    own = LABEL_KINDS.get(block.label.rstrip(":").lower())
    if own:
        return own
    label = setting.path[1] if len(setting.path) > 1 else ""
    return next((kind for form, kind in ROW_KINDS if form.search(label)), None)


def _in_table(document: Document, block: Block) -> bool:
    """Whether a block stands on a line that is a row of a table."""
    if not block.spans:
        return False
    start = document.text.rfind("\n", 0, block.spans[0].start) + 1
    end = document.text.find("\n", block.spans[0].start)
    return "\t" in document.text[start : end if end >= 0 else len(document.text)]


def _draft(
    document: Document,
    key: Key,
    block: Block,
    kind: CommitmentKind,
    parent: Draft | None,
    setting: Setting,
    authority: Authority,
) -> Draft:
    words = document.slice(block.spans)
    body, coordinators = _named(BODY, words, authority), _named(COORDINATOR, words, authority)
    column = next((cell.head for cell in block.cells if cell.head), "")
    inherited = parent if kind in LABEL_KINDS.values() else None
    return Draft(
        key,
        kind,
        block.spans,
        number=block.number,
        inferred=block.inferred,
        parent=parent.key if parent else None,
        body=", ".join(body) or (inherited.body if inherited else ""),
        theme=_own_name(document, inherited) if inherited else column,
        period=_period(kind, setting),
        coordinators=coordinators,
        partners=partners_in(named(_without_brackets(words), authority)),
    )


def _named(form: re.Pattern[str], words: str, authority: Authority) -> tuple[str, ...]:
    found = form.search(words)
    return names_in(found["names"], authority) if found else ()


def _without_brackets(words: str) -> str:
    return COORDINATOR.sub("", BODY.sub("", words))


def _own_name(document: Document, draft: Draft) -> str:
    """The words of a thematic area without its number and without what its brackets say."""
    words = " ".join(document.slice(draft.spans).split())
    marker = parse_marker(words)
    start = marker.length if marker and marker.style is Style.DECIMAL else 0
    return _without_brackets(words[start:]).strip()


def _period(kind: CommitmentKind, setting: Setting) -> str:
    """The year in the label of the row ("Intermediate Targets by 2020"), for what it is to be reached by."""
    if kind not in (CommitmentKind.TARGET, CommitmentKind.OBJECTIVE, CommitmentKind.GOAL):
        return ""
    found = re.findall(YEAR, setting.path[1])
    return found[-1] if found else ""
