"""What was proposed to a person, and what became of it?"""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.columns import Id, Moment, reference
from matcher.db import Base
from matcher.models.columns import Code, LabelText, Sealed, of_participant


class Recommendation(Base):
    """A list that was shown: by which weights, what stood in it, and why somebody later chose otherwise."""

    __tablename__ = "recommendation"

    id: Mapped[Id]
    participant_id: Mapped[str] = of_participant()
    label: Mapped[LabelText]
    made_at: Mapped[Moment]
    made_by: Mapped[str] = mapped_column(String(36))
    weights_version: Mapped[str] = mapped_column(String(64))
    shown: Mapped[Sealed]
    override: Mapped[Sealed | None]


class Choice(Base):
    """The worker's own hand on the list: a listing pinned to the top or hidden, with the reason."""

    __tablename__ = "choice"

    id: Mapped[Id]
    participant_id: Mapped[str] = of_participant()
    label: Mapped[LabelText]
    made_at: Mapped[Moment]
    made_by: Mapped[str] = mapped_column(String(36))
    sealed: Mapped[Sealed]


class Placement(Base):
    """参加の記録: one person, one listing or role. stage: a key of stages.placement in data/vocabulary/casework.yml."""

    __tablename__ = "placement"

    id: Mapped[Id]
    participant_id: Mapped[str] = of_participant()
    label: Mapped[LabelText]
    # Only the UUIDs of the directory: 枠 are counted over all cases, and nobody is named by them.
    listing_id: Mapped[str] = mapped_column(String(36), index=True)
    role_id: Mapped[str | None] = mapped_column(String(36))
    stage: Mapped[Code]
    made_by: Mapped[str] = mapped_column(String(36))
    made_at: Mapped[Moment]
    changed_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(Integer)


class PlacementStep(Base):
    """When a placement came to a stage, by whom, and what was said."""

    __tablename__ = "placement_step"

    id: Mapped[Id]
    placement_id: Mapped[str] = reference("placement.id", ondelete="CASCADE")
    stage: Mapped[Code]
    at: Mapped[Moment]
    by: Mapped[str] = mapped_column(String(36))
    note: Mapped[Sealed | None]


class Hold(Base):
    """A place kept free for a placement that is under way."""

    __tablename__ = "hold"

    placement_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("placement.id", ondelete="CASCADE"), primary_key=True)
    listing_id: Mapped[str] = mapped_column(String(36), index=True)
    since: Mapped[Moment]
    until: Mapped[Moment]
    released_at: Mapped[datetime | None] = mapped_column(DateTime())


class Enquiry(Base):
    """Which case an anonymous question to the SC was asked for; the question itself lies in the directory's queue."""

    __tablename__ = "enquiry"

    item_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    participant_id: Mapped[str] = of_participant()
    label: Mapped[LabelText]
    asked_by: Mapped[str] = mapped_column(String(36))
    asked_at: Mapped[Moment]
