"""How far is the work in the background, and is anybody still at it? A small file beside the database.

The database itself cannot tell: while the one transaction of an import is open, nobody else writes to it.
"""

import json
import os
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

EVERY_SECONDS = 1.0
# Nothing heard for so long: whoever worked was stopped.
SILENCE_SECONDS = 20.0
# The two works on an upload: the step its state asks for, and the annotated copy of the list.
STEP, COPY = "step", "copy"
# What is being done while nobody else can write to a SQLite file.
WRITE, UNDO = "write", "undo"
ALONE = (WRITE, UNDO)
# Before so much is done, how long the rest takes is not foretold.
FORETOLD_FROM = 0.05


@dataclass(frozen=True)
class Progress:
    """What is being done since when (seconds of the clock), and how much of it."""

    doing: str
    done: int = 0
    total: int = 0
    since: float = 0.0

    @property
    def percent(self) -> int | None:
        """0 to 100; None where there is nothing to count."""
        return min(100, 100 * self.done // self.total) if self.total else None

    def seconds_left(self, now: float) -> float | None:
        """How long it will still take, if it goes on as until now; None while that cannot be said."""
        part = self.done / self.total if self.total else 0.0
        return max(0.0, now - self.since) * (1 - part) / part if part >= FORETOLD_FROM else None


def progress_file(instance: Path, upload_id: str, work: str = STEP) -> Path:
    """Where the progress of a work on an upload stands. Raises ValueError for what is no id."""
    return instance / "uploads" / f"{UUID(upload_id)}.{work}.json"


def alone(instance: Path) -> Progress | None:
    """The work that keeps everybody else from writing at this moment, if there is one."""
    found = filter(None, (look(path) for path in sorted((instance / "uploads").glob(f"*.{STEP}.json"))))
    return next((progress for progress in found if progress.doing in ALONE), None)


def look(path: Path, now: float | None = None) -> Progress | None:
    """What was last said; None when nobody has said anything for a while."""
    try:
        quiet = (time.time() if now is None else now) - path.stat().st_mtime
        said = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return Progress(**said) if quiet < SILENCE_SECONDS else None


class Teller:
    """Writes down how far the work is, once a second, for as long as it is open."""

    def __init__(self, path: Path) -> None:
        self._path, self._said, self._over = path, Progress("start", since=time.time()), threading.Event()

    def announce(self) -> None:
        """Say that somebody is at it, or is about to be."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._write()

    def doing(self, name: str) -> None:
        """Say which step begins."""
        self._said = Progress(name, since=time.time())

    def steps(self, steps: Iterable, total: int) -> Iterator:
        """Go through `steps` and count them."""
        said = self._said
        for done, one in enumerate(steps):
            self._said = replace(said, done=done, total=total)
            yield one
        self._said = replace(said, done=total, total=total)

    @contextmanager
    def telling(self) -> Iterator["Teller"]:
        """Keep telling while the work inside goes on; the file goes with it."""
        self.announce()
        voice = threading.Thread(target=self._keep_telling, daemon=True)
        voice.start()
        try:
            yield self
        finally:
            self._over.set()
            voice.join()
            self._path.unlink(missing_ok=True)

    def _keep_telling(self) -> None:
        while not self._over.wait(EVERY_SECONDS):
            self._write()

    def _write(self) -> None:
        beside = self._path.with_suffix(f".{os.getpid()}")
        beside.write_text(json.dumps(vars(self._said)), "utf-8")
        beside.replace(self._path)
