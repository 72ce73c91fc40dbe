"""labour ask: an answer in cited, verbatim statements."""

from __future__ import annotations

from typing import Any

import click

from search_api import asking
from search_api.cli.main import ExitCode
from search_api.cli.options import (
    as_json,
    as_literal,
    put,
    put_json,
    ready,
    terminal_width,
    wanted,
    with_filters,
)
from search_api.rendering import render_answer
from search_api.replies import AskReply


@click.command()
@click.argument("question")
@with_filters
@as_literal
@as_json
@click.pass_context
def command(context: click.Context, /, question: str, literal: bool, as_json: bool, **filters: Any) -> None:
    """Answer QUESTION from the texts, each statement word for word with its source.

    Exits with 3 where the texts do not answer; the nearest passages are then shown as such.
    """
    application = ready(context)
    reading = application.library.reading()
    answer = asking.ask(application, reading, question, wanted(**filters), literal)
    if as_json:
        put_json(AskReply.of(answer, reading))
    else:
        put(render_answer(answer, reading, terminal_width()))
    context.exit(ExitCode.OK if answer.answered else ExitCode.NO_ANSWER)
