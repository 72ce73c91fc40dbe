"""The jobs of a reading process; what heavy libraries they need is imported there alone."""

from __future__ import annotations

from corpus.authority import Authority
from corpus.documents import Source
from ingest import pipeline
from ingest.intake.codec import encode
from ingest.intake.extractions import Extraction, Head, Records
from ingest.intake.limits import Limits
from ingest.outline import outlined
from ingest.transcripts import Transcript


def read_whole(source: Source, authority: Authority | None, limits: Limits) -> tuple[Extraction, bytes]:
    """Read a file in one go, and cut it up where an authority is given, else into nothing.

    Raises SourceError where it is not fit or has too many pages.
    """
    extraction = extracted(source, pipeline.transcribe(source))
    return extraction, cut_up(source, extraction, authority) if authority else b""


def cut_up(source: Source, extraction: Extraction, authority: Authority) -> bytes:
    """Cut a document into its passages and commitments, and return these `Records` as they are stored."""
    document = extraction.document(source)
    passages = pipeline.passages(document, authority)
    return encode(Records(passages, pipeline.commitments(document, authority, passages)))


def extracted(source: Source, transcript: Transcript, unread: tuple[int, ...] = ()) -> Extraction:
    """Give a transcript its structure; `unread` are the pages whose words it lacks."""
    document = outlined(source, transcript)
    head = Head(len(document.pages), transcript.notices, unread, "", transcript.properties)
    return Extraction.of(document, head)
