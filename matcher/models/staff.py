"""Who may sign in, with what, and who is signed in now?"""

from datetime import datetime

from sqlalchemy import JSON, Boolean, DateTime, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.columns import Id, Moment, ShortText
from matcher.db import Base
from matcher.models.columns import Code, Mac, Sealed


class Staff(Base):
    """An account. `roles` are keys of matcher/access.py; `disabled_at` set: nothing is open any more."""

    __tablename__ = "staff"

    id: Mapped[Id]
    login_name: Mapped[str] = mapped_column(String(60), unique=True)
    display_name: Mapped[ShortText]
    roles: Mapped[list] = mapped_column(JSON)
    # A host's account belongs to one listing
    listing_id: Mapped[str | None] = mapped_column(String(36))
    password_hash: Mapped[ShortText]
    # The secret of the code generator; None: printed codes only
    totp_secret: Mapped[Sealed | None]
    # The last half minute whose code was used: none is taken twice
    totp_step: Mapped[int] = mapped_column(Integer, default=0)
    created_at: Mapped[Moment]
    disabled_at: Mapped[datetime | None] = mapped_column(DateTime())


class PrintedCode(Base):
    """A one-time code on paper, kept as a keyed hash."""

    __tablename__ = "printed_code"

    mac: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[str] = mapped_column(String(36), ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    used_at: Mapped[datetime | None] = mapped_column(DateTime())


class StaffSession(Base):
    """A sign-in. `id` is the hash of the token the browser holds; state: password (second factor missing), open."""

    __tablename__ = "staff_session"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[str] = mapped_column(String(36), ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    state: Mapped[Code]
    started_at: Mapped[Moment]
    # Wrong codes so far, while the second factor is missing
    failures: Mapped[int] = mapped_column(Integer, default=0)
    last_seen: Mapped[Moment]
    ended_at: Mapped[datetime | None] = mapped_column(DateTime())


class SignInTry(Base):
    """One try to sign in; step: password, code. Account and origin are keyed hashes: no address is kept."""

    __tablename__ = "sign_in_try"

    id: Mapped[Id]
    account: Mapped[Mac] = mapped_column(index=True)
    origin: Mapped[Mac] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(DateTime(), index=True)
    step: Mapped[Code]
    succeeded: Mapped[bool] = mapped_column(Boolean)
