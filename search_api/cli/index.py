"""labour index: build the index."""

from __future__ import annotations

import click

from search_api.bootstrap import Application
from search_api.cli.main import ExitCode
from search_api.cli.options import application_of, as_json, put, put_json, terminal_width, update_now
from search_api.updating.plan import Plan, plan
from search_api.updating.purge import Purged, purge
from search_api.updating.replies import PlanReply, UpdateReply, render_plan, render_update
from search_api.updating.update import Update


@click.command()
@click.option("--rebuild", is_flag=True, help="Build anew even where nothing has changed.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do and write nothing.")
@click.option(
    "--purge",
    "purge_too",
    is_flag=True,
    help="Also drop what is kept of removed documents, and files that nothing names.",
)
@as_json
@click.pass_context
def command(context: click.Context, rebuild: bool, dry_run: bool, purge_too: bool, as_json: bool) -> None:
    """Check every source, read those that are new, and build the index where anything has changed.

    Readers go on with the index that was there until the new one is complete. Exits with 5 where a file
    was refused or could not be read whole.
    """
    application = application_of(context)
    if dry_run:
        _refuse_with_dry_run(rebuild, purge_too)
        planned = plan(application.library)
        _put_plan(planned, as_json)
        context.exit(ExitCode.PARTIAL if planned.refused else ExitCode.OK)
    done = update_now(application, rebuild)
    put_done(application, done, as_json, purge(application) if purge_too else None)
    context.exit(ExitCode.OK if done.indexing.report.whole else ExitCode.PARTIAL)


def put_done(
    application: Application, done: Update, as_json: bool = False, purged: Purged | None = None
) -> None:
    """Print what indexing did, what became of the sources, and what changed for readers."""
    reading = application.library.reading()
    if as_json:
        put_json(UpdateReply.after(done, reading, purged))
    else:
        put(render_update(done, reading, terminal_width(), purged))


def _put_plan(planned: Plan, as_json: bool) -> None:
    if as_json:
        put_json(PlanReply.of(planned))
    else:
        put(render_plan(planned, terminal_width()))


def _refuse_with_dry_run(rebuild: bool, purge_too: bool) -> None:
    if rebuild or purge_too:
        other = "--rebuild" if rebuild else "--purge"
        raise click.UsageError(
            f"--dry-run does nothing, so that {other} says nothing beside it; leave one out."
        )
