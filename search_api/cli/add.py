"""labour add: files into the library."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from corpus.errors import SourceError
from ingest.intake.intake import refusal
from ingest.intake.report import Report, Row
from search_api.adding import Proposed, add, proposed
from search_api.cli.index import put_done
from search_api.cli.main import ExitCode
from search_api.cli.options import application_of, put, say, terminal_width, update_now
from search_api.given import Given, fault_of_id, fault_of_period
from search_api.library import Library
from search_api.rendering import INDENT, WIDEST, for_terminal, wrap
from search_api.reporting import render_rows

OF_ONE = ("id", "title", "short_title", "date", "period")
"""Facts that two documents never share."""


def _period(_context: click.Context, _option: click.Parameter, value: str) -> str:
    return _unless(fault_of_period(value), value)


def _id(_context: click.Context, _option: click.Parameter, value: str) -> str:
    return _unless(fault_of_id(value), value)


def _unless(fault: str, value: str) -> str:
    if fault:
        raise click.BadParameter(fault)
    return value


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--title", default="", help="Its title, as printed.")
@click.option("--short-title", default="", help="Its title in citations.")
@click.option("--body", default="", help="The body that issued it: name, acronym or id.")
@click.option("--kind", default="", help="What it is: work-programme, paper, mission-report ...")
@click.option("--date", default="", help="Its date: 2012, 2012-10 or 2012-10-31.")
@click.option("--period", default="", callback=_period, help="Years that it covers: 2010-2015.")
@click.option("--language", default="", help="Its language, ISO 639-1 [default: en].")
@click.option("--rights", default="", help="What it says about its reuse.")
@click.option("--id", "id_", default="", callback=_id, help="Its id [default: made from the title].")
@click.option(
    "--password", default="", help="Password of an encrypted file; --password-file keeps it unseen."
)
@click.option("--password-file", type=click.File("r", encoding="utf-8"), help="File that holds the password.")
@click.option("--dry-run", is_flag=True, help="Say what would be added, and add nothing.")
@click.option("--yes", is_flag=True, help="Add without asking.")
@click.option("--index", "index_too", is_flag=True, help="Bring the index up to date afterwards.")
@click.pass_context
def command(
    context: click.Context,
    /,
    files: tuple[Path, ...],
    id_: str,
    password: str,
    password_file: Any,
    dry_run: bool,
    yes: bool,
    index_too: bool,
    **facts: str,
) -> None:
    """Add files to the library: PDF, Word, HTML, Markdown or plain text (UTF-8).

    Each is read, its facts are proposed from its first page and properties, and after a yes it is copied
    into the library's folder with a catalogue entry. Exits with 5 where a file was refused, or, with
    --index, a source was when the index was built.
    """
    secret = password_file.readline().rstrip("\r\n") if password_file else password
    given = Given(id=id_, password=secret, **facts)
    _check_options(files, given)
    application = application_of(context)
    found, rows = proposed(application.library, application.authority, files, given)
    for line in (line for one in found for line in _lines(one)):
        put(line)
    done = None
    if found and not dry_run and (yes or click.confirm(f"Add {_count(found)}?", err=True)):
        rows = (*rows, *_add(application.library, found))
        say("Run `labour index` to search them." if not index_too else "Building the index.")
        if index_too:
            done = update_now(application)
            put_done(application, done)
    if rows:
        say(render_rows(rows, terminal_width()))
    told = () if done is None else done.indexing.report.rows
    report = Report((*rows, *(one.row for one in found), *told))
    context.exit(ExitCode.OK if report.whole else ExitCode.PARTIAL)


def _check_options(files: tuple[Path, ...], given: Given) -> None:
    told = [name for name in OF_ONE if getattr(given, name)]
    if len(files) > 1 and told:
        option = told[0].replace("_", "-")
        raise click.UsageError(f"--{option} is of one document; add the {len(files)} files one at a time.")


def _add(library: Library, found: Iterable[Proposed]) -> tuple[Row, ...]:
    rows: list[Row] = []
    for one in found:
        try:
            kept = add(library, one)
        except SourceError as error:
            rows.append(refusal(one.source, error))
        else:
            say(f"Added {kept.id}: {kept.path}")
    return tuple(rows)


def _lines(one: Proposed) -> Iterable[str]:
    width = min(terminal_width(), WIDEST)
    yield for_terminal(str(one.file))
    for name, origin in one.origins.items():
        value = getattr(one.source, name)
        shown = "-".join(map(str, value)) if isinstance(value, tuple) else value
        if shown:
            yield for_terminal(wrap(f"{name.replace('_', ' ')}: {shown} ({origin})", width, INDENT))
    yield from render_rows([one.row], width).splitlines()


def _count(found: tuple[Proposed, ...]) -> str:
    return "this document" if len(found) == 1 else f"these {len(found)} documents"
