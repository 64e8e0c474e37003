"""Was the same calendar made a moment ago? A few of the last ones lie ready, for making one takes a second."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

MOST_KEPT = 32


class Shelf:
    """The last things made, by their mark; one thing is made at a time, so that many askers cannot fill every thread."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock, self._making = Lock(), Lock()

    def get(self, mark: str, make: Callable[[], bytes]) -> bytes:
        """What lies under `mark`, made now when nothing does."""
        kept = self._find(mark)
        if kept is not None:
            return kept
        with self._making:
            kept = self._find(mark)
            return kept if kept is not None else self._put(mark, make())

    def __len__(self) -> int:
        return len(self._kept)

    def _find(self, mark: str) -> bytes | None:
        with self._lock:
            if mark in self._kept:
                self._kept.move_to_end(mark)
            return self._kept.get(mark)

    def _put(self, mark: str, made: bytes) -> bytes:
        with self._lock:
            self._kept[mark] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made
