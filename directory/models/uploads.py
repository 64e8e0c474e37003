"""Which lists were put on the curation desk, what does each row of them say, and what became of it?"""

from datetime import datetime

from sqlalchemy import JSON, DateTime, ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.db import Base
from directory.models.columns import Facts, Id, LongText, ShortText, Word


class Upload(Base):
    """One file on its way into the directory; nothing of it is there before somebody confirms.

    state: see directory/uploads/states.py. `version` is raised by every decision and travels in the forms.
    """

    __tablename__ = "upload"

    id: Mapped[Id]
    file_name: Mapped[ShortText]
    source_name: Mapped[ShortText]
    state: Mapped[Word] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(Integer, default=1)
    made_by: Mapped[ShortText]
    staff_id: Mapped[str] = mapped_column(String(36))
    made_at: Mapped[datetime] = mapped_column(DateTime(), index=True)
    # Why the file, or the step, was refused: a whole sentence
    problem: Mapped[LongText | None]
    # What the file holds: its tables, their titles with examples and the fields proposed for them
    found: Mapped[Facts]
    # What the person chose: columns, kind, publish
    choices: Mapped[Facts]
    # Kind of row → how many; and the fingerprint of the rows that were shown
    counts: Mapped[Facts]
    agreed: Mapped[str | None] = mapped_column(String(64))
    # When the work in the background was begun
    begun_at: Mapped[datetime | None] = mapped_column(DateTime())
    confirmed_by: Mapped[ShortText | None]
    finished_at: Mapped[datetime | None] = mapped_column(DateTime())
    # The act that became of it: whether it was undone, and by whom, stands there
    act_id: Mapped[str | None] = mapped_column(String(36))


class UploadFile(Base):
    """The bytes of an upload, kept until it is dealt with and a while after; `copy`: the same annotated, as Excel."""

    __tablename__ = "upload_file"

    upload_id: Mapped[str] = mapped_column(ForeignKey("upload.id", ondelete="CASCADE"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    copy: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)


class UploadRow(Base):
    """What will become of one row of the file, or of one that is missing from it; problems have the first positions.

    `says`: what a new row says. `writes`, `asks`: value name → [current, new]. `likely`: listings it may be already.
    `decision`: merge, separate or ignore, of a person; `merge_into` the listing it belongs to.
    """

    __tablename__ = "upload_row"

    upload_id: Mapped[str] = mapped_column(ForeignKey("upload.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[Word]
    sheet: Mapped[ShortText]
    row_number: Mapped[int | None] = mapped_column(Integer)
    unit: Mapped[Word]
    key: Mapped[str] = mapped_column(String(400))
    name: Mapped[ShortText]
    listing_id: Mapped[str | None] = mapped_column(String(36))
    says: Mapped[dict] = mapped_column(JSON)
    writes: Mapped[dict] = mapped_column(JSON)
    asks: Mapped[dict] = mapped_column(JSON)
    findings: Mapped[list] = mapped_column(JSON)
    likely: Mapped[list] = mapped_column(JSON)
    decision: Mapped[str | None] = mapped_column(String(10))
    merge_into: Mapped[str | None] = mapped_column(String(36))
