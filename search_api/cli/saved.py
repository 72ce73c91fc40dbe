"""labour saved: searches that are run again after each build."""

from __future__ import annotations

from typing import Any

import click

from search_api import asking
from search_api.changes.comparing import generation_before
from search_api.cli.main import ExitCode
from search_api.cli.options import (
    application_of,
    as_json,
    as_literal,
    put,
    put_json,
    say,
    terminal_width,
    wanted,
    with_filters,
)
from search_api.saved.news import DEPTH, news_of
from search_api.saved.rendering import render_news, render_searches
from search_api.saved.replies import NewsReply, SearchesReply
from search_api.saved.searches import SavedSearch, add_search, load_searches, remove_search, search_named


@click.group()
def command() -> None:
    """Save searches, which are run again after each build, and list what they newly find."""


@command.command("add")
@click.argument("name")
@click.argument("question")
@with_filters
@as_literal
@click.pass_context
def add(context: click.Context, /, name: str, question: str, literal: bool, **filters: Any) -> None:
    """Save QUESTION with its filters under NAME."""
    application = application_of(context)
    asked = SavedSearch(name, question, wanted(**filters), literal)
    asking.search(application, application.library.reading(), question, 1, asked.wanted, literal)
    add_search(application.library.home, asked)
    say(f"Saved {name}.")


@command.command("list")
@as_json
@click.pass_context
def listed(context: click.Context, as_json: bool) -> None:
    """List the saved searches; exits with 3 where there are none."""
    searches = load_searches(application_of(context).library.home)
    if as_json:
        put_json(SearchesReply.of(searches))
    elif searches:
        put(render_searches(searches, terminal_width()))
    else:
        say("No search is saved; save one with `labour saved add NAME QUESTION`.")
    context.exit(ExitCode.OK if searches else ExitCode.NO_ANSWER)


@command.command("remove")
@click.argument("name")
@click.pass_context
def remove(context: click.Context, name: str) -> None:
    """Forget the search NAME."""
    remove_search(application_of(context).library.home, name)
    say(f"Removed {name}.")


@command.command("run")
@click.argument("name", required=False)
@click.option(
    "--since", default="", metavar="GENERATION", help="Compare with this one [default: the one before]."
)
@as_json
@click.pass_context
def run(context: click.Context, name: str | None, since: str, as_json: bool) -> None:
    """Run the search NAME, or all, and print the hits that the generation before did not have.

    Exits with 3 where there are none.
    """
    application = application_of(context)
    library = application.library
    searches = load_searches(library.home)
    chosen = searches if name is None else (search_named(searches, name),)
    new = library.reading()
    old = library.earlier(since or generation_before(library.home, new.name))
    news = news_of(application, chosen, old, new)
    if as_json:
        put_json(NewsReply.of(news, new, old.name))
    else:
        put(render_news(news, new, terminal_width()))
    if not any(one.hits for one in news):
        say(f"Among the first {DEPTH} hits of each search nothing is new since generation {old.name}.")
        context.exit(ExitCode.NO_ANSWER)
