"""Where do visitors' messages wait? In one table of a small database of its own, to which the public site only adds.

The public site needs no right but INSERT there; reading and emptying belong to the desk.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON, Column, DateTime, Engine, Index, MetaData, String, Table, and_, delete, insert, inspect, or_, select,
)
from sqlalchemy.exc import DBAPIError, IntegrityError

from directory.db import CONSTRAINT_NAMES, make_engine, read_session, write_session
from directory.erasing import erase_for_good, settle
from directory.inbox.kinds import check
from directory.models.columns import new_id

BATCH = 200

TABLES = MetaData(naming_convention=CONSTRAINT_NAMES)
LETTERS = Table(
    "inbox", TABLES,
    Column("id", String(36), primary_key=True), Column("kind", String(20), nullable=False),
    Column("made_at", DateTime, nullable=False), Column("body", JSON, nullable=False),
    Index("ix_inbox_made_at", "made_at", "id"),
)


@dataclass(frozen=True)
class Letter:
    """One row of the inbox as it was put there; nothing in it has been believed yet."""

    id: str
    kind: str
    made_at: datetime
    body: Mapping[str, object]


class Inbox:
    """The inbox behind one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url: str) -> "Inbox":
        """The inbox at `url`; its table is made when it is not there yet."""
        inbox = cls(make_engine(url))
        inbox.prepare()
        return inbox

    def prepare(self) -> None:
        """Make the table. Several processes may start at once: who comes second finds it made."""
        if inspect(self._engine).has_table(LETTERS.name):
            return
        try:
            TABLES.create_all(self._engine)
        except DBAPIError:
            if not inspect(self._engine).has_table(LETTERS.name):
                raise

    def put(self, kind: str, body: Mapping[str, object], now: datetime) -> str:
        """Add one message and return its id. Raises InvalidRecord for a body the kind may not hold."""
        return self.put_all([(kind, body)], now)[0]

    def put_once(self, letter_id: str, kind: str, body: Mapping[str, object], now: datetime) -> bool:
        """Add a message under an id of the caller's; False when one of that id lies here already, which stays."""
        row = {"id": letter_id, "kind": kind, "made_at": check(kind, body).moment(now), "body": body}
        try:
            with write_session(self._engine) as session:
                session.execute(insert(LETTERS), [row])
                session.commit()
        except IntegrityError:
            return False
        return True

    def put_all(self, messages: Iterable[tuple[str, Mapping[str, object]]], now: datetime) -> list[str]:
        """Add several messages, all or none."""
        rows: list[dict[str, Any]] = [
            {"id": new_id(), "kind": kind, "made_at": check(kind, body).moment(now), "body": body}
            for kind, body in messages
        ]
        if rows:
            with write_session(self._engine) as session:
                session.execute(insert(LETTERS), rows)
                session.commit()
        return [row["id"] for row in rows]

    def batches(self) -> Iterator[list[Letter]]:
        """All that waits, oldest first, a few hundred at a time."""
        after: Letter | None = None
        while True:
            with read_session(self._engine) as session:
                query = select(LETTERS).order_by(LETTERS.c.made_at, LETTERS.c.id).limit(BATCH)
                rows = session.execute(query if after is None else query.where(_after(after))).all()
            if not rows:
                return
            letters = [Letter(row.id, row.kind, row.made_at, row.body) for row in rows]
            yield letters
            after = letters[-1]

    def waiting(self, ids: Iterable[str]) -> set[str]:
        """Which of these still lie in the inbox."""
        with read_session(self._engine) as session:
            return set(session.scalars(select(LETTERS.c.id).where(LETTERS.c.id.in_(list(ids)))))

    def remove(self, ids: Iterable[str]) -> None:
        """Take out what the desk has taken over, and leave no trace of it."""
        with write_session(self._engine) as session:
            erase_for_good(session)
            session.execute(delete(LETTERS).where(LETTERS.c.id.in_(list(ids))))
            session.commit()

    def settle(self) -> None:
        """Let SQLite's log give up what was removed."""
        settle(self._engine)

    def forget_connections(self) -> None:
        """After a fork: the connections belong to the parent."""
        self._engine.dispose(close=False)

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()


def _after(letter: Letter) -> object:
    return or_(LETTERS.c.made_at > letter.made_at,
               and_(LETTERS.c.made_at == letter.made_at, LETTERS.c.id > letter.id))
