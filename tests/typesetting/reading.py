"""Reading a typeset file as the intake does, in this process."""

from __future__ import annotations

from pathlib import Path

from corpus.documents import Document, Source
from ingest.composing import compose
from ingest.outline import outlined
from ingest.readers import docx, html
from ingest.readers.pdf import reader

READERS = {".pdf": reader.read, ".docx": docx.read, ".html": html.read}


def read_file(path: Path, source: Source) -> Document:
    """Read a file, by its suffix, as a document of a source."""
    return outlined(source, compose(READERS[path.suffix](path)))
