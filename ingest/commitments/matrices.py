"""Rows of work-plan matrices: activities with their period, coordinators and partners."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.authority import Authority
from corpus.documents import Block, BlockKind, Cell, Document, Span
from corpus.records import CommitmentKind
from ingest.commitments import themes
from ingest.commitments.columns import Role, is_matrix, roles_of
from ingest.commitments.drafts import Draft, Key, cut, trimmed
from ingest.commitments.names import groups_in, names_in
from ingest.commitments.periods import PERIOD, period_in, periods_in
from ingest.commitments.settings import MEETING, Setting
from ingest.commitments.splitting import activities_in
from ingest.commitments.status import LONGEST_STATUS, status_alone, status_in
from ingest.headings import DATE, MONTHS
from ingest.markers import Style, parse_marker

PAST = re.compile(r"^dates?$", re.IGNORECASE)
BARE_DATE = re.compile(rf"(?:\d{{1,2}}\s+)?(?:{MONTHS})\s+(?:19|20)\d\d\b", re.IGNORECASE)
RECOMMENDED = re.compile(r"\brecommendations?\b", re.IGNORECASE)
REMARK = re.compile(r"\b(?:agreed|decided|noted)\b", re.IGNORECASE)
SHIFTED = "the row's columns are shifted against their heads"
INTERLEAVED = "two columns of the row were read into one another"


@dataclass(slots=True)
class _Table:
    """One matrix: its rows (index, block), the setting they stand in, and what earlier rows opened."""

    rows: list[tuple[int, Block]]
    setting: Setting
    theme_names: dict[str, str] = field(default_factory=dict)
    actions: dict[int, Key] = field(default_factory=dict)
    activity: Key | None = None
    theme: str = ""
    counts_rows: bool = False


class _Reader:
    """Reads the matrices of one document."""

    def __init__(self, document: Document, authority: Authority) -> None:
        self.document = document
        self.authority = authority

    def words(self, cell: Cell | None) -> str:
        """The words of a cell, the parts of one broken over rows a space apart."""
        spans = cell.spans if cell else ()
        return " ".join(" ".join(self.document.slice((span,)) for span in spans).split())

    def read(self, table: _Table) -> Iterator[Draft]:
        rows = [roles_of(block.cells) for _, block in table.rows]
        cells = [roles.get(Role.THEME) for roles in rows]
        names = list(dict.fromkeys(self.words(cell) for cell in cells if self.words(cell)))
        table.theme_names = themes.whole(names, self.document.text)
        table.counts_rows = self.filled(rows, Role.NUMBER) > self.filled(rows, Role.THEME)
        places = zip(table.rows, rows, strict=True)
        drafts = [draft for (i, _), roles in places for draft in self.row(table, i, roles)]
        yield from numbered(_with_dates(merged(drafts), self.document))

    def row(self, table: _Table, i: int, roles: dict[Role, Cell]) -> Iterator[Draft]:
        roles, review = self.aligned(roles)
        theme = table.theme_names.get(self.words(roles.get(Role.THEME)), "") or table.theme
        table.theme = theme
        base = Draft(
            (i, 0),
            CommitmentKind.ACTIVITY,
            (),
            body=self.words(roles.get(Role.BODY)) or table.setting.owner,
            theme=themes.bare(theme),
            review=review,
        )
        for order, draft in enumerate(self.drafts(table, roles, base)):
            draft = replace(draft, key=(i, order))
            if draft.kind is CommitmentKind.ACTION and Role.ACTION in roles:
                table.actions.setdefault(roles[Role.ACTION].spans[0].start, draft.key)
            elif draft.parent != table.activity or draft.parent is None:
                table.activity = draft.key
            yield draft

    def aligned(self, roles: dict[Role, Cell]) -> tuple[dict[Role, Cell], str]:
        """Put a shifted row right: names stand in the activity column, the activity left of it."""
        activity, left = roles.get(Role.ACTIVITY), roles.get(Role.REFERENCE) or roles.get(Role.ACTION)
        if not activity or not left or left.filled or not self.is_names(self.words(activity)):
            return roles, ""
        if not MEETING.search(self.words(left)):
            return roles, ""
        kept: dict[Role, Cell] = {role: roles[role] for role in (Role.NUMBER, Role.THEME) if role in roles}
        kept[Role.ACTIVITY], kept[Role.COORDINATOR] = left, activity
        if Role.COORDINATOR in roles:
            kept[Role.PARTNER] = roles[Role.COORDINATOR]
        return kept, SHIFTED

    def is_names(self, words: str) -> bool:
        mentions = self.authority.mentions(words)
        return bool(mentions) and sum(mention.end - mention.start for mention in mentions) >= len(words) - 3

    def drafts(self, table: _Table, roles: dict[Role, Cell], base: Draft) -> Iterator[Draft]:
        action = roles.get(Role.ACTION)
        parent = table.actions.get(action.spans[0].start) if action and action.spans else None
        if action and action.spans and parent is None:
            yield replace(self.item(base, action.spans), kind=CommitmentKind.ACTION)
            parent = (base.key[0], 0)
        elif action and parent is not None:
            yield replace(self.item(base, action.spans), kind=CommitmentKind.ACTION, parent=parent)
        yield from self.activities(table, roles, replace(base, parent=parent))

    def activities(self, table: _Table, roles: dict[Role, Cell], base: Draft) -> Iterator[Draft]:
        activity = roles.get(Role.ACTIVITY)
        if not activity and Role.ACTION in roles:
            activity = self.interleaved(roles[Role.ACTION])
        if activity and activity.spans and not activity.filled:
            yield from self.split(table, roles, activity, base)
        held = self.event_cell(roles)
        if held and (activity is None or activity.filled):
            yield replace(self.event(held, base), parent=table.activity)
        elif held:
            yield replace(self.event(held, base), parent=(base.key[0], 0))

    def interleaved(self, action: Cell) -> Cell | None:
        """The activity that was read into the action's cell: what stands from the first bullet on."""
        joined = self.document.slice(action.spans)
        at = joined.find("•")
        spans = cut(action.spans, at, len(joined))
        return Cell(action.head, spans, action.filled) if at > 0 else None

    def event_cell(self, roles: dict[Role, Cell]) -> Cell | None:
        """The cell that names a dated event where coordinators or a period should stand."""
        for role in (Role.COORDINATOR, Role.PERIOD):
            words = self.words(roles.get(role))
            if MEETING.search(words) and re.search(r"\d", words) and len(words.split()) > 4:
                return roles[role]
        return None

    def event(self, cell: Cell, base: Draft) -> Draft:
        words = self.words(cell)
        found = DATE.search(words) or PERIOD.search(words)
        period = " ".join(found.group().split()) if found else ""
        return replace(self.item(base, cell.spans), period=period, status=status_in(words))

    def split(self, table: _Table, roles: dict[Role, Cell], activity: Cell, base: Draft) -> Iterator[Draft]:
        joined = self.document.slice(activity.spans)
        parts = activities_in(joined)
        when, who = self.words(roles.get(Role.PERIOD)), self.words(roles.get(Role.COORDINATOR))
        if self.event_cell(roles):
            when, who = "", ""
        groups = groups_in(who, self.authority)
        dates = periods_in(when)
        partners = names_in(self.words(roles.get(Role.PARTNER)), self.authority)
        for n, (start, end) in enumerate(parts):
            words = joined[start:end]
            item = self.item(base, cut(activity.spans, start, end))
            own = groups[n] if len(groups) == len(parts) > 1 else tuple(dict.fromkeys(sum(groups, ())))
            period = dates[n] if len(dates) == len(parts) > 1 else when
            kind = self.kind(activity, roles.get(Role.PERIOD), words)
            yield replace(
                item,
                kind=kind,
                period="" if status_in(period) else period or period_in(_after_head(words)),
                status=status_in(words) or status_in(when) or status_in(who) or self.status(roles),
                coordinators=own,
                partners=partners,
                number=item.number or self.row_number(table, roles),
            )

    def status(self, roles: dict[Role, Cell]) -> str:
        """What the column of statuses says: a status that is known, or its own few words."""
        words = self.words(roles.get(Role.STATUS))
        return status_alone(words) or (words if len(words.split()) <= LONGEST_STATUS else "")

    def row_number(self, table: _Table, roles: dict[Role, Cell]) -> str:
        """The number in the first column, where it counts the rows and not their themes."""
        cell = roles.get(Role.NUMBER)
        return self.words(cell).rstrip(".") if cell and not cell.filled and table.counts_rows else ""

    def filled(self, rows: Sequence[dict[Role, Cell]], role: Role) -> int:
        """In how many rows something is printed in the column of a role."""
        cells = (roles.get(role) for roles in rows)
        return sum(bool(cell and not cell.filled and self.words(cell)) for cell in cells)

    def kind(self, activity: Cell, period: Cell | None, words: str) -> CommitmentKind:
        if period and PAST.match(period.head.strip()):
            return CommitmentKind.PAST_ACTIVITY
        if RECOMMENDED.search(activity.head):
            return CommitmentKind.RECOMMENDATION
        if REMARK.search(words):
            return CommitmentKind.COMMITMENT
        return CommitmentKind.ACTION if "action" in activity.head.lower() else CommitmentKind.ACTIVITY

    def item(self, base: Draft, spans: Sequence[Span]) -> Draft:
        """A draft of the words at some spans, their printed number taken off."""
        joined = self.document.slice(spans)
        marker = parse_marker(joined)
        start = marker.length if marker else 0
        number = marker.number if marker and marker.style in (Style.DECIMAL, Style.DOTTED) else ""
        kept = trimmed(self.document.text, cut(spans, start, len(joined)))
        review = INTERLEAVED if "•" in joined[start:] else base.review
        return replace(base, spans=kept, number=number, review=review)


def _after_head(words: str) -> str:
    """The part of an activity in which its own date stands: from the first comma or bracket on."""
    found = re.search(r"[,(]|\bon\s+\d", words)
    return words[found.start() :] if found else ""


def merged(drafts: Sequence[Draft]) -> list[Draft]:
    """Let the longer words of an action broken over rows stand in its first row, once."""
    longest = {draft.parent: draft.spans for draft in drafts if _is_again(draft) and draft.parent}
    kept = [draft for draft in drafts if not _is_again(draft)]
    return [replace(draft, spans=longest.get(draft.key, draft.spans)) for draft in kept]


def _is_again(draft: Draft) -> bool:
    return draft.kind is CommitmentKind.ACTION and draft.parent is not None


def numbered(drafts: Sequence[Draft]) -> list[Draft]:
    """Give activities the numbers that the print lost, where the gap between two numbers fits exactly."""
    result = list(drafts)
    last, run = 0, []
    for i, draft in enumerate(drafts):
        if draft.kind is CommitmentKind.ACTION or "." in draft.number:
            continue
        if not draft.number.isdigit():
            run.append(i)
            continue
        if int(draft.number) - last - 1 == len(run):
            for number, at in enumerate(run, last + 1):
                result[at] = replace(result[at], number=str(number), inferred=True)
        last, run = int(draft.number), []
    return result


def _with_dates(drafts: Sequence[Draft], document: Document) -> list[Draft]:
    """Join an item that begins with a bare date to the activity before it, whose date it is."""
    kept: list[Draft] = []
    for draft in drafts:
        if kept and BARE_DATE.match(document.slice(draft.spans)):
            before = next(i for i in range(len(kept) - 1, -1, -1) if i == 0 or not _is_action(kept[i]))
            kept[before] = replace(
                kept[before], spans=(*kept[before].spans, *draft.spans), review=INTERLEAVED
            )
        else:
            kept.append(draft)
    return kept


def _is_action(draft: Draft) -> bool:
    return draft.kind is CommitmentKind.ACTION and bool(draft.number)


def rows(document: Document, settings: Sequence[Setting], authority: Authority) -> Iterator[Draft]:
    """Activities, and the actions they carry out, of every matrix of a document."""
    reader = _Reader(document, authority)
    for table in _tables(document, settings):
        yield from reader.read(table)


def _tables(document: Document, settings: Sequence[Setting]) -> Iterator[_Table]:
    """Matrices: runs of rows in one section whose heads are those of activities."""
    tables: dict[int | None, _Table] = {}
    for i, block in enumerate(document.blocks):
        heads = [cell.head for cell in block.cells]
        if block.kind is BlockKind.ROW and any(heads):
            table = tables.setdefault(block.section, _Table([], settings[i]))
            table.rows.append((i, block))
    for table in tables.values():
        if is_matrix([cell.head for _, block in table.rows for cell in block.cells]):
            yield table
