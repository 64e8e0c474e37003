"""How is an act taken back? Every row says again what it said before, unless somebody has worked on it since.

An act can be undone for 24 hours; an import for as long as its listings were not edited: those that were stay, and are told.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from directory.curation.acting import Act, acting
from directory.curation.batches import ADDED, added_by, remove, touched_since
from directory.curation.fields import label_of
from directory.curation.images import Change, conflicts, put_back, reach
from directory.errors import InvalidRecord, NotFound
from directory.models import (
    ActRow, ChangedListing, ChangeRequest, CurationAct, Location, Organization, Service, ServiceAtLocation,
)
from directory.writing import listings_showing

UNDO_HOURS = timedelta(hours=24)
UNDO, IMPORT = "undo", "import"
# What was moved besides the rows of an act goes back by an act of its own (directory/duplicates/merging.py).
TAKEN_APART = frozenset(("merge", "unmerge"))
# An act of more rows is not told field by field.
IN_WORDS = 2_000
# Records by which listings are found, and tables whose rows belong to a listing.
SHOWN: Mapping[str, type] = {model.__tablename__: model for model in (Organization, Service, Location, ServiceAtLocation)} | {
    "service_need": Service, "cost_option": Service}
OF_LISTING = frozenset((
    "service_at_location", "schedule", "closure", "attribute", "role", "listing_area", "source_record"))
KINDS: Mapping[str, str] = {
    "edit": "編集", "create": "新しい掲載", "approve": "提案の決定", "reject": "提案を取り入れない", "assure": "確認", "status": "掲載の状態",
    "cancel": "中止", "restore": "前の内容に戻す", "merge": "統合", "unmerge": "統合を分ける", IMPORT: "取り込み", UNDO: "取り消し",
}


@dataclass(frozen=True)
class Undone:
    """What an undo did: the act it left, and listings that stayed because somebody edited them since."""

    act_id: str
    kept: tuple[str, ...]


@dataclass(frozen=True)
class ActEntry:
    """One act as a page shows it. `changes`: listing → (label, before, after) of each field."""

    id: str
    kind: str
    made_by: str
    why: str
    made_at: datetime
    revision: int
    listings: tuple[str, ...]
    changes: Mapping[str, tuple[tuple[str, Any, Any], ...]]
    undoes: str | None
    undone_at: datetime | None
    undone_by: str | None
    change_request_id: str | None = None

    @property
    def kind_label(self) -> str:
        """What a page calls it."""
        return KINDS.get(self.kind, self.kind)

    def can_be_undone(self, now: datetime) -> bool:
        """Is there still time? Whether somebody edited since shows when it is tried."""
        return self.undone_at is None and self.kind not in {UNDO, *TAKEN_APART} and (
            self.kind == IMPORT or now - self.made_at <= UNDO_HOURS)


def acts(
    session: Session, listing_id: str | None = None, since: datetime | None = None, by: str | None = None,
    kinds: Collection[str] | None = None, limit: int = 50,
) -> list[ActEntry]:
    """The newest acts first."""
    query = select(CurationAct).order_by(CurationAct.revision.desc(), CurationAct.id).limit(limit)
    if listing_id is not None:
        touched = select(ChangedListing.revision).where(ChangedListing.listing_id == listing_id)
        query = query.where(CurationAct.revision.in_(touched))
    if since is not None:
        query = query.where(CurationAct.made_at >= since)
    if by is not None:
        query = query.where(CurationAct.made_by == by)
    if kinds is not None:
        query = query.where(CurationAct.kind.in_(list(kinds)))
    return [_entry(row) for row in session.scalars(query)]


def act_entry(session: Session, act_id: str) -> ActEntry:
    """One act. Raises NotFound."""
    row = session.get(CurationAct, act_id)
    if row is None:
        raise NotFound("この記録は見つかりません。")
    return _entry(row)


def undo(engine: Engine, act_id: str, by: str, now: datetime) -> Undone:
    """Take an act back. Raises NotFound, and InvalidRecord when it is too late or somebody has worked on it since."""
    with acting(engine, by=by, kind=UNDO, why="取り消し", now=now) as act:
        done = act.session.get(CurationAct, act_id, with_for_update=True)
        if done is None:
            raise NotFound("この記録は見つかりません。")
        _check(done, now)
        changes = _changes(act.session, act_id)
        kept = _edited_since(act.session, done, changes)
        going = [change for change in changes if change.owner_id not in kept.stay]
        added = added_by(act.session, act_id)
        touched = touched_since(act.session, done, added)
        if not going and len(touched) == len(added):
            raise InvalidRecord("取り込んだ掲載はどれも、このあとに直されています。取り消せるものがありません。")
        act.undoes, act.in_words = act_id, len(changes) <= IN_WORDS
        act.watch(_listings(act.session, {change.owner_id for change in changes} | set(done.changes)))
        _tell(act, going)
        remove(act.write, [one for one in added if one.listing_id not in touched])
        put_back(act.session, going)
        act.session.expire_all()
        _tell(act, going)
        _reopen(act.session, done)
        done.undone_at, done.undone_by = now, by
    return Undone(act.id, (*kept.listings, *sorted(touched)))


def _check(done: CurationAct, now: datetime) -> None:
    if done.undone_at is not None:
        raise InvalidRecord("この操作は、もう取り消されています。")
    if done.kind == UNDO:
        raise InvalidRecord("取り消しを取り消すことはできません。もう一度、同じ変更をしてください。")
    if done.kind in TAKEN_APART:
        raise InvalidRecord("統合は、重複の画面の「2つに分ける」で元に戻せます。分けたものは、もう一度統合できます。")
    if done.kind != IMPORT and now - done.made_at > UNDO_HOURS:
        raise InvalidRecord("24時間を過ぎたので取り消せません。履歴から、前の内容に戻せます。")


@dataclass(frozen=True)
class _Kept:
    """Listings of an import that were edited since, and ids of all they stand on."""

    listings: tuple[str, ...] = ()
    stay: frozenset[str] = frozenset()


def _edited_since(session: Session, done: CurationAct, changes: list[Change]) -> _Kept:
    """What was edited since stays when an import is taken back; for any other act it is a reason to refuse."""
    edited = {change.owner_id for change in conflicts(session, changes)}
    if not edited:
        return _Kept()
    if done.kind != IMPORT:
        raise InvalidRecord("このあとに同じところが直されているので、取り消せません。履歴から、戻したい項目を選んでください。")
    shown = {change.owner_id: SHOWN[change.table] for change in changes if change.table in SHOWN}
    records = (session.get(shown[owner], owner) for owner in edited if owner in shown)
    showing = {listing for record in records if record is not None for listing in listings_showing(session, record)}
    kept = sorted(showing & {change.owner_id for change in changes})
    around = reach(session, kept)
    return _Kept(tuple(kept), frozenset().union(edited, *vars(around).values()))


def _reopen(session: Session, done: CurationAct) -> None:
    """A form that was opened for the proposal in between is stale."""
    request = session.get(ChangeRequest, done.change_request_id) if done.change_request_id else None
    if request is not None:
        request.version += 1


def _changes(session: Session, act_id: str) -> list[Change]:
    rows = session.scalars(
        select(ActRow).where(ActRow.act_id == act_id, ActRow.record_type != ADDED).order_by(ActRow.position))
    return [Change(row.record_type, row.key, row.owner_id, row.before, row.after) for row in rows]


def _tell(act: Act, changes: list[Change]) -> None:
    """Every listing that shows one of the rows is told to the readers of the directory."""
    ids = {(change.table, change.owner_id) for change in changes}
    act.write.changed_listings(owner for table, owner in ids if table in OF_LISTING)
    for table, owner in ids:
        record = act.session.get(SHOWN[table], owner) if table in SHOWN else None
        if record is not None:
            act.write.changed_by(record)


def _listings(session: Session, ids: Collection[str]) -> list[str]:
    """Those of the ids that are listings."""
    wanted, found = sorted(ids), []
    for start in range(0, len(wanted), 500):
        part = wanted[start:start + 500]
        found += session.scalars(select(ServiceAtLocation.id).where(ServiceAtLocation.id.in_(part)))
    return found


def _entry(row: CurationAct) -> ActEntry:
    changes = {
        listing: tuple((label_of(key), said["before"].get(key), said["after"].get(key)) for key in said["after"])
        for listing, said in row.changes.items()
    }
    return ActEntry(
        row.id, row.kind, row.made_by, row.why, row.made_at, row.revision, tuple(row.changes), changes, row.undoes,
        row.undone_at, row.undone_by, row.change_request_id)
