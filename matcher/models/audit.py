"""What does the trail hold? Who did what to which case and when; never what was read or written."""

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.columns import Moment
from matcher.db import Base
from matcher.models.columns import Code, LabelText, Mac


class AuditEntry(Base):
    """One act. It names ids only and outlives what they name; `mac` chains it to the entry before."""

    __tablename__ = "audit_entry"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[Moment]
    staff_id: Mapped[str] = mapped_column(String(36), index=True)
    act: Mapped[Code]
    what: Mapped[Code]
    # "": no single case, e.g. the list of one's own cases
    participant_id: Mapped[str] = mapped_column(String(36), index=True)
    # Under which label the door was open; "" for a door that stayed shut
    label: Mapped[LabelText]
    mac: Mapped[Mac]


class AuditHead(Base):
    """The single row (id 1) that says where the chain ends; whoever adds an entry locks it."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(Integer)
    mac: Mapped[Mac]
