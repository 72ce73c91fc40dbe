"""The JSON of what changed; one shape for HTTP and for `--json`."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field

from search_api.changes.changes import Change, ChangeKind, Changes
from search_api.holdings import Generation
from search_api.register.paging import make_cursor, read_cursor
from search_api.schemas import Lines, View


class RunView(View):
    """Words in a row that were kept, removed or added."""

    mark: Annotated[str, Field(examples=["added"])]
    words: str


class FieldChangeView(View):
    """A field that reads otherwise than it did; empty where the text states nothing."""

    name: Annotated[str, Field(examples=["status"])]
    before: str
    after: str


class SideView(View):
    """A commitment as it stands in one of the two generations."""

    address: str
    id: str
    text: str
    pages: tuple[int, ...]
    lines: Lines


class ChangeView(View):
    """One commitment that is new, changed or gone; `before` or `after` is null where it was not there."""

    change: Annotated[str, Field(description="new, changed or gone.")]
    document: str
    kind: str
    number: str
    before: SideView | None
    after: SideView | None
    words: Annotated[
        tuple[RunView, ...], Field(description="The word diff; empty where the words are alike.")
    ]
    fields: Annotated[tuple[FieldChangeView, ...], Field(description="Fields that read otherwise.")]

    @classmethod
    def of(cls, change: Change) -> Self:
        """View a change."""
        one = change.commitment
        return cls(
            change=change.kind.value,
            document=one.document,
            kind=one.kind.value,
            number=one.number,
            before=None if change.before is None else SideView.model_validate(change.before),
            after=None if change.after is None else SideView.model_validate(change.after),
            words=tuple(map(RunView.model_validate, change.words)),
            fields=tuple(map(FieldChangeView.model_validate, change.fields)),
        )


class ChangesReply(View):
    """The commitments that are new, changed or gone since another generation, a page at a time."""

    generation: Generation
    since: Annotated[str, Field(description="The generation compared with.")]
    new: Annotated[int, Field(description="How many are new, on all pages; so are the next two.")]
    changed: int
    gone: int
    next: Annotated[str | None, Field(description="Give it as `cursor`, with the same `since`, to go on.")]
    changes: tuple[ChangeView, ...]

    @classmethod
    def of(cls, changes: Changes, limit: int | None = None, cursor: str = "") -> Self:
        """View at most `limit` changes (default: all) from the cursor on.

        Raises CursorError where it is not of these two generations.
        """
        first = read_cursor(cursor, changes.now, changes.since) if cursor else 0
        last = len(changes.items) if limit is None else min(first + limit, len(changes.items))
        more = last < len(changes.items)
        return cls(
            generation=changes.now,
            since=changes.since,
            new=changes.count(ChangeKind.NEW),
            changed=changes.count(ChangeKind.CHANGED),
            gone=changes.count(ChangeKind.GONE),
            next=make_cursor(changes.now, changes.since, last) if more else None,
            changes=tuple(map(ChangeView.of, changes.items[first:last])),
        )
