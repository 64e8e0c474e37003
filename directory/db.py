"""How do we reach the directory's database? SQLite by default, PostgreSQL equally."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, MetaData, create_engine, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session

# How long a request waits for another writer, and how long the background does.
PATIENCE_SECONDS, BACKGROUND_SECONDS = 10.0, 900.0


# A constraint needs a name before a later migration can change it, on SQLite above all.
CONSTRAINT_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Root of every table of the directory."""

    metadata = MetaData(naming_convention=CONSTRAINT_NAMES)


def make_engine(url: str, patience: float = PATIENCE_SECONDS) -> Engine:
    """Engine for `url`. A SQLite file's folder is made; the file gets WAL, full sync and foreign keys.

    `patience`: seconds to wait while somebody else writes to a SQLite file.

    Errors and logs show statements without the values in them: a value may be what somebody wrote.
    """
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return create_engine(address.set(drivername="postgresql+psycopg"), pool_pre_ping=True, hide_parameters=True)
    if address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        address, json_deserializer=_from_json, hide_parameters=True, connect_args={"timeout": patience})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _from_json(text: str) -> Any:
    """Most lists and tables of a listing are empty: those need no decoder."""
    return [] if text == "[]" else {} if text == "{}" else json.loads(text)


def read_session(engine: Engine) -> Session:
    """A session for reading; readers never wait for a writer."""
    return Session(engine, expire_on_commit=False)


def write_session(engine: Engine) -> Session:
    """A session for writing: SQLite takes the write lock at once, so two writers queue instead of losing updates."""
    return Session(engine.execution_options(immediate=True), expire_on_commit=False)


def kept_waiting(error: OperationalError) -> bool:
    """Whether nothing is wrong but that somebody else wrote for longer than one can wait."""
    return str(getattr(error.orig, "sqlite_errorname", "")).startswith("SQLITE_BUSY")


def _prepare_sqlite(raw_connection: Any, _record: object) -> None:
    # The driver's own transaction handling is switched off: it would begin late and deferred.
    raw_connection.isolation_level = None
    cursor = raw_connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # Deferred for readers: IMMEDIATE on every begin makes two readers lock each other out.
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
