"""Taking an uploaded file: named harmlessly, of a type that can be read, not held, whole on the disk."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from pathlib import Path
from typing import BinaryIO

from corpus.errors import DuplicateError, SourceError, UploadError
from ingest.readers.kinds import file_type
from search_api.given import Given, fault_of_id, fault_of_period
from search_api.jobs.job import Job, JobKind
from search_api.jobs.store import FACTS, Store
from search_api.library import Library
from search_api.questions import printable

FIELDS = ("id", "title", "short_title", "body", "kind", "date", "period", "language", "rights")
"""What may be said of an uploaded document; a password may not, since jobs are kept on the disk."""
LONGEST_FIELD = 500
LONGEST_NAME = 100
MOST_PENDING = 100
"""Jobs that may wait; with the largest upload this bounds the room they take."""
CHUNK = 1024 * 1024
NAMELESS = "document"


def given_of(fields: dict[str, str]) -> Given:
    """Check what was said of a document; raises UploadError where it cannot be so."""
    for name, value in fields.items():
        if name not in FIELDS:
            raise UploadError(f"There is no field {printable(name)[:80]!r}; take {', '.join(FIELDS)}.")
        if len(value) > LONGEST_FIELD or printable(value) != value:
            raise UploadError(f"{name}: give at most {LONGEST_FIELD} printable characters.")
    for name, fault_of in (("id", fault_of_id), ("period", fault_of_period)):
        if fault := fault_of(fields.get(name, "")):
            raise UploadError(f"{name}: {fault}")
    return Given(**fields)


def safe_name(name: str) -> str:
    """Make a file name of what a client called a file: no folder, no control character, not too long."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = re.sub(r"[^\w.() -]", "_", last).strip(" .")
    stem, ending = os.path.splitext(kept)
    room = LONGEST_NAME - len(ending.encode())
    short = stem.encode()[: max(room, 1)].decode(errors="ignore").strip(" .") or NAMELESS
    found = f"{short}{ending if room > 0 else ''}"
    return f"_{found}" if found == FACTS else found


def take(library: Library, store: Store, name: str, file: BinaryIO, given: Given) -> Job:
    """Queue the addition of a file; when this returns it is whole on the disk.

    Raises SourceError where it is of no type that can be read, DuplicateError where its bytes are held or
    queued already.
    """
    with store.drafting() as draft:
        path = draft / safe_name(name)
        sha256 = _copied(file, path)
        try:
            file_type(path)
        except SourceError as error:
            words = str(error).replace(str(path), path.name)
            raise SourceError(words, error.reason) from error
        _refuse_held(library, store, sha256)
        return store.put(draft, JobKind.ADD, file=path.name, sha256=sha256, given=given)


def _copied(file: BinaryIO, path: Path) -> str:
    """Copy a file through to the disk; return its fingerprint."""
    state = hashlib.sha256()
    with path.open("xb") as copy:
        while chunk := file.read(CHUNK):
            state.update(chunk)
            copy.write(chunk)
        copy.flush()
        os.fsync(copy.fileno())
    return state.hexdigest()


def _refuse_held(library: Library, store: Store, sha256: str) -> None:
    held = {source.sha256: source.id for source in library.sources()}
    if sha256 in held:
        raise DuplicateError(f"The same bytes are held already, as {held[sha256]!r}.")
    queued = {job.sha256: job.id for job in store.pending() if job.kind is JobKind.ADD}
    if sha256 in queued:
        raise DuplicateError(f"The same bytes are queued already, in the job {queued[sha256]}.")
