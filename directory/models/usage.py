"""What goes out to the public site, and what comes back from it? The snapshot's mark, the queue, and counts of use.

Counts know no person: no address, no free word, no time finer than a day. See directory/usage and directory/inbox.
"""

from datetime import date, datetime

from sqlalchemy import JSON, Date, DateTime, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.db import Base
from directory.models.columns import Id, Moment, Word


class Publication(Base):
    """The single row (id 1) that only a snapshot for the public has: of which revision, and when it was written."""

    __tablename__ = "publication"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    source_revision: Mapped[int] = mapped_column(Integer)
    published_at: Mapped[Moment]


class InboxItem(Base):
    """What a visitor sent, waiting for a person at the curation desk. state: new, done, unreadable."""

    __tablename__ = "inbox_item"

    id: Mapped[Id]
    kind: Mapped[Word] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(String(10), index=True)
    made_at: Mapped[Moment]
    pulled_at: Mapped[Moment]
    body: Mapped[dict] = mapped_column(JSON)
    # When a person was done with it: from then on directory/inbox/retention.py counts
    answered_at: Mapped[datetime | None] = mapped_column(DateTime())


class InboxReceipt(Base):
    """A row of the inbox that was taken over: what stands here is never taken over a second time."""

    __tablename__ = "inbox_receipt"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    pulled_at: Mapped[datetime] = mapped_column(DateTime(), index=True)


class ViewerMark(Base):
    """A viewer of the running month, as a keyed hash. Deleted when the month is over; the key is destroyed as well."""

    __tablename__ = "viewer_mark"

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    mark: Mapped[str] = mapped_column(String(16), primary_key=True)


class ViewerMonth(Base):
    """月間閲覧ユーザー of one month (2026-11); `since` is the first day counted, `closed`: the number is final."""

    __tablename__ = "viewer_month"

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    viewers: Mapped[int] = mapped_column(Integer)
    since: Mapped[date] = mapped_column(Date)
    closed: Mapped[bool]


class PageViews(Base):
    """How often pages of one kind (home, search, listing …) were looked at in a month."""

    __tablename__ = "page_views"

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    page: Mapped[str] = mapped_column(String(20), primary_key=True)
    views: Mapped[int] = mapped_column(Integer)


class DemandCount(Base):
    """How many searches of a day asked for one term of the vocabulary in one 地域, and how many of them found nothing.

    area "" is a search without 地域; parameter and term are "" for the number of all searches.
    """

    __tablename__ = "demand_count"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    area: Mapped[str] = mapped_column(String(60), primary_key=True)
    parameter: Mapped[str] = mapped_column(String(60), primary_key=True)
    term: Mapped[str] = mapped_column(String(60), primary_key=True)
    searches: Mapped[int] = mapped_column(Integer)
    empty: Mapped[int] = mapped_column(Integer)
