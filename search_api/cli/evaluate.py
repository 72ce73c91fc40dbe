"""labour evaluate: how good the ranking is on judged questions, and whether a difference is noise."""

from __future__ import annotations

from pathlib import Path

import click

from search_api.answering.confidence import weights_for
from search_api.cli.options import as_json, progress_bar, put, put_json, ready, say
from search_api.evaluation.calibration import calibration_of
from search_api.evaluation.figures import measure
from search_api.evaluation.outcome import comparison_of, evaluation_of
from search_api.evaluation.questions import DEVELOPMENT_QUESTIONS, load_judged_questions
from search_api.evaluation.replies import load_replies, replies_of
from search_api.evaluation.tables import render_evaluation
from search_api.evaluation.trec import QRELS_FILE, RUN_FILE, judge_passages, write_trec
from search_api.running import load_questions, run

DEPTH = 100
"""Passages asked for, as recall is measured so deep."""


@click.command()
@click.argument("questions", type=click.Path(path_type=Path), default=DEVELOPMENT_QUESTIONS)
@click.option(
    "--against",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Compare with this file, which `labour run` wrote for the same questions.",
)
@click.option(
    "--trec",
    type=click.Path(file_okay=False, path_type=Path),
    help=f"Write {QRELS_FILE} and {RUN_FILE}, as TREC's tools read them, into this folder.",
)
@click.option("--per-question", is_flag=True, help="Also print the values of each question.")
@as_json
@click.pass_context
def command(
    context: click.Context,
    questions: Path,
    against: Path | None,
    trec: Path | None,
    per_question: bool,
    as_json: bool,
) -> None:
    """Measure the ranking on QUESTIONS, judged as the development questions are, which are the default.

    Each question goes the way of `labour run`. Figures over all questions come with an interval.
    """
    application = ready(context)
    judged = load_judged_questions(questions)
    asked = load_questions(questions, application.settings.max_question_length)
    before = None if against is None else load_replies(against)
    reading = application.library.reading()
    qrels = judge_passages(judged, reading.passages)
    with progress_bar() as progress:
        replies = replies_of(run(asked, reading, progress, DEPTH))
    view = evaluation_of(judged, measure(judged, replies, qrels), qrels, per_question)
    curve = calibration_of(judged, replies, weights_for(reading.model).threshold)
    view = view.model_copy(update={"calibration": curve})
    if before is not None:
        compared = comparison_of(judged, replies, before, qrels, reading.passages, str(against))
        view = view.model_copy(update={"comparison": compared})
    if trec is not None:
        write_trec(trec, qrels, replies)
        say(f"Wrote {QRELS_FILE} and {RUN_FILE} to {trec}.")
    if as_json:
        put_json(view)
    else:
        put(render_evaluation(view))
