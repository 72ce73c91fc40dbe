"""What several commands share: options, the application, the index made ready, the printing."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click
from pydantic import BaseModel

from corpus.errors import BuildError, CatalogueError, GenerationError, SourceError
from index.building import Progress
from search_api.bootstrap import Application, build
from search_api.library import Library
from search_api.questions import Wanted
from search_api.reporting import summary
from search_api.saved.rendering import render_news
from search_api.updating.update import Update, update

Command = TypeVar("Command", bound=Callable[..., Any])
BAR = 30
CLEAR = "\r\x1b[K"

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, shaped as the HTTP replies are.")

as_literal = click.option(
    "--literal",
    is_flag=True,
    help="Take the question by its words alone, whatever names and years it states.",
)

_FILTERS = (
    click.option("--document", multiple=True, metavar="ID", help="Only this document; may be repeated."),
    click.option("--kind", multiple=True, help="Only this kind of passage or commitment."),
    click.option("--body", multiple=True, help="Only passages that name this body; name, acronym or id."),
    click.option("--country", multiple=True, help="Only passages that name this country."),
    click.option("--from", "first", type=int, metavar="YEAR", help="Only passages of this year or later."),
    click.option("--to", "last", type=int, metavar="YEAR", help="Only passages of this year or earlier."),
)


def with_filters(command: Command) -> Command:
    """Add the filter options to a command, which takes them as keyword arguments for `wanted`."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command


def wanted(
    document: tuple[str, ...],
    kind: tuple[str, ...],
    body: tuple[str, ...],
    country: tuple[str, ...],
    first: int | None,
    last: int | None,
) -> Wanted:
    """Gather the values of the filter options."""
    return Wanted(document, kind, body, country, first, last)


def application_of(context: click.Context) -> Application:
    """Return the application given with the context, else build it from the settings."""
    found = context.find_object(Application)
    return build() if found is None else found


def ready(context: click.Context) -> Application:
    """Return the application with its index made, or made anew where the sources have changed.

    What the saved searches find in an index made now is told among the messages. Where none can be made,
    since a source or the catalogue is not fit to be read, another build is at work or the disk refuses, the
    present index answers, under a warning; raises the error where there is none.
    """
    application = application_of(context)
    try:
        if not application.library.is_current():
            say("The index is missing or out of date; building it.")
            _tell(application, update_now(application))
        elif rollback := application.library.rolled_back():
            say(
                f"Note: generation {rollback.to} answers, since a rollback from {rollback.left};"
                " `labour index` builds anew."
            )
    except (SourceError, CatalogueError, BuildError) as error:
        _fall_back(application.library, error)
    return application


def update_now(application: Application, rebuild: bool = False) -> Update:
    """Bring the index up to date under a progress bar, and return what was done."""
    with progress_bar() as progress:
        return update(application, progress, rebuild)


def _tell(application: Application, done: Update) -> None:
    """Say what could not be read, and what is new of what the saved searches find."""
    report = done.indexing.report
    if not report.whole:
        say(f"Warning: {summary(report)} `labour status` says why.")
    if news := render_news(done.news, application.library.reading(), terminal_width()):
        say(news.rstrip("\n"))


def _fall_back(library: Library, error: SourceError | CatalogueError | BuildError) -> None:
    try:
        name = library.reading().name
    except GenerationError:
        raise error from None
    fault = " ".join(str(error).split())
    say(f"Warning: {fault} The index could not be brought up to date; the older one, {name}, answers.")


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Give a function that draws progress on stderr where that is a terminal, and is silent elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    yield _draw
    click.echo(CLEAR, nl=False, err=True)


def _draw(stage: str, done: int, total: int) -> None:
    filled = BAR * done // max(total, 1)
    bar = "#" * filled + "." * (BAR - filled)
    click.echo(f"{CLEAR}{stage:<12} [{bar}] {done}/{total}", nl=False, err=True)


def say(message: str) -> None:
    """Print a message for the person at the terminal."""
    click.echo(message, err=True)


def put(text: str) -> None:
    """Print a result."""
    click.echo(text, nl=not text.endswith("\n"))


def put_json(view: BaseModel) -> None:
    """Print a view as indented JSON."""
    put(view.model_dump_json(indent=2))


def terminal_width() -> int:
    """The width of the terminal in columns, 80 where there is none."""
    return shutil.get_terminal_size().columns
