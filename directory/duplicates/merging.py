"""How do two listings become one, and how are they two again?

    merge(engine, winner_id, loser_id, {"listing.phone": "loser"}, by="SC 佐伯", now=now)  → id of the merge
    unmerge(engine, merge_id, by="SC 佐伯", now=now)

The loser keeps its record and points to the winner (its old address leads there); the rows of lists that fed it feed the
winner from now on, so that a later import asks about the winner instead of bringing the loser back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.orm import Session

from directory.curation.acting import Act, acting
from directory.curation.images import Change, conflicts, put_back
from directory.curation.values import differs, values_of_record
from directory.duplicates.choices import merged_values
from directory.errors import InvalidRecord, NotFound
from directory.models import (
    ActRow, ChangeRequest, DuplicatePair, GapLink, ListingMerge, Location, Organization, Service, ServiceAtLocation,
    SourceRecord, UpdateLink,
)
from directory.models.columns import new_id

MERGE, UNMERGE = "merge", "unmerge"
OPEN, FED = "open", "source_record"
# What names a listing and goes with it: table → (key, which rows).
FOLLOWING: Mapping[str, tuple[Any, Any]] = {
    "change_request": (ChangeRequest.id, ChangeRequest.state == OPEN),
    "gap_link": (GapLink.id, True), "update_link": (UpdateLink.mark, UpdateLink.used_at.is_(None)),
}
SHARED = {model.__tablename__: model for model in (Organization, Service, Location)}


@dataclass(frozen=True)
class Unmerged:
    """What an unmerge did: the act it left, and columns of the winner that stay because somebody changed them since."""

    act_id: str
    kept: tuple[str, ...]


def merge(
    engine: Engine, winner_id: str, loser_id: str, choices: Mapping[str, str], *, by: str, now: datetime,
    why: str = "同じ集まりの統合", versions: tuple[int, int] | None = None,
) -> str:
    """Make the loser a part of the winner; returns the id of the merge.

    choices: field → winner, loser or both; a field left out goes as proposed. versions: of winner and loser as they were
    read. Raises NotFound, Stale, and InvalidRecord where one of them is merged already.
    """
    if winner_id == loser_id:
        raise InvalidRecord("同じ掲載どうしは統合できません。2つの掲載を選んでください。")
    with acting(engine, by=by, kind=MERGE, why=why, now=now) as act:
        winner = act.open(winner_id, versions[0] if versions else None)
        loser = act.open(loser_id, versions[1] if versions else None)
        for listing in (winner, loser):
            if listing.merged_into:
                raise InvalidRecord("この掲載は、もうほかの掲載に統合されています。一覧から選びなおしてください。")
        if winner.status == "closed":
            raise InvalidRecord("残すほうの掲載が「終わった」になっています。残す掲載を入れかえてください。")
        before, wanted = values_of_record(winner), values_of_record(loser)
        values = merged_values(before, wanted, choices)
        act.change(winner_id, values, only_here=True)
        act.session.refresh(winner)
        after = values_of_record(winner)
        act.write.edit(loser, merged_into=winner_id)
        fed = _repoint_sources(act.session, loser_id, winner_id)
        keys = [key for key in before if differs(key, before[key], after[key])]
        made = ListingMerge(
            id=new_id(), winner_id=winner_id, loser_id=loser_id, made_by=by[:400], made_at=now, act_id=act.id,
            before={key: before[key] for key in keys}, after={key: after[key] for key in keys},
            moved=_move(act.session, loser_id, winner_id) | fed)
        act.session.add(made)
        act.session.execute(delete(DuplicatePair).where(
            (DuplicatePair.first_id == loser_id) | (DuplicatePair.second_id == loser_id)))
        return made.id


def unmerge(engine: Engine, merge_id: str, *, by: str, now: datetime, why: str = "統合を分ける") -> Unmerged:
    """Two listings again: every row says what it said before the merge, unless somebody has changed it since.

    Raises NotFound, and InvalidRecord when the merge is not in force any more.
    """
    with acting(engine, by=by, kind=UNMERGE, why=why, now=now) as act:
        done = act.session.get(ListingMerge, merge_id, with_for_update=True)
        if done is None:
            raise NotFound("この統合の記録は見つかりません。")
        loser = act.open(done.loser_id, None)
        act.open(done.winner_id, None)
        if done.unmerged_at is not None or loser.merged_into != done.winner_id:
            raise InvalidRecord("この統合は、もう分けられています。")
        act.undoes = done.act_id
        kept = _restore(act, done)
        for table, (column, _which) in FOLLOWING.items():
            moved = done.moved.get(table, [])
            act.session.execute(update(column.class_).where(column.in_(moved)).values(listing_id=done.loser_id))
        _forget_news(act.session, done.moved.get(FED, {}))
        done.unmerged_at, done.unmerged_by = now, by[:400]
        return Unmerged(act.id, kept)


def merges_of(session: Session, listing_id: str) -> list[ListingMerge]:
    """The merges in force of which this listing is a part, the newest first."""
    part = (ListingMerge.winner_id == listing_id) | (ListingMerge.loser_id == listing_id)
    return list(session.scalars(_in_force().where(part)))


def latest_merges(session: Session, limit: int = 20) -> list[ListingMerge]:
    """The newest merges in force."""
    return list(session.scalars(_in_force().limit(limit)))


def _in_force() -> Any:
    loser = select(ServiceAtLocation.merged_into).where(ServiceAtLocation.id == ListingMerge.loser_id).scalar_subquery()
    return select(ListingMerge).where(ListingMerge.unmerged_at.is_(None), loser == ListingMerge.winner_id).order_by(
        ListingMerge.made_at.desc(), ListingMerge.id)


def _repoint_sources(session: Session, loser_id: str, winner_id: str) -> dict[str, dict]:
    """The rows that fed the loser feed the winner; returns what each had said until then."""
    said = {}
    for record in session.scalars(select(SourceRecord).where(SourceRecord.listing_id == loser_id)):
        record.listing_id = winner_id
        said[record.id] = {"values": record.values, "row_hash": record.row_hash}
    return {FED: said} if said else {}


def _forget_news(session: Session, said: Mapping[str, Mapping[str, Any]]) -> None:
    """What a list said of the winner in between was said of the loser: the next import tells it the loser anew."""
    for record_id, before in said.items():
        record = session.get(SourceRecord, record_id)
        if record is not None:
            record.values, record.row_hash = before["values"], before["row_hash"]


def _move(session: Session, loser_id: str, winner_id: str) -> dict[str, list[str]]:
    """Let everything that waits for the loser wait for the winner; returns what was moved."""
    moved = {}
    for table, (key, which) in FOLLOWING.items():
        model = key.class_
        keys = sorted(session.scalars(select(key).where(model.listing_id == loser_id, which)))
        if keys:
            session.execute(update(model).where(key.in_(keys)).values(listing_id=winner_id))
            moved[table] = keys
    return moved


def _restore(act: Act, done: ListingMerge) -> tuple[str, ...]:
    """Put the rows of the merge back, column by column; returns the columns that somebody has changed since."""
    rows = act.session.scalars(select(ActRow).where(ActRow.act_id == done.act_id).order_by(ActRow.position))
    changes = [part for row in rows for part in _columns(
        Change(row.record_type, row.key, row.owner_id, row.before, row.after))]
    edited = list(conflicts(act.session, changes))
    # A record the merge made (「ここだけ」) and somebody has worked on stays, and so does the link to it.
    held = {change.owner_id for change in edited if change.table in SHARED and change.before is None}
    going = [change for change in changes if change not in edited and not _links_to(change, held)]
    _tell(act, going)
    put_back(act.session, going)
    act.session.expire_all()
    act.write.changed_listings((done.winner_id, done.loser_id))
    return tuple(sorted({name for change in edited for name in (change.after or {})}))


def _columns(change: Change) -> Iterable[Change]:
    """A change of several columns as one change a column; a row that came or went stays whole."""
    if change.before is None or change.after is None:
        return [change]
    return [replace(change, before={name: change.before[name]}, after={name: change.after[name]}) for name in change.after]


def _links_to(change: Change, held: set[str]) -> bool:
    return change.owner_id in held or any(
        isinstance(value, str) and value in held for value in (change.after or {}).values())


def _tell(act: Act, changes: Iterable[Change]) -> None:
    """Every listing that shows a shared record among the changes is told to the readers of the directory."""
    for table, owner in {(change.table, change.owner_id) for change in changes}:
        record = act.session.get(SHARED[table], owner) if table in SHARED else None
        if record is not None:
            act.write.changed_by(record)
