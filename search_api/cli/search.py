"""labour search: the passages nearest to a query."""

from __future__ import annotations

from typing import Any

import click

from search_api import asking
from search_api.cli.main import ExitCode
from search_api.cli.options import (
    as_json,
    as_literal,
    put,
    put_json,
    ready,
    say,
    terminal_width,
    wanted,
    with_filters,
)
from search_api.rendering import render_hits
from search_api.replies import SearchReply


@click.command()
@click.argument("query")
@click.option("-k", default=10, show_default=True, help="How many passages to print.")
@with_filters
@as_literal
@as_json
@click.pass_context
def command(
    context: click.Context, /, query: str, k: int, literal: bool, as_json: bool, **filters: Any
) -> None:
    """Print the passages nearest to QUERY, best first."""
    application = ready(context)
    reading = application.library.reading()
    found = asking.search(application, reading, query, k, wanted(**filters), literal)
    if as_json:
        put_json(SearchReply.of(reading, query, found))
    elif found.hits:
        put(render_hits(found.hits, reading, terminal_width()))
    else:
        say("Nothing was found; widen the filters or use other words.")
    context.exit(ExitCode.OK if found.hits else ExitCode.NO_ANSWER)
