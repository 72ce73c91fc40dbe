"""Rows of a flattened table: its columns told apart again, line by line, by what each of them can hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.authority import Authority
from corpus.documents import Block, BlockKind, Document, Span
from corpus.records import CommitmentKind
from ingest.commitments.drafts import Draft, trimmed
from ingest.commitments.names import names_in
from ingest.commitments.settings import Setting
from ingest.commitments.status import status_in
from ingest.flattened import ends_row

TAIL = re.compile(
    r"(?P<body>(?:(?<=\s)|^)[A-Z][A-Z-]+)\s+(?P<period>(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)\d\d)?)(?P<rest>.*)$"
)
MARK = re.compile(r"[a-z]\+?")
BODY_LINE = re.compile(r"(?P<body>(?:(?<=\s)|^)(?:-[A-Z]{3,}|[A-Z]{3,}(?:-[A-Z]+)*))\s*$")
JOINED = re.compile(r"(?:,|\band)\s*$")
PARTNER_LINE = re.compile(
    r"(?:(?<=\s)|^)(?P<names>[A-Z][A-Za-z]+,\s+and\s+[A-Z][A-Za-z]+|and\s+[A-Z][A-Za-z]+|[A-Z][A-Za-z]+)\s*$"
)
CONTINUED = "(continued)"
STEM = 6
"""Letters that two forms of a word share ("Enhancing", "enhancement")."""
SHORT = 3
UNSURE = "theme and action stand in the same lines and could not be told apart for sure"


@dataclass(slots=True)
class _Line:
    """One line of a row, cut into what stands left (theme), in the middle (action) and right."""

    words: list[tuple[str, int, int]]
    body: str = ""
    period: str = ""
    partners: str = ""


@dataclass(slots=True)
class _Heads:
    """Names of themes and of their groups as headings elsewhere in the document print them."""

    groups: list[list[str]]
    themes: list[list[str]]


@dataclass(slots=True)
class _State:
    """What the rows read so far leave open: the words of the group and the theme still to come."""

    group: Counter[str] = field(default_factory=Counter)
    theme: Counter[str] = field(default_factory=Counter)
    name: list[str] = field(default_factory=list)
    used: list[Sequence[str]] = field(default_factory=list)
    open: bool = False


def rows(document: Document, settings: Sequence[Setting], authority: Authority) -> Iterator[Draft]:
    """Actions of every flattened table: words, body, period and partners, and the theme beside them.

    A theme is named over the lines of several rows, so drafts are made once all rows are read.
    """
    heads = _heads(document)
    state = _State()
    read = [
        _row(document, block, (i, 0), heads, state, authority)
        for i, block in enumerate(document.blocks)
        if block.kind is BlockKind.ROW and not block.cells and _first_tail(document, block)
    ]
    for draft, theme, sure in read:
        named = " ".join(theme)
        yield replace(draft, theme=named, review="" if sure and named else UNSURE)


def _first_tail(document: Document, block: Block) -> str:
    lines = document.slice(block.spans).splitlines()
    return next((line.rstrip() for line in lines if ends_row(line)), "")


def _heads(document: Document) -> _Heads:
    """Names that the first two columns may print: headings with others below them, and those others."""
    parents = {section.parent for section in document.sections}
    groups: list[list[str]] = []
    themes: list[list[str]] = []
    for n, section in enumerate(document.sections):
        if section.level > 1:
            (groups if n in parents else themes).append(section.title.split())
    return _Heads(groups, themes)


def _row(
    document: Document, block: Block, key: tuple[int, int], heads: _Heads, state: _State, authority: Authority
) -> tuple[Draft, list[str], bool]:
    """Read one row: its draft without the theme, the list that will name the theme, whether it is sure.

    Lines before the one that ends in body and period hold the first columns alone.
    """
    start = block.spans[0].start
    lines = [_line(found, start) for found in re.finditer(r"[^\r\n\f]+", document.slice(block.spans))]
    _cut_right(lines, authority)
    first = next(n for n, line in enumerate(lines) if line.period)
    spans: list[Span] = []
    sure = True
    for n, line in enumerate(lines):
        taken, certain = _left(line, lines[n:], heads, state)
        sure = sure and certain
        rest = line.words[taken:] if n >= first else []
        if rest:
            spans.append(Span(rest[0][1], rest[-1][2]))
    merged = _joined(document.text, spans)
    draft = Draft(
        key,
        CommitmentKind.ACTION,
        merged,
        body=", ".join(line.body for line in lines if line.body).replace(", -", "-"),
        period=lines[first].period,
        status=status_in(document.slice(merged)),
        partners=names_in(" ".join(line.partners for line in lines), authority),
    )
    return draft, state.name, sure


def _line(found: re.Match[str], start: int) -> _Line:
    words = re.finditer(r"\S+", found.group())
    base = start + found.start()
    return _Line([(word.group(), base + word.start(), base + word.end()) for word in words])


def _cut_right(lines: Sequence[_Line], authority: Authority) -> None:
    """Take body, period and partners off the right end of each line, also where they are stacked."""
    expects = False
    for line in lines:
        text = " ".join(word for word, _, _ in line.words)
        found = TAIL.search(text)
        if found:
            line.body, line.period = found["body"], " ".join(found["period"].split())
            line.partners = found["rest"].strip()
            line.words = line.words[: len(text[: found.start()].split())]
            expects = bool(JOINED.search(line.partners))
            continue
        if expects and (rest := PARTNER_LINE.search(text)):
            line.partners = rest["names"]
            line.words = line.words[: len(text[: rest.start()].split())]
            expects = bool(JOINED.search(line.partners))
            text = text[: rest.start()].rstrip()
        _cut_body(line, text, authority)


def _cut_body(line: _Line, text: str, authority: Authority) -> None:
    found = BODY_LINE.search(text)
    if found and (found["body"].startswith("-") or authority.bodies_in(found["body"])):
        line.body = found["body"]
        line.words = line.words[: len(text[: found.start()].split())]


def _key(word: str) -> str:
    return re.sub(r"\W", "", word.casefold())[:STEM]


def _left(line: _Line, following: Sequence[_Line], heads: _Heads, state: _State) -> tuple[int, bool]:
    """How many words at the left end belong to the first two columns, and whether that is sure.

    A word belongs there while the name of the open group or theme still has it; a single letter after
    such a word is the mark that refers to the table's notes, and closes the theme.
    """
    at = _open(line, following, heads, state)
    later = {key for other in following[1:5] for key in _due(other, state)}
    while at < len(line.words) and _take(line.words[at][0], state, later):
        at += 1
    mark = _mark_ahead(line, at, state)
    if state.open and mark is not None:
        state.name += [word for word, _, _ in line.words[at:mark]]
        state.open = any(state.theme[key] > 0 for other in following[1:3] for key in _due(other, state)[:1])
        return mark + 1, mark == at
    return at, True


def _take(word: str, state: _State, later: Collection[str] = ()) -> bool:
    """Take a word for the group or the theme, unless a later line begins with the only one still due."""
    if word == CONTINUED:
        return True
    if state.group[_same(word)]:
        state.group[_same(word)] -= 1
        return True
    key = _key(word)
    if not state.open or not (state.theme[key] or re.fullmatch(r"\([A-Z]+\)", word)):
        return False
    if state.theme[key] == 1 and key in later:
        return False
    state.theme[key] -= 1
    state.name.append(word)
    return True


def _due(line: _Line, state: _State) -> list[str]:
    """Keys of the longer words at the left end of a line that are not of the group's name."""
    words = [word for word, _, _ in line.words[:4] if word != CONTINUED and not state.group[_same(word)]]
    return [_key(word) for word in words[:3] if len(word) > SHORT]


def _same(word: str) -> str:
    return "and" if word == "&" else word.strip(",")


def _mark_ahead(line: _Line, at: int, state: _State) -> int | None:
    """Index of a note mark within two words, where the theme still waits for it."""
    for i in range(at, min(at + 2, len(line.words))):
        if MARK.fullmatch(line.words[i][0]) and (at > 0 or i == at):
            return i
    return None


def _open(line: _Line, following: Sequence[_Line], heads: _Heads, state: _State) -> int:
    """Open the group and the theme that begin on this line; return how many words the group takes."""
    words = [word for word, _, _ in line.words]
    group = _longest(words, heads.groups)
    at = 0
    if group and _starts(words, group):
        state.group = Counter(map(_same, group))
        state.open = False
        while at < len(words) and _take(words[at], state):
            at += 1
    if state.open or at >= len(words) or not words[at][:1].isupper():
        return at
    theme = _theme(words[at], following, [name for name in heads.themes if name not in state.used])
    if theme:
        state.used.append(theme)
        state.theme, state.name, state.open = Counter(map(_key, theme)), [], True
    return at


def _starts(words: Sequence[str], name: Sequence[str]) -> bool:
    return bool(words) and words[0] == name[0]


def _longest(words: Sequence[str], names: Sequence[Sequence[str]]) -> Sequence[str]:
    """The name whose first words the line begins with, the most of them; empty where none is."""

    def shared(name: Sequence[str]) -> int:
        n = 0
        while n < min(len(words), len(name)) and words[n].strip(",") == name[n].strip(","):
            n += 1
        return n

    best = max(names, key=shared, default=[])
    return best if shared(best) else []


def _theme(first: str, following: Sequence[_Line], names: Sequence[Sequence[str]]) -> Sequence[str]:
    """The heading that begins with a word, or holds another form of it, and fits the lines below best."""
    key = _key(first)
    rivals = [
        name for name in names if name[0] == first or (first.endswith("ing") and key in map(_key, name))
    ]
    ahead = Counter(_key(word) for line in following[:6] for word, _, _ in line.words[:4])
    return max(rivals, key=lambda name: _fit(name, ahead), default=[])


def _fit(name: Sequence[str], ahead: Counter[str]) -> float:
    keys = Counter(map(_key, name))
    return sum((keys & ahead).values()) / len(name)


def _joined(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans of an action's lines, each with the white space after it, one where nothing stands between."""
    result: list[Span] = []
    for span in spans:
        if result and not text[result[-1].end : span.start].strip():
            result[-1] = Span(result[-1].start, span.end)
        else:
            if result and text[result[-1].end : result[-1].end + 1].isspace():
                result[-1] = Span(result[-1].start, result[-1].end + 1)
            result.append(span)
    return trimmed(text, result)
