"""Reading made-up prose and finding its commitments."""

from __future__ import annotations

from dataclasses import replace

from corpus.authority import load_authority
from corpus.documents import Block, BlockKind, Document, Source, Span
from ingest.commitments.drafts import Draft
from ingest.commitments.narrative import prose
from ingest.commitments.settings import settings_of
from tests.ingest.reading import SOURCE, read


def found_in(text: str, title: str = "A made-up work programme", kind: str = "work-programme") -> list[Draft]:
    """The drafts of a stored text read under a title."""
    source: Source = replace(SOURCE, title=title, kind=kind)
    document = replace(read(text), source=source)
    authority = load_authority()
    return list(prose(document, settings_of(document, authority), authority))


def report(text: str) -> list[Draft]:
    """The drafts of a mission report."""
    return found_in(text, "Mission Report", "mission-report")


def words(text: str, draft: Draft) -> str:
    """The words of a draft, white space folded."""
    return " ".join("".join(text[span.start : span.end] for span in draft.spans).split())


def block_of(text: str, *ranges: tuple[int, int]) -> tuple[Document, Block]:
    """A document of one paragraph; its ranges are those given, else the whole text."""
    spans = tuple(Span(*one) for one in ranges) or (Span(0, len(text)),)
    block = Block(BlockKind.PARAGRAPH, spans)
    return Document(SOURCE, text, (Span(0, len(text)),), (), (block,)), block
