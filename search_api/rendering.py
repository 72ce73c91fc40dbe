"""Answers and records as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from corpus.answers import Answer, Citation, Group, Hit, Statement
from corpus.documents import Document
from corpus.records import Passage
from corpus.understanding import Condition, Facet, Understanding, years_of
from search_api.answering.citing import cite
from search_api.reading import Reading
from search_api.register.facts import facts_of, name_of

WIDEST = 100
LONGEST_CONTEXT = 160
LONGEST_HEADING = 60
MOST_COMMITMENTS = 5
"""Commitments of one passage that are shown below its words."""
INDENT = "  "
CONTROLS = [code for code in (*range(0x20), *range(0x7F, 0xA0), 0xFEFF) if chr(code) != "\n"]
SURROGATES = range(0xD800, 0xE000)
UNPRINTABLE = dict.fromkeys(CONTROLS, " ") | dict.fromkeys(SURROGATES, "\ufffd")
"""Control characters, by which a text could steer the terminal, the byte order mark, and surrogates, which
stand for the bytes of a name that is not UTF-8."""
BY_OCR = "(read by OCR)"
INFERRED_NOTE = "A number in [brackets] is not printed in the source; it follows from the place in the list."


def render_answer(answer: Answer, reading: Reading, width: int) -> str:
    """Lay out an answer: how much was found, the most direct statement, then all, oldest first."""
    width = min(width, WIDEST)
    parts = _answered(answer, reading, width) if answer.answered else _unanswered(answer, reading, width)
    return for_terminal("\n\n".join(parts) + "\n")


def render_hits(hits: Iterable[Hit], reading: Reading, width: int) -> str:
    """Lay out hits, best first, each quoted in full with its citation."""
    width = min(width, WIDEST)
    citations = [cite(reading.document(hit.passage.document), hit.passage) for hit in hits]
    parts = [_hit(citation, reading, width, f"{rank}. ") for rank, citation in enumerate(citations, start=1)]
    return for_terminal("\n\n".join([*parts, *_footnote(citations, width)]) + "\n")


def render_documents(reading: Reading, width: int) -> str:
    """Lay out the documents held: id, title, date and number of passages."""
    width = min(width, WIDEST)
    listed = "\n".join(_document(document, reading, width) for document in reading.documents)
    return for_terminal(listed + "\n")


def render_document(document: Document, reading: Reading, width: int) -> str:
    """Lay out one document's bibliographic facts and the headings of its sections."""
    width = min(width, WIDEST)
    source = document.source
    facts = f"Issued by {source.body}; {source.kind}; {source.language}; rights: {source.rights}"
    paths = filter(None, reading.sections_of(document.id))
    headings = [wrap(one_line(path[-1]), width, INDENT * len(path)) for path in paths]
    lines = [_document(document, reading, width), wrap(facts, width, INDENT), "", *headings]
    return for_terminal("\n".join(lines) + "\n")


def render_passage(passage: Passage, reading: Reading, width: int) -> str:
    """Lay out one passage in full, with what comes before, after and under it."""
    width = min(width, WIDEST)
    citation = cite(reading.document(passage.document), passage)
    before, after = reading.neighbours(passage)
    around = [("Before", before), ("After", after), *(("Under it", part) for part in reading.parts(passage))]
    lines = [_pointer(name, other, width) for name, other in around if other is not None]
    parts = [_hit(citation, reading, width), "\n".join(lines), *_footnote([citation], width)]
    return for_terminal("\n\n".join(filter(None, parts)) + "\n")


def for_terminal(text: str) -> str:
    """Put a space for each control character but the line break, and for each byte order mark; the sign of
    a character that is not known for each lone surrogate.
    """
    return text.translate(UNPRINTABLE)


def label(citation: Citation) -> str:
    """Name a quote by its kind and number, as in "Recommendation 14" or, inferred, "Recommendation [3]"."""
    number = f"[{citation.number}]" if citation.inferred else citation.number
    return f"{citation.kind.capitalize()} {number}".rstrip()


def place(citation: Citation, title: str = "") -> str:
    """Say where a quote stands: title (or the one given), sections, number, place, passage id."""
    number = [label(citation)] if citation.number else []
    where = [title or citation.title, *map(one_line, citation.section), *number]
    read = f" {BY_OCR}" if citation.ocr else ""
    return f"{'; '.join(where)}; {citation.place}{read} [{citation.passage}]"


def one_line(text: str) -> str:
    """Fold the white space of a text."""
    return " ".join(text.split())


def _answered(answer: Answer, reading: Reading, width: int) -> list[str]:
    best = answer.best
    direct = [] if best is None else ["Most direct:", _statement(best, reading, width)]
    groups = [_group(group, best, reading, width) for group in answer.groups]
    citations = [citation for statement in answer.statements for citation in statement.citations]
    return [
        _summary(answer, width),
        *understood(answer.understanding, reading, width),
        *_records(answer, reading, width),
        *direct,
        *groups,
        *_footnote(citations, width),
        _searched(answer, width),
    ]


def _unanswered(answer: Answer, reading: Reading, width: int) -> list[str]:
    parts = ["These texts do not say.", *understood(answer.understanding, reading, width)]
    parts.append(_searched(answer, width))
    if answer.nearest:
        parts.append("The nearest passages, which do not answer the question:")
        parts.extend(_statement(statement, reading, width) for statement in answer.nearest)
    return [*parts, *_footnote([statement.citations[0] for statement in answer.nearest], width)]


def understood(read: Understanding, reading: Reading, width: int) -> list[str]:
    """Say in a paragraph how a question was understood; nothing where its words alone count."""
    stated = [f"{one.facet} {_values(one, reading)}" for one in read.conditions if one.facet != Facet.FIELD]
    missing = [f"not held: {one.facet} as in “{one.words}”" for one in read.unmet]
    corrected = [f"“{typed}” taken for “{word}”" for typed, word in read.corrections]
    parts = [*stated, *missing, *corrected]
    if not parts:
        return []
    return [wrap(f"Understood as: {'; '.join(parts)}. (--literal takes the words alone.)", width)]


def _values(condition: Condition, reading: Reading) -> str:
    names = (_value(condition.facet, value, reading) for value in condition.values)
    only = "only " if condition.only else ""
    return only + " or ".join(dict.fromkeys(names))


def _value(facet: Facet, value: str, reading: Reading) -> str:
    """A value as a reader would write it."""
    entry = reading.authority.named(value)
    if facet == Facet.SECTION:
        return textwrap.shorten(value.partition("/")[2], LONGEST_HEADING, placeholder=" ...")
    if facet == Facet.YEAR:
        first, last = years_of(value)
        return str(first) if first == last else f"{first} to {last}"
    return entry.label if entry else value.replace("_", " ")


def _records(answer: Answer, reading: Reading, width: int) -> list[str]:
    """List every commitment that meets what the question states, a line or two for each."""
    if answer.records is None:
        return []
    found = answer.records
    stated = [f"{one.facet} {_values(one, reading)}" for one in found.conditions]
    topic = [f"words {found.topic}"] if found.topic else []
    head = f"In the register, {_count(len(found.commitments), 'commitment')}: {'; '.join([*stated, *topic])}"
    lines = [wrap(head, width)]
    for one in found.commitments:
        words = textwrap.shorten(one_line(one.text), LONGEST_CONTEXT, placeholder=" ...")
        facts = facts_of(one)
        lines.append(wrap(f"{name_of(one)}: {words}", width, INDENT))
        lines.append(wrap(". ".join(filter(None, (facts, one.address))), width, INDENT * 2))
    return ["\n".join(lines)]


def _summary(answer: Answer, width: int) -> str:
    titles = list(dict.fromkeys(group.title for group in answer.groups))
    found = f"{_count(len(answer.statements), 'statement')} from {_count(len(titles), 'document')}"
    return wrap(f"{found}: {'; '.join(titles)}.", width)


def _searched(answer: Answer, width: int) -> str:
    passages = _count(answer.searched, "passage")
    documents = _count(answer.searched_documents, "document")
    told = f"Confidence {answer.confidence:.2f}. Index: {answer.generation}."
    return wrap(f"Searched: {passages} of {documents}. {told}", width)


def _group(group: Group, best: Statement | None, reading: Reading, width: int) -> str:
    facts = f"({group.title}, {group.year})" if group.section else f"({group.year})"
    heading = wrap(f"{one_line(group.section or group.title)} {facts}", width)
    rule = "-" * max(map(len, heading.splitlines()))
    parts = [f"{heading}\n{rule}"]
    shown: list[str] = []
    for statement in group.statements:
        context = _context(reading.passage(statement.citations[0].passage), width)
        if statement is best:
            parts.append(_above(statement))
        else:
            parts.append(
                _statement(statement, reading, width, [line for line in context if line not in shown])
            )
            shown = context
    return "\n\n".join(parts)


def _above(statement: Statement) -> str:
    return f"{INDENT}{label(statement.citations[0])} (quoted above)"


def _statement(statement: Statement, reading: Reading, width: int, context: list[str] | None = None) -> str:
    """Quote a statement and cite it; `context`, where given, takes the place of its own."""
    citation = statement.citations[0]
    if context is None:
        context = _context(reading.passage(citation.passage), width)
    cited = [
        _place_line(other, reading, width, "" if other is citation else "also: ")
        for other in statement.citations
    ]
    facts = _facts(citation, reading, width)
    return "\n".join([INDENT + label(citation), *context, _quote_line(citation, width), *facts, *cited])


def _hit(citation: Citation, reading: Reading, width: int, head: str = "") -> str:
    context = _context(reading.passage(citation.passage), width)
    cited = _place_line(citation, reading, width)
    facts = _facts(citation, reading, width)
    return "\n".join(
        [f"{INDENT}{head}{label(citation)}", *context, _quote_line(citation, width), *facts, cited]
    )


def _facts(citation: Citation, reading: Reading, width: int) -> list[str]:
    """What the commitments in a passage say of themselves, a line for each of the first ones."""
    found = reading.commitments_of(reading.passage(citation.passage))
    named = ((name_of(one), facts_of(one)) for one in found[:MOST_COMMITMENTS])
    lines = [facts if name == label(citation) else _named(name, facts) for name, facts in named]
    more = len(found) - MOST_COMMITMENTS
    rest = [f"and {_count(more, 'further commitment')}"] if more > 0 else []
    return [wrap(line, width, INDENT) for line in (*lines, *rest) if line]


def _named(name: str, facts: str) -> str:
    return f"{name}. {facts}" if facts else name


def _quote_line(citation: Citation, width: int) -> str:
    return wrap(f"“{one_line(citation.quote)}”", width, INDENT)


def _place_line(citation: Citation, reading: Reading, width: int, before: str = "") -> str:
    title = reading.document(citation.document).source.short_title
    return wrap(before + place(citation, title), width, INDENT * 2)


def _context(passage: Passage, width: int) -> list[str]:
    """The sentence or item that the passage stands under, and the heads of a row's columns."""
    cells = "; ".join(f"{one_line(head)}: {one_line(words)}" for head, words in passage.cells if words)
    above = one_line(passage.parent_text or passage.lead)
    return [
        wrap(f"({name}: {textwrap.shorten(text, LONGEST_CONTEXT, placeholder=' ...')})", width, INDENT)
        for name, text in (("under", above), ("columns", cells))
        if text
    ]


def _document(document: Document, reading: Reading, width: int) -> str:
    source = document.source
    passages = _count(len(reading.passages_of(document.id)), "passage")
    commitments = _count(len(reading.commitments_in(document.id)), "commitment")
    size = f"{passages}, {commitments}"
    return f"{source.id}\n{wrap(f'{source.title} ({source.date}); {size}', width, INDENT)}"


def _pointer(name: str, passage: Passage, width: int) -> str:
    words = textwrap.shorten(one_line(passage.text), LONGEST_CONTEXT, placeholder=" ...")
    return wrap(f"{name}: {words} [{passage.id}]", width, INDENT)


def _footnote(citations: Iterable[Citation], width: int) -> list[str]:
    return [wrap(INFERRED_NOTE, width)] if any(citation.inferred for citation in citations) else []


def wrap(text: str, width: int, indent: str = "") -> str:
    """Break a text into lines of a width, each indented; words are never broken."""
    return textwrap.fill(
        text,
        max(width, 20),
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
