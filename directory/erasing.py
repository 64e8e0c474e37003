"""How does a deleted text leave a database for good? SQLite keeps it in free pages and its log unless told not to."""

from sqlalchemy import Engine
from sqlalchemy.orm import Session


def erase_for_good(session: Session) -> None:
    """From now on in this session, what is deleted is overwritten with zeros. PostgreSQL's vacuum does so by itself."""
    if session.get_bind().dialect.name == "sqlite":
        session.connection().exec_driver_sql("PRAGMA secure_delete=ON")


def settle(engine: Engine) -> bool:
    """Move everything out of SQLite's log into the file; False while a reader still needs the log."""
    if engine.dialect.name != "sqlite":
        return True
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        busy, *_pages = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    return not busy
