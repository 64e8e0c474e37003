"""What does the worker desk ask the SC? Questions about places in the curation queue, in which no person can stand.

`confirm`: please find out this attribute of this listing. `enquiry`: is there a place for such a need, in such an area?
They go straight into the directory's queue; the public inbox never carries them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm.attributes import flag_modified

from directory.db import read_session, write_session
from directory.errors import InvalidRecord, NotFound
from directory.inbox.kinds import QUESTIONS, check
from directory.models import InboxItem
from directory.models.columns import new_id

NEW, DONE = "new", "done"
CONFIRM, ENQUIRY = "confirm", "enquiry"
MOST_PLACES = 20


@dataclass(frozen=True)
class Question:
    """A question as it lies in the queue; `answer`: listing ids the SC named, None while it waits."""

    id: str
    kind: str
    made_at: datetime
    body: Mapping[str, object]
    answer: tuple[str, ...] | None


def ask(directory: Engine, kind: str, body: Mapping[str, object], now: datetime) -> str:
    """Put a question into the queue and return its id; one that waits already is not asked twice.

    Raises InvalidRecord for anything a question may not hold: there is no field for a person or for free words.
    """
    moment = check(kind, body, QUESTIONS).moment(now)
    with write_session(directory) as session:
        waiting = session.scalars(select(InboxItem).where(InboxItem.kind == kind, InboxItem.state == NEW))
        same = next((item for item in waiting if item.body == body), None) if kind == CONFIRM else None
        if same is None:
            same = InboxItem(id=new_id(), kind=kind, state=NEW, made_at=moment, pulled_at=moment, body=dict(body))
            session.add(same)
        session.commit()
        return same.id


def answer(directory: Engine, question_id: str, listing_ids: Sequence[str]) -> None:
    """The SC names places, or none. Raises NotFound, InvalidRecord."""
    if len(listing_ids) > MOST_PLACES:
        raise InvalidRecord(f"場所は{MOST_PLACES}件までにしてください。")
    with write_session(directory) as session:
        item = session.get(InboxItem, question_id)
        if item is None or item.kind not in QUESTIONS:
            raise NotFound("この照会は見つかりません。")
        item.body = {**item.body, "answer": list(listing_ids)}
        flag_modified(item, "body")
        item.state = DONE
        session.commit()


def questions(directory: Engine, ids: Sequence[str]) -> tuple[Question, ...]:
    """These questions, newest first."""
    with read_session(directory) as session:
        rows = session.scalars(select(InboxItem).where(InboxItem.id.in_(list(ids)), InboxItem.kind.in_(QUESTIONS)))
        found = [_question(row) for row in rows]
    return tuple(sorted(found, key=lambda question: (question.made_at, question.id), reverse=True))


def _question(row: InboxItem) -> Question:
    body = dict(row.body)
    named = body.pop("answer", None)
    return Question(row.id, row.kind, row.made_at, body, None if named is None else tuple(named))
