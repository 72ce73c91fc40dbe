"""What one check found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from index.manifest import REBUILD

INDEX = "run `labour index`"
"""The remedy where a build, or the tidying that it begins with, mends what is wrong."""


class State(StrEnum):
    """How a check ended; it is skipped where what it would look at is missing or damaged."""

    OK = "ok"
    WRONG = "wrong"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and what to do about it."""

    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, what was found there, and what is wrong with it."""

    name: str
    state: State
    found: str
    faults: tuple[Fault, ...] = ()


def checked(name: str, found: str, faults: Iterable[Fault]) -> Check:
    """Return a check that was carried out: ok where there are no faults."""
    held = tuple(faults)
    return Check(name, State.WRONG if held else State.OK, found, held)


def skipped(name: str, why: str) -> Check:
    """Return a check that could not be carried out, and why."""
    return Check(name, State.SKIPPED, why)


def by_rebuilding(what: Iterable[str]) -> tuple[Fault, ...]:
    """Return the faults that a build from the sources mends."""
    return tuple(Fault(one, REBUILD) for one in what)
