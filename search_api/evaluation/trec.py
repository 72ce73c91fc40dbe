"""TREC's view of a run: judgments by passage id, and the measures of ir_measures on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from corpus.errors import OutputError, QuestionFileError
from corpus.records import Passage
from search_api.answering.choosing import QUOTABLE
from search_api.evaluation.measures import Reply, carried_grades, quotes_of, read_words
from search_api.evaluation.questions import JudgedQuestion
from search_api.files import write_whole
from search_api.words import Trigram, trigrams_of

Qrels = Mapping[str, Mapping[str, int]]
"""The grades of the relevant passages by their id, by qid; a question without any is there too."""

NAMES = ("nDCG@10", "R@100", "RR@10", "Judged@10")
"""The measures, as ir_measures spells them."""
PREFIX = "trec "
"""Stands before the name of each, as there are others of nearly the same name."""
MEASURES = tuple(PREFIX + name for name in NAMES)
QRELS_FILE = "labour.qrels"
RUN_FILE = "labour.run"
TAG = "labour"


def judge_passages(questions: Iterable[JudgedQuestion], passages: Iterable[Passage]) -> Qrels:
    """Grade each passage that can be quoted by the best quote it carries, for each answerable question."""
    held: dict[str, list[tuple[str, frozenset[Trigram]]]] = {}
    for passage in passages:
        if passage.kind in QUOTABLE:
            words = trigrams_of(read_words(passage.text))
            held.setdefault(passage.document, []).append((passage.id, words))
    return {question.qid: _grades(question, held) for question in questions if question.answerable}


def _grades(
    question: JudgedQuestion, held: Mapping[str, Iterable[tuple[str, frozenset[Trigram]]]]
) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for document in sorted({judgment.document for judgment in question.judgments}):
        wanted = quotes_of(question, document)
        for passage, words in held.get(document, ()):
            best = max(carried_grades(wanted, words), default=0)
            if best:
                found[passage] = best
    return found


def trec_values(qrels: Qrels, run: Mapping[str, Reply]) -> dict[str, dict[str, float]]:
    """Each measure of `MEASURES` by qid, 0 where a question has no relevant passage or no reply.

    Every grade counts as relevant for recall and reciprocal rank, and is the gain of nDCG as it is.
    No passage is judged irrelevant, so that Judged is the share of relevant ones. The passages of
    the run must have ids.
    """
    import ir_measures

    measures = {ir_measures.parse_measure(name): PREFIX + name for name in NAMES}
    values = {name: dict.fromkeys(qrels, 0.0) for name in measures.values()}
    judged = [ir_measures.Qrel(qid, passage, grade) for qid, passage, grade in _judged(qrels)]
    ranked = [ir_measures.ScoredDoc(qid, passage, score) for qid, passage, score in _ranked(qrels, run)]
    for found in ir_measures.iter_calc(list(measures), judged, ranked) if judged else ():
        values[measures[found.measure]][found.query_id] = float(found.value)
    return values


def write_trec(folder: Path, qrels: Qrels, run: Mapping[str, Reply]) -> None:
    """Write judgments and run into a folder, made where it is missing.

    Raises QuestionFileError where a qid holds white space, and OutputError where a file cannot be written.
    """
    for qid in qrels:
        if qid.split() != [qid]:
            raise QuestionFileError(f"qid {qid!r} holds white space, which parts TREC's columns. Rename it.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder} cannot be made ({error.strerror}); name another folder.") from error
    judged = (f"{qid} 0 {passage} {grade}\n" for qid, passage, grade in _judged(qrels))
    ranked = (f"{qid} Q0 {passage} {rank} {score} {TAG}\n" for qid, passage, rank, score in _rows(qrels, run))
    write_whole(folder / QRELS_FILE, (line.encode() for line in judged))
    write_whole(folder / RUN_FILE, (line.encode() for line in ranked))


def _judged(qrels: Qrels) -> Iterator[tuple[str, str, int]]:
    for qid, grades in qrels.items():
        for passage, grade in grades.items():
            yield qid, passage, grade


def _ranked(qrels: Qrels, run: Mapping[str, Reply]) -> Iterator[tuple[str, str, float]]:
    return ((qid, passage, float(score)) for qid, passage, _, score in _rows(qrels, run))


def _rows(qrels: Qrels, run: Mapping[str, Reply]) -> Iterator[tuple[str, str, int, int]]:
    """The passages of each judged question with rank and score; one returned twice counts once.

    The score only falls with the rank: trec_eval orders by score, and breaks ties as it likes.
    """
    for qid in qrels:
        passages = run[qid].passages if qid in run else ()
        unique = list(dict.fromkeys(passage.id for passage in passages))
        for place, passage in enumerate(unique):
            yield qid, passage, place + 1, len(unique) - place
