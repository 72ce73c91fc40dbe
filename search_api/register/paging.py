"""Cursors: where the next page of a listing begins, good for one generation and one selection.

A selection is whatever value names the listing by its `repr`.
"""

from __future__ import annotations

import base64
import binascii

from corpus.errors import CursorError
from corpus.ids import digest

LONGEST = 200


def make_cursor(generation: str, selection: object, place: int) -> str:
    """Name the place in a listing at which the next page begins."""
    payload = f"{place}.{_seal(generation, selection, place)}"
    return base64.urlsafe_b64encode(payload.encode()).decode().rstrip("=")


def read_cursor(cursor: str, generation: str, selection: object) -> int:
    """Return the place that a cursor names.

    Raises CursorError where it is not one of this generation and this selection.
    """
    try:
        padded = cursor[:LONGEST] + "=" * (-len(cursor[:LONGEST]) % 4)
        place, _, seal = base64.urlsafe_b64decode(padded.encode("ascii")).decode("ascii").partition(".")
    except (binascii.Error, UnicodeError) as error:
        raise _refusal() from error
    if not place.isdecimal() or seal != _seal(generation, selection, int(place)):
        raise _refusal()
    return int(place)


def _seal(generation: str, selection: object, place: int) -> str:
    return digest((generation, repr(selection), str(place)))


def _refusal() -> CursorError:
    return CursorError(
        "The cursor is not of this listing: the index or the filters have changed since, or it was never"
        " given out; list again from the start, without a cursor."
    )
