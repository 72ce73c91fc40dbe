"""The formats in which the register can be written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from search_api.exports import bibtex, csl_json, csv, jsonl, ris, xlsx
from search_api.register.rows import Row


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its media type, the ending of its files, and its writer, from rows to pieces of a file.

    `binary` says that it is no text and does not belong on a terminal.
    """

    media_type: str
    ending: str
    write: Callable[[Iterable[Row]], Iterator[bytes]]
    binary: bool = False

    @property
    def file_name(self) -> str:
        """The name that a downloaded file gets."""
        return f"commitments.{self.ending}"


FORMATS: dict[str, Format] = {
    "jsonl": Format("application/x-ndjson", "jsonl", jsonl.write),
    "csv": Format("text/csv; charset=utf-8", "csv", csv.write),
    "xlsx": Format(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", xlsx.write, binary=True
    ),
    "csl-json": Format("application/vnd.citationstyles.csl+json", "json", csl_json.write),
    "bibtex": Format("application/x-bibtex; charset=utf-8", "bib", bibtex.write),
    "ris": Format("application/x-research-info-systems; charset=utf-8", "ris", ris.write),
}
