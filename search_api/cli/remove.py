"""labour remove: documents that were added, out of the library."""

from __future__ import annotations

import click

from search_api.adding import remove
from search_api.cli.options import application_of, say


@click.command()
@click.argument("documents", nargs=-1, required=True, metavar="ID...")
@click.pass_context
def command(context: click.Context, documents: tuple[str, ...]) -> None:
    """Remove documents that were added, by their ids: the entry in the catalogue and the copy of the file.

    A document of the catalogue in LABOUR_CORPUS is refused. The index holds it until it is built anew.
    """
    library = application_of(context).library
    for document in documents:
        remove(library, document)
        say(f"Removed {document}.")
    say("Run `labour index` to take it out of the index.")
