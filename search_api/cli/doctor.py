"""labour doctor: what is wrong with the library, and which command mends it."""

from __future__ import annotations

from collections.abc import Iterator

import click

from index.checking.findings import Check
from search_api.bootstrap import Application, build_to_examine
from search_api.cli.main import ExitCode
from search_api.cli.options import as_json, put, put_json
from search_api.doctor import DoctorReply, examine, is_sound
from search_api.rendering import for_terminal

MOST_FAULTS = 10
"""Faults of one check that are printed; --json prints all."""


@click.command()
@as_json
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """Check the index, its folder and the sources, and say what mends what is wrong; nothing is written.

    Exits with 6 where something is wrong.
    """
    checks = examine(context.find_object(Application) or build_to_examine())
    if as_json:
        put_json(DoctorReply.of(checks))
    else:
        put(for_terminal("\n".join(line for check in checks for line in _lines(check))))
    context.exit(ExitCode.OK if is_sound(checks) else ExitCode.DOCTOR_FOUND)


def _lines(check: Check) -> Iterator[str]:
    yield f"{check.name:<12}{check.state:<9}{check.found}".rstrip()
    for fault in check.faults[:MOST_FAULTS]:
        yield f"{'':<12}{' '.join(fault.what.split())}"
        yield f"{'':<12}  mend it: {fault.remedy}"
    if len(check.faults) > MOST_FAULTS:
        yield f"{'':<12}and {len(check.faults) - MOST_FAULTS:,} more; --json prints all"
