"""Bodies, member states and partners that a question names, and the role in which it names them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corpus.authority import Authority, Mention
from corpus.understanding import Condition, Facet
from search_api.understanding.cues import COORDINATORS, PARTNERS

NEAR = 40
"""Characters between a party and the word that gives it a role."""


def parties_in(question: str, authority: Authority) -> Iterator[Condition]:
    """Yield a condition for each role in which parties are named, in the order of the question.

    Several parties in one role are alternatives: "activities of Thailand and Viet Nam".
    """
    found: dict[Facet, list[Mention]] = {}
    for mention in authority.mentions(question):
        if mention.entry.kind != "term":
            found.setdefault(_role(question, mention), []).append(mention)
    for role, mentions in found.items():
        words = ", ".join(question[mention.start : mention.end] for mention in mentions)
        yield Condition(role, _unique(mention.entry.id for mention in mentions), words)


def _role(question: str, mention: Mention) -> Facet:
    around = question[max(0, mention.start - NEAR) : mention.end + NEAR]
    if mention.entry.kind == "partner" and PARTNERS.search(around):
        return Facet.PARTNER
    if mention.entry.kind == "body":
        return Facet.BODY
    if COORDINATORS.search(around):
        return Facet.COORDINATOR
    return Facet.PARTNER if PARTNERS.search(around) else Facet.PARTY


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
