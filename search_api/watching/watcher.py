"""One pass over watched folders: what is new there is added, what changed replaced, and the index built."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import time

from corpus.errors import LabourError, RecordNotFoundError, SourceError
from ingest.intake.report import Row
from ingest.readers.kinds import file_type
from search_api.adding import Given, Proposed, add, proposed, remove
from search_api.bootstrap import Application
from search_api.updating import Update, update
from search_api.watching.folders import Stamp, files_in
from search_api.watching.origins import Origin, load_origins, save_origins

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
        self, application: Application, rules: Rules, say: Say, built: Callable[[Update], None]
    ) -> None:
        """Take the rules, what says a line of each file, and what tells of each index that was built."""
        self._application = application
        self._library = application.library
        self._rules = rules
        self._say = say
        self._built = built
        self._seen: dict[Path, Stamp] = {}
        self._told: set[str] = set()
        self._moved = False
        self.due = True
        """Whether another pass is needed though nothing changes: a file is not settled, a build failed."""

    def sync(self) -> None:
        """Make one pass."""
        self.due = False
        files = files_in(self._rules.folders, self._library.home.resolve())
        for path, stamp in files.items():
            self._guarded(str(path), partial(self._see, path, stamp))
        self._guarded("what has gone", partial(self._look_for_gone, files))
        self._guarded("the index", self._build)

    def _guarded(self, what: str, step: Callable[[], None]) -> None:
        """Take a step; where it fails, say so once and come back to it."""
        try:
            step()
        except (LabourError, OSError) as error:
            words = f"{what}: {' '.join(str(error).split())}"
            self.due = True
            if words not in self._told:
                self._told.add(words)
                self._say(words)

    def _see(self, path: Path, stamp: Stamp) -> None:
        """Look at a file that is new or has changed since it was looked at."""
        if self._seen.get(path) == stamp:
            return
        if 0 <= time() - stamp.time / 1e9 < self._rules.settle:
            self.due = True
            return
        self._take(path)
        self._seen[path] = stamp

    def _take(self, path: Path) -> None:
        origins = load_origins(self._library.home, self._library.added())
        origin = next((one for one in origins if one.path == str(path)), None)
        sha256 = _sha256(path)
        if origin is not None and origin.sha256 == sha256:
            return
        held = next((one.id for one in self._library.sources() if one.sha256 == sha256), None)
        if held is not None:
            self._say(f"held already as {held}: {path}")
            return
        found = self._read(path, "" if origin is None else origin.document)
        if found is not None:
            self._keep(path, found, origin)

    def _read(self, path: Path, document: str) -> Proposed | None:
        """Read a file, under the id of the document that it replaces, if any; say why where it is refused."""
        with_id = replace(self._rules.given, id=document)
        try:
            file_type(path)
            found, rows = proposed(self._library, self._application.authority, [path], with_id)
        except SourceError as error:
            self._refuse(path, error.reason, str(error))
            return None
        for row in rows:
            self._refuse(path, row.reason, row.words)
        return found[0] if found else None

    def _keep(self, path: Path, found: Proposed, origin: Origin | None) -> None:
        """Add a file in the place of the document that came from its path before."""
        home, document = self._library.home, found.source.id
        others = load_origins(home, self._library.added())
        save_origins(home, (*others, Origin(document, str(path), found.source.sha256)))
        if origin is not None:
            with suppress(RecordNotFoundError):
                remove(self._library, origin.document)
        self._moved = True
        add(self._library, found)
        self._say(f"{'added' if origin is None else 'replaced'} {document}: {path}{_notices(found.row)}")

    def _refuse(self, path: Path, reason: str, words: str) -> None:
        self._say(f"refused {path}: {reason}. {' '.join(words.split())}")

    def _look_for_gone(self, files: dict[Path, Stamp]) -> None:
        for origin in self._gone(files):
            path = Path(origin.path)
            self._seen.pop(path, None)
            if self._rules.remove:
                remove(self._library, origin.document)
                self._moved = True
                self._say(f"removed {origin.document}: {path} has gone")
            elif origin.document not in self._told:
                self._told.add(origin.document)
                self._say(f"kept {origin.document}, though {path} has gone; --remove-deleted takes it out")

    def _gone(self, files: dict[Path, Stamp]) -> Iterator[Origin]:
        """Origins in folders that are there, of files that are not."""
        folders = [folder for folder in self._rules.folders if folder.is_dir()]
        for origin in load_origins(self._library.home, self._library.added()):
            path = Path(origin.path)
            if path not in files and any(folder in path.parents for folder in folders) and not path.exists():
                yield origin

    def _build(self) -> None:
        if not self._moved and self._library.is_current():
            return
        self._built(update(self._application, _silent))
        self._moved = False
        self._told.clear()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _notices(row: Row) -> str:
    return "".join(f"; {notice.words}" for notice in row.notices)


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Report nothing."""
