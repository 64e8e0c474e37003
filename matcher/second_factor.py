"""Is it really them? A code from a generator, or one of the codes on paper: no smartphone is needed.

The only door to pyotp. No code works twice: a generator's half minute is remembered, a printed code is crossed out.
"""

import re
import secrets
import unicodedata
from datetime import UTC, datetime

import pyotp
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from matcher.crypto import Place, key_id_of, same, seal, unseal
from matcher.key_file import KeyFile
from matcher.models import PrintedCode, Staff

ISSUER = "Yoridokoro"
PURPOSE = "printed code"
# A clock may be half a minute off.
STEPS_OFF = (0, -1, 1)
STEP_SECONDS = 30
CODES = 10
# Letters and figures nobody confuses on paper: 8 of 31 are 39 bits, tried at most a few times a quarter of an hour.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ".replace("L", "")
LENGTH = 8
CHARACTERS = set(ALPHABET + "01")


def new_secret() -> str:
    """The secret of a new generator."""
    return pyotp.random_base32()


def generator_address(secret: str, login_name: str) -> str:
    """The otpauth address a generator reads, from a QR code or typed."""
    return pyotp.TOTP(secret).provisioning_uri(name=login_name, issuer_name=ISSUER)


def keep_secret(keys: KeyFile, staff: Staff, secret: str) -> None:
    """Seal the secret into the account."""
    staff.totp_secret = seal(keys.current, _place(staff), secret)


def print_codes(session: Session, keys: KeyFile, staff_id: str) -> tuple[str, ...]:
    """Ten new codes for paper; only their keyed hashes are kept."""
    codes = tuple("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(CODES))
    for code in codes:
        session.add(PrintedCode(mac=_hash(keys, staff_id, code), staff_id=staff_id))
    session.flush()
    return tuple(f"{code[:4]}-{code[4:]}" for code in codes)


def accepts(session: Session, keys: KeyFile, staff: Staff, typed: str, now: datetime) -> bool:
    """Whether this is their code of this moment, or a printed one not used yet; it is used up by this."""
    code = re.sub(r"[\s\-ー－‐]", "", unicodedata.normalize("NFKC", typed).upper())
    if not code or not set(code) <= CHARACTERS:
        return False
    return _from_generator(session, keys, staff, code, now) or _from_paper(session, keys, staff, code, now)


def codes_left(session: Session, staff_id: str) -> int:
    """How many printed codes are still good."""
    mine = (PrintedCode.staff_id == staff_id, PrintedCode.used_at.is_(None))
    return session.scalar(select(func.count()).where(*mine)) or 0


def _from_generator(session: Session, keys: KeyFile, staff: Staff, code: str, now: datetime) -> bool:
    if staff.totp_secret is None or not (len(code) == 6 and code.isascii() and code.isdigit()):
        return False
    generator = pyotp.TOTP(unseal(keys.key(key_id_of(staff.totp_secret)), _place(staff), staff.totp_secret))
    running = int(now.replace(tzinfo=UTC).timestamp()) // STEP_SECONDS
    step = next((running + off for off in STEPS_OFF if same(generator.generate_otp(running + off), code)), None)
    if step is None:
        return False
    # In one statement: of two who bring the same code at once, one comes through.
    used = update(Staff).where(Staff.id == staff.id, Staff.totp_step < step).values(totp_step=step)
    return session.scalar(used.returning(Staff.id)) is not None


def _from_paper(session: Session, keys: KeyFile, staff: Staff, code: str, now: datetime) -> bool:
    mine = (PrintedCode.mac == _hash(keys, staff.id, code), PrintedCode.staff_id == staff.id)
    used = update(PrintedCode).where(*mine, PrintedCode.used_at.is_(None)).values(used_at=now)
    return session.scalar(used.returning(PrintedCode.staff_id)) is not None


def _hash(keys: KeyFile, staff_id: str, code: str) -> str:
    return keys.hash(PURPOSE, f"{staff_id}|{code}")


def _place(staff: Staff) -> Place:
    return Place(Staff.__tablename__, "totp_secret", staff.id)
