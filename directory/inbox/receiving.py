"""What happens to a report, an application, a group's own update when it is taken over? It waits, and proposes.

All of it in the transaction that takes the letter over, so each letter proposes once. Contact details stay in the letter:
a proposal is kept in the history.
"""

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from directory.curation.proposals import propose_in
from directory.inbox.box import Letter
from directory.japan_time import in_japan
from directory.models import Application, InboxItem, MailingItem, UpdateLink
from directory.upserting import insert_new
from directory.ways_in import reports, updates
from directory.ways_in.applications import evidence_of, values_of
from directory.ways_in.proofs import mark_of

NEW = "new"
SAME, LATE, LISTING = "same", "late", "listing"
RESIDENT, GROUP, APPLICANT = "住民のお知らせ", "団体（更新リンク）", "掲載希望"


def receive_report(session: Session, letter: Letter, now: datetime) -> None:
    """It waits; what follows from it without a guess is proposed, and otherwise its words are."""
    about, words = str(letter.body["about"]), str(letter.body.get("words", ""))
    values = reports.values_of(about, words)
    label = f"「{reports.ABOUT[about].label}」" if about in reports.ABOUT else ""
    # What closes a place may be shown as the reason: no words of others.
    evidence = label if updates.STATUS in values else " ".join(filter(None, (label, words)))
    propose_in(session, str(letter.body[LISTING]), values, "report", evidence, RESIDENT, now, letter_id=letter.id)
    _wait(session, letter, dict(letter.body), now)


def receive_application(session: Session, letter: Letter, now: datetime) -> None:
    """It waits, proposes a new listing, and its reference number can be asked about from now on."""
    body = dict(letter.body)
    mark = body.pop("mark")
    insert_new(session, Application.__table__, [{
        "mark": mark, "letter_id": letter.id, "state": "received", "reply": None, "listing_id": None,
        "made_at": letter.made_at, "changed_at": now}])
    propose_in(session, None, values_of(body), "application", evidence_of(body), APPLICANT, now, letter_id=letter.id)
    _wait(session, letter, body, now)


def receive_update(session: Session, letter: Letter, now: datetime) -> None:
    """A group's answer counts once and until its day; a change that comes later still waits for a person to read it.

    「変わりなし」 through a link that is used up, or a token that never was, says nothing new and is dropped.
    """
    link = session.get(UpdateLink, mark_of(str(letter.body["token"])))
    if link is None:
        return
    body = {name: value for name, value in letter.body.items() if name != "token"} | {LISTING: link.listing_id}
    late = link.used_at is not None or in_japan(letter.made_at).date() > link.expires_on
    if late and body["answer"] == SAME:
        return
    if not late:
        _note(session, link, str(body["answer"]), letter.made_at)
    if body["answer"] != SAME:
        values = updates.values_of(letter.body.get("changes", {}))
        words = "" if updates.STATUS in values else str(body.get("words", ""))
        said = " ".join(filter(None, ("（期限のあと、または二度目の返事です）" if late else "", words)))
        propose_in(session, link.listing_id, values, "update", said or None, GROUP, now, letter_id=letter.id)
    _wait(session, letter, body | ({LATE: "1"} if late else {}), now)


def _note(session: Session, link: UpdateLink, outcome: str, moment: datetime) -> None:
    link.used_at = moment
    piece = session.get(MailingItem, (link.mailing_id, link.number)) if link.mailing_id is not None else None
    if piece is not None:
        piece.outcome, piece.came_back_at = outcome, moment


def _wait(session: Session, letter: Letter, body: dict[str, object], now: datetime) -> None:
    session.execute(insert(InboxItem).values(
        id=letter.id, kind=letter.kind, state=NEW, made_at=letter.made_at, pulled_at=now, body=body))
