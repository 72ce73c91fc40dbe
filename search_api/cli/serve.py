"""labour serve: the HTTP interface."""

from __future__ import annotations

import socket
from contextlib import suppress

import click

from corpus.errors import SettingsError
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
    config = uvicorn.Config(
        create_app(application), log_level="warning", h11_max_incomplete_event_size=LONGEST_HEAD
    )
    with listen(address, number) as listening:
        shown = f"[{address}]" if ":" in address else address
        say(f"Serving on http://{shown}:{number}; the routes are listed at /docs.")
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])


def listen(host: str, port: int) -> socket.socket:
    """Listen on a port of a host; raise SettingsError, naming both, where that cannot be.

    What is accepted there sends at once: else the head of a reply waits 40 ms for its body's turn.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = found[0]
        listening = socket.create_server(address, family=family)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SettingsError(
            f"Port {port} of host {host} cannot be served ({reason}). Give another --port or --host, or"
            " end the program that has the port."
        ) from error
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening
