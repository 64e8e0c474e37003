"""Which words hold now? Those of the city's files with the changes of the curation desk laid over them, in every process.

A change raises the revision of the directory, so each process notices it within a second or two, and its catalog is
built anew. Every change leaves an act: who, when, why, and what held before, so that it can be taken back.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from sqlalchemy import Engine, delete, func, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from directory.db import read_session
from directory.errors import InvalidRecord, NotFound, Stale
from directory.models import Service, ServiceAtLocation, ServiceNeed, VocabularyAct, VocabularyChange
from directory.models.columns import new_id
from directory.vocabulary import Vocabulary
from directory.vocabulary.changing import INTO, NEW, Change, change
from directory.vocabulary.lists import LIST_OF, WordList
from directory.vocabulary.loading import load_fitting
from directory.writing import ROWS_A_STATEMENT, Writing, current_revision, writing

SECONDS_BETWEEN_LOOKS = 1.0
LONGEST_REASON = 400
OVERTAKEN = "ためしたあとに、ほかの用語が変わりました。もう一度ためしてから保存してください。"
KINDS, NEEDS = "kinds.yml", "needs.yml"

log = logging.getLogger(__name__)


class WordKeeper:
    """The words in force for a process that asks again and again; looks at the revision at most once a second."""

    def __init__(self, engine: Engine, files: Vocabulary) -> None:
        self._engine, self._files = engine, files
        self._words, self._revision, self._looked = files, -1, float("-inf")
        self._lock = Lock()

    def current(self) -> Vocabulary:
        """The words in force, at most a second old."""
        if time.monotonic() - self._looked < SECONDS_BETWEEN_LOOKS or not self._lock.acquire(blocking=self._revision < 0):
            return self._words
        try:
            with read_session(self._engine) as session:
                revision = current_revision(session)
                if revision != self._revision:
                    self._words, self._revision = spoken(session, self._files), revision
            self._looked = time.monotonic()
            return self._words
        except SQLAlchemyError:
            log.warning("The words in force could not be read; the last known ones are used.")
            return self._words
        finally:
            self._lock.release()


def read_changes(session: Session) -> tuple[Change, ...]:
    """All changes in force, in one order."""
    table = VocabularyChange
    rows = session.execute(select(table.file, table.entry, table.field, table.value).order_by(table.file, table.entry))
    return tuple(change(*row) for row in rows)


def spoken(session: Session, vocabulary: Vocabulary) -> Vocabulary:
    """This vocabulary with the changes laid over it; itself where there are none."""
    changes = read_changes(session)
    return load_fitting(vocabulary.folder, changes) if changes and vocabulary.folder else vocabulary


def words_of(engine: Engine, files: Vocabulary) -> Vocabulary:
    """The words in force in a database, for a process that asks once."""
    with read_session(engine) as session:
        return spoken(session, files)


@dataclass(frozen=True)
class Act:
    """One decision about an entry. `can_undo`: it is the last one of its entry that still stands."""

    id: str
    file: str
    entry: str
    label: str
    before: Any
    after: Any
    moved: int
    made_at: datetime
    made_by: str
    why: str
    is_undone: bool
    is_undoing: bool
    can_undo: bool


def acts(session: Session, file: str | None = None) -> list[Act]:
    """All decisions, the newest first."""
    table = VocabularyAct
    rows = session.scalars(select(table).order_by(table.revision.desc())).all()
    undone, standing = {row.undoes for row in rows if row.undoes}, set()
    found = []
    for row in rows:
        stands = row.id not in undone and row.undoes is None
        first = stands and (row.file, row.entry) not in standing
        if stands:
            standing.add((row.file, row.entry))
        found.append(Act(
            row.id, row.file, row.entry, row.label, row.before, row.after, len(row.moved), row.made_at, row.made_by,
            row.why, row.id in undone, row.undoes is not None, first))
    return [one for one in found if file in (None, one.file)]


def list_of(session: Session, act_id: str) -> WordList:
    """The list an act is about. Raises NotFound."""
    file = session.scalar(select(VocabularyAct.file).where(VocabularyAct.id == act_id))
    if file is None:
        raise NotFound("この変更は見つかりません。")
    return LIST_OF[file]


def taking_back(session: Session, act_id: str) -> Change:
    """The change that takes an act back. Raises NotFound, Stale when another one came after it."""
    found = next((one for one in acts(session) if one.id == act_id), None)
    if found is None:
        raise NotFound("この変更は見つかりません。")
    if not found.can_undo:
        raise Stale("この変更は、もう取り消されているか、あとの変更の下にあります。新しいものから順に取り消してください。", 0)
    return _change(found.file, found.entry, found.before)


def holding(session: Session, file: str) -> dict[str, int]:
    """Kind or need → how many listings hold it, those that are not public too."""
    listed = select(ServiceAtLocation.id).where(
        ServiceAtLocation.merged_into.is_(None), ServiceAtLocation.status != "closed")
    rows = {
        KINDS: select(Service.kind, func.count()).join(
            ServiceAtLocation, ServiceAtLocation.service_id == Service.id).group_by(Service.kind),
        NEEDS: select(ServiceNeed.need, func.count()).join(
            ServiceAtLocation, ServiceAtLocation.service_id == ServiceNeed.service_id).group_by(ServiceNeed.need),
    }.get(file)
    if rows is None:
        return {}
    return {key: count for key, count in session.execute(rows.where(ServiceAtLocation.id.in_(listed))) if key}


def save(
    engine: Engine, base: Vocabulary, made: Change, *, label: str, by: str, why: str, now: datetime, version: str,
    undoes: str | None = None,
) -> str:
    """Put a change in force; returns the id of the act. `version`: of the words it was decided on.

    Raises InvalidRecord without a reason or for an entry in use, Stale when other words changed since.
    """
    if not why.strip():
        raise InvalidRecord("なぜ変えるのかを、短く書いてください。あとで見る人のために残します。")
    with writing(engine, by=by, why=why.strip()[:LONGEST_REASON], now=now) as write:
        if spoken(write.session, base).version != version:
            raise Stale(OVERTAKEN, 0)
        before = _in_force(write.session, made)
        _refuse_in_use(write.session, made, before)
        moved = _move(write, made, before)
        write.session.execute(delete(VocabularyChange).where(*_same(made)))
        if made.content is not None:
            write.session.add(VocabularyChange(
                file=made.file, entry=made.entry, field=made.field, value=made.content, made_at=now, made_by=by[:400]))
        act_id = new_id()
        write.last.append((VocabularyAct, [{
            "id": act_id, "file": made.file, "entry": made.entry, "label": label[:400], "before": _kept(before),
            "after": _kept(made), "moved": moved, "made_at": now, "made_by": by[:400],
            "why": why.strip()[:LONGEST_REASON], "undoes": undoes}]))
    return act_id


def _in_force(session: Session, made: Change) -> Change | None:
    row = session.scalar(select(VocabularyChange).where(*_same(made)))
    return None if row is None else change(row.file, row.entry, row.field, row.value)


def _kept(made: Change | None) -> dict[str, Any] | None:
    return None if made is None or made.content is None else {"field": made.field, "value": made.content}


def _change(file: str, entry: str, kept: dict[str, Any] | None) -> Change:
    return change(file, entry, kept["field"] if kept else "", kept["value"] if kept else None)


def _refuse_in_use(session: Session, made: Change, before: Change | None) -> None:
    """A kind of the desk's own goes only when nothing bears it; a need may stand in a record no desk of ours can see."""
    if made.content is not None or before is None or before.field != NEW:
        return
    if made.file == NEEDS:
        raise InvalidRecord("求めは、ご本人の記録で使われているかもしれないので、消せません。「選べなくする」にしてください。")
    held = session.scalar(select(func.count()).select_from(Service).where(Service.kind == made.entry))
    if made.file == KINDS and held:
        raise InvalidRecord(f"この種類の活動が{held}件あるので、消せません。先に、ほかの種類にまとめてください。")


def _move(write: Writing, made: Change, before: Change | None) -> list[str]:
    """Give what bears a kind the kind it goes into, or back what such a merge had moved; ids of the services."""
    if made.file != KINDS:
        return []
    former, target = ((one.content or {}).get(INTO) if one else None for one in (before, made))
    if former == target:
        return []
    moved = []
    if former:
        moved += _given(write, _moved_before(write.session, made.entry), former, made.entry)
    if target:
        bearing = write.session.scalars(select(Service.id).where(Service.kind == made.entry)).all()
        moved += _given(write, bearing, made.entry, target)
    return sorted(set(moved))


def _moved_before(session: Session, kind: str) -> list[str]:
    table = VocabularyAct
    rows = session.scalars(select(table).where(table.file == KINDS, table.entry == kind).order_by(table.revision.desc()))
    return next((row.moved for row in rows if row.moved and ((row.after or {}).get("value") or {}).get(INTO)), [])


def _given(write: Writing, ids: Sequence[str], former: str, kind: str) -> list[str]:
    """Those of the services that still bear the former kind get this one; who edits one of them just now is told."""
    given: list[str] = []
    for start in range(0, len(ids), ROWS_A_STATEMENT):
        wanted = select(Service).where(Service.id.in_(ids[start:start + ROWS_A_STATEMENT]), Service.kind == former)
        services = write.session.scalars(wanted.order_by(Service.id)).all()
        for service in services:
            write.edit(service, kind=kind)
        here = [service.id for service in services]
        write.session.execute(update(ServiceAtLocation).where(ServiceAtLocation.service_id.in_(here)).values(
            version=ServiceAtLocation.version + 1, last_modified=write.now))
        given += here
    return given


def _same(made: Change) -> tuple[Any, ...]:
    return VocabularyChange.file == made.file, VocabularyChange.entry == made.entry
