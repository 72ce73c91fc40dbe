"""Which reader takes a file; each is imported, with the library it reads with, when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ingest.composing import compose
from ingest.readers import text
from ingest.readers.kinds import FileType
from ingest.transcripts import Transcript

Reader = Callable[[Path], Transcript]


def _docx(path: Path) -> Transcript:
    from ingest.readers import docx

    return compose(docx.read(path))


def _html(path: Path) -> Transcript:
    from ingest.readers import html

    return compose(html.read(path))


READERS: dict[FileType, Reader] = {
    FileType.TEXT: text.read,
    FileType.DOCX: _docx,
    FileType.HTML: _html,
}
"""Readers of files that are read in one go. A PDF is not: its pages are read in parts."""
