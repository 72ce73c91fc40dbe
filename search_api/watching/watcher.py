"""One pass over watched folders: what is new there is added, what changed replaced, and the index built."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import monotonic, time

from corpus.errors import LabourError, SourceError
from corpus.files import sha256_of
from ingest.intake.report import Row
from ingest.readers.kinds import file_type
from search_api.adding import Proposed, add, exchange, proposed, remove
from search_api.bootstrap import Application
from search_api.given import Given
from search_api.updating.update import Update, update
from search_api.watching.folders import Stamp, files_in
from search_api.watching.gone import Lost, Seen, fingerprints, lost
from search_api.watching.origins import Origin, Origins, can_be_written, load_origins, save_origins

FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0
"""Seconds until what failed is tried again though nothing has changed; each time twice as many."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Rules:
    """How folders are watched.

    A file is settled when it has not changed for `settle` seconds. `remove` takes documents out whose file
    has gone from a watched folder. `given` is said of every file.
    """

    folders: tuple[Path, ...]
    settle: float = 2.0
    remove: bool = False
    given: Given = Given()  # noqa: RUF009


class Watcher:
    """Keeps a library in step with folders; each pass goes on after what cannot be done."""

    def __init__(
        self,
        application: Application,
        rules: Rules,
        say: Say,
        built: Callable[[Update], None],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """Take the rules, what says a line of each file, and what tells of each index that was built."""
        self._application = application
        self._library = application.library
        self._rules = rules
        self._say = say
        self._built = built
        self._clock = clock
        self._seen: dict[Path, Seen] = {}
        self._twins: list[Path] = []
        self._failed: dict[str, str] = {}
        self._kept: dict[str, str] = {}
        self._moved = False
        self._unsettled = True
        self._pause = self._again = 0.0

    @property
    def due(self) -> bool:
        """Whether another pass is needed though nothing changes: a file is not settled, or something failed
        and is to be tried again by now.
        """
        return self._unsettled or (bool(self._failed) and self._clock() >= self._again)

    def sync(self) -> None:
        """Make one pass."""
        self._unsettled, before, self._failed = False, self._failed, {}
        files = files_in(self._rules.folders, self._library.home.resolve())
        for path, stamp in files.items():
            self._guarded(str(path), partial(self._see, path, stamp), before)
        self._guarded("what has gone", partial(self._look_for_lost, files), before)
        self._guarded("the index", self._build, before)
        self._pause = min(2 * self._pause, LONGEST_PAUSE) if before and self._failed else FIRST_PAUSE
        self._again = self._clock() + self._pause

    def _guarded(self, what: str, step: Callable[[], None], before: Mapping[str, str]) -> None:
        """Take a step; where it fails, say so unless it was so before, and come back to it."""
        try:
            step()
        except (LabourError, OSError) as error:
            words = self._failed[what] = f"{what}: {' '.join(str(error).split())}"
            if before.get(what) != words:
                self._say(words)

    def _see(self, path: Path, stamp: Stamp) -> None:
        """Look at a file that is new or has changed since it was looked at."""
        before = self._seen.get(path)
        if before is not None and before.stamp == stamp:
            return
        if 0 <= time() - stamp.time / 1e9 < self._rules.settle:
            self._unsettled = True
            return
        self._seen[path] = Seen(stamp, self._take(path))

    def _take(self, path: Path) -> str:
        """Add a file unless it is held; return its fingerprint."""
        sha256 = sha256_of(path)
        origins = [one for one in self._origins() if one.path == str(path)]
        if sha256 in {one.sha256 for one in origins}:
            return sha256
        if sha256 in self._held():
            self._twins.append(path)
            return sha256
        origin = origins[-1] if origins else None
        found = self._read(path, "" if origin is None else origin.document)
        if found is not None:
            self._keep(path, found, origin)
        return sha256

    def _read(self, path: Path, document: str) -> Proposed | None:
        """Read a file, under the id of the document that it replaces, if any; say why where it is refused."""
        with_id = replace(self._rules.given, id=document)
        try:
            if not can_be_written(path):
                raise SourceError("Its name, or its folder's, is not UTF-8. Rename it.", "unreadable name")
            file_type(path)
            found, rows = proposed(self._library, self._application.authority, [path], with_id)
        except SourceError as error:
            self._refuse(path, error.reason, str(error))
            return None
        for row in rows:
            self._refuse(path, row.reason, row.words)
        return found[0] if found else None

    def _keep(self, path: Path, found: Proposed, origin: Origin | None) -> None:
        """Add a file, in the place of the document that came from its path before."""
        document = found.source.id
        self._save((*self._origins(), Origin(document, str(path), found.source.sha256)))
        self._moved = True
        keep = add if origin is None else exchange
        keep(self._library, found)
        self._say(f"{'added' if origin is None else 'replaced'} {document}: {path}{_notices(found.row)}")

    def _refuse(self, path: Path, reason: str, words: str) -> None:
        self._say(f"refused {path}: {reason}. {' '.join(words.split())}")

    def _look_for_lost(self, files: dict[Path, Stamp]) -> None:
        """See to the documents that have lost their file, once it is known what every file is."""
        if self._unsettled:
            return
        self._seen = {path: seen for path, seen in self._seen.items() if path in files}
        known = fingerprints(files, self._seen)
        kept: dict[str, str] = {}
        for one in lost(self._origins(), known, self._rules.folders, self._held()):
            self._look_at(one, kept)
        for what in kept.keys() - self._kept.keys():
            self._say(kept[what])
        self._kept = kept
        self._look_at_twins(known)

    def _look_at(self, one: Lost, kept: dict[str, str]) -> None:
        """Follow a file that moved; remove the document of one that went, or note why that is kept."""
        document = one.origin.document
        if one.heir is not None:
            others = [origin for origin in self._origins() if origin != one.origin]
            self._save((*others, replace(one.origin, path=str(one.heir))))
            self._say(f"moved {document}: {one.heir}, since {one.words}")
        elif not self._rules.remove:
            kept[document] = f"kept {document}, though {one.words}; --remove-deleted takes it out"
        elif one.emptied is not None:
            kept[str(one.emptied)] = (
                f"kept the documents of {one.emptied}, since it is empty, as where a disk is not mounted;"
                " `labour remove` takes them out"
            )
        else:
            remove(self._library, document)
            self._moved = True
            self._say(f"removed {document}: {one.words}")

    def _look_at_twins(self, known: Mapping[Path, str]) -> None:
        """Say which files are held from elsewhere; one whose twin has been replaced is looked at again."""
        held, paths = self._held(), {origin.path for origin in self._origins()}
        for path in self._twins:
            if path in known and known[path] not in held:
                del self._seen[path]
                self._unsettled = True
            elif path in known and str(path) not in paths:
                self._say(f"held already as {held[known[path]]}: {path}")
        self._twins = []

    def _build(self) -> None:
        if not self._moved and self._library.is_current():
            return
        self._built(update(self._application, _silent))
        self._moved = False

    def _origins(self) -> Origins:
        return load_origins(self._library.home, self._library.added())

    def _save(self, origins: Origins) -> None:
        save_origins(self._library.home, origins)

    def _held(self) -> dict[str, str]:
        """The ids of all documents by their fingerprints."""
        return {source.sha256: source.id for source in self._library.sources()}


def _notices(row: Row) -> str:
    return "".join(f"; {notice.words}" for notice in row.notices)


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Report nothing."""
