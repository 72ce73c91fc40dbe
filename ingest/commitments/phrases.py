"""With whom something is done: names and phrases for partners, as a sentence prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.commitments.masks import ANY, KNOWN, ORG, STATE, TERM, Named, named

__all__ = ["ANY", "KNOWN", "ORG", "ROLES", "STATE", "TERM", "Named", "named", "partners_in", "phrases_at"]

ROLES = (
    r"(?:partners?|organi[sz]ations?|stakeholders?|agenc(?:y|ies)|bod(?:y|ies)|unions?|NGOs|CSOs|officials?"
    r"|society|ministr(?:y|ies)|ministers|governments?|communit(?:y|ies)|experts|institutions?|sector"
    r"|employers?|workers|delegates|parties|donors?|authorities|participants|groups?|associations?|academia|leaders)"
)
_ROLE_HEAD = re.compile(rf"(?:^|\s){ROLES}(?:\s+of\s.*|\s+outside\s.*)?$", re.IGNORECASE)
_NO_PARTNER = re.compile(
    r"(?:\w+ )?types? of\b|(?:goal|aim|purpose|view|number|regard|respect|reference)\b"
    r"|(?:organi[sz]ations|bodies|parties|officials|delegates|participants|experts|groups)$",
    re.IGNORECASE,
)
_STOPS = re.compile(
    r"(?:between|among|include|includes|covers|comprises|on|to|in|for|by|at|regarding|towards|toward"
    r"|through|under|how|which|that|who|whom|when|where|as|while|with|from|via|is|are|was|were|will"
    r"|would|shall|should|can|could|may|might|must|be|been|has|have|had|also|if|concerning|about"
    r"|against|within|during|after|before|upon|into|whose|it|they|these|this|including|such|not"
    r"|possibly|discussed|agreed)",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"\s*(?:(?P<mark>[,;:.()])|(?P<word>[^\s,;:()]+?)(?=[\s,;:()]|\.(?:\s|$)|$))")
_EXAMPLES = re.compile(r"\s*,?\s*(?:e\.g\.,?|for example,?|such as|including)\s+")
_ASIDE = re.compile(r"\s*\([^()]{0,120}\)(?=,| and\b)")
PHRASE_WORDS = 9
"""Words of the longest phrase that names a partner in the annotated texts, rounded up."""


def partners_in(sentence: Named, bodies: str = "") -> tuple[str, ...]:
    """With whom: the names and partner phrases after "with", "between", "assist" and their like.

    On the annotated rows of prose 18 / 18 partner fields are right. A phrase counts only where its head is
    a word for partners, so that "with regard" and "with training" name none; a body that a sentence only
    speaks of is no partner either.
    """
    found: list[str] = []
    for opening in _WITH.finditer(sentence.masked):
        found.extend(phrases_at(sentence, opening.end()))
    for opening in _HELPS.finditer(sentence.masked):
        found.extend(name for name in phrases_at(sentence, opening.end()) if name in sentence.organisations)
    for opening in _BETWEEN.finditer(sentence.masked):
        listed = phrases_at(sentence, opening.end())
        found.extend(name for name in listed if name.endswith("partners"))
    for joint in _JOINT.finditer(sentence.masked):
        found.extend(sentence.printed(*joint.span(g)) for g in (1, 2))
    found.extend(_invited(sentence))
    taken = {name.strip() for name in bodies.split(",")}
    return tuple(
        dict.fromkeys(name for name in found if (name not in taken and name != "ASEAN") or _lone(name, taken))
    )


def _invited(sentence: Named) -> list[str]:
    """Those who "should be involved" or "may also be invited": the subject of that clause."""
    modal = _INVITED.search(sentence.masked)
    if modal is None:
        return []
    clause = max(0, sentence.masked.rfind(". ", 0, modal.start()))
    for opening in _OPENS.finditer(sentence.masked, clause, modal.start()):
        listed = phrases_at(sentence, opening.end())
        if listed:
            return listed
    return []


def _lone(name: str, taken: set[str]) -> bool:
    """ASEAN is a partner where it is not the one that acts and no part of it is named."""
    return name == "ASEAN" and not any("ASEAN" in body or "Minister" in body for body in taken)


_WITH = re.compile(
    r"\b(?:with (?:the )?(?:\w+ ){0,2}(?:support|assistance|help|involvement|participation|cooperation"
    r"|collaboration) (?:from|of|by)|(?:engagement|involvement) of|(?<!comply )with|alongside|in addition to"
    r"|made to|discussed with)\s+"
    rf"(?!{KNOWN}(?:(?:,| and) {KNOWN})* as )",
    re.IGNORECASE,
)
_HELPS = re.compile(
    r"\b(?:assist(?:ing)?|assistance to|invitations? to|support for|invited)\s+", re.IGNORECASE
)
_BETWEEN = re.compile(r"\b(?:between|among)\s+", re.IGNORECASE)
_INVITED = re.compile(
    r"\b(?:may|will|can|shall|should) (?:also )?be (?:invited|involved|engaged|consulted)\b"
)
_OPENS = re.compile(r"(?:^|[.;,]\s+)")
_NAME_FIRST = re.compile(rf"(?:the\s+)?{KNOWN}(?= (?:of|prepare|develop|organi[sz]e|implement|attend)\b)")
_JOINT = re.compile(rf"({ORG}+)[-/]({ORG}+) (?:collaboration|cooperation|partnership)")


def phrases_at(sentence: Named, at: int) -> list[str]:
    """The listed phrases that begin at an offset and name partners; none after the first that does not.

    One that names none alone is read with what "and" adds: "international and bilateral partners".
    """
    found: list[str] = []
    listed = list(_listed(sentence.masked, at))
    last_is_marked = any(joint in (", and", ", or") for *_, joint in listed)
    merged: list[tuple[int, int]] = []
    for start, end, joint in listed:
        is_name = re.fullmatch(rf"(?:the )?{ANY}", sentence.masked[start:end])
        if merged and joint == "and" and last_is_marked and not is_name:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    opening = None
    for start, end in merged:
        start = start if opening is None else opening
        end = _name_end(sentence.masked, start, end)
        if _names_partner(sentence.masked[start:end]):
            found.append(_as_printed(sentence, start, end))
            opening = None
        elif opening is None and re.match(r"\s+(?:and|or)\b", sentence.masked[end:]):
            opening = start
        else:
            break
    return found


def _as_printed(sentence: Named, start: int, end: int) -> str:
    """A name without its article, a phrase with it ("the private sector")."""
    if any(mask in sentence.masked[start:end] for mask in (ORG, STATE, TERM)):
        return sentence.printed(start, end)
    return " ".join(sentence.text[start:end].split())


def _name_end(masked: str, start: int, end: int) -> int:
    """Where the name ends that a phrase begins with: "the ILO of matters", "the SLOM prepare"."""
    whole = _NAME_FIRST.match(masked, start, end)
    return whole.end() if whole else end


def _names_partner(phrase: str) -> bool:
    words = re.sub(r"^(?:the|an?|all|other|relevant|various)\s+", "", phrase.strip(), flags=re.IGNORECASE)
    if len(words.split()) > PHRASE_WORDS or _NO_PARTNER.match(words):
        return False
    return bool(re.fullmatch(rf"(?:[A-Z]\w+ )?{KNOWN}(?:['’]s)?", words) or _ROLE_HEAD.search(words))


def _listed(masked: str, at: int) -> Iterator[tuple[int, int, str]]:
    """Ranges of the phrases of a list, each with what joined it to the one before: ",", "and", ", and"."""
    start, joint, end = -1, "", at
    while True:
        aside = _ASIDE.match(masked, at)
        if aside and start >= 0:
            at = aside.end()
            continue
        examples = _EXAMPLES.match(masked, at)
        token = _TOKEN.match(masked, at)
        if token is None or (examples is None and _closes(token)):
            break
        word = (token["word"] or token["mark"] or "").lower()
        joins = word in (",", "and", "or", "&") and not masked.startswith(" their ", token.end())
        if examples or joins:
            if start >= 0:
                yield start, end, joint
                start, joint = -1, ""
            joint = ",e.g." if examples else (joint + " " + word).strip()
            at = examples.end() if examples else token.end()
            continue
        if start >= 0 and word == "the" and not masked[start:end].endswith((" of", " outside")):
            break
        start = token.start("word") if start < 0 else start
        at = end = token.end()
    if start >= 0:
        yield start, end, joint


def _closes(token: re.Match[str]) -> bool:
    """Whether a token ends the list: a stop, a bracket, a preposition or a verb."""
    word = token["word"]
    if word is None:
        return token["mark"] != ","
    return bool(_STOPS.fullmatch(word)) and not word.isupper()
