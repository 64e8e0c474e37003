"""How does the desk take over what lies in the inbox? Each message exactly once, whatever happens in between.

One transaction of the directory's database writes a receipt and what the message says; only then the message leaves the
inbox. Cut off in between, the next run finds the receipt and takes the message out without counting it again.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.orm import Session

from directory.db import read_session, write_session
from directory.erasing import erase_for_good
from directory.errors import InvalidRecord, NotFound
from directory.inbox.box import Inbox, Letter
from directory.inbox.kinds import LARGEST_BODY, check
from directory.inbox.receiving import receive_application, receive_report, receive_update
from directory.inbox.retention import forget
from directory.models import InboxItem, InboxReceipt
from directory.upserting import insert_new
from directory.japan_time import in_japan
from directory.ways_in.settling import settle
from directory.usage.storing import close_months, store_demand, store_viewers

# A receipt is needed while its message may still lie in the inbox, and a while longer for a run that is just reading.
RECEIPTS_KEPT = timedelta(days=1)
NEW, UNREADABLE = "new", "unreadable"


@dataclass(frozen=True)
class PullReport:
    """How many messages of each kind were taken over; unreadable ones wait in the queue for a person to look."""

    taken: Mapping[str, int]
    unreadable: int


def pull(inbox: Inbox, directory: Engine, now: datetime) -> PullReport:
    """Take over everything that lies in the inbox; `now` in UTC without zone."""
    taken: Counter[str] = Counter()
    for letters in inbox.batches():
        taken += _take_over(letters, directory, now)
        inbox.remove(letter.id for letter in letters)
    with write_session(directory) as session:
        erase_for_good(session)
        close_months(session, in_japan(now))
        forget(session, now)
        session.commit()
    settle(directory, now)
    _tear_up_receipts(inbox, directory, now)
    inbox.settle()
    return PullReport({kind: count for kind, count in taken.items() if kind != UNREADABLE}, taken[UNREADABLE])


def _take_over(letters: list[Letter], directory: Engine, now: datetime) -> Counter[str]:
    taken: Counter[str] = Counter()
    with write_session(directory) as session:
        receipts = [{"id": letter.id, "pulled_at": now} for letter in letters]
        new = insert_new(session, InboxReceipt.__table__, receipts)
        for letter in letters:
            if letter.id in new:
                taken[_read(session, letter, now)] += 1
        session.commit()
    return taken


def _read(session: Session, letter: Letter, now: datetime) -> str:
    """Believe nothing of what the public network sent: a message that is not in order is only queued."""
    try:
        check(letter.kind, letter.body)
        RECEIVERS.get(letter.kind, _queue)(session, letter, now)
        return letter.kind
    except (InvalidRecord, NotFound):
        small = isinstance(letter.body, dict) and len(str(letter.body)) <= LARGEST_BODY
        _queue(session, letter, now, UNREADABLE, letter.body if small else {})
        return UNREADABLE


def _queue(
    session: Session, letter: Letter, now: datetime, state: str = NEW, body: Mapping[str, object] | None = None
) -> None:
    """A person at the curation desk decides."""
    session.execute(insert(InboxItem).values(
        id=letter.id, kind=letter.kind, state=state, made_at=letter.made_at, pulled_at=now,
        body=letter.body if body is None else body,
    ))


def _viewers(session: Session, letter: Letter, now: datetime) -> None:
    store_viewers(session, letter.body, in_japan(letter.made_at).date(), in_japan(now).date())


def _demand(session: Session, letter: Letter, now: datetime) -> None:
    store_demand(session, letter.body, in_japan(now).date())


# What is not here waits in the queue.
RECEIVERS: Mapping[str, Callable[[Session, Letter, datetime], None]] = {
    "viewers": _viewers, "demand": _demand, "report": receive_report, "application": receive_application,
    "update": receive_update,
}


def _tear_up_receipts(inbox: Inbox, directory: Engine, now: datetime) -> None:
    """Receipts of messages that have left the inbox for good."""
    with read_session(directory) as session:
        old = session.scalars(
            select(InboxReceipt.id).where(InboxReceipt.pulled_at < now - RECEIPTS_KEPT).limit(5_000)).all()
    done = sorted(set(old) - inbox.waiting(old))
    with write_session(directory) as session:
        session.execute(delete(InboxReceipt).where(InboxReceipt.id.in_(done)))
        session.commit()
