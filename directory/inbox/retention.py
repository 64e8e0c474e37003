"""How long is what somebody wrote kept? As the rows below say, and nowhere longer; the privacy page prints them.

Contact details go in the moment a person is done with the letter. The letter goes later; what it proposed stays in the
history without its words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, exists, or_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from directory.erasing import erase_for_good
from directory.models import Application, ChangeRequest, EditDraft, InboxItem, UpdateLink

DONE = "done"


@dataclass(frozen=True)
class Kept:
    """Days. `contact`: fields that go as soon as it is answered; `after`: the rest goes; `at_most`: even unanswered."""

    contact: tuple[str, ...]
    after: int
    at_most: int


RETENTION: Mapping[str, Kept] = {
    "report": Kept(("contact",), after=90, at_most=365),
    "application": Kept(("contact_name", "contact"), after=365, at_most=730),
    "update": Kept((), after=90, at_most=365),
}
# The sentence behind a reference number, after it was last changed; a link's hash, after its last day.
APPLICATION_TOLD, LINK_KEPT = 365, 365
# What staff typed into a form and never saved, after they last touched it.
DRAFT_KEPT = 180


def answered(session: Session, letter: InboxItem, now: datetime) -> None:
    """A person is done with it: from now on nobody can be called or written to."""
    erase_for_good(session)
    kept = RETENTION.get(letter.kind)
    letter.body = {name: value for name, value in letter.body.items() if kept is None or name not in kept.contact}
    flag_modified(letter, "body")
    letter.state, letter.answered_at = DONE, now


def forget(session: Session, now: datetime) -> int:
    """Delete what has been kept long enough; how many letters went."""
    erase_for_good(session)
    gone = [letter_id for kind, kept in RETENTION.items() for letter_id in session.scalars(_overdue(kind, kept, now))]
    if gone:
        session.execute(update(ChangeRequest).where(ChangeRequest.letter_id.in_(gone)).values(evidence=None))
        session.execute(delete(InboxItem).where(InboxItem.id.in_(gone)))
    waiting = exists().where(InboxItem.id == Application.letter_id)
    session.execute(delete(Application).where(Application.changed_at < now - timedelta(days=APPLICATION_TOLD), ~waiting))
    session.execute(delete(EditDraft).where(EditDraft.saved_at < now - timedelta(days=DRAFT_KEPT)))
    session.execute(delete(UpdateLink).where(UpdateLink.expires_on < (now - timedelta(days=LINK_KEPT)).date()))
    return len(gone)


def _overdue(kind: str, kept: Kept, now: datetime) -> Select[tuple[str]]:
    return select(InboxItem.id).where(InboxItem.kind == kind, or_(
        InboxItem.answered_at < now - timedelta(days=kept.after), InboxItem.made_at < now - timedelta(days=kept.at_most)))
