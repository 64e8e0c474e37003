"""Where does each fact come from, who changed it, and what waits for a decision?"""

from datetime import datetime

from sqlalchemy import JSON, DateTime, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from directory.db import Base
from directory.models.columns import Id, LongText, Moment, ShortText, Word, reference


class Source(Base):
    """A file or list that facts come from, e.g. 社会福祉協議会 サロン一覧."""

    __tablename__ = "source"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(400), unique=True)
    format: Mapped[Word | None]
    licence: Mapped[ShortText | None]
    url: Mapped[ShortText | None]
    last_imported: Mapped[datetime | None] = mapped_column(DateTime())


class ColumnMap(Base):
    """The column map last used for a source: our field → the file's column title."""

    __tablename__ = "column_map"

    source_id: Mapped[str] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"), primary_key=True)
    columns: Mapped[dict] = mapped_column(JSON)


class SourceRecord(Base):
    """One row of a source as last seen: which listing it feeds and what it said, field by field.

    `values` is what was imported, so a later difference in the listing is a person's edit and is never overwritten.
    """

    __tablename__ = "source_record"
    __table_args__ = (UniqueConstraint("source_id", "key"),)

    id: Mapped[Id]
    source_id: Mapped[str] = reference("source.id", ondelete="CASCADE")
    key: Mapped[str] = mapped_column(String(400))
    listing_id: Mapped[str] = reference("service_at_location.id", ondelete="CASCADE")
    values: Mapped[dict] = mapped_column(JSON)
    row_hash: Mapped[str] = mapped_column(String(64))
    row_number: Mapped[int | None] = mapped_column(Integer)
    last_seen: Mapped[Moment]
    # Set when a later file no longer has the row: reported and queued, never deleted.
    missing_since: Mapped[datetime | None] = mapped_column(DateTime())


class ChangeRequest(Base):
    """修正提案: a proposed change of one listing, waiting for a person. reason: import, report, vanished, rename …

    Without a listing it proposes a new one. state: open, decided, withdrawn. `version` is raised by every decision.
    """

    __tablename__ = "change_request"

    id: Mapped[Id]
    listing_id: Mapped[str | None] = reference("service_at_location.id", ondelete="CASCADE")
    reason: Mapped[Word]
    source_id: Mapped[str | None] = reference("source.id")
    evidence: Mapped[LongText | None]
    state: Mapped[str] = mapped_column(String(10), default="open", index=True)
    created: Mapped[Moment]
    made_by: Mapped[ShortText | None]
    # The letter of the inbox it was made of
    letter_id: Mapped[str | None] = mapped_column(String(36), index=True)
    version: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    decided_at: Mapped[datetime | None] = mapped_column(DateTime())
    decided_by: Mapped[ShortText | None]
    act_id: Mapped[str | None] = mapped_column(String(36))

    fields = relationship("ChangeRequestField", cascade="all, delete-orphan", order_by="ChangeRequestField.field")


class ChangeRequestField(Base):
    """One field of a proposal, decided by itself: accept, edit or reject; None = undecided. `decided`: what was written."""

    __tablename__ = "change_request_field"

    change_request_id: Mapped[str] = mapped_column(
        ForeignKey("change_request.id", ondelete="CASCADE"), primary_key=True
    )
    field: Mapped[str] = mapped_column(String(60), primary_key=True)
    current: Mapped[dict | None] = mapped_column(JSON)
    proposed: Mapped[dict | None] = mapped_column(JSON)
    decision: Mapped[str | None] = mapped_column(String(10))
    decided: Mapped[dict | None] = mapped_column(JSON)
    reason: Mapped[ShortText | None]


class Revision(Base):
    """履歴: who changed which field of which record, when, why, from what to what."""

    __tablename__ = "revision"

    id: Mapped[Id]
    number: Mapped[int] = mapped_column(Integer, index=True)
    made_at: Mapped[Moment]
    made_by: Mapped[ShortText]
    why: Mapped[ShortText]
    record_type: Mapped[Word]
    record_id: Mapped[str] = mapped_column(String(36), index=True)
    # None: the record itself was added
    field: Mapped[Word | None]
    before: Mapped[dict | None] = mapped_column(JSON)
    after: Mapped[dict | None] = mapped_column(JSON)
