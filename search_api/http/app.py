"""The one file that builds the web application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from search_api.bootstrap import Application
from search_api.changes.comparing import Comparer
from search_api.http import problems
from search_api.http.middleware import BodyLimit, HeadAsGet, ResponseHeaders
from search_api.http.routers import (
    ask,
    changes,
    commitments,
    documents,
    health,
    home,
    passages,
    search,
    status,
)
from search_api.serving import Serving

TITLE = "ASEAN Labour Search"
DESCRIPTION = "Answers from ASEAN labour texts, in passages quoted word for word, each with its citation."
VERSION = "1"


def create_app(application: Application) -> FastAPI:
    """Build the web application over an application; nothing is opened until it starts or is first asked."""
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
    app.state.comparer = Comparer(application.settings.home)
    for part in (search, ask, commitments, changes, documents, passages, status):
        app.include_router(part.router, prefix="/v1")
    app.include_router(health.router)
    app.include_router(home.router)
    app.add_middleware(BodyLimit, most=application.settings.max_body_bytes)
    app.add_middleware(ResponseHeaders, serving=app.state.serving)
    app.add_middleware(HeadAsGet)
    problems.register(app)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open the index in the background while the server starts."""
    serving: Serving = app.state.serving
    serving.begin()
    yield
