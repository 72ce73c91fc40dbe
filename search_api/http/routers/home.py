"""/docs: the routes on one plain page that loads nothing from elsewhere; / leads to it."""

from __future__ import annotations

from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from search_api.http.problems import STATUS_OF, slug_of

router = APIRouter(include_in_schema=False)

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
code { background: #f2f2f2; padding: 0 .25rem; }
dt { margin-top: 1rem; font-weight: 600; }
"""

REQUEST_FAULTS = {
    "invalid-request": "A field is missing, unknown, or outside its bounds; `errors` names each.",
    "malformed-json": "The body cannot be read as JSON.",
}


@router.get("/")
def home() -> RedirectResponse:
    """Lead to the list of routes."""
    return RedirectResponse("/docs")


@router.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """List the routes with their parameters, and the kinds of problem."""
    schema: dict[str, Any] = request.app.openapi()
    routes = "".join(
        _route(method, path, operation)
        for path, operations in schema["paths"].items()
        for method, operation in operations.items()
    )
    info = schema["info"]
    return HTMLResponse(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(info["title"])}</title>'
        f"<style>{STYLE}</style></head><body><h1>{escape(info['title'])}</h1><p>{escape(info['description'])}</p>"
        f'<p>The full description is <a href="/openapi.json">openapi.json</a>.</p>'
        f"<h2>Routes</h2><dl>{routes}</dl><h2>Problems</h2><dl>{_problems()}</dl></body></html>"
    )


def _route(method: str, path: str, operation: dict[str, Any]) -> str:
    names = [parameter["name"] for parameter in operation.get("parameters", [])]
    takes = f"<br>Parameters: <code>{escape(', '.join(names))}</code>" if names else ""
    return (
        f"<dt><code>{method.upper()} {escape(path)}</code></dt>"
        f"<dd>{escape(operation.get('description', ''))}{takes}</dd>"
    )


def _problems() -> str:
    ours = {slug_of(kind): kind.__doc__ or "" for kind in STATUS_OF}
    return "".join(
        f'<dt id="{slug}"><code>{slug}</code></dt><dd>{escape(text)}</dd>'
        for slug, text in {**REQUEST_FAULTS, **ours}.items()
    )
