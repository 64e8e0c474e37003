"""What does the curation desk keep of its own? What people did there, whom they called, and who looks after which area."""

from datetime import date, datetime

from sqlalchemy import JSON, Date, DateTime, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.db import Base
from directory.models.columns import Id, LongText, Moment, ShortText, TextList, Word, reference


class CurationAct(Base):
    """One decision of a person that became one revision: edit, approve, assure, split, merge, import, undo …

    `changes`: listing id → {"before", "after"}, both value name → value; only what differs.
    """

    __tablename__ = "curation_act"

    id: Mapped[Id]
    kind: Mapped[Word]
    made_by: Mapped[ShortText]
    why: Mapped[ShortText]
    made_at: Mapped[datetime] = mapped_column(DateTime(), index=True)
    revision: Mapped[int] = mapped_column(Integer, index=True)
    changes: Mapped[dict] = mapped_column(JSON)
    # The act that this one undoes; the proposal that this one decided.
    undoes: Mapped[str | None] = mapped_column(String(36))
    change_request_id: Mapped[str | None] = mapped_column(String(36), index=True)
    undone_at: Mapped[datetime | None] = mapped_column(DateTime())
    undone_by: Mapped[ShortText | None]


class ActRow(Base):
    """One row of a table as an act found it and left it, so that the act can be undone: None where there was no row."""

    __tablename__ = "act_row"

    act_id: Mapped[str] = mapped_column(
        ForeignKey("curation_act.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    record_type: Mapped[Word]
    # Column → value of the primary key; and the listing, service … that the row belongs to.
    key: Mapped[dict] = mapped_column(JSON)
    owner_id: Mapped[str] = mapped_column(String(36))
    before: Mapped[dict | None] = mapped_column(JSON)
    after: Mapped[dict | None] = mapped_column(JSON)


class FieldMark(Base):
    """A field that a person should look at again: a よみ that was filled in by the machine."""

    __tablename__ = "field_mark"

    record_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    field: Mapped[str] = mapped_column(String(60), primary_key=True)
    record_type: Mapped[Word]
    made_at: Mapped[Moment]


class EditDraft(Base):
    """What somebody typed into the edit form of a listing and did not save yet; with the version it began from."""

    __tablename__ = "edit_draft"

    listing_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    staff_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    typed: Mapped[dict] = mapped_column(JSON)
    saved_at: Mapped[Moment]


class ContactAttempt(Base):
    """One attempt to reach a listing's host: how, with which outcome, and how many minutes it took."""

    __tablename__ = "contact_attempt"

    id: Mapped[Id]
    listing_id: Mapped[str] = reference("service_at_location.id", ondelete="CASCADE")
    made_at: Mapped[datetime] = mapped_column(DateTime(), index=True)
    made_by: Mapped[ShortText]
    how: Mapped[Word]
    # reached, absent 不在, call_back 折り返し, refused, wrong_number, not_delivered 届かなかった
    outcome: Mapped[Word]
    minutes: Mapped[int | None] = mapped_column(Integer)
    note: Mapped[LongText | None]
    again_on: Mapped[date | None] = mapped_column(Date)


class AreaDuty(Base):
    """Who looks after an area: the account by its id, and the name that is shown."""

    __tablename__ = "area_duty"

    area_kind: Mapped[str] = mapped_column(String(60), primary_key=True)
    area_name: Mapped[str] = mapped_column(String(200), primary_key=True)
    staff_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    staff_name: Mapped[ShortText]
    since: Mapped[Moment]


class HandOver(Base):
    """One hand-over of areas from one coordinator to another, with what the next should know."""

    __tablename__ = "hand_over"

    id: Mapped[Id]
    made_at: Mapped[Moment]
    made_by: Mapped[ShortText]
    from_name: Mapped[ShortText]
    to_name: Mapped[ShortText]
    # [kind, name] of each area
    areas: Mapped[TextList]
    note: Mapped[LongText]


class SetAside(Base):
    """Something in the work queue that somebody looked at and left as it is; with a day, it comes back then."""

    __tablename__ = "set_aside"

    kind: Mapped[str] = mapped_column(String(60), primary_key=True)
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    made_by: Mapped[ShortText]
    made_at: Mapped[Moment]
    why: Mapped[ShortText]
    until: Mapped[date | None] = mapped_column(Date)
