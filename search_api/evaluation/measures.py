"""What is measured on a run: success@1, nDCG@10, evidence in reading budgets, and abstention.

A passage *carries* a judged quote when it is of the quote's document and shares at least half of
the quote's word trigrams. Only the first words of a passage are read, so that length gains nothing,
and a quote counts once, at the first passage that carries it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from search_api.evaluation.questions import JudgedQuestion
from search_api.words import Trigram, trigrams_of, words_of

READ_WORDS = 300
"""Words of a passage that are read."""
BUDGETS = (150, 300, 600, 1200)
"""Words after which the evidence found so far is counted."""
SHARE = 0.5
"""Share of a quote's trigrams that a passage must hold to carry it."""
CUTOFF = 10
"""Passages that nDCG looks at."""
GOOD = 2
"""Lowest grade with which a first passage is a success."""


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A passage as a run gives it: the id of its document, its words, and its own id, if it has one."""

    document: str
    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a run holds for one question: passages best first, and how sure it is (0..1) of an answer."""

    confidence: float
    passages: tuple[Retrieved, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """Where a quote was first found: the rank of the passage (from 1) and the words read by its end."""

    rank: int
    words: int


@dataclass(frozen=True, slots=True)
class Scores:
    """The three measures of a ranking, each from 0 to 1."""

    success: float
    ndcg: float
    evidence: float


@dataclass(frozen=True, slots=True)
class Report:
    """The means over all answerable questions and by type, their number, and the abstention AUROC.

    `abstention` is NaN where the questions are all answerable, or none is.
    """

    overall: Scores
    by_type: Mapping[str, Scores]
    counts: Mapping[str, int]
    by_question: Mapping[str, Scores]
    abstention: float


SILENCE = Reply(0.0, ())
"""What counts as the reply to a question that a run leaves out."""


def find_quotes(question: JudgedQuestion, passages: Iterable[Retrieved]) -> tuple[Carried | None, ...]:
    """Say for each judgment of a question where the run first carries its quote, None where nowhere."""
    wanted = [trigrams_of(words_of(judgment.quote)) for judgment in question.judgments]
    found: list[Carried | None] = [None] * len(wanted)
    read = 0
    for rank, passage in enumerate(passages, start=1):
        words = read_words(passage.text)
        read += len(words)
        held = trigrams_of(words)
        for place, judgment in enumerate(question.judgments):
            if (
                found[place] is None
                and judgment.document == passage.document
                and _carries(held, wanted[place])
            ):
                found[place] = Carried(rank, read)
    return tuple(found)


def read_words(text: str) -> list[str]:
    """The words of a passage that are read."""
    return words_of(text)[:READ_WORDS]


def quotes_of(question: JudgedQuestion, document: str) -> tuple[tuple[frozenset[Trigram], int], ...]:
    """The trigrams and the grade of each quote of a document that bears on a question."""
    judged = (judgment for judgment in question.judgments if judgment.document == document)
    return tuple((trigrams_of(words_of(judgment.quote)), judgment.grade) for judgment in judged)


def carried_grades(
    quotes: Iterable[tuple[frozenset[Trigram], int]], held: frozenset[Trigram]
) -> Iterator[int]:
    """Yield the grade of each quote that a passage of its document carries, given the passage's trigrams."""
    return (grade for wanted, grade in quotes if _carries(held, wanted))


def score(question: JudgedQuestion, passages: Iterable[Retrieved]) -> Scores:
    """Measure the ranking that a run gives for one answerable question."""
    found = find_quotes(question, passages)
    grades = [judgment.grade for judgment in question.judgments]
    gains: dict[int, int] = {}
    for grade, carried in zip(grades, found, strict=True):
        if carried is not None:
            gains[carried.rank] = max(gains.get(carried.rank, 0), grade)
    ideal = dict(enumerate(sorted(grades, reverse=True), start=1))
    return Scores(
        success=float(gains.get(1, 0) >= GOOD),
        ndcg=_discounted(gains) / _discounted(ideal),
        evidence=fmean(_evidence(grades, found, budget) for budget in BUDGETS),
    )


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Area under the ROC curve: how often a positive outscores a negative, a tie counting half.

    NaN where either is empty. Source: the Mann-Whitney form of the area (Hanley and McNeil 1982).
    """
    if not positive or not negative:
        return math.nan
    wins = sum((p > n) + (p == n) / 2 for p in positive for n in negative)
    return wins / (len(positive) * len(negative))


def evaluate(questions: Iterable[JudgedQuestion], run: Mapping[str, Reply]) -> Report:
    """Measure a run, given as replies by qid, on judged questions of which at least one is answerable."""
    replies = [(question, run.get(question.qid, SILENCE)) for question in questions]
    answerable = [question for question, _ in replies if question.answerable]
    scores = {
        question.qid: score(question, reply.passages) for question, reply in replies if question.answerable
    }
    groups: dict[str, list[Scores]] = {}
    for question in answerable:
        groups.setdefault(question.type, []).append(scores[question.qid])
    return Report(
        overall=_mean(list(scores.values())),
        by_type={kind: _mean(group) for kind, group in groups.items()},
        counts={kind: len(group) for kind, group in groups.items()},
        by_question=scores,
        abstention=auroc(
            [reply.confidence for question, reply in replies if question.answerable],
            [reply.confidence for question, reply in replies if not question.answerable],
        ),
    )


def _carries(held: frozenset[Trigram], wanted: frozenset[Trigram]) -> bool:
    return len(held & wanted) >= SHARE * len(wanted)


def _discounted(grades: Mapping[int, int]) -> float:
    """Discounted cumulative gain of grades by rank.

    Source: the exponential gain of Burges et al. 2005 over the discount of Järvelin and Kekäläinen 2002.
    """
    return sum((2.0**grade - 1) / math.log2(rank + 1) for rank, grade in grades.items() if rank <= CUTOFF)


def _evidence(grades: Sequence[int], found: Sequence[Carried | None], budget: int) -> float:
    """Share of all grades whose quote stands within the first `budget` words read."""
    seen = (grade for grade, at in zip(grades, found, strict=True) if at is not None and at.words <= budget)
    return sum(seen) / sum(grades)


def _mean(scores: Sequence[Scores]) -> Scores:
    return Scores(
        success=fmean(each.success for each in scores),
        ndcg=fmean(each.ndcg for each in scores),
        evidence=fmean(each.evidence for each in scores),
    )
