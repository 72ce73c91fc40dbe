"""labour documents: what is held."""

from __future__ import annotations

import click

from search_api.cli.options import as_json, put, put_json, ready, terminal_width
from search_api.rendering import render_documents
from search_api.replies import DocumentsReply


@click.command()
@as_json
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """List the documents held, each with its id."""
    reading = ready(context).library.reading()
    if as_json:
        put_json(DocumentsReply.of(reading))
    else:
        put(render_documents(reading, terminal_width()))
