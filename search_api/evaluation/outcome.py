"""A whole evaluation: the figures of a run, and how it differs from another, in one shape to print."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from pydantic import BaseModel, ConfigDict

from corpus.errors import QuestionFileError
from corpus.records import Passage
from search_api.evaluation.calibration import CalibrationView
from search_api.evaluation.figures import (
    Differences,
    Figures,
    Group,
    Measured,
    differences,
    figures,
    groups_of,
    measure,
)
from search_api.evaluation.measures import Reply
from search_api.evaluation.questions import JudgedQuestion
from search_api.evaluation.replies import cut, depth_of
from search_api.evaluation.trec import Qrels


class _View(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GroupView(_View):
    """The figures of all questions, or of one type; `questions` counts the answerable ones."""

    name: str
    questions: int
    figures: Figures


class GroupDifferenceView(_View):
    """How two runs differ on all questions, or on one type."""

    name: str
    questions: int
    differences: Differences


class ComparisonView(_View):
    """How a run differs from another of the same questions; a difference above 0 is a gain.

    Both were cut to `depth` passages. `missing` questions have no reply in the other run. `trec` is
    false where the other run's passages are not all of this index, so that the judgments by passage
    do not fit it.
    """

    against: str
    depth: int
    missing: int
    trec: bool
    groups: tuple[GroupDifferenceView, ...]


class QuestionView(_View):
    """The values of one answerable question, by measure."""

    qid: str
    type: str
    query: str
    values: Mapping[str, float]


class EvaluationView(_View):
    """The figures of a run; the first group is of all questions, the others are of one type each.

    `unjudgeable` questions have no quote that a passage carries whole enough; TREC's measures count
    them as 0.
    """

    questions: int
    unanswerable: int
    unjudgeable: int
    groups: tuple[GroupView, ...]
    calibration: CalibrationView | None = None
    comparison: ComparisonView | None = None
    per_question: tuple[QuestionView, ...] = ()


def evaluation_of(
    questions: Sequence[JudgedQuestion], measured: Measured, qrels: Qrels, each: bool = False
) -> EvaluationView:
    """Lay out what was measured, with the values of `each` question on demand.

    Raises QuestionFileError where no question is answerable.
    """
    groups = groups_of(questions)
    return EvaluationView(
        questions=len(questions),
        unanswerable=len(groups[0].unanswerable),
        unjudgeable=sum(not grades for grades in qrels.values()),
        groups=tuple(_group(group, measured) for group in groups),
        per_question=_each(questions, measured) if each else (),
    )


def comparison_of(
    questions: Sequence[JudgedQuestion],
    now: Mapping[str, Reply],
    before: Mapping[str, Reply],
    qrels: Qrels,
    passages: Collection[Passage],
    against: str,
) -> ComparisonView:
    """Compare a run with another, both cut to the length of the shorter.

    Raises QuestionFileError where the other run replies to none of the questions.
    """
    asked = {question.qid for question in questions}
    missing = len(asked - before.keys())
    if missing == len(asked):
        raise QuestionFileError(f"{against} replies to none of the questions. Name a run of the same file.")
    depth = min(depth_of(now), depth_of(before))
    known = {passage.id for passage in passages}
    fits = all(passage.id in known for reply in before.values() for passage in reply.passages)
    first, second = (
        measure(questions, cut(replies, depth), qrels if fits else None) for replies in (now, before)
    )
    groups = tuple(_group_difference(group, first, second) for group in groups_of(questions))
    return ComparisonView(against=against, depth=depth, missing=missing, trec=fits, groups=groups)


def _group(group: Group, measured: Measured) -> GroupView:
    return GroupView(name=group.name, questions=len(group.answerable), figures=figures(group, measured))


def _group_difference(group: Group, now: Measured, before: Measured) -> GroupDifferenceView:
    return GroupDifferenceView(
        name=group.name, questions=len(group.answerable), differences=differences(group, now, before)
    )


def _each(questions: Sequence[JudgedQuestion], measured: Measured) -> tuple[QuestionView, ...]:
    """The answerable questions, worst ordered first."""
    worst = sorted(measured.values["ndcg@10"].items(), key=lambda pair: (pair[1], pair[0]))
    by_qid = {question.qid: question for question in questions}
    return tuple(
        QuestionView(
            qid=qid,
            type=by_qid[qid].type,
            query=by_qid[qid].query,
            values={name: values[qid] for name, values in measured.values.items()},
        )
        for qid, _ in worst
    )
