"""labour check: gaps and doubts in what was read from each document."""

from __future__ import annotations

from collections.abc import Iterator

import click

from ingest.quality import Finding, Report, report
from search_api.cli.main import ExitCode
from search_api.cli.options import as_json, put, put_json, ready
from search_api.reading import Reading
from search_api.rendering import for_terminal
from search_api.replies import CheckReply

MOST_FINDINGS = 10
"""Findings of one check that are printed; --json prints all."""
NAMES = {
    "numbering": "numbers that follow the one before",
    "words": "items with words",
    "rows": "table rows that gave a commitment, where others of their table did",
    "review": "commitments that need no review",
}


@click.command()
@click.argument("document", required=False)
@as_json
@click.pass_context
def command(context: click.Context, document: str | None, as_json: bool) -> None:
    """Report on the quality of what was read from DOCUMENT, or from every document.

    Exits with 4 where the score of a document is below the threshold.
    """
    reading = ready(context).library.reading()
    held = reading.documents if document is None else (reading.document(document),)
    reports = [_report(reading, one.id) for one in held]
    if as_json:
        put_json(CheckReply.of(reading, reports))
    else:
        put(for_terminal("\n\n".join("\n".join(_lines(one)) for one in reports)))
    context.exit(ExitCode.OK if all(one.passed for one in reports) else ExitCode.BELOW_THRESHOLD)


def _report(reading: Reading, name: str) -> Report:
    return report(reading.document(name), reading.passages_of(name), reading.commitments_in(name))


def _lines(report: Report) -> Iterator[str]:
    verdict = "passes" if report.passed else "is below"
    yield f"{report.document}: score {report.score:.3f} {verdict} the threshold of {report.threshold}"
    yield f"  {report.covered:7.1%}  of the printed characters stand in a passage"
    for check in report.checks:
        sound = check.of - len(check.findings)
        yield f"  {check.share:7.1%}  {NAMES[check.name]} ({sound:,} of {check.of:,})"
        yield from _findings(check.findings)
    if report.restored:
        yield f"  {len(report.restored):>7}  numbers are not printed; they follow from the place in the list"
        yield from _findings(report.restored)


def _findings(findings: tuple[Finding, ...]) -> Iterator[str]:
    for finding in findings[:MOST_FINDINGS]:
        yield f"           line {finding.line}: {finding.words} [{finding.about}]"
    more = len(findings) - MOST_FINDINGS
    if more > 0:
        yield f"           and {more:,} more; --json prints all"
