"""The jobs of a reading process; what heavy libraries they need is imported there alone."""

from __future__ import annotations

from corpus.authority import Authority
from corpus.documents import Source
from ingest import pipeline
from ingest.intake.codec import encode
from ingest.intake.extractions import Extraction, Head, Records
from ingest.intake.limits import Limits


def read_whole(source: Source, limits: Limits) -> Extraction:
    """Read a file in one go; raises SourceError where it is not fit or has too many pages."""
    document = pipeline.read(source)
    return Extraction.of(document, Head(len(document.pages)))


def cut_up(source: Source, extraction: Extraction, authority: Authority) -> bytes:
    """Cut a document into its passages and commitments, and return these `Records` as they are stored."""
    document = extraction.document(source)
    passages = pipeline.passages(document, authority)
    return encode(Records(passages, pipeline.commitments(document, authority, passages)))
