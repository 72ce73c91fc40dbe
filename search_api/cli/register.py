"""labour register: the commitments of all texts, filtered, counted and exported."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from search_api.cli.main import ExitCode
from search_api.cli.options import ready, say, terminal_width
from search_api.exports.formats import FORMATS
from search_api.files import write_whole
from search_api.reading import Reading
from search_api.register.filters import Asked
from search_api.register.register import Facet, Page
from search_api.register.rendering import render_facets, render_rows
from search_api.register.replies import FacetsReply

TABLE = "table"


@click.command()
@click.option("--document", multiple=True, metavar="ID", help="Only this document; may be repeated.")
@click.option("--kind", multiple=True, help="Only this kind of commitment, such as recommendation.")
@click.option("--body", multiple=True, help="Only this responsible body; name, acronym or id.")
@click.option("--theme", multiple=True, help="Only this theme, or the themes that hold these words.")
@click.option("--country", multiple=True, help="Only what this country coordinates or is named in.")
@click.option("--partner", multiple=True, help="Only with this partner; name, acronym or id.")
@click.option("--status", multiple=True, help="Only with this status as printed, such as completed.")
@click.option("--from", "first", type=int, metavar="YEAR", help="Only periods that reach this year or later.")
@click.option("--to", "last", type=int, metavar="YEAR", help="Only periods that begin this year or earlier.")
@click.option(
    "--text", default="", help='Words and "phrases" that must all stand in it; a word may end in *.'
)
@click.option("--review", is_flag=True, help="Only what needs review.")
@click.option("--limit", type=click.IntRange(min=1), help="Most commitments to print; all where not given.")
@click.option("--cursor", default="", help="Go on from here; given on stderr where --limit left some out.")
@click.option("--facets", is_flag=True, help="Count the values of each filter instead (table or jsonl).")
@click.option("--format", "form", type=click.Choice((TABLE, *FORMATS)), default=TABLE, show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write to.")
@click.pass_context
def command(
    context: click.Context,
    /,
    form: str,
    output: Path | None,
    facets: bool,
    limit: int | None,
    cursor: str,
    **filters: Any,
) -> None:
    """List the commitments of the texts, in their order, or export them.

    Several values of one filter widen it, several filters narrow it. Exits with 3 where nothing passes.
    """
    _check_target(form, output, facets)
    application = ready(context)
    reading = application.library.reading()
    register = reading.register
    selection = register.check(_asked(**filters), application.settings.max_question_length)
    places = register.select(selection)
    if facets:
        _send(_counted(reading, len(places), form, register.count(places)), output)
    else:
        page = register.page(selection, places, limit or max(1, len(places)), cursor)
        _send(_written(page, form), output)
        _tell(page)
    context.exit(ExitCode.OK if len(places) else ExitCode.NO_ANSWER)


def _asked(
    document: tuple[str, ...],
    kind: tuple[str, ...],
    body: tuple[str, ...],
    theme: tuple[str, ...],
    country: tuple[str, ...],
    partner: tuple[str, ...],
    status: tuple[str, ...],
    first: int | None,
    last: int | None,
    text: str,
    review: bool,
) -> Asked:
    """Gather the values of the filter options."""
    needs_review = True if review else None
    return Asked(document, kind, body, theme, country, partner, status, first, last, text, needs_review)


def _check_target(form: str, output: Path | None, facets: bool) -> None:
    """Refuse what cannot be meant, before any work is done."""
    if facets and form not in (TABLE, "jsonl"):
        raise click.UsageError(f"--facets counts; it has no form {form}. Take table or jsonl.")
    if form in FORMATS and FORMATS[form].binary and output is None and sys.stdout.isatty():
        raise click.UsageError(f"{form} is no text for a terminal. Name a file with --output.")


def _written(page: Page, form: str) -> Iterator[bytes]:
    if form != TABLE:
        return FORMATS[form].write(page.rows)
    entries = render_rows(page.rows, terminal_width())
    return (f"{entry}\n".encode("utf-8", "backslashreplace") for entry in entries)


def _counted(reading: Reading, total: int, form: str, counts: tuple[Facet, ...]) -> Iterator[bytes]:
    if form == TABLE:
        yield render_facets(counts, total, terminal_width()).encode("utf-8", "backslashreplace")
    else:
        yield FacetsReply.of(reading, total, counts).model_dump_json().encode() + b"\n"


def _send(pieces: Iterable[bytes], output: Path | None) -> None:
    if output is not None:
        write_whole(output, pieces)
        say(f"Wrote {output}.")
        return
    for piece in pieces:
        click.echo(piece, nl=False)


def _tell(page: Page) -> None:
    """Say on stderr what the rows do not: that there are none, or that there are more."""
    if not page.total:
        say("No commitment passes these filters; widen them.")
    if page.next:
        say(f"{page.total:,} pass in all; go on with --cursor {page.next}")
