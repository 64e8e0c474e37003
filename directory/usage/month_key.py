"""With which key are viewers told apart this month? A random one in a file outside the databases, destroyed afterwards.

Without the key nobody can find out which address stands behind a mark, not even by trying all addresses. The file
belongs to the host: its processes share it, readable by its user only.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

KEY_BYTES = 32


class MonthKey:
    """The key of the running month in the file `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: tuple[str, bytes] | None = None

    def key(self, month: str) -> bytes | None:
        """The key of `month` (2026-11), made when it is the first asked for; None for a month that is over."""
        if self._known is None or self._known[0] < month:
            with self._alone():
                self._known = self._read(month) or self._renew(month)
        return self._known[1] if self._known[0] == month else None

    def destroy_before(self, month: str) -> None:
        """Destroy the key of every earlier month, in this process and in the file."""
        if self._known is not None and self._known[0] < month:
            self._known = None
        if not self._path.exists():
            return
        with self._alone():
            if self._read(month) is None:
                self._destroy()

    def _read(self, month: str) -> tuple[str, bytes] | None:
        """Month and key of the file when it is of `month` or later."""
        try:
            kept, key = self._path.read_text("ascii").split()
            return (kept, bytes.fromhex(key)) if kept >= month and len(key) == 2 * KEY_BYTES else None
        except (FileNotFoundError, ValueError):
            return None  # none yet, or damaged: a new key, and whoever was counted before may be counted twice

    def _renew(self, month: str) -> tuple[str, bytes]:
        self._destroy()
        key = secrets.token_bytes(KEY_BYTES)
        new = self._path.with_suffix(".new")
        new.unlink(missing_ok=True)
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(f"{month} {key.hex()}\n")
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._path)
        return month, key

    def _destroy(self) -> None:
        """Overwrite, then remove: removing alone leaves the bytes on the disk."""
        if not self._path.exists():
            return
        with self._path.open("r+b") as file:
            file.write(bytes(self._path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        self._path.unlink()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time; a process that dies lets go."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
