"""How many people look at the site in a month? A viewer is a line and a browser, told apart by a keyed hash only.

The address itself is used for the moment of the hash and kept nowhere.
"""

import hashlib
import hmac
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from threading import Lock

from directory.usage.bots import is_bot
from directory.usage.month_key import MonthKey
from directory.usage.months import month_of
from directory.usage.pages import OTHER, PAGES

MARK_BYTES = 8
# A home is given a whole /64 of IPv6, and its devices change their address in it every day.
HOME_BITS = 64
LONGEST_USER_AGENT = 400
# More new marks between two flushes are an attack: they are not kept, only the views are counted.
MOST_NEW = 20_000
# Marks a process remembers as already told; forgetting them costs a row told twice, never a viewer counted twice.
MOST_TOLD = 200_000
MARKS_A_LETTER = 2_000

log = logging.getLogger(__name__)


@dataclass
class Seen:
    """What was seen of one month since the last flush."""

    marks: set[str] = field(default_factory=set)
    views: Counter[str] = field(default_factory=Counter)


class ViewerCounter:
    """Collects marks and views in memory; `take` hands them over. Safe with many threads."""

    def __init__(self, key: MonthKey, staff_networks: Sequence[IPv4Network | IPv6Network] = ()) -> None:
        self._key, self._staff = key, tuple(staff_networks)
        self.reset()

    def reset(self) -> None:
        """Forget what was not handed over: it belongs to the process this one was forked from."""
        self._lock = Lock()
        self._seen: dict[str, Seen] = {}
        self._told: dict[str, set[str]] = {}

    def seen(self, now: datetime, address: str | None, user_agent: str | None, page: str = OTHER) -> bool:
        """Count a look at a page at `now` (Japanese time); False for programs, staff and lines without an address."""
        line = self._line(address)
        if line is None or is_bot(user_agent):
            return False
        month = month_of(now)
        with self._lock:
            seen = self._seen.setdefault(month, Seen())
            seen.views[page if page in PAGES else OTHER] += 1
            mark = self._mark(month, line, user_agent or "")
            if mark is not None and mark not in self._told.get(month, ()) and len(seen.marks) < MOST_NEW:
                seen.marks.add(mark)
        return True

    def take(self) -> list[dict[str, object]]:
        """Hand over what was seen, as bodies of letters of the kind `viewers`; marks sorted, so no order is told."""
        with self._lock:
            taken, self._seen = self._seen, {}
            for month, seen in taken.items():
                told = self._told.setdefault(month, set())
                if len(told) > MOST_TOLD:
                    told.clear()
                told |= seen.marks
            self._told = {month: told for month, told in self._told.items() if month == max(self._told)}
        return [body for month, seen in taken.items() for body in _letters(month, seen)]

    def give_back(self, bodies: Sequence[dict]) -> None:
        """What could not be handed over is counted with the next."""
        with self._lock:
            for body in bodies:
                seen = self._seen.setdefault(body["month"], Seen())
                seen.marks |= set(body["marks"])
                seen.views.update(body["views"])

    def month_began(self, now: datetime) -> None:
        """Destroy the keys of months that are over."""
        try:
            self._key.destroy_before(month_of(now))
        except OSError as error:
            log.warning("The key of the last month could not be destroyed: %s", type(error).__name__)

    def _line(self, address: str | None) -> str | None:
        try:
            given = ip_address((address or "").partition("%")[0])
        except ValueError:
            return None
        if isinstance(given, IPv6Address) and given.ipv4_mapped:
            given = given.ipv4_mapped
        if any(given in network for network in self._staff):
            return None
        return str(given) if given.version == 4 else str(ip_network((given, HOME_BITS), strict=False))

    def _mark(self, month: str, line: str, user_agent: str) -> str | None:
        try:
            key = self._key.key(month)
        except OSError as error:
            log.warning("Viewers cannot be told apart, only views are counted: %s", type(error).__name__)
            return None
        if key is None:
            return None
        said = f"{line}\0{user_agent[:LONGEST_USER_AGENT]}".encode("utf-8", "replace")
        return hmac.new(key, said, hashlib.sha256).digest()[:MARK_BYTES].hex()


def _letters(month: str, seen: Seen) -> list[dict[str, object]]:
    marks = sorted(seen.marks)
    parts = [marks[start:start + MARKS_A_LETTER] for start in range(0, len(marks), MARKS_A_LETTER)] or [[]]
    views = [dict(sorted(seen.views.items())), *({} for _ in parts[1:])]
    return [{"month": month, "marks": part, "views": view} for part, view in zip(parts, views, strict=True)]
