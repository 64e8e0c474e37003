"""Does one line ask for more than the site can give everybody? Then it waits a little, and is told how long.

A bucket for each line and kind of work: full at first, filling up steadily. Lines are told apart by a keyed hash whose
key lives as long as the process; nothing is written down.
"""

import math
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock

from flask import Flask, request
from werkzeug.exceptions import TooManyRequests

# Lines remembered at a time; who has not asked for the longest is forgotten first.
MOST_LINES = 20_000
# A proxy on the same machine whose visitors are not told apart (YORIDOKORO_PROXIES): a limit would shut out the city.
UNLIMITED = ("127.0.0.1", "::1")
HOME_BITS = 64


@dataclass(frozen=True)
class Allowance:
    """`burst` requests at once, then `a_minute`. A 公民館 with twenty readers behind one line must never notice."""

    burst: int
    a_minute: int


SEARCHING = Allowance(burst=240, a_minute=300)
# One look for a place of one's own takes as much work as several searches
MATCHING = Allowance(burst=60, a_minute=90)
MAKING_FILES = Allowance(burst=12, a_minute=12)
# A reference number or a token is looked up: enough for a hall full of people, far too few to try numbers.
ASKING = Allowance(burst=80, a_minute=30)
WRITING = Allowance(burst=6, a_minute=3)
# A password takes a tenth of a second of work on purpose. A whole office may sign in at half past eight.
SIGNING_IN = Allowance(burst=120, a_minute=60)
# All lines together, whoever asks: the inbox of a city never fills faster than people can read it.
ALL_WRITING = Allowance(burst=200, a_minute=10)

# Endpoint → what a line may ask of it. Endpoints of one allowance share a bucket; a page not named here is cheap.
LIMITS: dict[str, Allowance] = {
    "public.search": SEARCHING,
    "calendar.calendar": SEARCHING,
    "monthly.monthly": SEARCHING,
    "suggestions.suggest": SEARCHING,
    "for_me.find": MATCHING,
    "calendars.search": MAKING_FILES,
    "calendars.my_list": MAKING_FILES,
    "wishes.send": WRITING, "reports.send": WRITING, "applications.send": WRITING, "updates.same": WRITING,
    "updates.propose": WRITING,
    # Five screens, some of them twice
    "applications.answer": ASKING, "applications.status": ASKING, "updates.update": ASKING, "updates.change": ASKING,
    "auth.give_password": SIGNING_IN,
    "auth.give_code": SIGNING_IN,
}
# Endpoint → what everybody together may ask of it in this process.
TOGETHER: dict[str, Allowance] = {
    "wishes.send": ALL_WRITING, "reports.send": ALL_WRITING, "applications.send": ALL_WRITING, "updates.same": ALL_WRITING,
    "updates.propose": ALL_WRITING,
}
EVERYBODY = "everybody"


class Buckets:
    """What each line has left. Safe with many threads; `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, most: int = MOST_LINES) -> None:
        self._clock, self._most = clock, most
        self._key = secrets.token_bytes(32)
        self._left: OrderedDict[bytes, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, line: str, allowance: Allowance) -> int:
        """Take one from the line's bucket: 0, or in how many seconds there will be one."""
        mark, now = self._mark(line, allowance), self._clock()
        rate = allowance.a_minute / 60
        with self._lock:
            left, since = self._left.pop(mark, (float(allowance.burst), now))
            left = min(allowance.burst, left + (now - since) * rate)
            self._left[mark] = (left - 1 if left >= 1 else left, now)
            if len(self._left) > self._most:
                self._left.popitem(last=False)
        return 0 if left >= 1 else math.ceil((1 - left) / rate)

    def __len__(self) -> int:
        return len(self._left)

    def _mark(self, line: str, allowance: Allowance) -> bytes:
        said = f"{allowance.burst} {allowance.a_minute} {line}"
        return blake2b(said.encode("utf-8", "replace"), key=self._key, digest_size=8).digest()


def register(app: Flask) -> None:
    """Ask the buckets before an expensive page is made."""
    buckets = Buckets()

    @app.before_request
    def not_too_much() -> None:
        allowance = LIMITS.get(request.endpoint or "")
        line = line_of(request.remote_addr)
        if allowance is not None and line not in UNLIMITED:
            _wait(buckets.wait(line, allowance))
        together = TOGETHER.get(request.endpoint or "")
        if together is not None:
            _wait(buckets.wait(EVERYBODY, together))


def _wait(seconds: int) -> None:
    if seconds:
        raise TooManyRequests(retry_after=seconds)


def line_of(address: str | None) -> str:
    """The line behind an address: a home has a whole /64 of IPv6 to ask from."""
    try:
        given = ip_address((address or "").partition("%")[0])
    except ValueError:
        return ""
    if isinstance(given, IPv6Address) and given.ipv4_mapped:
        given = given.ipv4_mapped
    if given.version == 4 or given.is_loopback:
        return str(given)
    return str(ip_network((given, HOME_BITS), strict=False))
