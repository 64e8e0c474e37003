"""Which words did the city change since its vocabulary files were written, and what would a change do to the search?"""

from datetime import datetime

from sqlalchemy import JSON, DateTime, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from directory.db import Base
from directory.models.columns import Id, Moment, ShortText, Word


class VocabularyChange(Base):
    """One entry that says something else than its file: `value` holds its fields. field: changed, or new (a whole entry)."""

    __tablename__ = "vocabulary_change"
    __table_args__ = (UniqueConstraint("file", "entry", "field"),)

    id: Mapped[Id]
    file: Mapped[Word]
    entry: Mapped[str] = mapped_column(String(200))
    field: Mapped[Word]
    value: Mapped[object] = mapped_column(JSON)
    made_at: Mapped[Moment]
    made_by: Mapped[ShortText]


class VocabularyAct(Base):
    """What a person decided about one entry, kept for good: what was in force before and after (null: the file).

    `moved`: services that got another kind by it; `undoes`: the act it takes back.
    """

    __tablename__ = "vocabulary_act"

    id: Mapped[Id]
    file: Mapped[Word]
    entry: Mapped[str] = mapped_column(String(200))
    label: Mapped[ShortText]
    before: Mapped[dict | None] = mapped_column(JSON)
    after: Mapped[dict | None] = mapped_column(JSON)
    moved: Mapped[list] = mapped_column(JSON)
    revision: Mapped[int] = mapped_column(Integer, index=True)
    made_at: Mapped[Moment]
    made_by: Mapped[ShortText]
    why: Mapped[ShortText]
    undoes: Mapped[str | None] = mapped_column(String(36), index=True)


class VocabularyTrial(Base):
    """One change tried on the labelled queries before it is saved. state: running, done, failed, saved.

    `version`: of the vocabulary it was tried on; `beat`: the last sign of life, UTC; `undoes`: the act it would take back.
    """

    __tablename__ = "vocabulary_trial"

    id: Mapped[Id]
    file: Mapped[Word]
    entry: Mapped[str] = mapped_column(String(200))
    field: Mapped[Word]
    value: Mapped[dict | None] = mapped_column(JSON)
    version: Mapped[Word]
    state: Mapped[str] = mapped_column(String(10))
    done: Mapped[int] = mapped_column(Integer)
    total: Mapped[int] = mapped_column(Integer)
    result: Mapped[dict | None] = mapped_column(JSON)
    made_at: Mapped[Moment]
    made_by: Mapped[ShortText]
    beat: Mapped[datetime] = mapped_column(DateTime())
    undoes: Mapped[str | None] = mapped_column(String(36))
