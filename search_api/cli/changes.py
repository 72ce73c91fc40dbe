"""labour changes: what is new, changed or gone since another generation."""

from __future__ import annotations

import click

from search_api.changes.comparing import compare
from search_api.changes.rendering import render_changes
from search_api.changes.replies import ChangesReply
from search_api.cli.main import ExitCode
from search_api.cli.options import application_of, as_json, put, put_json, terminal_width


@click.command()
@click.option(
    "--since", default="", metavar="GENERATION", help="Compare with this one [default: the one before]."
)
@as_json
@click.pass_context
def command(context: click.Context, since: str, as_json: bool) -> None:
    """List the commitments that are new, changed or gone in the index since another generation of it.

    Words that went stand in [-brackets-], words that came in {+braces+}. Exits with 3 where nothing changed.
    """
    library = application_of(context).library
    changes = compare(library.home, library.reading(), since)
    if as_json:
        put_json(ChangesReply.of(changes))
    else:
        put(render_changes(changes, terminal_width()))
    context.exit(ExitCode.OK if changes.items else ExitCode.NO_ANSWER)
