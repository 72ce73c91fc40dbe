"""labour index: build the index."""

from __future__ import annotations

import click

from search_api.cli.main import ExitCode
from search_api.cli.options import application_of, as_json, index_now, put, put_json, terminal_width
from search_api.holdings import IndexReply
from search_api.library import Indexing
from search_api.reporting import render_report


@click.command()
@click.option("--rebuild", is_flag=True, help="Build anew even where nothing has changed.")
@as_json
@click.pass_context
def command(context: click.Context, rebuild: bool, as_json: bool) -> None:
    """Check every source, read those that are new, and build the index where anything has changed.

    Readers go on with the index that was there until the new one is complete. Exits with 5 where a file
    was refused or could not be read whole.
    """
    done = index_now(application_of(context).library, rebuild)
    put_done(done, as_json)
    context.exit(ExitCode.OK if done.report.whole else ExitCode.PARTIAL)


def put_done(done: Indexing, as_json: bool = False) -> None:
    """Print what indexing did, and what became of the sources."""
    if as_json:
        put_json(IndexReply.of(done))
        return
    what = "Built" if done.built else "Nothing has changed; kept"
    held = f"{done.passages:,} passages and {done.commitments:,} commitments"
    put(f"{what} generation {done.generation}: {held} of {done.documents} documents.")
    put(render_report(done.report, terminal_width()))
