"""When is it open? The phrase as written, what it was understood to mean, and days struck out by hand."""

from datetime import date

from sqlalchemy import Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.db import Base
from directory.models.columns import Id, LongText, ShortText, reference


class Schedule(Base):
    """One schedule of a listing. `phrase` is always kept; `plan` is `directory.schedules.Schedule` as canonical JSON.

    A listing that goes round several halls (回り持ち会場) has one row a hall, each with its own `location_id`.
    """

    __tablename__ = "schedule"

    id: Mapped[Id]
    listing_id: Mapped[str] = reference("service_at_location.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(Integer, default=0)
    phrase: Mapped[LongText]
    state: Mapped[str] = mapped_column(String(20), index=True)
    plan: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    location_id: Mapped[str | None] = reference("location.id")
    note: Mapped[ShortText | None]


class Closure(Base):
    """本日中止: one day struck out by hand, with the reason shown beside it."""

    __tablename__ = "closure"

    listing_id: Mapped[str] = mapped_column(
        ForeignKey("service_at_location.id", ondelete="CASCADE"), primary_key=True
    )
    date: Mapped[date] = mapped_column(Date, primary_key=True)
    reason: Mapped[ShortText]
