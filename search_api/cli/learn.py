"""labour learn: fit the adapter, the ranking and the confidence to written questions."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import click

from index.building import Progress
from index.ranking import WEIGHTS_FILE
from index.sentence_models import ADAPTER_FILE, DEFAULT_MODEL
from search_api.answering.confidence import WEIGHTS_FILE as CONFIDENCE_FILE
from search_api.cli.options import application_of, progress_bar, ready, say
from search_api.learning.examples import OFF_TOPIC_QUESTIONS, WRITTEN_QUESTIONS, load_graded, provenance
from search_api.learning.folds import FOLDS, outside, within
from search_api.learning.readings import adapter_of, reading_without

WORK = "learning"
"""Folder under LABOUR_HOME for the adapters of the folds and what is made of them."""

with_questions = click.argument("questions", type=click.Path(path_type=Path), default=WRITTEN_QUESTIONS)


@click.group("learn")
def command() -> None:
    """Fit the adapter, the ranking or the confidence to QUESTIONS; each needs those before it.

    By default these are the written questions, never the development questions. Takes tens of minutes.
    """


@command.command("adapter")
@with_questions
@click.pass_context
def adapter(context: click.Context, questions: Path) -> None:
    """Train an adapter of the default model on QUESTIONS, and one without each fold of them."""
    from search_api.learning.adapters import COMMAND, train_adapter

    reading = ready(context).library.reading()
    work = _work(context)
    asked = load_graded(questions, reading)
    facts = provenance(questions, len(asked), COMMAND)
    paths = {adapter_of(work, fold): outside(asked, fold) for fold in range(FOLDS)}
    for path, share in {**paths, work / "all.safetensors": asked}.items():
        with progress_bar() as progress:
            report = partial(_step, progress, path.stem)
            train_adapter(share, reading, path, {**facts, "trained_on": path.stem}, report)
        say(f"Wrote {path}.")
    shutil.copyfile(path, ADAPTER_FILE)
    say(f"Wrote {ADAPTER_FILE}.")


def _step(progress: Progress, stage: str, step: int, steps: int, _loss: float) -> None:
    progress(stage, step, steps)


@command.command("ranking")
@with_questions
@click.pass_context
def ranking(context: click.Context, questions: Path) -> None:
    """Fit the weights of the ranking to QUESTIONS, each seen by the adapter that was trained without it."""
    from search_api.learning.ranking import Case, cases_of, cross_validated, fit, write_weights

    application = ready(context)
    asked = load_graded(questions, application.library.reading())
    with progress_bar() as progress:
        cases: list[Case] = []
        for fold in range(FOLDS):
            reading = reading_without(application, _work(context), fold, progress)
            cases += cases_of(within(asked, fold), reading, lambda done, of: progress("searching", done, of))
    weights = fit(cases)
    held, seen = cross_validated(cases)
    facts = provenance(questions, len(cases), "labour learn ranking")
    write_weights(WEIGHTS_FILE, weights, {**facts, "ndcg_cross_validated": round(held, 3)})
    say(f"nDCG@10 {held:.3f} in cross-validation, {seen:.3f} on the questions fitted to.")
    say(f"Wrote {WEIGHTS_FILE}.")


@command.command("confidence")
@with_questions
@click.pass_context
def fit_the_confidence(context: click.Context, questions: Path) -> None:
    """Fit the confidence to QUESTIONS and the off-topic ones, each seen by an adapter trained without it."""
    from search_api.learning.confidence import Sample, fit_confidence, samples_of, write_confidence

    application = ready(context)
    reading = application.library.reading()
    asked = (*load_graded(questions, reading), *load_graded(OFF_TOPIC_QUESTIONS, reading))
    with progress_bar() as progress:
        samples: list[Sample] = []
        for fold in range(FOLDS):
            reading = reading_without(application, _work(context), fold, progress)
            share = within(asked, fold)
            samples += samples_of(share, reading, lambda done, of: progress("asking", done, of))
    fitted = fit_confidence(samples)
    facts = {"model": DEFAULT_MODEL, **provenance(questions, len(samples), "labour learn confidence")}
    write_confidence(CONFIDENCE_FILE, fitted, facts)
    say(f"Area under the ROC curve {fitted.area:.3f} in cross-validation. Wrote {CONFIDENCE_FILE}.")


def _work(context: click.Context) -> Path:
    folder = application_of(context).settings.home / WORK
    folder.mkdir(parents=True, exist_ok=True)
    return folder
