"""The names in a sentence, and with whom something is done, as it prints them.

The names that the authority file knows are hidden behind masks of the same length, so that one pattern
serves for all of them and offsets stay those of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from corpus.authority import Authority

ORG, STATE, TERM = "\ue000", "\ue001", "\ue002"
"""Masks of organisations, of member states and their governments, and of other known terms."""
ANY = f"[{ORG}{STATE}{TERM}]+"
KNOWN = f"[{ORG}{STATE}]+"

GROUPS = frozenset({"ams", "clmv", "plus-three"})
"""Terms of the authority file that stand for groups of countries."""

_ASEAN = re.compile(r"\bASEAN\b(?![’'])")
_STATES = re.compile(r"\b(?:ASEAN )?Member (?:States|Countries)\b|\bGovernment of(?= [A-Z])")
_MINISTRY = re.compile(
    r"(?:\b[A-Z]\w+['’]s )?\bMinistr(?:y|ies) of [A-Z][a-z]+(?:(?:, | and |, and )[A-Z][a-z]+)*"
)
_BRACKETED = re.compile(r"\s*\((?!see\b|e\.?g|i\.?e|which\b)(?:[A-Z][\w-]*|[\w-]+(?: [\w-]+){0,2})\)")
_TAIL = re.compile(r"(?:[ /][A-Z][A-Za-z]+){1,4}(?![\w])")
_THING = re.compile(
    r"(?:Conventions?|Codes?|Projects?|Programmes?|Programs?|Conferences?|Summits?|Competition|Charter|Report"
    r"|Declarations?|Consensus|Instruments?|Guidelines|Plans?|Communit(?:y|ies)|Blueprints?|Vision|Database"
    r"|Agreements?|Frameworks?|Forum|Workshops?|Items?|Agenda|Work|Statement|Net|Compendium|Awards?)$"
)
_ORDINAL = re.compile(r"\b(?:\d{1,2}(?:st|nd|rd|th)|First|Second|Third|Fourth|Fifth)\s+$")

ROLES = (
    r"(?:partners?|organi[sz]ations?|stakeholders?|agenc(?:y|ies)|bod(?:y|ies)|unions?|NGOs|CSOs|officials?"
    r"|society|ministr(?:y|ies)|ministers|governments?|communit(?:y|ies)|experts|institutions?|sector"
    r"|employers?|delegates|parties|donors?|authorities|participants|groups?)"
)
_ROLE_HEAD = re.compile(rf"(?:^|\s){ROLES}(?:\s+of\s.*|\s+outside\s.*)?$", re.IGNORECASE)
_NO_PARTNER = re.compile(
    r"(?:goal|aim|purpose|view|number|regard|respect|reference)\b"
    r"|(?:organi[sz]ations|bodies|parties|officials|delegates|participants|experts|groups)$",
    re.IGNORECASE,
)
_STOPS = frozenset(
    [
        "on",
        "to",
        "in",
        "for",
        "by",
        "at",
        "regarding",
        "towards",
        "toward",
        "through",
        "under",
        "how",
        "which",
        "that",
        "who",
        "whom",
        "when",
        "where",
        "as",
        "while",
        "with",
        "from",
        "via",
        "is",
        "are",
        "was",
        "were",
        "will",
        "would",
        "shall",
        "should",
        "can",
        "could",
        "may",
        "might",
        "must",
        "be",
        "been",
        "has",
        "have",
        "had",
        "also",
        "if",
        "concerning",
        "about",
        "against",
        "within",
        "during",
        "after",
        "before",
        "upon",
        "into",
        "whose",
        "it",
        "they",
        "these",
        "this",
        "including",
        "such",
        "not",
        "possibly",
        "discussed",
        "agreed",
    ]
)
_TOKEN = re.compile(r"\s*(?:(?P<mark>[,;:.()])|(?P<word>[^\s,;:()]+?)(?=[\s,;:()]|\.(?:\s|$)|$))")
_EXAMPLES = re.compile(r"\s*,?\s*(?:e\.g\.,?|for example,?|such as|including)\s+")
PHRASE_WORDS = 9
"""Words of the longest phrase that names a partner in the annotated texts, rounded up."""


@dataclass(frozen=True)
class Named:
    """A sentence and the names in it: `masked` has the same length as `text`."""

    text: str
    masked: str

    @cached_property
    def organisations(self) -> tuple[str, ...]:
        """Organisations and states named, as printed."""
        return tuple(self.printed(m.start(), m.end()) for m in re.finditer(KNOWN, self.masked))

    def printed(self, start: int, end: int) -> str:
        """The words of a range, white space folded, a leading article left out."""
        words = " ".join(self.text[start:end].split()).strip(" ,;")
        return re.sub(r"^(?:the|an?)\s+", "", words, flags=re.IGNORECASE)


def named(text: str, authority: Authority) -> Named:
    """Hide the names of a text behind masks; "ASEAN" and "Member States" count as names."""
    chars = list(text)
    for start, end, mask in _found(text, authority):
        if chars[start] not in (ORG, STATE, TERM):
            start, end, mask = _widened(text, start, end, mask)
            chars[start:end] = mask * (end - start)
    return Named(text, "".join(chars))


def _found(text: str, authority: Authority) -> Iterator[tuple[int, int, str]]:
    for found in _MINISTRY.finditer(text):
        yield *found.span(), ORG
    for mention in authority.mentions(text):
        kind = mention.entry.kind
        grouped = kind == "country" or mention.entry.id in GROUPS
        mask = STATE if grouped else TERM if kind == "term" else ORG
        yield mention.start, mention.end, mask
    for found in _STATES.finditer(text):
        yield *found.span(), STATE
    for found in _ASEAN.finditer(text):
        yield *found.span(), ORG


def _widened(text: str, start: int, end: int, mask: str) -> tuple[int, int, str]:
    """Take in the rest of a name ("ILO Jakarta", "ILO/EASMAT") and what stands beside it in brackets."""
    ordinal = _ORDINAL.search(text, max(0, start - 12), start)
    start = ordinal.start() if ordinal else start
    tail = _TAIL.match(text, end)
    if tail:
        end = tail.end()
        mask = TERM if _THING.search(tail.group()) else mask
    bracket = _BRACKETED.match(text, end)
    return start, bracket.end() if bracket else end, mask


def partners_in(sentence: Named, bodies: str = "") -> tuple[str, ...]:
    """With whom: the names and partner phrases after "with", "between", "assist" and their like.

    Evidence on the annotated rows that print a partner: see the tests of the five texts. Tried and
    dropped: every organisation in the sentence (a body named as the subject of a study is no partner),
    and phrases whose head is not a word for partners ("with regard", "with training").
    """
    found: list[str] = []
    for opening in _WITH.finditer(sentence.masked):
        found.extend(phrases_at(sentence, opening.end()))
    for opening in _BETWEEN.finditer(sentence.masked):
        listed = phrases_at(sentence, opening.end())
        found.extend(name for name in listed if name.endswith("partners"))
    for joint in _JOINT.finditer(sentence.masked):
        found.extend(sentence.printed(*joint.span(g)) for g in (1, 2))
    for invited in _INVITED.finditer(sentence.masked):
        found.append(sentence.printed(*invited.span(1)))
    taken = {name.strip() for name in bodies.split(",")}
    return tuple(
        dict.fromkeys(name for name in found if (name not in taken and name != "ASEAN") or _lone(name, taken))
    )


def _lone(name: str, taken: set[str]) -> bool:
    """ASEAN is a partner where it is not the one that acts and no part of it is named."""
    return name == "ASEAN" and not any("ASEAN" in body or "Minister" in body for body in taken)


_WITH = re.compile(
    r"\b(?:with (?:the )?(?:\w+ ){0,2}(?:support|assistance|help|involvement|participation|cooperation"
    r"|collaboration) (?:from|of|by)|(?<!comply )with|alongside|in addition to|assist(?:ing)?|assistance to"
    r"|invitations? to|made to|support for|invited|discussed with)\s+(?!as\b)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\b(?:between|among)\s+", re.IGNORECASE)
_INVITED = re.compile(
    r"(?:^|, )((?:the |other )?(?:\w+ ){0,4}partners) (?:may|will|can|should) (?:also )?be invited\b"
)
_NAME_FIRST = re.compile(rf"(?:the\s+)?{KNOWN}(?= (?:of|prepare|develop|organi[sz]e|implement|attend)\b)")
_JOINT = re.compile(rf"({ORG}+)[-/]({ORG}+) (?:collaboration|cooperation|partnership)")


def phrases_at(sentence: Named, at: int) -> list[str]:
    """The listed phrases that begin at an offset and name partners; none after the first that does not."""
    found: list[str] = []
    listed = list(_listed(sentence.masked, at))
    commas = sum(1 for *_, joint in listed if joint.startswith(",")) > 0
    merged: list[tuple[int, int]] = []
    for start, end, joint in listed:
        is_name = re.fullmatch(rf"(?:the )?{ANY}", sentence.masked[start:end])
        if merged and joint == "and" and commas and not is_name:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    for start, end in merged:
        end = _name_end(sentence.masked, start, end)
        if not _names_partner(sentence.masked[start:end]):
            break
        found.append(sentence.printed(start, end))
    return found


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
        token = _TOKEN.match(masked, at)
        examples = _EXAMPLES.match(masked, at)
        if token is None or (examples is None and _closes(token)):
            break
        word = (token["word"] or token["mark"] or "").lower()
        if examples or word in (",", "and", "or", "&"):
            if start >= 0:
                yield start, end, joint
                start, joint = -1, ""
            joint = ",e.g." if examples else (joint + " " + word).strip()
            at = examples.end() if examples else token.end()
            continue
        start = token.start("word") if start < 0 else start
        at = end = token.end()
    if start >= 0:
        yield start, end, joint


def _closes(token: re.Match[str]) -> bool:
    """Whether a token ends the list: a stop, a bracket, a preposition or a verb."""
    word = token["word"]
    if word is None:
        return token["mark"] != ","
    return word.lower() in _STOPS and not word.isupper()
