"""The names of bodies, countries, partners and other terms, as authority.toml lists them.

Every name is data; this module resolves a name to its entry and finds the entries that a text names.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from corpus.errors import AuthorityError, UnknownNameError
from corpus.ids import slug
from corpus.mentions import Entry, Mention, find_mentions, name_tree, normalise

__all__ = ["DEFAULT_AUTHORITY", "KINDS", "Authority", "Entry", "Mention", "load_authority", "normalise"]

DEFAULT_AUTHORITY = Path(__file__).with_name("authority.toml")
KINDS = ("body", "country", "partner", "term")

_REQUIRED: dict[str, type] = {"id": str, "acronym": str, "name": str, "also": list}
_OPTIONAL: dict[str, type] = {"scanned": bool}


class Authority:
    """The entries of an authority file, ready to resolve names and to find them in text."""

    def __init__(self, entries: Iterable[Entry], exact_case: Iterable[str] = ()) -> None:
        """Index the entries once; raises AuthorityError where two of them claim one name."""
        self.entries = tuple(entries)
        self._by_id = _by_id(self.entries)
        self._by_name = _by_name(self.entries)
        self._tree = name_tree(self.entries, exact_case)

    @property
    def bodies(self) -> tuple[Entry, ...]:
        """ASEAN's bodies and the organisations associated with it."""
        return self._of_kind("body")

    @property
    def countries(self) -> tuple[Entry, ...]:
        """The member states."""
        return self._of_kind("country")

    @property
    def partners(self) -> tuple[Entry, ...]:
        """International organisations, donors and dialogue partners."""
        return self._of_kind("partner")

    @property
    def terms(self) -> tuple[Entry, ...]:
        """Meetings, instruments, programmes and concepts that the texts abbreviate."""
        return self._of_kind("term")

    def entry(self, entry_id: str) -> Entry:
        """Look an entry up by its id; raises UnknownNameError where there is none."""
        if entry_id not in self._by_id:
            raise UnknownNameError(f"No entry of the authority file has the id {entry_id!r}.")
        return self._by_id[entry_id]

    def named(self, name: str) -> Entry | None:
        """Return the entry that a name, in any spelling, or an id belongs to, None where there is none."""
        return self._named(normalise(name))

    def body_id(self, name: str) -> str:
        """Resolve a body's name, in any spelling, to its id; partners, who issue texts too, are accepted.

        Raises UnknownNameError with the nearest names.
        """
        return self._resolve(name, ("body", "partner"), "body")

    def country_id(self, name: str) -> str:
        """Resolve a member state's name to its id; raises UnknownNameError with the nearest names."""
        return self._resolve(name, ("country",), "member state")

    def partner_id(self, name: str) -> str:
        """Resolve a partner's name to its id; raises UnknownNameError with the nearest names."""
        return self._resolve(name, ("partner",), "partner")

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Find the entries named in a text, in order, the longest name winning where names overlap."""
        return tuple(find_mentions(self._tree, text))

    def bodies_in(self, text: str) -> tuple[str, ...]:
        """Ids of the bodies named in a text, each once, in order of first mention."""
        return self._ids_in(text, "body")

    def countries_in(self, text: str) -> tuple[str, ...]:
        """Ids of the member states named in a text, each once, in order of first mention."""
        return self._ids_in(text, "country")

    def partners_in(self, text: str) -> tuple[str, ...]:
        """Ids of the partners named in a text, each once, in order of first mention."""
        return self._ids_in(text, "partner")

    def _of_kind(self, kind: str) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.kind == kind)

    def _ids_in(self, text: str, kind: str) -> tuple[str, ...]:
        found = find_mentions(self._tree, text)
        return tuple(dict.fromkeys(mention.entry.id for mention in found if mention.entry.kind == kind))

    def _resolve(self, name: str, kinds: tuple[str, ...], wanted: str) -> str:
        entry = self._named(normalise(name))
        if entry is not None and entry.kind in kinds:
            return entry.id
        shown = name if len(name) <= 100 else name[:100] + "..."
        if entry is not None:
            raise UnknownNameError(
                f"{shown!r} is the name of a {entry.kind}, {entry.id!r}, not of a {wanted}."
            )
        near = ", ".join(self._nearest(shown, kinds))
        raise UnknownNameError(f"{shown!r} is not a {wanted} that this system knows. Nearest: {near}.")

    def _named(self, key: str) -> Entry | None:
        """The entry that claims a normalised name, also after a leading "the" or "ASEAN"."""
        bare = key.removeprefix("the")
        keys = (key, bare, bare.removeprefix("asean"))
        return next((self._by_name[key] for key in keys if key in self._by_name), None)

    def _nearest(self, name: str, kinds: tuple[str, ...]) -> tuple[str, ...]:
        known = {key: entry for key, entry in self._by_name.items() if entry.kind in kinds}
        close = difflib.get_close_matches(normalise(name), known, n=9, cutoff=0.0)
        return tuple(dict.fromkeys(known[key].label for key in close))[:3]


def load_authority(path: Path | None = None) -> Authority:
    """Read an authority file, by default the system's own, once in the life of the process.

    Raises AuthorityError naming the file, the entry, what is wrong and how to put it right.
    """
    return _load(path or DEFAULT_AUTHORITY)


@cache
def _load(path: Path) -> Authority:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AuthorityError(f"{path}: cannot be read: {error}. Restore or correct the file.") from error
    _check_tables(path, data)
    try:
        entries = [_entry(kind, place, table) for kind in KINDS for place, table in _numbered(data.get(kind))]
        return Authority(entries, data.get("exact_case", []))
    except AuthorityError as error:
        raise AuthorityError(f"{path}: {error}") from error


def _check_tables(path: Path, data: Mapping[str, Any]) -> None:
    for key, value in data.items():
        if key not in (*KINDS, "exact_case"):
            raise AuthorityError(f"{path}: unknown table {key!r}. Known: {', '.join(KINDS)}.")
        if not isinstance(value, list):
            raise AuthorityError(f"{path}: {key} is not a list. Write entries as [[{key}]].")
    if not _are_names(data.get("exact_case", [])):
        raise AuthorityError(f"{path}: exact_case holds something that is no name. Put names in quotes.")


def _numbered(tables: list[Any] | None) -> Iterable[tuple[int, Any]]:
    return enumerate(tables or (), start=1)


def _entry(kind: str, place: int, table: object) -> Entry:
    if not isinstance(table, Mapping):
        raise AuthorityError(f"{kind} {place} is not a table. Write it as [[{kind}]].")
    where = f"{kind} {place} ({table.get('id', 'without id')})"
    fields = {**_REQUIRED, **_OPTIONAL}
    for key, value in table.items():
        if key not in fields or not isinstance(value, fields[key]):
            raise AuthorityError(
                f"{where}: field {key!r} is unknown or of the wrong type. See the file's head."
            )
    missing = next((key for key in _REQUIRED if key not in table), None)
    if missing is not None:
        raise AuthorityError(f"{where}: field {missing!r} is missing. Add it.")
    if slug(table["id"]) != table["id"] or not table["id"]:
        raise AuthorityError(f"{where}: the id is not lower-case words joined by hyphens. Correct it.")
    if not _are_names([table["name"], *table["also"]]):
        raise AuthorityError(f"{where}: a name is empty or not in quotes. Correct it.")
    return Entry(kind=kind, **{**table, "also": tuple(table["also"])})


def _are_names(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) and normalise(value) for value in values)


def _by_id(entries: tuple[Entry, ...]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.id in found:
            raise AuthorityError(f"two entries have the id {entry.id!r}. Give each its own.")
        found[entry.id] = entry
    return found


def _by_name(entries: tuple[Entry, ...]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        for name in (*entry.names, entry.id):
            holder = found.setdefault(normalise(name), entry)
            if holder is not entry:
                raise AuthorityError(
                    f"{entry.kind} {entry.id!r} claims the name {name!r}, which {holder.kind}"
                    f" {holder.id!r} has already. Take it from one of them."
                )
    return found
