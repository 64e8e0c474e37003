"""Which two listings may be one, what did a person decide about them, and how is a merge taken back?"""

from datetime import datetime

from sqlalchemy import JSON, Boolean, DateTime, Float, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.db import Base
from directory.models.columns import Facts, Id, Moment, ShortText, reference


class DuplicatePair(Base):
    """Two listings that look like one, as last computed. May be emptied at any time. first_id < second_id.

    `evidence`: keys of the levels of directory/duplicates/weights.py that spoke, in order of weight.
    """

    __tablename__ = "duplicate_pair"

    first_id: Mapped[str] = mapped_column(ForeignKey("service_at_location.id", ondelete="CASCADE"), primary_key=True)
    second_id: Mapped[str] = mapped_column(
        ForeignKey("service_at_location.id", ondelete="CASCADE"), primary_key=True, index=True)
    score: Mapped[float] = mapped_column(Float)
    likely: Mapped[bool] = mapped_column(Boolean)
    evidence: Mapped[list] = mapped_column(JSON)


class DuplicateSearch(Base):
    """The single row (id 1): when pairs were last computed, and of which revision of the directory."""

    __tablename__ = "duplicate_search"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    revision: Mapped[int] = mapped_column(Integer)
    made_at: Mapped[Moment]


class DuplicateDecision(Base):
    """別物: a person said that these two are not one; they are never proposed again. first_id < second_id."""

    __tablename__ = "duplicate_decision"

    first_id: Mapped[str] = mapped_column(ForeignKey("service_at_location.id", ondelete="CASCADE"), primary_key=True)
    second_id: Mapped[str] = mapped_column(
        ForeignKey("service_at_location.id", ondelete="CASCADE"), primary_key=True, index=True)
    why: Mapped[ShortText | None]
    made_by: Mapped[ShortText]
    made_at: Mapped[Moment]


class ListingMerge(Base):
    """統合: one listing went into another. Keeps what the merge changed and moved, so that both can be had back.

    before, after: value name → what the winner said before and after; moved: table → ids that named the loser, and of
    rows of lists what they had said until then.
    """

    __tablename__ = "listing_merge"

    id: Mapped[Id]
    winner_id: Mapped[str] = reference("service_at_location.id", ondelete="CASCADE")
    loser_id: Mapped[str] = reference("service_at_location.id", ondelete="CASCADE")
    made_by: Mapped[ShortText]
    made_at: Mapped[Moment]
    before: Mapped[Facts]
    after: Mapped[Facts]
    moved: Mapped[Facts]
    act_id: Mapped[str | None] = mapped_column(String(36))
    unmerged_at: Mapped[datetime | None] = mapped_column(DateTime())
    unmerged_by: Mapped[ShortText | None]
