"""A report and its failures in words, for a terminal or a failing test."""

from __future__ import annotations

from search_api.evaluation.annotations import AnnotatedItem, Values
from search_api.evaluation.measures import Reply, Report, Scores, find_quotes
from search_api.evaluation.questions import JudgedQuestion
from search_api.evaluation.register import RegisterReport

SHOWN = 80
"""Characters of a query or a quote that are shown."""
LISTED = 5
"""Quotes of one question that are listed."""


def render_report(report: Report) -> str:
    """Lay a report out as a table, a line for each type, then one for all."""
    lines = [f"{'type':<20}{'n':>5}{'success@1':>12}{'ndcg@10':>12}{'evidence':>12}"]
    for kind in sorted(report.by_type):
        lines.append(_line(kind, report.counts[kind], report.by_type[kind]))
    lines.append(_line("ALL", sum(report.counts.values()), report.overall))
    lines.append(f"abstention AUROC {report.abstention:.3f}")
    return "\n".join(lines)


def diagnose(question: JudgedQuestion, reply: Reply, scores: Scores) -> str:
    """Say at which rank a reply first carried each quote that answers a question."""
    found = find_quotes(question, reply.passages)
    best = max(judgment.grade for judgment in question.judgments)
    ranks = [
        (carried.rank if carried else None, judgment)
        for judgment, carried in zip(question.judgments, found, strict=True)
        if judgment.grade == best
    ]
    first = min((rank for rank, _ in ranks if rank is not None), default=None)
    head = (
        f"{question.qid} ({question.type}) {question.query[:SHOWN]!r}: ndcg@10 {scores.ndcg:.2f}, "
        f"first passage of grade {best} at {_rank(first, reply)}"
    )
    late = [f"    {_rank(rank, reply)}: {judgment.quote[:SHOWN]!r}" for rank, judgment in ranks if rank != 1]
    more = [f"    and {len(late) - LISTED} more"] if len(late) > LISTED else []
    return "\n".join([head, *late[:LISTED], *more])


def _line(name: str, count: int, scores: Scores) -> str:
    return f"{name:<20}{count:>5}{scores.success:>12.3f}{scores.ndcg:>12.3f}{scores.evidence:>12.3f}"


def _rank(rank: int | None, reply: Reply) -> str:
    return f"rank {rank}" if rank else f"no rank of {len(reply.passages)}"


def diagnose_register(report: RegisterReport) -> str:
    """List the items that a register misses, its entries that are none, and its wrong values."""
    overall = report.overall
    shares = (overall.recall.share, overall.precision.share, overall.fields.share)
    head = "recall {:.3f}, precision {:.3f}, fields {:.3f}".format(*shares)
    missed = [f"missed {_named(item)} in {item.section[:SHOWN]!r}" for item in report.missed]
    extra = [f"extra in {entry.document}: {entry.text[:SHOWN]!r}" for entry in report.extra]
    wrong = [
        f"wrong {name} of {_named(item)}: {_values(item.values, name)} is printed, "
        f"{_values(entry.values, name)} given"
        for item, entry, name in report.wrong
    ]
    return "\n".join([head, *missed, *extra, *wrong])


def _named(item: AnnotatedItem) -> str:
    return f"{item.document} {item.id or '-'} {item.quote[:SHOWN]!r}"


def _values(values: Values, name: str) -> str:
    return "; ".join(values.get(name, ())) or "nothing"
