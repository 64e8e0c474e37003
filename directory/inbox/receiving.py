"""What happens to a report, an application, a group's own update when it is taken over? It waits, and it is noted.

All of it in the transaction that takes the letter over; what the letter leads to (directory/ways_in/settling.py) comes
after, and may come twice.
"""

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from directory.inbox.box import Letter
from directory.japan_time import in_japan
from directory.models import Application, InboxItem, MailingItem, UpdateLink
from directory.upserting import insert_new
from directory.ways_in.proofs import mark_of

NEW = "new"
SAME = "same"


def receive_application(session: Session, letter: Letter, now: datetime) -> None:
    """It waits, and its reference number can be asked about from now on."""
    body = dict(letter.body)
    mark = body.pop("mark")
    insert_new(session, Application.__table__, [{
        "mark": mark, "letter_id": letter.id, "state": "received", "reply": None, "listing_id": None,
        "made_at": letter.made_at, "changed_at": now}])
    _wait(session, letter, body, now)


def receive_update(session: Session, letter: Letter, now: datetime) -> None:
    """A group's answer counts once and until its day; a change that comes later still waits for a person to read it.

    「変わりなし」 through a link that is used up, or a token that never was, says nothing new and is dropped.
    """
    link = session.get(UpdateLink, mark_of(str(letter.body["token"])))
    if link is None:
        return
    body = {name: value for name, value in letter.body.items() if name != "token"} | {"listing": link.listing_id}
    late = link.used_at is not None or in_japan(letter.made_at).date() > link.expires_on
    if late and body["answer"] == SAME:
        return
    if late:
        body["late"] = "1"
    else:
        _note(session, link, str(body["answer"]), letter.made_at)
    _wait(session, letter, body, now)


def _note(session: Session, link: UpdateLink, outcome: str, moment: datetime) -> None:
    link.used_at = moment
    piece = session.get(MailingItem, (link.mailing_id, link.number)) if link.mailing_id is not None else None
    if piece is not None:
        piece.outcome, piece.came_back_at = outcome, moment


def _wait(session: Session, letter: Letter, body: dict[str, object], now: datetime) -> None:
    session.execute(insert(InboxItem).values(
        id=letter.id, kind=letter.kind, state=NEW, made_at=letter.made_at, pulled_at=now, body=body))
