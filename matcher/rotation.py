"""How are the keys renewed? Every case is sealed anew with a new key of its own, and those with a new master key.

Cut off at any point, everything still opens: the key file keeps the old master key until nothing is sealed with it, and
each case changes in one transaction. Run again, it goes on. Who works meanwhile waits for one case at a time.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from directory.erasing import erase_for_good, settle
from matcher import audit
from matcher.accounts import AT_THE_SERVER
from matcher.crypto import Place, key_id_of, seal, unseal
from matcher.db import Base, write_session
from matcher.case_keys import case_key, make_case_key
from matcher.desk import Desk
from matcher.models import (
    Answer, CaseKey, Choice, Emergency, Note, Participant, Placement, PlacementStep, Recommendation, Staff,
)

# Every column that is sealed with the key of its case, and how its rows are found. A test compares it with the tables.
OF_A_CASE: tuple[tuple[type[Base], tuple[str, ...]], ...] = (
    (Participant, ("confidential",)), (Answer, ("sealed",)), (Note, ("sealed",)), (Choice, ("sealed",)),
    (Recommendation, ("shown", "override")), (PlacementStep, ("note",)),
    (Emergency, ("reason",)),
)
# What is sealed with the master key itself.
OF_THE_MASTER = ((CaseKey, ("sealed",)), (Staff, ("totp_secret",)))

Progress = Callable[[list[str]], Iterable[str]]


@dataclass(frozen=True)
class Rotation:
    """What was sealed anew."""

    cases: int
    accounts: int


def rotate(desk: Desk, now: datetime, progress: Progress = lambda ids: ids) -> Rotation:
    """Renew every key and destroy the old ones."""
    desk.keys.add()
    with write_session(desk.engine) as session:
        participants = list(session.scalars(select(CaseKey.participant_id).order_by(CaseKey.participant_id)))
    for participant_id in progress(participants):
        _renew_case(desk, participant_id)
    with write_session(desk.engine) as session:
        audit.take_turn(session)
        erase_for_good(session)
        accounts = _renew_accounts(desk, session)
        # Cases opened since the list was made, by somebody who had the old key still in hand.
        late = [row.participant_id for row in session.scalars(select(CaseKey))
                if key_id_of(row.sealed) != desk.keys.current.id]
        for participant_id in late:
            _reseal_case(desk, session, participant_id)
        audit.append(session, desk.keys, at=now, staff_id=AT_THE_SERVER, act="rotate", what="keys")
        session.commit()
    _destroy_old_keys(desk)
    settle(desk.engine)
    return Rotation(len(participants) + len(late), accounts)


def _renew_case(desk: Desk, participant_id: str) -> None:
    with write_session(desk.engine) as session:
        audit.take_turn(session)
        erase_for_good(session)
        if session.get(CaseKey, participant_id) is not None:
            _reseal_case(desk, session, participant_id)
        session.commit()


def _reseal_case(desk: Desk, session: Session, participant_id: str) -> None:
    old = case_key(session, desk.keys, participant_id)
    new = make_case_key(session, desk.keys, participant_id)
    for table, columns in OF_A_CASE:
        for row in session.scalars(_rows_of(table, participant_id)):
            for column in columns:
                sealed, place = getattr(row, column), Place(table.__tablename__, column, row.id)
                if sealed is not None:
                    setattr(row, column, seal(new, place, unseal(old, place, sealed)))
    session.flush()


def _rows_of(table: type[Base], participant_id: str) -> Select:
    if table is Participant:
        return select(Participant).where(Participant.id == participant_id)
    if table is PlacementStep:
        return select(PlacementStep).join(Placement, Placement.id == PlacementStep.placement_id).where(
            Placement.participant_id == participant_id)
    return select(table).filter_by(participant_id=participant_id)


def _renew_accounts(desk: Desk, session: Session) -> int:
    staff = list(session.scalars(select(Staff).where(Staff.totp_secret.is_not(None))))
    for row in staff:
        place = Place(Staff.__tablename__, "totp_secret", row.id)
        secret = unseal(desk.keys.key(key_id_of(row.totp_secret)), place, row.totp_secret)
        row.totp_secret = seal(desk.keys.current, place, secret)
    session.flush()
    return len(staff)


def _destroy_old_keys(desk: Desk) -> None:
    """Only when nothing is sealed with them, and while nobody else can seal anything."""
    with write_session(desk.engine) as session:
        audit.take_turn(session)
        current = desk.keys.current.id
        used = {key_id_of(sealed) for table, columns in OF_THE_MASTER for column in columns
                for sealed in session.scalars(select(getattr(table, column))) if sealed is not None}
        if used <= {current}:
            desk.keys.keep_only(current)
        session.rollback()
