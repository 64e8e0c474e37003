"""How do groups and residents answer the city? Links that were sent out, papers that come back, applications told of.

No name, no telephone number stands here: what somebody wrote waits in the queue (InboxItem) and goes with it.
"""

from datetime import date, datetime

from sqlalchemy import Date, DateTime, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.db import Base
from directory.models.columns import LongText, Moment, ShortText, Word


class Mailing(Base):
    """One print job: postcards with a QR code, or sheets to correct by hand. Its number stands on every piece."""

    __tablename__ = "mailing"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    # postcard はがき, sheet 確認票, link 更新リンク
    kind: Mapped[Word]
    made_at: Mapped[Moment]
    made_by: Mapped[ShortText]
    answer_by: Mapped[date] = mapped_column(Date)


class MailingItem(Base):
    """One piece of a print job, and what came back of it: same 変わりなし, changed, gone 届かない; None = nothing yet."""

    __tablename__ = "mailing_item"

    mailing_id: Mapped[int] = mapped_column(ForeignKey("mailing.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    listing_id: Mapped[str] = mapped_column(String(36), index=True)
    outcome: Mapped[Word | None]
    came_back_at: Mapped[datetime | None] = mapped_column(DateTime())


class UpdateLink(Base):
    """A group's own link to its listing, known by the hash of its token only: good once, until a day. Goes out published."""

    __tablename__ = "update_link"

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    listing_id: Mapped[str] = mapped_column(String(36), index=True)
    mailing_id: Mapped[int | None] = mapped_column(Integer)
    number: Mapped[int | None] = mapped_column(Integer)
    made_at: Mapped[Moment]
    expires_on: Mapped[date] = mapped_column(Date)
    used_at: Mapped[datetime | None] = mapped_column(DateTime())


class Application(Base):
    """What became of one 掲載希望, for whoever holds its reference number, of which only the hash is kept."""

    __tablename__ = "application"

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    letter_id: Mapped[str | None] = mapped_column(String(36), index=True)
    # received, asking, preparing, listed, declined
    state: Mapped[Word]
    # One sentence of the city's, shown to everybody who knows the number
    reply: Mapped[LongText | None]
    listing_id: Mapped[str | None] = mapped_column(String(36))
    made_at: Mapped[Moment]
    changed_at: Mapped[Moment]
