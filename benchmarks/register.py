"""How good and how fast the register is, beside a plain list of lines: `make bench-register`.

Both registers are measured by the same code on the same texts. Time is that of reading a file,
cutting it into passages and extracting its commitments.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from benchmarks.blind import load_sections, scores_in
from benchmarks.listing import list_lines
from benchmarks.strange import narrative, random_words, source_of
from benchmarks.tables import ITEMS, render_table
from corpus.authority import Authority, load_authority
from corpus.catalogue import load_catalogue
from corpus.documents import Source
from ingest import pipeline
from search_api.evaluation.annotations import load_annotated_items
from search_api.evaluation.register import Entry, RegisterReport, RegisterScores, Tally, evaluate_register

PLAIN = "list items and rows by line"
SERVED = "register, as served"
MEGABYTE = 1_000_000
RANDOM_SIZE = 5 * MEGABYTE
STORY_SIZE = MEGABYTE
"""Characters of the made-up texts; a bound on the time as much as on the memory."""
QUALITY_HEAD = ("document", "entries", "recall", "precision", "fields")
SPEED_HEAD = ("texts", "MB", "reading, s/MB", "passages, s/MB", "commitments, s/MB", "all, s/MB")


@dataclass(frozen=True, slots=True)
class Extraction:
    """Both registers of a text, its size in bytes and words, and the seconds of each stage of ours.

    `begins` are the lines on which our entries begin.
    """

    served: tuple[Entry, ...]
    plain: tuple[Entry, ...]
    size: int
    words: int
    seconds: tuple[float, float, float]
    begins: tuple[int, ...] = ()


def extract(source: Source, authority: Authority) -> Extraction:
    """Extract both registers of a text, timing ours."""
    times = [perf_counter()]
    document = pipeline.read(source)
    times.append(perf_counter())
    passages = pipeline.passages(document, authority)
    times.append(perf_counter())
    commitments = pipeline.commitments(document, authority, passages)
    times.append(perf_counter())
    first, second, third = (end - start for start, end in pairwise(times))
    return Extraction(
        served=tuple(Entry.of(commitment) for commitment in commitments),
        plain=tuple(list_lines(document.id, document.text)),
        size=len(document.text.encode("utf-8")),
        words=len(document.text.split()),
        seconds=(first, second, third),
        begins=tuple(commitment.lines[0] for commitment in commitments),
    )


def quality_rows(report: RegisterReport, entries: Sequence[Entry]) -> Iterator[tuple[str, ...]]:
    """The measures by document and over all, in the order of `QUALITY_HEAD`."""
    counts = Counter(entry.document for entry in entries)
    for name, scores in report.by_document.items():
        yield _quality_row(name, counts[name], scores)
    yield _quality_row("all", counts.total(), report.overall)


def field_rows(reports: Iterable[RegisterReport]) -> Iterator[tuple[str, ...]]:
    """The share of values by field, a column for each report; the first one names the fields."""
    held = [report.overall.by_field for report in reports]
    for name in held[0]:
        yield name, *(figure(tallies.get(name, Tally(0, 0))) for tallies in held)


def speed_row(name: str, extractions: Sequence[Extraction]) -> tuple[str, ...]:
    """Seconds for each million bytes, by stage and in all, in the order of `SPEED_HEAD`."""
    megabytes = sum(one.size for one in extractions) / MEGABYTE
    stages = [sum(times) / megabytes for times in zip(*(one.seconds for one in extractions), strict=True)]
    return name, f"{megabytes:.2f}", *(f"{seconds:.2f}" for seconds in (*stages, sum(stages)))


def false_row(name: str, extraction: Extraction) -> tuple[str, ...]:
    """Entries for each 1,000 words of a text that holds no commitment: the plain register, then ours."""
    rates = (1000 * len(entries) / extraction.words for entries in (extraction.plain, extraction.served))
    return name, str(extraction.words), *(f"{rate:.3f}" for rate in rates)


def figure(tally: Tally) -> str:
    """A share with what it is made of; a dash where there was nothing to judge."""
    return f"{tally.share:.3f} ({tally.right}/{tally.total})" if tally.total else "–"


def tables(
    real: Sequence[Extraction], strange: Mapping[str, Extraction], items: Path = ITEMS
) -> Iterator[str]:
    """Measure the registers of the annotated texts and of those without commitments, a table at a time."""
    wanted = load_annotated_items(items)
    plain = [entry for one in real for entry in one.plain]
    served = [entry for one in real for entry in one.served]
    reports = [evaluate_register(wanted, entries) for entries in (plain, served)]
    for name, report, entries in zip((PLAIN, SERVED), reports, (plain, served), strict=True):
        yield f"{name}:\n\n" + render_table(QUALITY_HEAD, quality_rows(report, entries))
    yield render_table(("field", PLAIN, SERVED), field_rows(reports))
    speeds = {"annotated texts": real, **{name: [one] for name, one in strange.items()}}
    yield render_table(SPEED_HEAD, (speed_row(name, held) for name, held in speeds.items()))
    head = ("false entries per 1,000 words of", "words", PLAIN, SERVED)
    yield render_table(head, (false_row(name, one) for name, one in strange.items()))


def blind_table(real: Sequence[Extraction]) -> str:
    """Measure our register in the sections that were annotated without sight of its rules."""
    entries = (pair for one in real for pair in zip(one.served, one.begins, strict=True))
    rows = ((name, *_measures(scores)) for name, scores in scores_in(load_sections(), entries).items())
    return f"{SERVED}, on the second set:\n\n" + render_table((QUALITY_HEAD[0], *QUALITY_HEAD[2:]), rows)


def _quality_row(name: str, entries: int, scores: RegisterScores) -> tuple[str, ...]:
    return name, str(entries), *_measures(scores)


def _measures(scores: RegisterScores) -> tuple[str, ...]:
    return tuple(figure(tally) for tally in (scores.recall, scores.precision, scores.fields))


def main() -> None:
    """Extract both registers of every text and print the tables."""
    authority = load_authority()
    sources = load_catalogue()
    extract(sources[0], authority)  # makes what is made on first use
    real = [extract(source, authority) for source in sources]
    with tempfile.TemporaryDirectory() as folder:
        made_up = {"random words": random_words(RANDOM_SIZE), "a made-up story": narrative(STORY_SIZE)}
        strange = {
            name: extract(source_of(text, name.replace(" ", "-"), Path(folder)), authority)
            for name, text in made_up.items()
        }
    sys.stdout.write("\n\n".join((*tables(real, strange), blind_table(real))) + "\n")


if __name__ == "__main__":
    main()
