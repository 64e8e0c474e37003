"""Where on its way is an upload, and how does it go on? Every step is taken by one person only, once."""

from datetime import datetime

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from directory.db import write_session
from directory.errors import DirectoryError, NotFound
from directory.models import Upload

READING, REFUSED, COLUMNS, SORTING, ROWS = "reading", "refused", "columns", "sorting", "rows"
IMPORTING, DONE, UNDOING, DROPPED = "importing", "done", "undoing", "dropped"
# The background is at work.
WORKING = (READING, SORTING, IMPORTING, UNDOING)
# There is a table of rows, and a copy of the list can be made.
TABLED = (ROWS, DONE)
# Nothing of it is in the directory yet, and a person is to go on.
WAITING = (COLUMNS, ROWS)
# Who asked to take it back: in `choices`, where the background finds it.
UNDONE_BY = "undone_by"
# Where an upload stands again when its work stopped half-way.
BEFORE = {READING: READING, SORTING: COLUMNS, IMPORTING: ROWS, UNDOING: DONE}


class TakenAlready(DirectoryError):
    """Somebody else has taken this step, or another one, since the page was opened."""

    def __init__(self, by: str | None) -> None:
        who = f"{by}さんが" if by else "ほかの人が"
        super().__init__(f"この表は、あなたが開いたあとに、{who}先に進めました。いまの様子を確かめてください。")


def upload(session: Session, upload_id: str) -> Upload:
    """The upload of that id. Raises NotFound."""
    found = session.get(Upload, upload_id)
    if found is None:
        raise NotFound("この表は見つかりません。")
    return found


def step(engine: Engine, upload_id: str, version: int, come_from: tuple[str, ...], **values: object) -> int:
    """Go on from one of these states, if nobody else has since `version`; returns the new version.

    Raises NotFound or TakenAlready. The database decides who was first.
    """
    with write_session(engine) as session:
        taken = take(session, upload_id, version, come_from, **values)
        session.commit()
        return taken


def take(session: Session, upload_id: str, version: int, come_from: tuple[str, ...], **values: object) -> int:
    """The same inside a transaction."""
    number = session.scalar(
        update(Upload)
        .where(Upload.id == upload_id, Upload.version == version, Upload.state.in_(come_from))
        .values(version=version + 1, **values).returning(Upload.version))
    if number is None:
        session.rollback()
        raise TakenAlready(last_hand(upload(session, upload_id)))
    return number


def last_hand(found: Upload) -> str | None:
    """Who took the last step that only one person can take."""
    return found.choices.get(UNDONE_BY) or found.confirmed_by


def latest(session: Session, most: int = 30) -> list[Upload]:
    """The uploads last made, newest first; what was dropped is not shown."""
    wanted = select(Upload).where(Upload.state != DROPPED).order_by(Upload.made_at.desc(), Upload.id)
    return list(session.scalars(wanted.limit(most)))


def began(moment: datetime, state: str) -> dict[str, object]:
    """The values of a step that begins work in the background."""
    return {"state": state, "begun_at": moment, "problem": None}
