"""labour run: ranked passages for a file of questions."""

from __future__ import annotations

from pathlib import Path

import click

from search_api.cli.options import progress_bar, ready, say
from search_api.running import load_questions, run, write_run


@click.command()
@click.argument("questions", type=click.Path(path_type=Path))
@click.option(
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write the run to.",
)
@click.pass_context
def command(context: click.Context, questions: Path, output: Path) -> None:
    """Rank passages for each line of QUESTIONS, a file of JSON objects with "qid" and "query".

    Writes one line for each: "qid", "confidence" from 0 to 1, and up to 50 "passages", best first.
    """
    application = ready(context)
    asked = load_questions(questions, application.settings.max_question_length)
    reading = application.library.reading()
    with progress_bar() as progress:
        write_run(output, run(asked, reading, progress))
    say(f"Wrote {len(asked)} lines to {output}.")
