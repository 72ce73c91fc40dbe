"""labour watch: folders whose files are added to the library as they come."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from search_api.cli.options import application_of, put, say, terminal_width
from search_api.given import Given
from search_api.rendering import for_terminal, one_line
from search_api.updating.replies import render_update
from search_api.watching.folders import resolved, within
from search_api.watching.lock import watch_lock
from search_api.watching.watcher import Rules, Watcher

LONGEST_WAIT = 20
"""How many times the time to settle is waited at most while files in a folder go on changing."""
LOOK_MS = 5000
"""How often what could not be done is tried again."""
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("folders", nargs=-1, required=True, metavar="FOLDER...", type=FOLDER)
@click.option(
    "--settle", default=2.0, show_default=True, type=click.FloatRange(min=0.05, max=3600),
    help="Seconds for which a file must not have changed.",
)  # fmt: skip
@click.option("--remove-deleted", is_flag=True, help="Also remove documents whose file has gone.")
@click.option("--body", default="", help="The body that issued all of them: name, acronym or id.")
@click.option("--language", default="", help="Their language, ISO 639-1 [default: en].")
@click.option("--rights", default="", help="What they say about their reuse.")
@click.pass_context
def command(
    context: click.Context, /, folders: tuple[Path, ...], settle: float, remove_deleted: bool, **facts: str
) -> None:
    """Add the files of each FOLDER to the library, now and as they come, and build when they settle.

    Prints a line for each file; goes on after what cannot be read. Ends with Ctrl-C or SIGTERM.
    """
    application = application_of(context)
    rules = Rules(resolved(folders), settle, remove_deleted, Given(**facts))
    library = application.library
    if inside := within(rules.folders, library.home):
        raise click.UsageError(f"{inside} is of the library itself, in {library.home}; watch another folder.")
    if rules.given.body:
        application.authority.body_id(rules.given.body)

    def line(words: str) -> None:
        put(for_terminal(one_line(words)))

    watcher = Watcher(
        application, rules, line, lambda done: put(render_update(done, library.reading(), terminal_width()))
    )
    with watch_lock(library.home), _until_ended():
        say(f"Watching {', '.join(map(str, rules.folders))}; Ctrl-C ends it.")
        _follow(watcher, rules)
    say("Ended.")


def _follow(watcher: Watcher, rules: Rules) -> None:
    """Make a pass whenever files have settled, and again while something is left to be done.

    The first one, over what is there, follows when changes are listened for, so that none is missed.
    """
    from watchfiles import watch

    step = round(rules.settle * 1000)
    changes = watch(
        *rules.folders, step=step, debounce=LONGEST_WAIT * step, rust_timeout=min(step, LOOK_MS),
        watch_filter=None, yield_on_timeout=True,
    )  # fmt: skip
    for found in changes:
        if found or watcher.due:
            watcher.sync()


@contextmanager
def _until_ended() -> Iterator[None]:
    """Let SIGTERM end the block as Ctrl-C does, and either of them end it quietly."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)
