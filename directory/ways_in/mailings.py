"""Print jobs: which listings were written to, and what came back? Each piece bears the number of its job and its own."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Engine, func, select

from directory.calling import BY_POST, NOT_DELIVERED
from directory.db import read_session, write_session
from directory.errors import InvalidRecord, NotFound
from directory.japan_time import in_japan
from directory.merges import now_called
from directory.models import ContactAttempt, Mailing, MailingItem, ServiceAtLocation, UpdateLink
from directory.ways_in.links import DAYS_GOOD, NewLink, make_links

# はがき, 確認票, 更新リンク
POSTCARD, SHEET, LINK = "postcard", "sheet", "link"
# More than a box of postcards is two print jobs.
MOST_PIECES = 400
SAME, CHANGED, GONE = "same", "changed", "gone"
OUTCOMES = {SAME: "変わりなし", CHANGED: "変わったところがある", GONE: "届かなかった"}
PIECE = re.compile(r"\s*(\d{1,6})\s*-\s*(\d{1,4})\s*", re.ASCII)


@dataclass(frozen=True)
class Piece:
    """One postcard or sheet; `link` only where there is one to print, and only in the moment it was made."""

    mailing_id: int
    number: int
    listing_id: str
    answer_by: date
    link: NewLink | None = None
    outcome: str | None = None
    kind: str = POSTCARD

    @property
    def code(self) -> str:
        """As it is printed and typed in again: 12-034."""
        return f"{self.mailing_id}-{self.number:03}"


@dataclass(frozen=True)
class Progress:
    """One print job and how much of it came back."""

    id: int
    kind: str
    made_at: datetime
    made_by: str
    answer_by: date
    sent: int
    returned: int


def make_mailing(directory: Engine, kind: str, listing_ids: Sequence[str], by: str, now: datetime) -> list[Piece]:
    """A new print job for these listings, with a link each unless they are sheets. Raises InvalidRecord."""
    ids = list(dict.fromkeys(listing_ids))
    if not ids:
        raise InvalidRecord("印刷する掲載を選んでください。")
    if len(ids) > MOST_PIECES:
        raise InvalidRecord(f"一度に印刷できるのは{MOST_PIECES}件までです。地域などで分けてください。")
    answer_by = in_japan(now).date() + timedelta(days=DAYS_GOOD)
    with write_session(directory) as session:
        known = set(session.scalars(select(ServiceAtLocation.id).where(ServiceAtLocation.id.in_(ids))))
        ids = [one for one in ids if one in known]
        mailing = Mailing(kind=kind, made_at=now, made_by=by, answer_by=answer_by)
        session.add(mailing)
        session.flush()
        numbered = list(enumerate(ids, 1))
        session.add_all(MailingItem(mailing_id=mailing.id, number=number, listing_id=one) for number, one in numbered)
        links = [None] * len(ids) if kind == SHEET else make_links(session, ids, now, mailing_id=mailing.id)
        pieces = [Piece(mailing.id, number, one, answer_by, link, kind=kind)
                  for (number, one), link in zip(numbered, links, strict=True)]
        session.commit()
    return pieces


def pieces_of(directory: Engine, mailing_id: int) -> list[Piece]:
    """Every piece of a job, in its order. Raises NotFound."""
    with read_session(directory) as session:
        mailing = session.get(Mailing, mailing_id)
        if mailing is None:
            raise NotFound("この印刷は見つかりません。")
        rows = session.scalars(
            select(MailingItem).where(MailingItem.mailing_id == mailing_id).order_by(MailingItem.number)).all()
        return [Piece(mailing_id, row.number, row.listing_id, mailing.answer_by, None, row.outcome, mailing.kind)
                for row in rows]


def mailings(directory: Engine, most: int = 50) -> list[Progress]:
    """The latest jobs, newest first."""
    counted = select(MailingItem.mailing_id, func.count().label("sent"), func.count(MailingItem.outcome).label("back"))
    counts = counted.group_by(MailingItem.mailing_id).subquery()
    wanted = select(Mailing, counts.c.sent, counts.c.back).outerjoin(counts, counts.c.mailing_id == Mailing.id)
    with read_session(directory) as session:
        rows = session.execute(wanted.order_by(Mailing.id.desc()).limit(most)).all()
        return [Progress(row.Mailing.id, row.Mailing.kind, row.Mailing.made_at, row.Mailing.made_by,
                         row.Mailing.answer_by, row.sent or 0, row.back or 0) for row in rows]


def find_piece(directory: Engine, typed: str) -> Piece:
    """The piece whose number was typed: 12-034, full-width digits too. Raises InvalidRecord, NotFound."""
    found = PIECE.fullmatch(re.sub("[‐-―−ー－]", "-", unicodedata.normalize("NFKC", typed[:40])))
    if found is None:
        raise InvalidRecord("はがきや確認票の番号を、12-034 の形で入れてください。")
    mailing_id, number = map(int, found.groups())
    with read_session(directory) as session:
        row, mailing = session.get(MailingItem, (mailing_id, number)), session.get(Mailing, mailing_id)
        if row is None or mailing is None:
            raise NotFound("この番号のはがき・確認票はありません。番号を確かめてください。")
        return Piece(mailing_id, number, row.listing_id, mailing.answer_by, None, row.outcome, mailing.kind)


def came_back(directory: Engine, piece: Piece, outcome: str, by: str, now: datetime) -> None:
    """Note what came back of a piece; its link is used up. One that reached nobody is a line of the contact log."""
    if outcome not in OUTCOMES:
        raise InvalidRecord("返ってきた内容を、並んでいるものから選んでください。")
    with write_session(directory) as session:
        row = session.get(MailingItem, (piece.mailing_id, piece.number))
        if row is None:
            raise NotFound("この番号のはがき・確認票はありません。番号を確かめてください。")
        if outcome == GONE and row.outcome != GONE:
            session.add(ContactAttempt(
                listing_id=now_called(session, row.listing_id), made_at=now, made_by=by[:400], how=BY_POST,
                outcome=NOT_DELIVERED, note=piece.code))
        row.outcome, row.came_back_at = outcome, now
        for link in session.scalars(select(UpdateLink).where(
                UpdateLink.mailing_id == piece.mailing_id, UpdateLink.number == piece.number)):
            link.used_at = link.used_at or now
        session.commit()
