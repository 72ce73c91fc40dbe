"""BibTeX: an @incollection for each commitment, in UTF-8, as biber and current BibTeX styles read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from search_api.exports.references import Reference
from search_api.register.rows import Row

ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{char: f"\\{char}" for char in "&%$#_"},
    }
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def write(rows: Iterable[Row]) -> Iterator[bytes]:
    """Write an entry for each row; its key is the address with a colon for each slash."""
    for row in rows:
        yield _entry(Reference.of(row)).encode()


def _entry(reference: Reference) -> str:
    fields = {
        "author": _braced(" and ".join(f"{{{_escaped(name)}}}" for name in reference.authors)),
        "title": _braced(_braced(_escaped(reference.title))),
        "booktitle": _braced(_escaped(reference.container)),
        "publisher": _braced(_escaped(reference.publisher)),
        "year": _braced(str(reference.date[0])),
        **({"month": MONTHS[reference.date[1] - 1]} if len(reference.date) > 1 else {}),
        "note": _braced(_escaped(f"{reference.locator}; {reference.note}")),
        "language": _braced(_escaped(reference.language)),
    }
    lines = ",\n".join(f"  {name} = {value}" for name, value in fields.items())
    return f"@incollection{{{reference.key.replace('/', ':')},\n{lines}\n}}\n\n"


def _escaped(text: str) -> str:
    return text.translate(ESCAPES)


def _braced(text: str) -> str:
    return f"{{{text}}}"
