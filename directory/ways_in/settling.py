"""What follows from letters that were taken over? 「変わりなし」 confirms; a letter whose proposal is decided is done.

Run after every taking over. Each step may be cut off and come again: the second time finds nothing left to do.
"""

from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from directory.curation.acting import acting
from directory.curation.proposals import OPEN
from directory.db import read_session, write_session
from directory.inbox.retention import answered
from directory.japan_time import in_japan
from directory.merges import now_called
from directory.models import Application, ChangeRequest, InboxItem, ServiceAtLocation
from directory.ways_in.applications import STATES

NEW = "new"
SAID_BY_GROUP = "団体申告"
GROUP, WHY = "団体", "団体の更新リンクで「変わりなし」"
PREPARING, LISTED = "preparing", "listed"


def settle(directory: Engine, now: datetime) -> None:
    """Confirm what groups confirmed, then close what a person has decided since."""
    for letter_id, listing_id, moment in _confirmed(directory):
        confirm(directory, listing_id, SAID_BY_GROUP, GROUP, WHY, moment)
        _close(directory, [letter_id], now)
    with write_session(directory) as session:
        for letter in _decided(session):
            answered(session, letter, now)
        for row in session.scalars(select(Application).where(Application.state.not_in(_final()))).all():
            _follow(session, row, now)
        session.commit()


def confirm(directory: Engine, listing_id: str, how: str, by: str, why: str, moment: datetime) -> bool:
    """Move 最終確認日 to the day of `moment`, never back. False for a listing that is not there any more."""
    day = in_japan(moment).date()
    with read_session(directory) as session:
        listing = session.get(ServiceAtLocation, now_called(session, listing_id))
        if listing is None or (listing.assured_date is not None and listing.assured_date > day):
            return listing is not None
        found = listing.id
    with acting(directory, by=by, kind="assure", why=why, now=moment) as act:
        act.assure(found, how, day, by=by)
    return True


def _confirmed(directory: Engine) -> list[tuple[str, str, datetime]]:
    with read_session(directory) as session:
        waiting = session.scalars(select(InboxItem).where(InboxItem.kind == "update", InboxItem.state == NEW)).all()
        return [(row.id, row.body["listing"], row.made_at) for row in waiting if row.body.get("answer") == "same"]


def _close(directory: Engine, letter_ids: list[str], now: datetime) -> None:
    with write_session(directory) as session:
        for letter in session.scalars(select(InboxItem).where(InboxItem.id.in_(letter_ids))):
            answered(session, letter, now)
        session.commit()


def _decided(session: Session) -> list[InboxItem]:
    """Letters nothing waits for: their proposal is decided, and nobody asked to be called back."""
    still_open = select(ChangeRequest.letter_id).where(ChangeRequest.state == OPEN, ChangeRequest.letter_id.is_not(None))
    waiting = select(InboxItem).where(
        InboxItem.kind.in_(("report", "update")), InboxItem.state == NEW, InboxItem.id.not_in(still_open))
    return [letter for letter in session.scalars(waiting) if not letter.body.get("contact")]


def _follow(session: Session, row: Application, now: datetime) -> None:
    """The number tells what the desk has done meanwhile: a listing was made of it, and then published."""
    if row.listing_id is None and row.letter_id is not None:
        row.listing_id = session.scalar(select(ChangeRequest.listing_id).where(
            ChangeRequest.letter_id == row.letter_id, ChangeRequest.listing_id.is_not(None)))
    listing = session.get(ServiceAtLocation, row.listing_id) if row.listing_id else None
    if listing is None:
        return
    public = listing.status == "published" and listing.visibility == "public"
    state = LISTED if public else PREPARING
    if row.state == state:
        return
    row.state, row.changed_at = state, now
    letter = session.get(InboxItem, row.letter_id) if row.letter_id else None
    if public and letter is not None:
        answered(session, letter, now)


def _final() -> list[str]:
    return [key for key, state in STATES.items() if state.final]
