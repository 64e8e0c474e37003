"""Who has an account, and is this their password? Argon2id; the only door to argon2-cffi.

Accounts are made at the server (`python -m scripts.create_staff`), never over the web.
"""

import re
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from directory.errors import InvalidRecord, NotFound
from directory.models.columns import new_id
from matcher import audit
from matcher.access import HOST, ROLES
from matcher.db import write_session
from matcher.desk import Desk
from matcher.models import PrintedCode, Staff
from matcher.second_factor import generator_address, keep_secret, new_secret, print_codes
from matcher.sessions import end_all

LOGIN_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
SHORTEST, LONGEST = 12, 128
LONGEST_NAME = 40
# Whoever sits at the server and makes accounts has none of their own.
AT_THE_SERVER = "server"
# Easily read aloud and typed: six groups of four letters are 113 bits.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class NewFactors:
    """What a new account is told once: the generator's secret and address, and the codes for paper."""

    staff_id: str
    secret: str
    address: str
    codes: tuple[str, ...]


@lru_cache(maxsize=1)
def hasher() -> PasswordHasher:
    """The library's own choice of costs (RFC 9106, low memory)."""
    return PasswordHasher()


@lru_cache(maxsize=1)
def _nobody() -> str:
    return hasher().hash(secrets.token_hex())


def make_password() -> str:
    """A password nobody guesses and everybody can type."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(6))


def create_staff(
    desk: Desk, now: datetime, *, login_name: str, display_name: str, roles: Iterable[str], password: str,
    listing_id: str | None = None,
) -> NewFactors:
    """A new account. Raises InvalidRecord for a name in use, an unknown role or a weak password."""
    chosen = sorted(set(roles))
    _check(login_name, display_name, chosen, listing_id)
    check_password(password, login_name)
    with write_session(desk.engine) as session:
        audit.take_turn(session)
        if session.scalar(select(Staff.id).where(Staff.login_name == login_name)):
            raise InvalidRecord(f"ログイン名「{login_name}」は、もう使われています。ほかの名前にしてください。")
        staff = Staff(
            id=new_id(), login_name=login_name, display_name=display_name.strip(), roles=chosen, listing_id=listing_id,
            password_hash=hasher().hash(_bytes(password)), totp_step=0, created_at=now)
        session.add(staff)
        session.flush()
        return _new_factors(desk, session, staff, now)


def reset_staff(desk: Desk, now: datetime, *, login_name: str, password: str) -> NewFactors:
    """A new password, generator and codes for an account; whoever is signed in with it is signed out."""
    check_password(password, login_name)
    with write_session(desk.engine) as session:
        audit.take_turn(session)
        staff = _staff(session, login_name)
        staff.password_hash, staff.disabled_at = hasher().hash(_bytes(password)), None
        session.execute(delete(PrintedCode).where(PrintedCode.staff_id == staff.id))
        end_all(session, staff.id, now)
        return _new_factors(desk, session, staff, now)


def disable_staff(desk: Desk, now: datetime, *, login_name: str) -> None:
    """Close an account: signed out at once, never in again; what it wrote keeps its name."""
    with write_session(desk.engine) as session:
        audit.take_turn(session)
        staff = _staff(session, login_name)
        staff.disabled_at = now
        end_all(session, staff.id, now)
        _trace(desk, session, staff, now)
        session.commit()


def is_password_of(staff: Staff | None, password: str) -> bool:
    """Whether it is; for nobody it takes as long and is not."""
    try:
        hasher().verify(staff.password_hash if staff else _nobody(), _bytes(password))
        return staff is not None and staff.disabled_at is None
    except (Argon2Error, InvalidHashError):
        return False


def _bytes(password: str) -> bytes:
    """One keyboard writes が as one sign, another as two: both are the same password."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


def check_password(password: str, login_name: str) -> None:
    """Raises InvalidRecord for a password that is too short or holds the login name."""
    if not SHORTEST <= len(password) <= LONGEST or login_name in password.lower() or len(set(password)) < 5:
        raise InvalidRecord(
            f"パスワードは{SHORTEST}字から{LONGEST}字までで、ログイン名や同じ文字のくり返しを避けてください。"
            "長い文のようなものが覚えやすく、安全です。"
        )


def _check(login_name: str, display_name: str, roles: list[str], listing_id: str | None) -> None:
    if not LOGIN_NAME.fullmatch(login_name):
        raise InvalidRecord("ログイン名は、小文字の英字と数字と . _ - で、2字から40字までにしてください。")
    if not 0 < len(display_name.strip()) <= LONGEST_NAME:
        raise InvalidRecord(f"表示する名前を{LONGEST_NAME}字までで書いてください。")
    unknown = [role for role in roles if role not in ROLES]
    if unknown or not roles:
        raise InvalidRecord("役割を選んでください。使えるのは " + "、".join(f"{key}（{name}）" for key, name in ROLES.items()))
    if (HOST in roles) != (listing_id is not None) or (HOST in roles and len(roles) > 1):
        raise InvalidRecord("受け入れ先（host）の役割は一つだけで使い、掲載の番号を --listing で付けてください。")


def _staff(session: Session, login_name: str) -> Staff:
    staff = session.scalar(select(Staff).where(Staff.login_name == login_name))
    if staff is None:
        raise NotFound(f"ログイン名「{login_name}」はありません。")
    return staff


def _new_factors(desk: Desk, session: Session, staff: Staff, now: datetime) -> NewFactors:
    secret = new_secret()
    keep_secret(desk.keys, staff, secret)
    codes = print_codes(session, desk.keys, staff.id)
    _trace(desk, session, staff, now)
    made = NewFactors(staff.id, secret, generator_address(secret, staff.login_name), codes)
    session.commit()
    return made


def _trace(desk: Desk, session: Session, staff: Staff, now: datetime) -> None:
    audit.append(session, desk.keys, at=now, staff_id=AT_THE_SERVER, act="account", what="account",
                 participant_id=staff.id)
