"""labour serve: the HTTP interface."""

from __future__ import annotations

import click

from search_api.cli.options import ready, say

LONGEST_HEAD = 262_144
"""Most bytes of a request's line and headers: enough that a question too long is told so by the routes."""


@click.command()
@click.option("--host", help="Address to listen on; LABOUR_HOST where not given.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on; LABOUR_PORT where not given.")
@click.pass_context
def command(context: click.Context, host: str | None, port: int | None) -> None:
    """Serve the HTTP interface until interrupted, building the index first where needed."""
    import uvicorn

    from search_api.http.app import create_app

    application = ready(context)
    address = host or application.settings.host
    number = application.settings.port if port is None else port
    say(f"Serving on http://{address}:{number}; the routes are listed at /docs.")
    uvicorn.run(
        create_app(application),
        host=address,
        port=number,
        log_level="warning",
        h11_max_incomplete_event_size=LONGEST_HEAD,
    )
