"""labour rollback: back to the generation before."""

from __future__ import annotations

import click

from search_api.cli.options import application_of, as_json, put, put_json
from search_api.replies import RollbackReply


@click.command()
@as_json
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """Go back to the generation of the index that was published before the current one.

    It answers until `labour index` is called or the sources change. The one left stays on the disk until
    the next build.
    """
    done = application_of(context).library.rollback()
    if as_json:
        put_json(RollbackReply.of(done))
    else:
        put(
            f"Went back from generation {done.left} to {done.to}, which answers until `labour index` is"
            " called or the sources change."
        )
