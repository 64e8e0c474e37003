"""How does somebody sign in? Password, then code; a few wrong tries, and that place waits — the account never closes.

Tries are counted by account and origin. A computer that has signed in to this account before carries a mark (`device`)
and is counted by itself, so whoever knocks at an account from elsewhere, even from the same office, locks nobody out.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from directory.models.columns import new_id
from matcher import audit
from matcher.accounts import LOGIN_NAME, is_password_of
from matcher.crypto import same
from matcher.db import write_session
from matcher.desk import Desk
from matcher.errors import SignInRefused
from matcher.models import SignInTry, Staff
from matcher.second_factor import accepts
from matcher.sessions import OPEN, PASSWORD, begin, waiting

WINDOW = timedelta(minutes=15)
# Wrong tries in a window: of one account from one origin; of one origin at any account; of one account from anywhere.
PAIR, ORIGIN, ACCOUNT = 5, 40, 40
WRONG_CODES = 5
KEPT = timedelta(days=90)
LONGEST_INPUT = 200

WRONG = "ログイン名かパスワードが違います。もう一度確かめてください。"
WRONG_CODE = "コードが違うか、もう使われています。新しいコードか、まだ使っていない紙のコードを入れてください。"
BEGIN_AGAIN = "時間がたったか、コードが何度か違っていたため、はじめからやり直してください。"
WAIT = "何度か違っていたため、この場所からのログインを15分ほど止めています。少し待ってから、もう一度どうぞ。急ぐときは管理者へ。"


@dataclass(frozen=True)
class Arrived:
    """Signed in: the new token of the session, and the mark for this computer to keep (a year is fitting)."""

    token: str
    device: str


def give_password(
    desk: Desk, login_name: str, password: str, origin: str, now: datetime, device: str | None = None
) -> str:
    """The first step; returns the token under which the code may be given for ten minutes.

    `origin` is the network the request came from. Raises SignInRefused; an unknown account is answered alike.
    """
    typed = login_name.strip().lower()
    login = typed if LOGIN_NAME.fullmatch(typed) else ""
    attempt = _knock(desk, login, origin, now, device, PASSWORD)
    with write_session(desk.engine) as session:
        staff = session.scalar(select(Staff).where(Staff.login_name == login))
    # Outside any transaction: it takes a tenth of a second on purpose.
    if not is_password_of(staff, password[:LONGEST_INPUT]):
        raise SignInRefused(WRONG)
    with write_session(desk.engine) as session:
        _succeeded(session, attempt)
        token = begin(session, staff.id, PASSWORD, now)
        session.commit()
        return token


def give_code(
    desk: Desk, token: str | None, code: str, origin: str, now: datetime, device: str | None = None
) -> Arrived:
    """The second step: the session gets a new token. Raises SignInRefused."""
    login = _login_of(desk, token, now)
    attempt = _knock(desk, login, origin, now, device, OPEN)
    with write_session(desk.engine) as session:
        row = waiting(session, token, now)
        if row is None:
            raise SignInRefused(BEGIN_AGAIN)
        staff = session.get_one(Staff, row.staff_id)
        if staff.disabled_at is not None or not accepts(session, desk.keys, staff, code[:LONGEST_INPUT], now):
            row.failures += 1
            if row.failures >= WRONG_CODES:
                row.ended_at = now
            session.commit()
            raise SignInRefused(WRONG_CODE)
        row.ended_at = now
        _succeeded(session, attempt)
        audit.append(session, desk.keys, at=now, staff_id=staff.id, act="sign_in", what="account")
        arrived = Arrived(begin(session, staff.id, OPEN, now), _mark(desk, login))
        session.commit()
        return arrived


def _login_of(desk: Desk, token: str | None, now: datetime) -> str:
    with write_session(desk.engine) as session:
        row = waiting(session, token, now)
        if row is None:
            raise SignInRefused(BEGIN_AGAIN)
        return session.get_one(Staff, row.staff_id).login_name


def _knock(desk: Desk, login: str, origin: str, now: datetime, device: str | None, step: str) -> str:
    """Write the try down as a failure before it is made, so that many at once count as many."""
    account = desk.keys.hash("account", login)
    known = _known_device(desk, login, device)
    place = desk.keys.hash("origin", f"device {known}" if known else f"network {origin}")
    with write_session(desk.engine) as session:
        audit.take_turn(session)
        session.execute(delete(SignInTry).where(SignInTry.at < now - KEPT))
        if _too_many(session, account, place, now, known=known is not None):
            raise SignInRefused(WAIT)
        row = SignInTry(id=new_id(), account=account, origin=place, at=now, step=step, succeeded=False)
        session.add(row)
        session.commit()
        return row.id


def _too_many(session: Session, account: str, place: str, now: datetime, *, known: bool) -> bool:
    def wrong(*conditions: object) -> int:
        return session.scalar(select(func.count()).where(
            SignInTry.at > now - WINDOW, SignInTry.succeeded.is_(False), *conditions)) or 0

    if wrong(SignInTry.account == account, SignInTry.origin == place) >= PAIR:
        return True
    if known:
        return False
    return wrong(SignInTry.origin == place) >= ORIGIN or (
        wrong(SignInTry.account == account) >= ACCOUNT and not _been_here(session, account, place))


def _been_here(session: Session, account: str, place: str) -> bool:
    """Whether this account was signed in to from this network before: an attack from elsewhere does not shut it out."""
    return session.scalar(select(SignInTry.id).where(
        SignInTry.account == account, SignInTry.origin == place, SignInTry.step == OPEN, SignInTry.succeeded,
    ).limit(1)) is not None


def _succeeded(session: Session, attempt: str) -> None:
    session.execute(update(SignInTry).where(SignInTry.id == attempt).values(succeeded=True))


def _mark(desk: Desk, login: str) -> str:
    nonce = secrets.token_hex(16)
    return f"{nonce}.{desk.keys.hash('device', f'{login}|{nonce}')}"


def _known_device(desk: Desk, login: str, device: str | None) -> str | None:
    nonce, _, proof = (device or "").partition(".")
    return nonce if nonce and same(proof, desk.keys.hash("device", f"{login}|{nonce}")) else None
