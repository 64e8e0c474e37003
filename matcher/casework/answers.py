"""What was heard from this person? Field by field, each saved by itself the moment it is said.

A field is unasked (no row), a value, 「聞けなかった」, or empty again. Every answer stays in the room it was told in: one
row a label, and a reader is given the newest of the rooms open to them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from directory.errors import InvalidRecord
from directory.models.columns import new_id
from matcher.access import READ, WRITE
from matcher.casework.fields import CONDITIONS, Field, checked, fields
from matcher.desk import Actor, Desk, OpenCase, Work
from matcher.errors import Stale
from matcher.models import Answer, Participant

VALUE, NOT_HEARD, EMPTY, UNASKED = "value", "not_heard", "empty", "unasked"


@dataclass(frozen=True)
class Heard:
    """One answer as it stands. `version` travels in the form; `changed_by` is a staff id."""

    field: str
    state: str = UNASKED
    value: object = None
    version: int = 0
    label: str = ""
    changed_at: datetime | None = None
    changed_by: str | None = None


def read_answers(
    desk: Desk, actor: Actor, participant_id: str, now: datetime, group: str = CONDITIONS
) -> Mapping[str, Heard]:
    """Every field of `group` (CONDITIONS or IDENTITY) → what was heard. Raises NotFound."""
    with desk.acting(actor, now) as work:
        case = work.open_case(participant_id, READ, group)
        return answers_of(desk, case, group)


def save_answer(
    desk: Desk, actor: Actor, participant_id: str, field: str, value: object, *, version: int, now: datetime,
    not_heard: bool = False, label: str | None = None,
) -> Heard:
    """Keep one answer; `value` None clears it, `not_heard` says that it was asked and stayed open.

    Raises InvalidRecord for a value the question cannot have, Stale (with the Heard that stands there) when `version`
    is not the one that was shown, NotFound.
    """
    row = fields(desk.vocabulary).get(field)
    if row is None:
        raise InvalidRecord("この項目はありません。画面を開きなおしてください。")
    state = NOT_HEARD if not_heard else EMPTY if value is None else VALUE
    kept = checked(row, value, desk.vocabulary) if state == VALUE else None
    with desk.acting(actor, now) as work:
        case = work.open_case(participant_id, WRITE, row.group, label)
        stands = _row_to_change(case, field, label)
        if stands is not None and stands.label != case.label:
            work.trace(WRITE, row.group, participant_id, stands.label)
        if (stands.version if stands else 0) != version:
            raise Stale("ほかの人が同じ項目を書きかえました。いまの内容を確かめて、もう一度選んでください。",
                        _heard(case, stands) if stands else Heard(field))
        _refuse_a_name_as_code_name(work, case, row, kept)
        return _keep(case, stands, field, {"state": state, "value": kept})


def answers_of(desk: Desk, case: OpenCase, group: str | None = None) -> Mapping[str, Heard]:
    """The same within an open case."""
    wanted = {key for key, row in fields(desk.vocabulary).items() if group in (None, row.group)}
    rows = [row for row in _visible_rows(case) if row.field in wanted]
    newest = {row.field: row for row in sorted(rows, key=lambda row: (row.changed_at, row.label))}
    return {key: _heard(case, newest[key]) if key in newest else Heard(key)
            for key in fields(desk.vocabulary) if key in wanted}


def _visible_rows(case: OpenCase, field: str | None = None) -> list[Answer]:
    query = select(Answer).where(Answer.participant_id == case.id)
    if field is not None:
        query = query.where(Answer.field == field)
    return [row for row in case.work.session.scalars(query) if case.may(READ, row.label)]


def _row_to_change(case: OpenCase, field: str, label: str | None) -> Answer | None:
    """The row of the label asked for; without one, the newest that is seen: an answer stays in its room."""
    rows = _visible_rows(case, field)
    if label is not None:
        rows = [row for row in rows if row.label == label]
    rows = [row for row in rows if case.may(WRITE, row.label)]
    return max(rows, key=lambda row: (row.changed_at, row.label), default=None)


def _keep(case: OpenCase, stands: Answer | None, field: str, content: dict) -> Heard:
    work = case.work
    row = stands or Answer(id=new_id(), participant_id=case.id, field=field, label=case.label, version=0)
    row.sealed = case.seal(Answer, "sealed", row.id, json.dumps(content, ensure_ascii=False))
    row.version += 1
    row.changed_at, row.changed_by = work.now, work.actor.staff_id
    work.session.add(row)
    work.session.flush()
    return _heard(case, row)


def _heard(case: OpenCase, row: Answer) -> Heard:
    content = json.loads(case.unseal(Answer, "sealed", row.id, row.sealed))
    return Heard(row.field, content["state"], content["value"], row.version, row.label, row.changed_at, row.changed_by)


def _refuse_a_name_as_code_name(work: Work, case: OpenCase, row: Field, value: object) -> None:
    """A code name that holds the person's name would carry it into every list."""
    if row.key in ("name", "kana") and value:
        code_name = work.session.get_one(Participant, case.id).code_name
        if any(part in code_name for part in str(value).split() if len(part) > 1):
            raise InvalidRecord("呼び名（コードネーム）に本人の名前が入っています。先に呼び名を変えてください。")
