"""Where is the list with what becomes of each row, as Excel for the department? Made once with the table, kept beside it."""

from pathlib import Path

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from directory.curation.fields import FIELDS
from directory.db import read_session, write_session
from directory.models import Upload, UploadFile, UploadRow
from directory.uploads.annotating import annotated
from directory.uploads.states import TABLED, upload

ROWS_AT_ONCE = 500


def has_copy(session: Session, upload_id: str) -> bool | None:
    """Whether it is made; None where the list itself is not kept any more."""
    return session.scalar(select(UploadFile.copy.is_not(None)).where(UploadFile.upload_id == upload_id))


def copy_of(session: Session, found: Upload) -> bytes | None:
    """The file, if it is there and still says what the table says."""
    wanted = select(UploadFile.copy).where(UploadFile.upload_id == found.id)
    return session.scalar(wanted) if found.state in TABLED else None


def make_copy(engine: Engine, found: Upload, path: Path) -> None:
    """Write it for the table that stands now; `path`: the list. Takes minutes for tens of thousands of rows."""
    wanted = select(UploadRow).where(UploadRow.upload_id == found.id).order_by(UploadRow.position)
    named = {key: field.label for key, field in FIELDS.items()}
    with read_session(engine) as session:
        rows = session.scalars(wanted.execution_options(yield_per=ROWS_AT_ONCE))
        made = annotated(path, found.choices.get("columns", {}), rows, named)
    with write_session(engine) as session:
        if upload(session, found.id).agreed == found.agreed:
            session.execute(update(UploadFile).where(UploadFile.upload_id == found.id).values(copy=made))
            session.commit()
