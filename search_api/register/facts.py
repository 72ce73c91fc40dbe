"""What a commitment says of itself, on one line."""

from __future__ import annotations

from corpus.records import Commitment


def name_of(commitment: Commitment) -> str:
    """Name a commitment by kind and number, as in "Activity 3" or, inferred, "Activity [3]"."""
    number = f"[{commitment.number}]" if commitment.inferred else commitment.number
    return f"{commitment.kind.value.replace('_', ' ').capitalize()} {number}".rstrip()


def facts_of(commitment: Commitment) -> str:
    """Body, period, status, coordinators and partners as printed; empty where the text states none.

    As in "Body: ACMW; period: 2011; coordinator: Indonesia; partners: ILO, UNAIDS".
    """
    parts = (
        ("body", (commitment.body,)),
        ("period", (commitment.period,)),
        ("status", (commitment.status,)),
        (_noun("coordinator", commitment.coordinators), commitment.coordinators),
        (_noun("partner", commitment.partners), commitment.partners),
    )
    stated = [f"{name}: {', '.join(map(_line, values))}" for name, values in parts if any(values)]
    facts = "; ".join(stated)
    return facts[:1].upper() + facts[1:]


def _noun(noun: str, values: tuple[str, ...]) -> str:
    return noun if len(values) == 1 else f"{noun}s"


def _line(text: str) -> str:
    return " ".join(text.split())
