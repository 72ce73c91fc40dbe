"""labour status: what is held, and whether the index is up to date."""

from __future__ import annotations

import click

from search_api.cli.options import application_of, as_json, put, put_json, terminal_width
from search_api.describing import Status
from search_api.holdings import StatusReply
from search_api.reporting import render_report


@click.command()
@as_json
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """Say what is held, whether the index is up to date, and which sources it lacks."""
    status = application_of(context).library.status()
    if as_json:
        put_json(StatusReply.of(status))
        return
    put("\n".join(f"{name:<12}{value}" for name, value in _facts(status).items()))
    if status.report.telling:
        put(f"\nOf the sources when it was made: {render_report(status.report, terminal_width())}")


def _facts(status: Status) -> dict[str, str]:
    return {
        "home": str(status.home),
        "corpus": f"{status.corpus} ({status.sources} sources, those added included)",
        "model": status.model,
        "generation": status.generation or "none",
        "documents": f"{status.documents}",
        "passages": f"{status.passages:,}",
        "commitments": f"{status.commitments:,}",
        "state": status.fault or _state(status),
    }


def _state(status: Status) -> str:
    if status.rolled_back_from:
        return f"rolled back from {status.rolled_back_from}; `labour index` builds anew"
    return "up to date" if status.current else "out of date: run `labour index`"
