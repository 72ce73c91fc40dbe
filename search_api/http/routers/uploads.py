"""POST and DELETE below /v1/documents: asking for a document to be added or removed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from corpus.errors import BusyError, OutputError, RecordNotFoundError, UploadError
from search_api.http.dependencies import App
from search_api.http.keys import require_key
from search_api.http.problems import responses
from search_api.http.routers.jobs import AtWork, Jobs
from search_api.jobs.job import Job, JobKind
from search_api.jobs.replies import JobView
from search_api.jobs.store import Store
from search_api.jobs.uploads import FIELDS, MOST_PENDING, given_of, take
from search_api.library import Library
from search_api.questions import printable

logger = logging.getLogger(__name__)

router = APIRouter(prefix="/documents", tags=["documents"], dependencies=[Depends(require_key)])

MOST_AT_ONCE = 8
"""Uploads that are taken at the same time."""
LONGEST_PART = 4096
"""Bytes of a field of the form that is no file."""
FORM = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {
            "type": "string",
            "format": "binary",
            "description": "A PDF, a .docx, a web page or a text.",
        },
        **{name: {"type": "string"} for name in FIELDS},
    },
}
BODY: dict[str, Any] = {
    "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": FORM}}}
}
_SLOTS = threading.BoundedSemaphore(MOST_AT_ONCE)


def require_form(request: Request) -> None:
    """Refuse a body that is not said to be a form with files, with status 415."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "multipart/form-data":
        raise HTTPException(415, "Send the file as multipart/form-data, and say so in Content-Type.")


@router.post(
    "", status_code=202, openapi_extra=BODY, dependencies=[Depends(require_form)],
    responses=responses(400, 401, 403, 408, 409, 413, 415, 422, 503, 507),
)  # fmt: skip
async def upload(
    application: App, store: Jobs, worker: AtWork, request: Request, response: Response
) -> JobView:
    """Ask for a file to be added as a document; what is not said of it is proposed from its first page.

    The file is whole on the disk when this answers; the job in the reply tells what becomes of it.
    """
    with _slot():
        with _storing():
            form = await _form(request)
        try:
            file, given = _file_of(form), given_of(_fields_of(form))
            name = file.filename or ""
            job = await run_in_threadpool(_taken, application.library, store, name, file, given)
        finally:
            await form.close()
    worker.wake()
    return _accepted(job, response)


@router.delete("/{document_id}", status_code=202, responses=responses(401, 403, 404, 409, 503, 507))
def remove(application: App, store: Jobs, worker: AtWork, document_id: str, response: Response) -> JobView:
    """Ask for a document that was added to be removed; the job in the reply tells when it is."""
    _require_added(application.library, document_id)
    asked = (job for job in store.pending() if (job.kind, job.document) == (JobKind.REMOVE, document_id))
    job = next(asked, None)
    if job is None:
        _require_room(store)
        with _storing(), store.drafting() as draft:
            job = store.put(draft, JobKind.REMOVE, document=document_id)
    worker.wake()
    return _accepted(job, response)


async def _form(request: Request) -> FormData:
    """Read the form; status 400 where it says to be in an encoding that there is not, or is not in it."""
    try:
        return await request.form(max_files=1, max_fields=len(FIELDS), max_part_size=LONGEST_PART)
    except (LookupError, ValueError) as error:
        raise HTTPException(400, "The form cannot be decoded; send it in UTF-8, and say no other.") from error


@contextmanager
def _storing() -> Iterator[None]:
    """Turn a disk that refuses into status 507; which file it was goes to the log alone."""
    try:
        yield
    except (OSError, OutputError) as error:
        logger.error("a job cannot be written down: %s", error)
        raise HTTPException(507, "The server cannot write this down now; try again later.") from error


def _taken(library: Library, store: Store, name: str, file: UploadFile, given: Any) -> Job:
    _require_room(store)
    with _storing():
        return take(library, store, name, file.file, given)


def _accepted(job: Job, response: Response) -> JobView:
    response.headers["Location"] = f"/v1/jobs/{job.id}"
    return JobView.of(job)


@contextmanager
def _slot() -> Iterator[None]:
    if not _SLOTS.acquire(blocking=False):
        raise BusyError(
            f"{MOST_AT_ONCE} uploads are under way, which is the most; try again in some seconds."
        )
    try:
        yield
    finally:
        _SLOTS.release()


def _require_room(store: Store) -> None:
    if len(store.pending()) >= MOST_PENDING:
        raise BusyError(f"{MOST_PENDING} jobs are waiting, which is the most; try again when some are done.")


def _file_of(form: FormData) -> UploadFile:
    files = [(name, value) for name, value in form.multi_items() if isinstance(value, UploadFile)]
    if [name for name, _ in files] != ["file"]:
        raise UploadError("Send one file, in the field `file` of the form, with a file name.")
    return files[0][1]


def _fields_of(form: FormData) -> dict[str, str]:
    values = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    fields = dict(values)
    if len(fields) < len(values):
        raise UploadError("A field is given twice; give each once.")
    return fields


def _require_added(library: Library, document: str) -> None:
    if document in {source.id for source in library.added()}:
        return
    if document in {source.id for source in library.sources()}:
        raise HTTPException(
            409, f"{document!r} is of the library's own catalogue, not added; take its entry out there."
        )
    raise RecordNotFoundError(
        f"No document with the id {printable(document)[:80]!r} was added; list the documents."
    )
