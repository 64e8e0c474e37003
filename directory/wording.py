"""Which words hold now? Those of the city's files with the changes of the curation desk laid over them, in every process.

A change raises the revision of the directory, so each catalog notices it within a second or two and is built anew.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from directory.errors import NotFound
from directory.models import VocabularyChange
from directory.vocabulary import Vocabulary, load_vocabulary
from directory.vocabulary.changing import Change, change
from directory.writing import writing


def read_changes(session: Session) -> tuple[Change, ...]:
    """All changes in force, in one order."""
    table = VocabularyChange
    rows = session.execute(
        select(table.file, table.entry, table.field, table.value).order_by(table.file, table.entry, table.field))
    return tuple(change(*row) for row in rows)


@dataclass(frozen=True)
class Shown:
    """One change in force, as the desk lists it."""

    id: str
    file: str
    entry: str
    field: str
    made_at: datetime
    made_by: str


def changes_shown(session: Session) -> list[Shown]:
    """The changes in force, the newest first."""
    rows = session.scalars(select(VocabularyChange).order_by(VocabularyChange.made_at.desc(), VocabularyChange.id))
    return [Shown(row.id, row.file, row.entry, row.field, row.made_at, row.made_by) for row in rows]


def spoken(session: Session, vocabulary: Vocabulary) -> Vocabulary:
    """This vocabulary with the changes laid over it; itself where there are none."""
    changes = read_changes(session)
    return load_vocabulary(vocabulary.folder, changes) if changes and vocabulary.folder else vocabulary


def save(engine: Engine, made: Change, *, by: str, now: datetime) -> None:
    """Put a change in force; an earlier one of the same list gives way."""
    with writing(engine, by=by, why="用語を変えました", now=now) as write:
        write.session.execute(delete(VocabularyChange).where(*_same(made)))
        write.add(VocabularyChange(
            file=made.file, entry=made.entry, field=made.field, value=made.content, made_at=now, made_by=by[:400]))


def take_back(engine: Engine, change_id: str, *, by: str, now: datetime) -> None:
    """Let the file speak again. Raises NotFound."""
    with writing(engine, by=by, why="用語をもとにもどしました", now=now) as write:
        row = write.session.get(VocabularyChange, change_id)
        if row is None:
            raise NotFound("この変更は、もうもどされています。")
        write.note(row)
        write.session.delete(row)


def _same(made: Change) -> tuple[Any, ...]:
    table = VocabularyChange
    return table.file == made.file, table.entry == made.entry, table.field == made.field
