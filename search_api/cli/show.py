"""labour show: one document, passage or commitment."""

from __future__ import annotations

import click
from pydantic import BaseModel

from corpus.documents import Document
from corpus.records import Passage
from search_api.cli.options import as_json, put, put_json, ready, terminal_width
from search_api.register.rendering import render_commitment
from search_api.register.replies import CommitmentReply
from search_api.rendering import render_document, render_passage
from search_api.replies import DocumentReply, PassageReply


@click.command()
@click.argument("record_id", metavar="ID")
@as_json
@click.pass_context
def command(context: click.Context, record_id: str, as_json: bool) -> None:
    """Show the document, the passage or the commitment whose id or address is ID."""
    reading = ready(context).library.reading()
    record = reading.record(record_id)
    if isinstance(record, Document):
        reply: BaseModel = DocumentReply.of(record, reading)
        text = render_document(record, reading, terminal_width())
    elif isinstance(record, Passage):
        reply = PassageReply.of(record, reading)
        text = render_passage(record, reading, terminal_width())
    else:
        reply = CommitmentReply.of(record, reading)
        text = render_commitment(record, reading, terminal_width())
    if as_json:
        put_json(reply)
    else:
        put(text)
