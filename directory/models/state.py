"""Which state is the directory in? The revision row every reader checks, and the discardable caches of words."""

from sqlalchemy import Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.db import Base


class DirectoryState(Base):
    """The single row (id 1) whose revision the last statement of every writing transaction increments."""

    __tablename__ = "directory_state"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    revision: Mapped[int] = mapped_column(Integer)


class ChangedListing(Base):
    """Which listings a revision changed, so a catalog needs to read only those."""

    __tablename__ = "changed_listing"

    revision: Mapped[int] = mapped_column(Integer, primary_key=True)
    listing_id: Mapped[str] = mapped_column(String(36), primary_key=True)


class TextTokens(Base):
    """Index terms of a text, keyed by its hash and the analyser's fingerprint. May be emptied at any time."""

    __tablename__ = "text_tokens"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    terms: Mapped[str] = mapped_column(Text)


class TextReading(Base):
    """Ruby segments of a text (or of a name and its よみ), keyed by their hash. May be emptied at any time."""

    __tablename__ = "text_reading"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    segments: Mapped[str] = mapped_column(Text)
