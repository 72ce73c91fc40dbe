"""The lines of a run, as `labour run` writes them, turned into the replies that are measured."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.errors import QuestionFileError
from search_api.evaluation.measures import Reply, Retrieved
from search_api.evaluation.objects import field, read_objects, text_field

_ID = re.compile(r"\[([^\[\]\s]+)\]$")
"""The passage id, with which a citation ends."""


def load_replies(path: Path) -> dict[str, Reply]:
    """Read a file of ranked passages, one JSON object a line, into replies by qid.

    Raises QuestionFileError naming the file, the line and what is wrong with it.
    """
    found: dict[str, Reply] = {}
    for where, fields in read_objects(path):
        qid = text_field(where, fields, "qid")
        if qid in found:
            raise QuestionFileError(f"{where}: qid {qid!r} is taken. Keep one line of it.")
        found[qid] = _reply(where, fields)
    if not found:
        raise QuestionFileError(f"{path}: no reply in it. Name a file that `labour run` wrote.")
    return found


def replies_of(lines: Iterable[Mapping[str, Any]]) -> dict[str, Reply]:
    """Turn the lines of a run into replies by qid."""
    return {line["qid"]: _reply("the run", line) for line in lines}


def cut(replies: Mapping[str, Reply], depth: int) -> dict[str, Reply]:
    """Keep the first `depth` passages of each reply."""
    return {qid: replace(reply, passages=reply.passages[:depth]) for qid, reply in replies.items()}


def depth_of(replies: Mapping[str, Reply]) -> int:
    """The number of passages of the longest reply; 0 for none."""
    return max((len(reply.passages) for reply in replies.values()), default=0)


def _reply(where: str, fields: Mapping[str, Any]) -> Reply:
    confidence = fields.get("confidence")
    if isinstance(confidence, bool) or not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        raise QuestionFileError(f"{where}: 'confidence' is not a number from 0 to 1. Correct it.")
    passages = field(where, fields, "passages", list)
    return Reply(float(confidence), tuple(_passage(where, entry) for entry in passages))


def _passage(where: str, entry: object) -> Retrieved:
    if not isinstance(entry, Mapping):
        raise QuestionFileError(f"{where}: a passage is not a JSON object. Write {{...}}.")
    document, text = (str(field(where, entry, name, str)) for name in ("document", "text"))
    found = _ID.search(str(entry.get("citation", "")))
    return Retrieved(document, text, found[1] if found else "")
