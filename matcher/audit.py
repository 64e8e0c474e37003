"""Who read or wrote what, and can the answer be trusted? A trail in the same transaction as the act itself.

Every entry is chained to the one before by a keyed hash, so whoever changes, removes or inserts one breaks the chain;
the key lies outside the database. When an entry cannot be written the act fails: no byte leaves without a trace.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from matcher.crypto import same
from matcher.errors import AuditFailure
from matcher.key_file import KeyFile
from matcher.models import AuditEntry, AuditHead

HEAD_ROW = 1
PURPOSE = "audit"
# What was done, as the access log says it
ACTS = {
    "read": "見た", "write": "書いた", "consent": "同意を記録した", "manage": "担当や会議を変えた", "open_case": "新しく作った",
    "read_log": "閲覧の記録を見た", "refused": "見ようとして断られた", "erase": "消した", "sign_in": "ログインした",
    "rotate": "鍵を新しくした", "account": "アカウントを作った・変えた", "break_glass": "緊急に開いた・閉じた",
}
# To what
MATTERS = {
    "identity": "名前や連絡先", "conditions": "条件", "notes": "メモ", "consent": "同意", "assignment": "担当",
    "matching": "候補", "placement": "参加の記録", "log": "閲覧の記録", "list": "一覧", "case": "記録の全体",
    "enquiry": "SCへの匿名照会", "emergency": "緊急の閲覧", "account": "アカウント", "keys": "鍵",
    "unmet": "足りないもの（人数だけ）",
}

FAILED = (
    "閲覧の記録を残せなかったため、何も表示せず、何も変えていません。"
    "少し待ってもう一度試し、続くときは管理者に知らせてください。"
)


@dataclass(frozen=True)
class Verification:
    """Is the chain whole? `broken_at`: number of the first entry that is not; `head`: where it ends, to be kept aside."""

    entries: int
    broken_at: int | None
    head: str


def take_turn(session: Session) -> None:
    """Wait until nobody else is at work: on PostgreSQL the lock on the head row does what BEGIN IMMEDIATE does on SQLite."""
    try:
        session.execute(_head()).one()
    except SQLAlchemyError as error:
        raise AuditFailure(FAILED) from error


def append(
    session: Session, keys: KeyFile, *, at: datetime, staff_id: str, act: str, what: str, participant_id: str = "",
    label: str = "",
) -> None:
    """Add one entry in the caller's transaction. Raises AuditFailure when it cannot be written."""
    try:
        head = session.execute(_head()).one()
        entry = AuditEntry(
            number=head.number + 1, at=at, staff_id=staff_id, act=act, what=what, participant_id=participant_id,
            label=label, mac="",
        )
        entry.mac = _mac(keys, entry, head.mac)
        session.add(entry)
        session.execute(
            update(AuditHead).where(AuditHead.id == HEAD_ROW).values(number=entry.number, mac=entry.mac))
        session.flush()
    except SQLAlchemyError as error:
        raise AuditFailure(FAILED) from error


def verify(session: Session, keys: KeyFile, anchor: str | None = None) -> Verification:
    """Walk the whole chain. `anchor` is a `head` written down earlier: it must still stand in the chain."""
    before, number, broken, met = "", 0, None, anchor is None
    for entry in _entries(session):
        number += 1
        if entry.number != number or not same(entry.mac, _mac(keys, entry, before)):
            broken = number
            break
        before = entry.mac
        met = met or anchor == f"{entry.number}:{entry.mac}"
    head = session.get_one(AuditHead, HEAD_ROW, populate_existing=True)
    if broken is None and (head.number, head.mac) != (number, before):
        broken = number + 1
    if broken is None and not met:
        broken = 1 + int(str(anchor).partition(":")[0] or 0)
    return Verification(number, broken, f"{head.number}:{head.mac}")


def _head() -> Select:
    return select(AuditHead.number, AuditHead.mac).where(AuditHead.id == HEAD_ROW).with_for_update()


def _entries(session: Session) -> Iterator[AuditEntry]:
    query = select(AuditEntry).order_by(AuditEntry.number)
    yield from session.scalars(query.execution_options(yield_per=1000))


def _mac(keys: KeyFile, entry: AuditEntry, before: str) -> str:
    told = (
        before, str(entry.number), entry.at.isoformat(), entry.staff_id, entry.act, entry.what, entry.participant_id,
        entry.label,
    )
    return keys.hash(PURPOSE, "\n".join(told))
