"""How does the site count without making anybody wait? In memory; a thread of its own hands the counts to the inbox."""

import atexit
import logging
import os
from collections.abc import Callable
from datetime import datetime
from threading import Event, Lock, Thread

from sqlalchemy.exc import SQLAlchemyError

from directory.inbox import Inbox
from directory.search import SearchPage
from directory.settings import Settings
from directory.usage.demand import DemandCounter
from directory.usage.month_key import MonthKey
from directory.japan_time import in_utc
from directory.usage.pages import OTHER
from directory.usage.viewers import ViewerCounter

SECONDS_BETWEEN_FLUSHES = 30.0
KEY_FILE = "viewers.key"

log = logging.getLogger(__name__)


class UsageRecorder:
    """One a process. `clock` gives Japanese time; `then` is called after each flush with the time in UTC.

    A process cut off loses the counts of its last half minute, nothing else.
    """

    def __init__(
        self, inbox: Inbox, viewers: ViewerCounter, clock: Callable[[], datetime], *,
        then: Callable[[datetime], object] | None = None, seconds: float = SECONDS_BETWEEN_FLUSHES,
    ) -> None:
        self.inbox, self._viewers, self._demand = inbox, viewers, DemandCounter()
        self._clock, self._then, self._seconds = clock, then, seconds
        self._process = 0
        self._starting = Lock()

    @classmethod
    def open(
        cls, settings: Settings, clock: Callable[[], datetime], then: Callable[[datetime], object] | None = None
    ) -> "UsageRecorder":
        """The recorder of this installation."""
        key = MonthKey(settings.instance / KEY_FILE)
        return cls(Inbox.open(settings.inbox_url), ViewerCounter(key, settings.staff_networks), clock, then=then)

    def page_seen(self, address: str | None, user_agent: str | None, page: str = OTHER) -> bool:
        """Count one look at a page; True when it was a person's, so that its search may be counted too."""
        self._wake()
        return self._viewers.seen(self._clock(), address, user_agent, page)

    def searched(self, page: SearchPage) -> None:
        """Count what a person looked for."""
        self._wake()
        self._demand.searched(self._clock().date(), page)

    def flush(self) -> None:
        """Hand everything over now; what cannot be is kept for the next time."""
        now = self._clock()
        for kind, counter in (("viewers", self._viewers), ("demand", self._demand)):
            bodies = counter.take()
            try:
                self.inbox.put_all([(kind, body) for body in bodies], in_utc(now))
            except (SQLAlchemyError, OSError) as error:
                counter.give_back(bodies)
                log.warning("Counts wait for the inbox: %s", type(error).__name__)
        self._viewers.month_began(now)
        self._go_on(in_utc(now))

    def close(self) -> None:
        """Hand over the rest and stop; called by itself when the process ends in order."""
        if self._process == os.getpid():
            self._process = 0
            self._stop.set()
            atexit.unregister(self.close)
            self.flush()
            self.inbox.close()

    def _go_on(self, now: datetime) -> None:
        if self._then is None:
            return
        try:
            self._then(now)
        except (SQLAlchemyError, OSError) as error:
            log.warning("The inbox could not be emptied: %s", type(error).__name__)

    def _wake(self) -> None:
        """Start the thread at the first use in this process: a fork has the counts of its parent, but no thread."""
        if self._process == os.getpid():
            return
        with self._starting:
            if self._process == os.getpid():
                return
            if self._process:
                self._viewers.reset()
                self._demand.reset()
                self.inbox.forget_connections()
            self._stop = Event()
            Thread(target=self._run, args=(self._stop,), name="usage", daemon=True).start()
            atexit.register(self.close)
            self._process = os.getpid()

    def _run(self, stop: Event) -> None:
        while not stop.wait(self._seconds):
            self.flush()
