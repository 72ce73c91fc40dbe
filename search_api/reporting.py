"""The report of an intake as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from ingest.intake.report import Report, Row
from search_api.rendering import INDENT, WIDEST, for_terminal, one_line, wrap


def render_report(report: Report, width: int) -> str:
    """Lay out a report: how many files had each outcome, and each file of which there is more to say."""
    return f"{wrap(summary(report), min(width, WIDEST))}\n{render_rows(report.telling, width)}"


def render_refused(report: Report, width: int) -> str:
    """Lay out the sources that are not in the index; an empty text where all are."""
    if not report.refused:
        return ""
    head = wrap(f"Not in the index ({len(report.refused)}):", min(width, WIDEST))
    return f"{head}\n{render_rows(report.refused, width)}"


def summary(report: Report) -> str:
    """Count the files by outcome, and the pages that could not be read."""
    counts = ", ".join(f"{count:,} {outcome.value}" for outcome, count in report.counts)
    files = f"{len(report.rows):,} {'file' if len(report.rows) == 1 else 'files'}: {counts}"
    lost = f"; {report.unread:,} of {report.pages:,} pages could not be read" if report.unread else ""
    return f"{files}{lost}."


def page_ranges(pages: Iterable[int]) -> str:
    """Write page numbers in ascending order as ranges: "3-5, 9"."""
    runs = (
        [page for _, page in run]
        for _, run in groupby(enumerate(sorted(pages)), key=lambda pair: pair[1] - pair[0])
    )
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def render_rows(rows: Iterable[Row], width: int) -> str:
    """Lay out what there is to say of files, a paragraph for each matter; nothing where there is nothing."""
    width = min(width, WIDEST)
    lines = (wrap(one_line(line), width, INDENT) for row in rows for line in _lines(row))
    return "".join(f"{for_terminal(line)}\n" for line in lines)


def _lines(row: Row) -> Iterator[str]:
    name = row.source if row.source == row.file else f"{row.source} ({row.file})"
    if row.refused:
        yield f"{name}: refused, {row.reason}. {row.words}"
    for notice in row.notices:
        where = f"{_pages(notice.pages)}: " if notice.pages else ""
        yield f"{name}: {where}{notice.words}"


def _pages(pages: tuple[int, ...]) -> str:
    return f"{'page' if len(pages) == 1 else 'pages'} {page_ranges(pages)}"
