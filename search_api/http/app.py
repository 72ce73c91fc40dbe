"""The one file that builds the web application."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from search_api.bootstrap import Application
from search_api.changes.comparing import Comparer
from search_api.http import problems
from search_api.http.middleware import BodyLimit, Bounds, HeadAsGet, ResponseHeaders, Unforeseen
from search_api.http.routers import (
    ask,
    changes,
    commitments,
    documents,
    health,
    home,
    jobs,
    passages,
    search,
    status,
    uploads,
)
from search_api.jobs.store import Store
from search_api.jobs.worker import Run, Worker, in_a_process
from search_api.serving import Serving
from search_api.settings import Settings

TITLE = "ASEAN Labour Search"
DESCRIPTION = "Answers from ASEAN labour texts, in passages quoted word for word, each with its citation."
VERSION = "1"


def create_app(application: Application, run: Run | None = None) -> FastAPI:
    """Build the web application over an application; nothing is opened until it starts or is first asked.

    `run` does the jobs that are queued; by default a process of its own does.
    """
    app = FastAPI(
        title=TITLE,
        description=DESCRIPTION,
        version=VERSION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan,
    )
    app.state.application = application
    app.state.serving = Serving(application)
    app.state.store = store = Store(application.settings.home)
    app.state.worker = Worker(store, run or in_a_process(application.settings))
    app.state.comparer = Comparer(application.settings.home)
    for part in (search, ask, commitments, changes, documents, uploads, jobs, passages, status):
        app.include_router(part.router, prefix="/v1")
    app.include_router(health.router)
    app.include_router(home.router)
    app.add_middleware(BodyLimit, **_bounds(application.settings))
    app.add_middleware(Unforeseen, handle=problems.handle)
    app.add_middleware(ResponseHeaders, serving=app.state.serving)
    app.add_middleware(HeadAsGet)
    problems.register(app)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open the index in the background while the server starts, and do the jobs that are queued."""
    serving: Serving = app.state.serving
    worker: Worker = app.state.worker
    serving.begin()
    worker.start()
    yield
    await asyncio.to_thread(worker.stop)


def _bounds(settings: Settings) -> dict[str, Any]:
    uploads = {("POST", "/v1/documents"): Bounds(settings.max_upload_bytes, settings.upload_seconds)}
    return {"most": Bounds(settings.max_body_bytes), "uploads": uploads}
