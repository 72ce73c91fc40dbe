"""labour documents: what is held."""

from __future__ import annotations

import click

from search_api.cli.options import as_json, put, put_json, ready, terminal_width
from search_api.rendering import render_documents
from search_api.replies import DocumentsReply
from search_api.reporting import render_refused


@click.command()
@as_json
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """List the documents held, each with its id, and the sources that could not be read."""
    reading = ready(context).library.reading()
    if as_json:
        put_json(DocumentsReply.of(reading))
        return
    put(render_documents(reading, terminal_width()))
    if reading.report.refused:
        put(f"\n{render_refused(reading.report, terminal_width())}")
