"""Where are the keys? In one file outside the database, readable by its owner only; lost, nothing can be read again.

The file holds the master keys (the current one and, during a rotation, the one before) and the secret of keyed hashes.
It is made once, on an empty database, and never silently again: a second one would look as if all were well.
"""

import fcntl
import json
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from matcher.crypto import KEY_BYTES, Key, keyed_hash
from matcher.errors import LostKeys

ABOUT = "よりどころの鍵。これがないと、人についての記録は二度と読めません。データベースと別の所に控えを置いてください。"
OWNER_ONLY = 0o600
OTHERS = stat.S_IRWXG | stat.S_IRWXO


class KeyFile:
    """The keys in the file `path`, read again when a key is asked for that was not there before."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: tuple[int, int] | None = None
        self._current = ""
        self._keys: Mapping[str, Key] = {}
        self._hashing = b""

    @property
    def exists(self) -> bool:
        """Whether there is a file at all."""
        return self.path.exists()

    @property
    def current(self) -> Key:
        """The key new values are sealed with: of the file as it is now, for a rotation destroys the one before."""
        if not self.exists or self._stamp() != self._seen:
            self._read()
        return self._keys[self._current]

    def key(self, key_id: str) -> Key:
        """The key of that name. Raises LostKeys when the file does not have it."""
        if key_id not in self._keys:
            self._read()
        if key_id not in self._keys:
            raise LostKeys(
                f"鍵のファイル {self.path.name} は、このデータベースの鍵ではありません。CASEWORK_KEY_FILE を確かめるか、"
                "控えから正しい鍵のファイルを戻してください。記録は消えていません。"
            )
        return self._keys[key_id]

    def hash(self, purpose: str, text: str) -> str:
        """A keyed hash; it stays the same through rotations."""
        if not self._hashing:
            self._read()
        return keyed_hash(self._hashing, purpose, text)

    def create(self) -> None:
        """Make the file with new keys. Raises FileExistsError when there is one."""
        key = Key.make()
        with self._alone():
            if self.exists:
                raise FileExistsError(self.path)
            self._write({key.id: key}, key.id, os.urandom(KEY_BYTES))
        self._read()

    def add(self) -> Key:
        """Begin a rotation: a new current key beside the old ones."""
        with self._alone():
            self._read()
            key = Key.make()
            self._write({**self._keys, key.id: key}, key.id, self._hashing)
        self._read()
        return key

    def keep_only(self, key_id: str) -> None:
        """End a rotation: destroy every other key."""
        with self._alone():
            self._read()
            self._write({key_id: self._keys[key_id]}, key_id, self._hashing)
        self._read()

    def _read(self) -> None:
        if not self.exists:
            raise LostKeys(
                f"鍵のファイル {self.path.name} が見つかりません。控えを、環境変数 CASEWORK_KEY_FILE の場所"
                "（なければ instance/keys）へ戻してください。記録は消えていません。新しい鍵は作らないでください。"
            )
        if self.path.stat().st_mode & OTHERS:
            raise LostKeys(
                f"鍵のファイル {self.path.name} を、ほかの利用者も読めるようになっています。"
                "chmod 600 で持ち主だけが読めるようにしてから、もう一度始めてください。"
            )
        seen = self._stamp()
        try:
            content = json.loads(self.path.read_text("utf-8"))
            keys = {name: Key(name, bytes.fromhex(secret)) for name, secret in content["keys"].items()}
            hashing = bytes.fromhex(content["hashing"])
            if content["current"] not in keys or {len(key.secret) for key in keys.values()} != {KEY_BYTES}:
                raise ValueError
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise LostKeys(
                f"鍵のファイル {self.path.name} がこわれているか、読めません。控えから戻してください。記録は消えていません。"
            ) from error
        self._seen, self._current, self._keys, self._hashing = seen, content["current"], keys, hashing

    def _stamp(self) -> tuple[int, int]:
        state = self.path.stat()
        return state.st_ino, state.st_mtime_ns

    def _write(self, keys: Mapping[str, Key], current: str, hashing: bytes) -> None:
        """The whole file at once: whoever reads meets the old one or the new one."""
        content = {
            "about": ABOUT, "current": current, "keys": {key.id: key.secret.hex() for key in keys.values()},
            "hashing": hashing.hex(),
        }
        new = self.path.with_suffix(".new")
        new.unlink(missing_ok=True)
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False, indent=2)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.path)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time; a process that dies lets go."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self.path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
