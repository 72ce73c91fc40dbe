"""An evaluation as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from search_api.evaluation.calibration import CalibrationView
from search_api.evaluation.figures import ABSTENTION, ALL, BEYOND, NO_DIFFERENCE, RANKING, Difference, Figure
from search_api.evaluation.outcome import ComparisonView, EvaluationView, GroupDifferenceView
from search_api.evaluation.reports import SHOWN
from search_api.evaluation.resampling import Interval
from search_api.evaluation.trec import MEASURES, PREFIX

OURS = (*RANKING, ABSTENTION)
NAME = 20
CELL = 13


def render_evaluation(view: EvaluationView) -> str:
    """Lay an evaluation out: the project's measures, those of TREC, the comparison, the questions."""
    parts = [_about(view), _table(view, OURS), _trec(view)]
    if view.calibration is not None:
        parts.append("\n".join(_calibration(view.calibration, view.unanswerable, view.questions)))
    if view.comparison is not None:
        parts.append("\n".join(_comparison(view.comparison)))
    if view.per_question:
        parts.append("\n".join(_questions(view)))
    return "\n\n".join(parts)


def _about(view: EvaluationView) -> str:
    return f"{view.questions} questions, {view.unanswerable} of them unanswerable."


def _trec(view: EvaluationView) -> str:
    """The second table, and how many questions cannot gain anything in it."""
    note = f"\n{view.unjudgeable} questions have no relevant passage and count 0." if view.unjudgeable else ""
    return f"TREC's measures, on passages graded by the quotes they carry:\n{_table(view, MEASURES)}{note}"


def _table(view: EvaluationView, names: tuple[str, ...]) -> str:
    lines = [_row("type", "n", (name.removeprefix(PREFIX) for name in names))]
    for group in (*view.groups[1:], view.groups[0]):
        cells = (_number(group.figures[name].value) for name in names)
        lines.append(_row(group.name, str(group.questions), cells))
    lines.append(_row("95 % of resamples", "", (_bounds(view.groups[0].figures[name]) for name in names)))
    return "\n".join(lines)


def _row(name: str, count: str, cells: Iterable[str]) -> str:
    return f"{name:<{NAME}}{count:>4}" + "".join(f"{cell:>{CELL}}" for cell in cells)


def _number(value: float) -> str:
    return f"{value:.3f}" if value == value else "-"


def _bounds(figure: Figure) -> str:
    return "-" if figure.interval is None else f"{figure.interval.low:.3f}-{figure.interval.high:.3f}"


def _calibration(view: CalibrationView, unanswerable: int, questions: int) -> Iterator[str]:
    yield "Confidence, in bands of questions with the like (calibrated: both columns alike):"
    yield _row("", "n", ("confidence", "answerable"))
    for band in view.bands:
        yield _row("", str(band.questions), (_number(band.confidence), _number(band.answerable)))
    yield (
        f"Below {view.threshold:.3f} a question is refused: {view.unanswerable_refused} of {unanswerable}"
        f" unanswerable, {view.answerable_refused} of {questions - unanswerable} answerable."
    )
    yield f"Brier score {view.brier:.3f}, expected calibration error {view.error:.3f}."


def _comparison(view: ComparisonView) -> Iterator[str]:
    yield f"Against {view.against}, the first {view.depth} passages of each (above 0: better than it):"
    if view.missing:
        yield f"{view.missing} questions have no reply there and count as silence."
    if not view.trec:
        yield "Its passages are not all of this index, so that TREC's measures cannot be compared."
    for group in view.groups:
        yield from _group(group)
    same = [group.name for group in view.groups[1:] if not _differing(group)]
    if same:
        yield f"No difference in {', '.join(same)}."
    tests = sum(len(group.differences) for group in view.groups)
    yield f"{tests} tests: at p < {BEYOND}, chance alone makes one in twenty look like a difference."


def _group(group: GroupDifferenceView) -> Iterator[str]:
    """All measures of all questions; of a type, those that differ."""
    shown = dict(group.differences) if group.name == ALL else _differing(group)
    if shown:
        yield f"{group.name} ({group.questions})"
    yield from (_difference(name, found) for name, found in shown.items())


def _differing(group: GroupDifferenceView) -> dict[str, Difference]:
    return {name: found for name, found in group.differences.items() if found.verdict != NO_DIFFERENCE}


def _difference(name: str, found: Difference) -> str:
    return f"  {name:<16}{found.value:>+8.3f}  {_span(found.interval):<18}p = {found.p:.4f}  {found.verdict}"


def _span(interval: Interval | None) -> str:
    return "" if interval is None else f"{interval.low:+.3f} to {interval.high:+.3f}"


def _questions(view: EvaluationView) -> Iterator[str]:
    names = tuple(view.per_question[0].values)
    yield "Each answerable question, the worst ordered first:"
    yield _row("qid", "", names) + "  question"
    for each in view.per_question:
        cells = (_number(each.values[name]) for name in names)
        yield f"{_row(each.qid, '', cells)}  {each.type}: {each.query[:SHOWN]}"
