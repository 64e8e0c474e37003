"""How do we reach the casework database? Through an engine of its own; the public site never makes one.

SQLite and PostgreSQL are prepared exactly as for the directory. Every use case reads and writes in a write session: a
read leaves a row in the trail, and two of them must not lose each other's.
"""

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from directory.db import CONSTRAINT_NAMES, make_engine, write_session

__all__ = ["Base", "make_engine", "write_session"]


class Base(DeclarativeBase):
    """Root of every table about people and staff."""

    metadata = MetaData(naming_convention=CONSTRAINT_NAMES)
