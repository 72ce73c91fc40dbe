"""The report counts, and reads back."""

from __future__ import annotations

from dataclasses import replace

from ingest.elements import Notice
from ingest.intake.report import Outcome, Report, Row

READ = Row("a", "a.txt", Outcome.READ, pages=3)
PART = Row("b", "b.pdf", Outcome.WARNED, notices=(Notice("Scanned.", (2, 3)),), pages=5, unread=(2, 3))
GONE = Row("c", "c.pdf", Outcome.REFUSED, "encrypted", "Give its password.")
REPORT = Report((READ, PART, GONE))


def test_a_report_counts() -> None:
    assert REPORT.counts == ((Outcome.READ, 1), (Outcome.WARNED, 1), (Outcome.REFUSED, 1))
    assert (REPORT.pages, REPORT.unread) == (8, 2)
    assert (REPORT.refused, REPORT.telling) == ((GONE,), (PART, GONE))


def test_a_report_is_whole_where_every_page_was_read() -> None:
    assert Report((READ,)).whole
    assert not Report((READ, PART)).whole
    assert not Report((READ, GONE)).whole
    assert Report().whole


def test_a_report_reads_back() -> None:
    assert Report.from_json(REPORT.to_json()) == REPORT


def test_reports_are_of_the_same_content_where_the_same_pages_were_read() -> None:
    again = replace(PART, outcome=Outcome.UNCHANGED)
    assert REPORT.same_content(Report((READ, again, GONE)))
    assert not REPORT.same_content(Report((READ, PART)))
    assert not REPORT.same_content(Report((READ, Row("b", "b.pdf", Outcome.READ, pages=5), GONE)))


def test_reports_differ_where_a_file_was_read_in_another_way() -> None:
    other = replace(PART, notices=(Notice("Recognised as English.", (2, 3)),))
    assert not REPORT.same_content(Report((READ, other, GONE)))
