"""How is a file taken in? Its bytes are kept as they came; what is in them is looked at in the background."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from directory.db import write_session
from directory.errors import InvalidRecord
from directory.models import Upload, UploadFile, UploadRow
from directory.models.columns import new_id
from directory.uploads.states import COLUMNS, DONE, DROPPED, READING, REFUSED, ROWS, step

MEGABYTE = 1024 * 1024
LARGEST = 5 * MEGABYTE
ENDINGS = (".xlsx", ".csv", ".tsv", ".json", ".geojson", ".csv.gz", ".tsv.gz", ".json.gz", ".geojson.gz")
LONGEST_NAME = 200
# A list holds names and numbers of contact persons: it is not kept longer than somebody may ask about it.
KEPT_FOR = timedelta(days=60)


@dataclass(frozen=True)
class Arrival:
    """A file as a browser sent it."""

    name: str
    content: bytes


def receive(
    engine: Engine, arrival: Arrival, *, by: str, staff_id: str, now: datetime, source: str = "", largest: int = LARGEST
) -> str:
    """Keep the file and return the upload's id; without a source it is its own. Raises InvalidRecord for no list."""
    name = _plain_name(arrival.name)
    if not arrival.content:
        raise InvalidRecord("ファイルが選ばれていないか、空です。表のファイルを選んでください。")
    if len(arrival.content) > largest:
        raise InvalidRecord(
            f"ファイルが大きすぎます（上限は {largest // MEGABYTE} MB）。いらない列やシートを消すか、表を分けて選んでください。")
    if not name.lower().endswith(ENDINGS):
        raise InvalidRecord(
            "この種類のファイルは読めません。Excel（.xlsx）、CSV、TSV、JSON、またはそれを .gz にしたものを選んでください。")
    with write_session(engine) as session:
        forget_old(session, now)
        made = Upload(
            id=new_id(), file_name=name, source_name=source or name.partition(".")[0], state=READING, made_by=by,
            staff_id=staff_id, made_at=now, begun_at=now)
        session.add(made)
        session.flush()
        session.add(UploadFile(upload_id=made.id, content=arrival.content))
        session.commit()
        return made.id


def drop(engine: Engine, upload_id: str, version: int) -> None:
    """Give an upload up; its bytes and rows go at once. Raises TakenAlready."""
    step(engine, upload_id, version, (READING, REFUSED, COLUMNS, ROWS), state=DROPPED)
    with write_session(engine) as session:
        _empty(session, [upload_id])
        session.commit()


def forget_old(session: Session, now: datetime) -> None:
    """Bytes and rows of uploads that were dealt with long ago go; who imported what, and the counts, stay."""
    over = select(Upload.id).where(
        Upload.state.in_((REFUSED, COLUMNS, ROWS, DONE, DROPPED)), Upload.made_at < now - KEPT_FOR)
    _empty(session, list(session.scalars(over)))


def _empty(session: Session, ids: list[str]) -> None:
    for model in (UploadFile, UploadRow):
        session.execute(delete(model).where(model.upload_id.in_(ids)))


def _plain_name(given: str) -> str:
    """The last part of a name, without what no file name holds."""
    name = PurePath(given.replace("\\", "/")).name
    return "".join(letter for letter in name if letter.isprintable()).strip()[-LONGEST_NAME:]
