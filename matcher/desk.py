"""What does every use case of casework stand on? One transaction that checks access, leaves its trace and holds the keys.

    with desk.acting(actor, now) as work:
        case = work.open_case(participant_id, READ, "conditions")
        return Answer(... case.unseal(...))

What a use case returns leaves only after the commit, trace included. Nobody learns whether a case that may not be seen
exists: a foreign id and a missing id raise the same NotFound and leave the same trace.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from sqlalchemy import Engine, inspect, select
from sqlalchemy.orm import Session

from directory.db import make_engine
from directory.errors import DirectoryError, InvalidSettings, NotFound
from directory.settings import Settings
from directory.vocabulary import Vocabulary, load_vocabulary
from matcher import audit
from matcher.access import (
    CONFERENCE, CONFIDENTIAL, CONSENT, CONSENTED, CORE, INTERNAL, MANAGE, NO_CASE, READ, SCOPES, STRANGER, SUPPORT,
    SUPPORT_KIND, Standing, allowed, own_conferences, standings,
)
from matcher.case_keys import case_key
from matcher.crypto import Key, Place, key_id_of, seal, unseal
from matcher.db import Base, write_session
from matcher.errors import AuditFailure
from matcher.key_file import KeyFile
from matcher.models import Answer, CaseKey, Note, Participant, Staff

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Found = TypeVar("Found", bound=Base)
REFUSED = "refused"


@dataclass(frozen=True)
class Actor:
    """Who acts: a member of staff with the roles of this moment."""

    staff_id: str
    login_name: str
    display_name: str
    roles: frozenset[str]

    def may(self, act: str) -> bool:
        """Whether an act on no case in particular (SEE_DESK, OPEN_CASE, ACCOUNTS …) is allowed."""
        return allowed(self.roles, act)


@dataclass(frozen=True)
class Desk:
    """The casework database, its keys, and the words of the city."""

    engine: Engine
    keys: KeyFile
    vocabulary: Vocabulary

    @contextmanager
    def acting(self, actor: Actor, now: datetime) -> Iterator["Work"]:
        """One transaction of `actor` at `now` (UTC without zone); what fails changes nothing, but leaves its trace."""
        with write_session(self.engine) as session:
            work = Work(session, self.keys, actor, now)
            audit.take_turn(session)
            try:
                yield work
                session.commit()
            except AuditFailure:
                raise
            except DirectoryError:
                session.rollback()
                # An error may carry what was read (Stale does): without a trace it does not leave either.
                for entry in work.traced:
                    audit.append(session, self.keys, **entry)
                session.commit()
                raise

    def close(self) -> None:
        """Close the connections."""
        self.engine.dispose()


def open_desk(settings: Settings) -> Desk:
    """The casework of these settings. The key file is made on an empty database, and only there.

    Raises InvalidSettings for a database without tables, LostKeys when the key file is not the one it was sealed with.
    """
    desk = Desk(
        make_engine(settings.casework_database_url), KeyFile(settings.casework_keys),
        load_vocabulary(settings.data / "vocabulary"),
    )
    check_keys(desk)
    return desk


def check_keys(desk: Desk) -> None:
    """Make the key file when nothing has been sealed yet; else see that it opens what has been."""
    if not inspect(desk.engine).has_table(CaseKey.__tablename__):
        raise InvalidSettings(
            "ケースワークのデータベースの準備ができていません。先に python -m scripts.migrate up を実行してください。"
        )
    with write_session(desk.engine) as session:
        sealed = session.scalar(select(CaseKey.sealed).limit(1)) or session.scalar(
            select(Staff.totp_secret).where(Staff.totp_secret.is_not(None)).limit(1))
        # Accounts without a sealed secret still rest on the keyed hashes of their printed codes.
        used = sealed is not None or session.scalar(select(Staff.id).limit(1)) is not None
    if not used and not desk.keys.exists:
        desk.keys.create()
    elif sealed is not None:
        desk.keys.key(key_id_of(sealed))
    else:
        _ = desk.keys.current


@dataclass
class Work:
    """One open transaction of one actor, and the traces it has left so far."""

    session: Session
    keys: KeyFile
    actor: Actor
    now: datetime
    traced: list[dict] = field(default_factory=list)

    def open_case(self, participant_id: str, act: str, what: str, label: str | None = None) -> "OpenCase":
        """The case, if this actor may now do `act` to any layer of it. Raises NotFound otherwise, missing or foreign.

        The trace is written before anything is unsealed: an entry a label that is read; the one label for other acts,
        `label` or the first that fits.
        """
        participant = self.find(Participant, participant_id)
        case = OpenCase(self, participant, self.standing(participant_id)) if participant else None
        labels = case.labels(act) if case else ()
        if label is not None:
            labels = (label,) if case and case.may(act, label) and label in case.writable() else ()
        elif act != READ:
            labels = labels[:1]
        if case is None or not labels:
            raise self.refuse(what, participant_id)
        for name in labels:
            # The trail must not tell the auditor who has something to hide.
            self.trace(READ if act == CONFIDENTIAL else act, what, participant_id, name)
        case.label = labels[0]
        return case

    def find(self, table: type[Found], record_id: str) -> Found | None:
        """The record of that id, None for what is no id at all."""
        return self.session.get(table, record_id) if UUID.fullmatch(record_id) else None

    def must(self, act: str) -> None:
        """Raises NotFound unless this actor may do an act on no case in particular."""
        if not self.actor.may(act):
            raise self.refuse("list")

    def refuse(self, what: str, participant_id: str = "") -> NotFound:
        """The one answer to what is missing and to what may not be seen; that it was tried is kept."""
        self.trace(REFUSED, what, participant_id if UUID.fullmatch(participant_id) else "")
        return NotFound("この記録は見つからないか、見ることができません。")

    def trace(self, act: str, what: str, participant_id: str = "", label: str = NO_CASE) -> None:
        """Leave an entry in the trail; without it nothing is done."""
        entry = {"at": self.now, "staff_id": self.actor.staff_id, "act": act, "what": what,
                 "participant_id": participant_id, "label": label}
        self.traced.append(entry)
        audit.append(self.session, self.keys, **entry)

    def standing(self, participant_id: str) -> Standing:
        """How this actor stands to one case."""
        return standings(self.session, self.actor.staff_id, self.now, participant_id).get(participant_id, STRANGER)

    def standings(self) -> Mapping[str, Standing]:
        """How this actor stands to all cases."""
        return standings(self.session, self.actor.staff_id, self.now)

    def support_conferences(self) -> frozenset[str]:
        """The 支援会議 this actor sits in."""
        return own_conferences(self.session, self.actor.staff_id, self.now, SUPPORT_KIND)


@dataclass
class OpenCase:
    """A case whose door is open, as far as `may` says. Sealing needs the key of the case, unsealed at first use."""

    work: Work
    participant: Participant
    standing: Standing
    # Of what is written now
    label: str = NO_CASE
    # Labels of what lies in it, where a list has read them for all its cases at once
    used: frozenset[str] | None = None

    @property
    def id(self) -> str:
        """The participant's id."""
        return self.participant.id

    def may(self, act: str, label: str) -> bool:
        """Whether this actor may do `act` to what bears `label` in this case."""
        return allowed(self.work.actor.roles, act, label, self.standing)

    def labels(self, act: str) -> tuple[str, ...]:
        """The labels of this case under which `act` is open; core stands first."""
        return tuple(label for label in self._layers if self.may(act, label))

    def writable(self) -> tuple[str, ...]:
        """The labels a fact may be given: those of the case, and what was consented to for others."""
        return (*self._layers, *(f"{CONSENTED}:{scope}" for scope in SCOPES))

    def seal(self, table: type[Base], column: str, row: str, text: str) -> bytes:
        """`text` sealed with the key of this case for one place."""
        return seal(self._key, Place(table.__tablename__, column, row), text)

    def unseal(self, table: type[Base], column: str, row: str, sealed: bytes) -> str:
        """The text again."""
        return unseal(self._key, Place(table.__tablename__, column, row), sealed)

    @cached_property
    def _key(self) -> Key:
        return case_key(self.work.session, self.work.keys, self.id)

    @cached_property
    def _layers(self) -> tuple[str, ...]:
        """What the case was opened under, what lies in it, its 支援会議, and core once the person consented to it."""
        used = used_labels(self.work.session, self.id).get(self.id, frozenset()) if self.used is None else self.used
        found = {self.participant.label, *used}
        found.update(f"{SUPPORT}:{conference}" for conference in self.standing.support)
        if INTERNAL in self.standing.consents:
            found.add(CORE)
        return tuple(sorted(found, key=lambda label: (label != CORE, label)))


def used_labels(session: Session, case: str | None = None) -> Mapping[str, frozenset[str]]:
    """Participant id → the labels of what was heard and written there, of one case or of all."""
    found: dict[str, set[str]] = defaultdict(set)
    for table in (Answer, Note):
        rows = select(table.participant_id, table.label).distinct()
        for participant_id, label in session.execute(rows if case is None else rows.where(table.participant_id == case)):
            found[participant_id].add(label)
    return {participant_id: frozenset(labels) for participant_id, labels in found.items()}


def is_listed(roles: frozenset[str], label: str, standing: Standing) -> bool:
    """Whether a case opened under `label` may stand in somebody's list of cases."""
    labels = {label, *(f"{SUPPORT}:{conference}" for conference in standing.support)}
    if INTERNAL in standing.consents:
        labels.add(CORE)
    if CONFERENCE in standing.consents:
        labels.add(f"{CONSENTED}:{CONFERENCE}")
    return any(allowed(roles, act, name, standing) for act in (READ, CONSENT, MANAGE) for name in labels)

