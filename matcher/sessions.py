"""Who is signed in right now? Sessions live in the database and can be ended there; the browser holds a random token.

A session ends after 30 minutes without a request, after 12 hours in any case, when somebody signs out, and when the
account is closed or its password renewed. The database keeps a hash of the token, so a copy of it opens nothing.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from directory.db import read_session
from matcher.db import write_session
from matcher.desk import Actor, Desk
from matcher.models import Staff, StaffSession

IDLE, ABSOLUTE = timedelta(minutes=30), timedelta(hours=12)
# Between password and code
SECOND_STEP = timedelta(minutes=10)
# Only then is it written down that somebody was here: not every picture of a page costs a write.
NOTICED = timedelta(minutes=1)
KEPT = timedelta(days=30)
PASSWORD, OPEN = "password", "open"


@dataclass(frozen=True)
class SignedIn:
    """Who is signed in, and until when without a request (`idle_until`) or in any case (`ends_at`); UTC."""

    actor: Actor
    idle_until: datetime
    ends_at: datetime


def signed_in(desk: Desk, token: str | None, now: datetime) -> SignedIn | None:
    """Who holds this token; None for nobody, for one that has run out and for a closed account."""
    with read_session(desk.engine) as session:
        row = _good(session, token, OPEN, now)
        staff = session.get(Staff, row.staff_id) if row else None
    if row is None or staff is None or staff.disabled_at is not None:
        return None
    if now - row.last_seen >= NOTICED:
        with write_session(desk.engine) as session:
            session.execute(update(StaffSession).where(
                StaffSession.id == row.id, StaffSession.ended_at.is_(None)).values(last_seen=now))
            session.commit()
    actor = Actor(staff.id, staff.login_name, staff.display_name, frozenset(staff.roles))
    ends_at = row.started_at + ABSOLUTE
    return SignedIn(actor, min(now + IDLE, ends_at), ends_at)


def sign_out(desk: Desk, token: str | None, now: datetime) -> None:
    """End the session of this token."""
    with write_session(desk.engine) as session:
        session.execute(update(StaffSession).where(
            StaffSession.id == _hash(token or ""), StaffSession.ended_at.is_(None)).values(ended_at=now))
        session.commit()


def form_token(desk: Desk, token: str) -> str:
    """What every form of this session must bring back (CSRF); it cannot be turned into the token."""
    return desk.keys.hash("form", token)


def begin(session: Session, staff_id: str, state: str, now: datetime) -> str:
    """A new session in the caller's transaction; returns its token."""
    session.execute(delete(StaffSession).where(StaffSession.last_seen < now - KEPT))
    token = secrets.token_urlsafe(32)
    session.add(StaffSession(
        id=_hash(token), staff_id=staff_id, state=state, started_at=now, last_seen=now, failures=0))
    session.flush()
    return token


def waiting(session: Session, token: str | None, now: datetime) -> StaffSession | None:
    """The session that has its password and waits for the code."""
    return _good(session, token, PASSWORD, now)


def end_all(session: Session, staff_id: str, now: datetime) -> None:
    """End every session of an account in the caller's transaction."""
    session.execute(update(StaffSession).where(
        StaffSession.staff_id == staff_id, StaffSession.ended_at.is_(None)).values(ended_at=now))


def _good(session: Session, token: str | None, state: str, now: datetime) -> StaffSession | None:
    if not token:
        return None
    longest, idle = (ABSOLUTE, IDLE) if state == OPEN else (SECOND_STEP, SECOND_STEP)
    return session.scalar(select(StaffSession).where(
        StaffSession.id == _hash(token), StaffSession.state == state, StaffSession.ended_at.is_(None),
        StaffSession.started_at > now - longest, StaffSession.last_seen > now - idle))


def _hash(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
