"""How many people live where, and which listing was begun because something was missing?"""

from datetime import date

from sqlalchemy import JSON, Date, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from directory.db import Base
from directory.models.columns import Id, LongText, Moment, ShortText, Word, reference


class Population(Base):
    """One row of the standard file 地域・年齢別人口. `area` is the 地域 it was found to lie in, None where nobody could tell.

    `ages`: the lower end of each band of five years (0, 5 … 85) → people.
    """

    __tablename__ = "population"
    __table_args__ = (UniqueConstraint("municipality", "name", "surveyed_on"),)

    id: Mapped[Id]
    municipality: Mapped[Word]
    name: Mapped[ShortText]
    area: Mapped[Word | None]
    surveyed_on: Mapped[date] = mapped_column(Date)
    total: Mapped[int] = mapped_column(Integer)
    ages: Mapped[dict] = mapped_column(JSON)
    households: Mapped[int | None] = mapped_column(Integer)


class GapLink(Base):
    """足りないもの → the listing, or the role, that was begun because of it. need × 地域 × weekday × time band.

    weekday 0–6 and band (morning, afternoon, evening, night) are None where the gap is about any of them.
    """

    __tablename__ = "gap_link"

    id: Mapped[Id]
    area: Mapped[Word] = mapped_column(index=True)
    need: Mapped[Word]
    weekday: Mapped[int | None] = mapped_column(Integer)
    band: Mapped[Word | None]
    listing_id: Mapped[str] = reference("service_at_location.id", ondelete="CASCADE")
    role_id: Mapped[str | None] = reference("role.id", ondelete="SET NULL")
    note: Mapped[LongText | None]
    made_at: Mapped[Moment]
    made_by: Mapped[ShortText]
