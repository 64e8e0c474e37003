"""What does a person decide about an upload? The columns, the kind, and the new rows that may be there already."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from directory.db import read_session, write_session
from directory.errors import InvalidRecord
from directory.importers.fields import LABELS
from directory.importers.upsert.intent import IGNORE, MERGE, SEPARATE, Decision
from directory.models import ServiceAtLocation, UploadRow
from directory.uploads.looking import nameless, overrides_of, remembered_columns, twice
from directory.uploads.rows import LIKELY
from directory.uploads.states import COLUMNS, IMPORTING, ROWS, SORTING, TakenAlready, began, step, take, upload

ACTS = (MERGE, SEPARATE, IGNORE)


def choose_columns(
    engine: Engine, upload_id: str, version: int, *, columns: Mapping[str, str], kind: str | None, now: datetime
) -> int:
    """Say which column is what (title → our field, "" = none). Raises InvalidRecord when that cannot be, TakenAlready."""
    with read_session(engine) as session:
        found = upload(session, upload_id).found
        remembered = remembered_columns(session, upload(session, upload_id).source_name)
    wanted = {title: name for title, name in columns.items() if name in LABELS or name == ""}
    for name, one, other in twice(found, wanted)[:1]:
        raise InvalidRecord(f"「{one}」と「{other}」の両方が「{LABELS[name]}」になっています。どちらかを変えてください。")
    for name in nameless(found, wanted)[:1]:
        where = f"「{name}」の表で、" if name else ""
        raise InvalidRecord(f"{where}どの列が「{LABELS['name']}」かを選んでください。")
    choices = {"columns": overrides_of(found, remembered, wanted), "kind": kind}
    return step(engine, upload_id, version, (COLUMNS,), choices=choices, **began(now, SORTING))


def back_to_columns(engine: Engine, upload_id: str, version: int) -> int:
    """The rows are not what they should be: choose the columns again."""
    return step(engine, upload_id, version, (ROWS,), state=COLUMNS, problem=None)


def decide(engine: Engine, upload_id: str, position: int, act: str, listing_id: str | None = None) -> None:
    """統合, 別物 or 無視 for one new row. Raises InvalidRecord, or TakenAlready when it is too late for that."""
    if act not in ACTS:
        raise InvalidRecord("統合・別物・無視のどれかを選んでください。")
    with write_session(engine) as session:
        if upload(session, upload_id).state != ROWS:
            raise TakenAlready(upload(session, upload_id).confirmed_by)
        row = session.get(UploadRow, (upload_id, position))
        if row is None or row.kind != LIKELY:
            raise InvalidRecord("この行は、もう表にありません。表を開きなおしてください。")
        offered = {one[0] for one in row.likely}
        if act == MERGE and (listing_id not in offered or session.get(ServiceAtLocation, listing_id) is None):
            raise InvalidRecord("まとめる先の掲載が、いまはありません。表を開きなおして、もう一度選んでください。")
        row.decision, row.merge_into = act, listing_id if act == MERGE else None
        session.commit()


def decide_the_rest(engine: Engine, upload_id: str, act: str) -> int:
    """別物 or 無視 for every row nobody has decided about; returns how many."""
    if act not in (SEPARATE, IGNORE):
        raise InvalidRecord("まとめて選べるのは、別物か無視だけです。")
    with write_session(engine) as session:
        if upload(session, upload_id).state != ROWS:
            raise TakenAlready(upload(session, upload_id).confirmed_by)
        open_ones = (UploadRow.upload_id == upload_id, UploadRow.kind == LIKELY, UploadRow.decision.is_(None))
        number = session.scalar(select(func.count()).select_from(UploadRow).where(*open_ones)) or 0
        session.execute(update(UploadRow).where(*open_ones).values(decision=act))
        session.commit()
        return number


def confirm(
    engine: Engine, upload_id: str, version: int, *, by: str, publish: bool, rest: str, now: datetime
) -> int:
    """Import what the table shows. `rest`: 別物 or 無視 for rows nobody has decided about. Raises TakenAlready."""
    if rest not in (SEPARATE, IGNORE):
        raise InvalidRecord("まだ決めていない行をどうするか、選んでください。")
    with write_session(engine) as session:
        choices = {**upload(session, upload_id).choices, "publish": publish, "rest": rest}
        taken = take(session, upload_id, version, (ROWS,), choices=choices, confirmed_by=by, **began(now, IMPORTING))
        session.commit()
        return taken


def decisions(session: Session, upload_id: str, rest: str) -> dict[str, Decision]:
    """Key of a new row → what was decided about it."""
    wanted = select(UploadRow.key, UploadRow.decision, UploadRow.merge_into).where(
        UploadRow.upload_id == upload_id, UploadRow.kind == LIKELY)
    return {key: Decision(act or rest, listing_id) for key, act, listing_id in session.execute(wanted)}
