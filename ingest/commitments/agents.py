"""Who acts, as a sentence prints it: the subject, those who are tasked, or the doer after "by"."""

from __future__ import annotations

import re

from ingest.commitments.masks import ANY, KNOWN, ORG, Named, named
from ingest.commitments.phrases import partners_in, phrases_at

__all__ = ["PERSON", "Named", "doer_in", "named", "partners_in", "subject_before", "tasked_in"]

_TASKED = re.compile(
    r"(?<!be )(?<!been )(?<!was )(?<!were )\b(?:task(?:ed|s)?|request(?:ed|s)?|ask(?:ed|s)?|urge[ds]?"
    r"|call(?:ed|s)? (?:up)?on|assign(?:ed|s)?|mandate[ds]?|encourage[ds]?)\s+(?=.{0,160}\bto\b)"
)
_BY = re.compile(
    r"(?<!endorsement )(?<!endorsed )(?<!adopted )(?<!recommended )"
    r"\b(?:by|under the (?:coordination|aegis|leadership|responsibility) of)\s+(?:the\s+)?"
)
_SHARED = re.compile(
    r"\b(?:(?:held|discussions?|dialogue|cooperation|collaboration|framework) between"
    r"|(?:experts|responses?|representatives) from)\s+",
    re.IGNORECASE,
)
_WILLING = re.compile(
    rf"\bnoted (?:the )?({KNOWN}(?: \w+)?)['’]s? (?:willingness|commitment|intention|readiness)"
)
_SIDE = re.compile(rf"\bon the ({ORG}+) side\b")
_FOR_TO = re.compile(rf"\bfor (?:the )?({ORG}+) to\b")
_UNDER = re.compile(rf"\bunder (?:the )?({ORG}+)(?:\s+(?:work plan|work programme))?(?=[\s.,;])")
_CLAUSE = re.compile(r"(?:[,;:]|\bthat|\bwhere|\b(?:and|but)(?= the\b))\s+")
_INSERTED = re.compile(r",\s+(?:with|through|in|together with)\b[^,;:.]*,\s*$")
_OFFICES = (
    r"(?:Ministers|Leaders|Senior Officials|Secretar(?:y[- ]General|iat)|Committee|Meeting|Forum|Workshop"
    r"|Seminar|Conference|participants|delegates|Chair(?:person|man)?|lead countries|Working Group|Network"
    r"|(?:subsidiary|responsible|sectoral|relevant) bodies|both organi[sz]ations|Government|region)"
)
_SUBJECT = re.compile(
    r"(?:in (?:19|20)\d\d,? )?"
    rf"(?:(?:however|therefore|accordingly|finally|and|also|the|this|each|all|some|interested|most|other)\s+)*"
    rf"(?P<name>(?:some |interested )?(?:{ANY}|We\b|{_OFFICES})(?:,? (?:and|or) (?:the )?{ANY}(?: \w+)?)*"
    rf"(?:['’]s? )?(?:\s*(?:delegates|officials|ministers|secretariat|representatives|governments?))?)"
    rf"(?:\s+(?:held|convened|at)\b.*|\s+also)?\s*",
    re.IGNORECASE | re.DOTALL,
)
PERSON = re.compile(r"(?:Mr|Ms|Mrs|Dr)\.?\s+(?:[A-Z][\w.-]*\s+){0,3}?(?P<surname>[A-Z][\w-]+)\s*$")


def subject_before(sentence: Named, at: int) -> str:
    """The one who acts: what stands between the beginning of the clause and its verb at `at`.

    Empty where that is no body, state, meeting or office: "protection in the home country" acts not.
    """
    inserted = _INSERTED.search(sentence.masked, 0, at)
    at = inserted.start() if inserted else at
    start = 0
    for opening in _CLAUSE.finditer(sentence.masked, 0, at):
        start = opening.end()
    found = _SUBJECT.fullmatch(sentence.masked, start, at)
    return sentence.printed(*found.span("name")) if found else ""


def tasked_in(sentence: Named) -> str:
    """Those who are tasked, requested or called upon to do something, or whose willingness is noted."""
    willing = _WILLING.search(sentence.masked)
    if willing:
        return sentence.printed(*willing.span(1))
    for asked in _TASKED.finditer(sentence.masked):
        listed = phrases_at(sentence, asked.end())
        if listed:
            return ", ".join(listed)
    return ""


def doer_in(sentence: Named) -> str:
    """The body that acts where it is not the subject.

    In this order: "by the ILO", "on the ILO side", "for ILO to", "between A and B", "from A and B",
    "under the ACMW work plan".
    """
    for opening in _BY.finditer(sentence.masked):
        listed = _agents_at(sentence, opening.end())
        if listed:
            return listed
    for form in (_SIDE, _FOR_TO):
        found = form.search(sentence.masked)
        if found:
            return sentence.printed(*found.span(1))
    for opening in _SHARED.finditer(sentence.masked):
        listed = _agents_at(sentence, opening.end())
        if listed:
            return listed
    found = _UNDER.search(sentence.masked)
    return sentence.printed(*found.span(1)) if found else ""


def _agents_at(sentence: Named, at: int) -> str:
    known = [name for name in phrases_at(sentence, at) if name not in _generic(sentence, name)]
    return ", ".join(known)


def _generic(sentence: Named, name: str) -> tuple[str, ...]:
    """The phrase itself where it is a phrase for partners that names no one."""
    return (name,) if re.search(r"\bpartners?\b", name) else ()
