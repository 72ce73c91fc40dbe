"""labour index: build the index."""

from __future__ import annotations

import click

from search_api.cli.options import application_of, as_json, index_now, put, put_json
from search_api.replies import IndexReply


@click.command()
@click.option("--rebuild", is_flag=True, help="Build anew even where nothing has changed.")
@as_json
@click.pass_context
def command(context: click.Context, rebuild: bool, as_json: bool) -> None:
    """Read and check every source, and build the index where anything has changed.

    Readers go on with the index that was there until the new one is complete.
    """
    done = index_now(application_of(context).library, rebuild)
    if as_json:
        put_json(IndexReply.of(done))
    else:
        what = "Built" if done.built else "Nothing has changed; kept"
        held = f"{done.passages:,} passages and {done.commitments:,} commitments"
        put(f"{what} generation {done.generation}: {held} of {done.documents} documents.")
