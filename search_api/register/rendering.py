"""The register as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from corpus.records import Commitment
from search_api.reading import Reading
from search_api.register.facts import facts_of, name_of
from search_api.register.register import Facet
from search_api.register.rows import Row
from search_api.rendering import BY_OCR, INDENT, LONGEST_CONTEXT, WIDEST, for_terminal, one_line, wrap

MOST_VALUES = 20
"""Values of a facet that are listed; the rest are counted."""
LONGEST_LABEL = 60


def render_rows(rows: Iterable[Row], width: int) -> Iterator[str]:
    """Lay out rows one by one: address, kind and number, words, facts."""
    width = min(width, WIDEST)
    for row in rows:
        one = row.commitment
        words = textwrap.shorten(one_line(one.text), 3 * width, placeholder=" ...")
        parts = [one.address, wrap(f"{name_of(one)}: {words}", width, INDENT), *_facts(one, width)]
        yield for_terminal("\n".join(parts) + "\n")


def render_commitment(commitment: Commitment, reading: Reading, width: int) -> str:
    """Lay out one commitment in full: words, fields, where it stands, what is above and under it."""
    width = min(width, WIDEST)
    row = reading.register.row(commitment)
    head = [commitment.address, wrap(f"{name_of(commitment)} [{commitment.id}]", width, INDENT)]
    quote = wrap(f"“{one_line(commitment.text)}”", width, INDENT)
    fields = [wrap(f"{name}: {value}", width, INDENT) for name, value in _fields(row)]
    around = [_pointer(name, other, width) for name, other in _around(commitment, reading)]
    passage = reading.generation.passage(commitment.passage)
    if passage is not None:
        words = textwrap.shorten(one_line(passage.text), LONGEST_CONTEXT, placeholder=" ...")
        around.append(wrap(f"Passage: {words} [{passage.id}]", width, INDENT))
    blocks = filter(None, ("\n".join([*head, quote]), "\n".join(fields), "\n".join(around)))
    return for_terminal("\n\n".join(blocks) + "\n")


def render_facets(facets: Iterable[Facet], total: int, width: int) -> str:
    """Lay out the counts of each facet, the most frequent values first."""
    width = min(width, WIDEST)
    parts = [f"{total:,} commitments"]
    for facet in facets:
        shown = [f"{INDENT}{count.count:>7,}  {_short(count.label)}" for count in facet.counts[:MOST_VALUES]]
        more = len(facet.counts) - MOST_VALUES
        rest = [f"{INDENT}{'':>7}  and {more:,} other values"] if more > 0 else []
        none = [f"{INDENT}{facet.without:>7,}  (none)"] if facet.without else []
        parts.append("\n".join([facet.name, *shown, *rest, *none]))
    return for_terminal("\n\n".join(parts) + "\n")


def _facts(commitment: Commitment, width: int) -> list[str]:
    doubt = f"Needs review: {commitment.needs_review}" if commitment.needs_review else ""
    return [wrap(line, width, INDENT) for line in (facts_of(commitment), doubt) if line]


def _fields(row: Row) -> list[tuple[str, str]]:
    one = row.commitment
    dates = " to ".join(filter(None, (one.start, one.end)))
    meeting = one.meeting and ", ".join(filter(None, (one.meeting.name, one.meeting.place, one.meeting.date)))
    found = {
        "Document": f"{row.source.title} [{row.source.id}]",
        "Section": " > ".join(map(one_line, one.section)),
        "Place": f"{row.place} {BY_OCR}" if one.ocr else row.place,
        "Meeting": meeting or "",
        "Body": one.body,
        "Theme": one_line(one.theme),
        "Period": f"{one.period} ({dates})" if dates else one.period,
        "Status": one.status,
        "Coordinators": ", ".join(one.coordinators),
        "Partners": ", ".join(one.partners),
        "Needs review": one.needs_review,
    }
    return [(name, value) for name, value in found.items() if value]


def _around(commitment: Commitment, reading: Reading) -> Iterator[tuple[str, Commitment]]:
    parent = reading.generation.commitment(commitment.parent)
    if parent is not None:
        yield "Under", parent
    for child in reading.children(commitment):
        yield "Under it", child


def _pointer(name: str, commitment: Commitment, width: int) -> str:
    words = textwrap.shorten(one_line(commitment.text), LONGEST_CONTEXT, placeholder=" ...")
    return wrap(f"{name}: {name_of(commitment)}: {words} [{commitment.address}]", width, INDENT)


def _short(label: str) -> str:
    return textwrap.shorten(label, LONGEST_LABEL, placeholder=" ...")
