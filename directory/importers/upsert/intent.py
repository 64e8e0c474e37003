"""What will an import do with each row? Found out by reading only; the import then does this and nothing else."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from directory.importers.records import Record
from directory.importers.report import (
    ASKED, IGNORED, INSERT, MERGED, MISSING, NOOP, RENAMED, UPDATE, Outcome,
)
from directory.importers.upsert.absence import find_renames, renamed_fields
from directory.importers.upsert.asking import OPEN, renames_asked
from directory.importers.upsert.changing import Difference, compare, meeting, surviving
from directory.importers.upsert.columns import Values, current_values
from directory.models import Service, ServiceAtLocation, SourceRecord

AT_ONCE = 300
NOTHING: Mapping = {}
MERGE, SEPARATE, IGNORE = "merge", "separate", "ignore"


@dataclass(frozen=True)
class Decision:
    """What a person decided about a new row: merge it into a listing, or ignore it. (A separate one needs no word.)"""

    act: str
    listing_id: str | None = None


@dataclass
class Intent:
    """Every row of a file under what will be done with it, in the order of their keys."""

    known: Mapping[str, Any] = field(default_factory=dict)
    new: list[Record] = field(default_factory=list)
    changed: list[tuple[Record, SourceRecord]] = field(default_factory=list)
    same: list[Record] = field(default_factory=list)
    merged: list[tuple[Record, str]] = field(default_factory=list)
    ignored: list[Record] = field(default_factory=list)
    renamed: list[tuple[Record, SourceRecord]] = field(default_factory=list)
    # Asked as a rename by an earlier file, and not decided yet
    waiting: list[Record] = field(default_factory=list)
    gone: list[SourceRecord] = field(default_factory=list)

    @property
    def present(self) -> list[Record]:
        """The rows that were there before."""
        return [*self.same, *(record for record, _ in self.changed)]


def intend(
    session: Session, source_id: str | None, records: Sequence[Record], by_name: bool, decisions: Mapping[str, Decision],
) -> Intent:
    """Sort the rows of a file. `by_name`: rows are named by name and address, so a rename has to be guessed."""
    wanted = select(
        SourceRecord.key, SourceRecord.row_hash, SourceRecord.id, SourceRecord.listing_id, SourceRecord.missing_since)
    known = {row.key: row for row in session.execute(wanted.where(SourceRecord.source_id == source_id))}
    seen = {record.key for record in records}
    gone = load(session, [row.id for key, row in known.items() if key not in seen and row.missing_since is None])
    intent = Intent(known)
    fresh = []
    for record in records:
        decision = decisions.get(record.key)
        if record.key not in known and decision and decision.act == IGNORE:
            intent.ignored.append(record)
        elif record.key not in known and decision and decision.act == MERGE and decision.listing_id:
            intent.merged.append((record, decision.listing_id))
        elif record.key not in known:
            fresh.append(record)
        elif known[record.key].row_hash == record.hash:
            intent.same.append(record)
    different = [record for record in records if record.key in known and known[record.key].row_hash != record.hash]
    stored = {entry.key: entry for entry in load(session, [known[record.key].id for record in different])}
    intent.changed = [(record, stored[record.key]) for record in different]
    _sort_new(session, source_id, fresh, gone, by_name, intent)
    return intent


def _sort_new(
    session: Session, source_id: str | None, fresh: list[Record], gone: list[SourceRecord], by_name: bool, intent: Intent,
) -> None:
    """New rows are inserted, except those that are probably a vanished row: these are asked about, once."""
    before = renames_asked(session, source_id) if source_id else {}
    renames = find_renames([record for record in fresh if record.key not in before], gone) if by_name else {}
    for record in fresh:
        if record.key in renames:
            intent.renamed.append((record, renames[record.key]))
        elif before.get(record.key) == OPEN:
            intent.waiting.append(record)
        else:
            intent.new.append(record)
    # Asked as a rename: not reported as vanished as well.
    asked = {stored.id for _, stored in intent.renamed}
    intent.gone = [stored for stored in gone if stored.id not in asked]


def outcomes(session: Session, intent: Intent) -> Iterator[Outcome]:
    """What becomes of every row, one after the other; differences are worked out as the import will."""
    for record in intent.new:
        yield _outcome(INSERT, record, says=record.values)
    for record, difference, listing in differences(session, intent.changed):
        kind = UPDATE if difference.writes else ASKED if difference.asks else NOOP
        yield _outcome(kind, record, listing.id, _pairs(difference, current_values(listing)), difference.asks)
    for record, listing_id in intent.merged:
        listing = surviving(session, listing_id)
        current = current_values(listing)
        difference = meeting(record.values, current)
        yield _outcome(MERGED, record, listing.id, _pairs(difference, current), difference.asks, record.values)
    for record in intent.same:
        yield _outcome(NOOP, record, intent.known[record.key].listing_id)
    for record in intent.ignored:
        yield _outcome(IGNORED, record, says=record.values)
    for record, stored in intent.renamed:
        yield _outcome(RENAMED, record, stored.listing_id, asks=renamed_fields(record, stored))
    for record in intent.waiting:
        yield _outcome(RENAMED, record)
    for stored in intent.gone:
        yield Outcome(MISSING, "", stored.row_number, "", stored.key, str(stored.values.get("service.name", "")),
                      stored.listing_id)


def differences(
    session: Session, changed: Sequence[tuple[Record, SourceRecord]]
) -> Iterator[tuple[Record, Difference, ServiceAtLocation]]:
    """What each changed row writes and asks. Several listings may share a record: the first row that writes it counts."""
    written: dict[tuple[str, str], object] = {}
    for start in range(0, len(changed), AT_ONCE):
        part = changed[start:start + AT_ONCE]
        held = listings(session, [stored.listing_id for _, stored in part])
        for record, stored in part:
            listing = surviving(session, stored.listing_id)
            current = current_values(listing)
            ids = _shared(listing)
            for name in current:
                mark = (ids.get(name.partition(".")[0], listing.id), name)
                current[name] = written.get(mark, current[name])
            difference = compare(stored.values, record.values, current, record.unread)
            for name, value in difference.writes.items():
                if not _points_elsewhere(name, difference.writes, stored, record):
                    written[ids.get(name.partition(".")[0], listing.id), name] = value
            yield record, difference, listing
        del held


def listings(session: Session, ids: Sequence[str]) -> list[ServiceAtLocation]:
    """These listings with all that `current_values` reads, in a few statements."""
    wanted = select(ServiceAtLocation).where(ServiceAtLocation.id.in_(ids)).options(
        joinedload(ServiceAtLocation.service).options(
            joinedload(Service.organization), selectinload(Service.needs), selectinload(Service.cost_options)),
        joinedload(ServiceAtLocation.location), selectinload(ServiceAtLocation.schedules),
        selectinload(ServiceAtLocation.attributes), selectinload(ServiceAtLocation.areas),
    )
    return list(session.scalars(wanted))


def fingerprint(foreseen: Iterable[Outcome]) -> str:
    """Changes exactly when what will be done changes: a person agrees to this and to nothing else."""
    said = sorted(
        json.dumps([each.kind, each.key, each.listing_id, dict(each.writes), dict(each.asks), each.hash],
                   ensure_ascii=False, sort_keys=True)
        for each in foreseen
    )
    return hashlib.sha256("\n".join(said).encode("utf-8", "replace")).hexdigest()


def load(session: Session, ids: Sequence[str]) -> list[SourceRecord]:
    """What these rows said when they were last seen, in the order of their keys."""
    rows: list[SourceRecord] = []
    for start in range(0, len(ids), 500):
        rows += session.scalars(select(SourceRecord).where(SourceRecord.id.in_(ids[start:start + 500])))
    return sorted(rows, key=lambda row: row.key)


def _outcome(
    kind: str, record: Record, listing_id: str | None = None, writes: Mapping = NOTHING, asks: Mapping = NOTHING,
    says: Mapping = NOTHING,
) -> Outcome:
    return Outcome(kind, record.table, record.row, record.unit, record.key, record.name, listing_id, writes, asks,
                   tuple(record.findings), says, record.hash)


def _pairs(difference: Difference, current: Values) -> dict[str, tuple[object, object]]:
    return {name: (current.get(name), value) for name, value in difference.writes.items()}


def _shared(listing: ServiceAtLocation) -> dict[str, str]:
    """Where the values of a prefix are kept; whatever is not named here (日時, 地域, …) belongs to the listing alone."""
    return {
        "organization": listing.service.organization_id, "service": listing.service_id,
        "location": listing.location_id or listing.id,
    }


def _points_elsewhere(name: str, writes: Mapping[str, object], stored: SourceRecord, record: Record) -> bool:
    """True for values that go to another organisation or location than the listing has now."""
    if name.startswith("organization."):
        return bool({"organization.name", "organization.corporate_number"} & set(writes))
    return name.startswith("location.") and stored.values.get("location.key") != record.values["location.key"]
