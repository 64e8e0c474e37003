"""How far is the work in the background, and is anybody still at it? A small file beside the database.

The database itself cannot tell: while the one transaction of an import is open, nobody else writes to it.
"""

import json
import os
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

EVERY_SECONDS = 1.0
# Nothing heard for so long: whoever worked was stopped.
SILENCE_SECONDS = 20.0


@dataclass(frozen=True)
class Progress:
    """What is being done, and how much of it."""

    doing: str
    done: int = 0
    total: int = 0

    @property
    def percent(self) -> int | None:
        """0 to 100; None where there is nothing to count."""
        return min(100, 100 * self.done // self.total) if self.total else None


def progress_file(instance: Path, upload_id: str) -> Path:
    """Where the progress of an upload stands. Raises ValueError for what is no id."""
    return instance / "uploads" / f"{UUID(upload_id)}.json"


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
        self._path, self._said, self._over = path, Progress("start"), threading.Event()

    def announce(self) -> None:
        """Say that somebody is at it, or is about to be."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._write()

    def doing(self, name: str) -> None:
        """Say which step begins."""
        self._said = Progress(name)

    def steps(self, steps: Iterable, total: int) -> Iterator:
        """Go through `steps` and count them."""
        name = self._said.doing
        for done, one in enumerate(steps):
            if done % 50 == 0:
                self._said = Progress(name, done, total)
            yield one
        self._said = Progress(name, total, total)

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
