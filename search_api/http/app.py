"""The one file that builds the web application."""

from __future__ import annotations

from fastapi import FastAPI

from search_api.bootstrap import Application
from search_api.http import problems
from search_api.http.middleware import BodyLimit, ResponseHeaders
from search_api.http.routers import ask, commitments, documents, health, home, passages, search, status

TITLE = "ASEAN Labour Search"
DESCRIPTION = "Answers from ASEAN labour texts, in passages quoted word for word, each with its citation."
VERSION = "1"


def create_app(application: Application) -> FastAPI:
    """Build the web application over an application; nothing is opened until the first request."""
    app = FastAPI(
        title=TITLE,
        description=DESCRIPTION,
        version=VERSION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.application = application
    for part in (search, ask, commitments, documents, passages, status):
        app.include_router(part.router, prefix="/v1")
    app.include_router(health.router)
    app.include_router(home.router)
    app.add_middleware(BodyLimit, most=application.settings.max_body_bytes)
    app.add_middleware(ResponseHeaders)
    problems.register(app)
    return app
