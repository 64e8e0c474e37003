"""Who opened a record in an emergency, and has the lead seen it?"""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.columns import Id, Moment
from matcher.db import Base
from matcher.models.columns import Sealed, of_participant


class Emergency(Base):
    """緊急に開いた: this member of staff reads this one case from `since` to `until`. `reason` is sealed with its key."""

    __tablename__ = "emergency"

    id: Mapped[Id]
    participant_id: Mapped[str] = of_participant()
    staff_id: Mapped[str] = mapped_column(String(36), ForeignKey("staff.id"), index=True)
    since: Mapped[Moment]
    until: Mapped[Moment]
    reason: Mapped[Sealed]
    # A lead has taken note
    seen_at: Mapped[datetime | None] = mapped_column(DateTime())
    seen_by: Mapped[str | None] = mapped_column(String(36))
