"""How is a file imported? The whole story: read, clean, then insert, change and ask in one transaction, and report."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from directory.db import read_session
from directory.geocoding import OnlineGeocoder, gazetteer
from directory.importers.gathering import Choices, gather
from directory.importers.kinds import Kinds
from directory.importers.reading.file import read_file
from directory.importers.records import Record, Surroundings
from directory.importers.report import Report
from directory.importers.upsert.absence import ask_rename, ask_vanished, find_renames
from directory.importers.upsert.asking import OPEN, renames_asked, withdraw
from directory.importers.upsert.changing import change_record, publish
from directory.importers.upsert.inserting import Plans, Target, insert_records
from directory.importers.upsert.matching import Matcher
from directory.models import ColumnMap, Source, SourceRecord
from directory.vocabulary import Vocabulary
from directory.writing import Writing, writing

ASKED_FIELDS = "人が直した項目の確認待ち"
ASKED_RENAME = "名前か住所が変わったかの確認待ち"


@dataclass(frozen=True)
class ImportOptions:
    """What the caller decides. `overrides` is --map; None as a title means: this field has no column."""

    source: str | None = None
    format: str | None = None
    kind: str | None = None
    overrides: Mapping[str, str | None] = field(default_factory=dict)
    publish: bool = False
    dry_run: bool = False
    municipality: str | None = None
    geocoder: OnlineGeocoder | None = None
    by: str = "取り込み"


class _DryRunOver(Exception):
    """Leaves the transaction without writing."""


def import_listings(
    engine: Engine, path: Path, vocabulary: Vocabulary, options: ImportOptions, now: datetime,
    progress: Callable[[Iterable, int], Iterable] = lambda steps, _total: steps,
) -> Report:
    """Import one file. Raises ImportRefused for a file that cannot be used; then nothing was written."""
    source = options.source or path.name.partition(".")[0]
    report = Report(source, dry_run=options.dry_run)
    content = read_file(path)
    with read_session(engine) as session:
        remembered = session.scalar(select(ColumnMap).join(Source).where(Source.name == source))
        kept = dict(remembered.columns) if remembered else {}
        around = Surroundings(
            Kinds(vocabulary), gazetteer(session), _areas_of_towns(vocabulary), None, True, (), options.municipality,
            options.geocoder,
        )
    overrides = {**kept.get("columns", {}), **options.overrides}
    choices = Choices(options.format, overrides, tuple(kept.get("key", ())) or None, options.kind)
    records = gather(content, around, choices, report, progress)
    plans = _plans(engine, records, source, progress)
    why = f"「{source}」の取り込み"[:400]
    try:
        with writing(engine, by=options.by, why=why, now=now) as write:
            target = Target(
                _source(write, source, report.format), source, "published" if options.publish else "review", plans, now)
            _upsert(write, records, target, report, options.publish, progress)
            _remember(write, target, dict(overrides), report.maps[0].key)
            if options.dry_run:
                raise _DryRunOver
    except _DryRunOver:
        pass
    return report


def _plans(engine: Engine, records: list[Record], source: str, progress: Callable) -> Plans:
    """The phrases of new and changed rows, read before the transaction begins."""
    with read_session(engine) as session:
        known = select(SourceRecord.key, SourceRecord.row_hash).join(Source).where(Source.name == source)
        unchanged = {(key, row_hash) for key, row_hash in session.execute(known)}
    wanted = (record for record in records if (record.key, record.hash) not in unchanged)
    phrases = dict.fromkeys(phrase for record in wanted for phrase in record.values["schedules"])
    plans = Plans()
    for phrase in progress(list(phrases), len(phrases)):
        plans[phrase]
    return plans


def _upsert(
    write: Writing, records: list[Record], target: Target, report: Report, publishing: bool, progress: Callable
) -> None:
    session = write.session
    wanted = select(
        SourceRecord.key, SourceRecord.row_hash, SourceRecord.id, SourceRecord.listing_id, SourceRecord.missing_since
    )
    known = {row.key: row for row in session.execute(wanted.where(SourceRecord.source_id == target.source_id))}
    seen = {record.key for record in records}
    matcher = Matcher(session, target.source_name)
    gone = _load(session, [row.id for key, row in known.items() if key not in seen and row.missing_since is None])
    new = _without_renames(write, [record for record in records if record.key not in known], gone, target, report)
    insert_records(write, new, matcher, target, progress)
    report.insert = len(new)
    changed = _change(write, [r for r in records if r.key in known], known, matcher, target, report)
    for stored in gone:
        if stored.missing_since is None:
            ask_vanished(write, stored, target.source_name)
        report.missing += 1
    report.asked += report.missing
    _seen_again(write, [known[key] for key in seen & set(known)], target)
    if publishing:
        unchanged = [known[key].listing_id for key in seen & set(known) if key not in changed]
        published = publish(write, sorted(unchanged))
        publish(write, sorted(known[key].listing_id for key in changed))
        report.update += published
        report.noop -= published


def _without_renames(
    write: Writing, new: list[Record], gone: list[SourceRecord], target: Target, report: Report
) -> list[Record]:
    """The new rows to insert; those that are probably a vanished row are asked about, once."""
    asked_before = renames_asked(write, target.source_id)
    waiting = {record.key for record in new if asked_before.get(record.key) == OPEN}
    by_name = "id" not in report.maps[0].key
    renames = find_renames([r for r in new if r.key not in asked_before], gone) if by_name else {}
    for record in new:
        if record.key in renames:
            ask_rename(write, record, renames[record.key], target.source_name)
            report.asked += 1
    held = waiting | set(renames)
    if held:
        report.others[ASKED_RENAME] += len(held)
    # Asked as a rename: not reported as vanished as well.
    gone[:] = [stored for stored in gone if stored.missing_since is None]
    return [record for record in new if record.key not in held]


def _change(
    write: Writing, records: list[Record], known: Mapping[str, Any], matcher: Matcher, target: Target, report: Report
) -> set[str]:
    """Bring changed rows up to date; returns their keys."""
    changed = [record for record in records if known[record.key].row_hash != record.hash]
    stored = {entry.key: entry for entry in _load(write.session, [known[record.key].id for record in changed])}
    updated = set()
    for record in changed:
        difference = change_record(write, record, stored[record.key], matcher, target)
        report.asked += bool(difference.asks)
        if difference.writes:
            report.update += 1
            updated.add(record.key)
        elif difference.asks:
            report.others[ASKED_FIELDS] += 1
        else:
            report.noop += 1
    report.noop += len(records) - len(changed)
    return updated


def _seen_again(write: Writing, rows: list, target: Target) -> None:
    """Note that the rows are still there; one that was missing is no longer asked about."""
    for row in rows:
        if row.missing_since is not None:
            write.session.execute(update(SourceRecord).where(SourceRecord.id == row.id).values(missing_since=None))
            withdraw(write, row.listing_id, "vanished", target.source_id)
    still = update(SourceRecord).where(SourceRecord.source_id == target.source_id, SourceRecord.missing_since.is_(None))
    write.session.execute(still.values(last_seen=target.now).execution_options(synchronize_session=False))


def _source(write: Writing, name: str, format_name: str) -> str:
    source = write.session.scalar(select(Source).where(Source.name == name))
    if source is None:
        source = Source(name=name[:400])
        write.session.add(source)
    source.format, source.last_imported = format_name[:60], write.now
    write.session.flush()
    return source.id


def _remember(write: Writing, target: Target, overrides: dict, key: tuple[str, ...]) -> None:
    """Keep the map and the key for the next file of this source."""
    kept = {"columns": overrides, "key": list(key)}
    stored = write.session.get(ColumnMap, target.source_id)
    if stored is None:
        write.session.add(ColumnMap(source_id=target.source_id, columns=kept))
    elif stored.columns != kept:
        stored.columns = kept


def _load(session: Session, ids: list[str]) -> list[SourceRecord]:
    rows: list[SourceRecord] = []
    for start in range(0, len(ids), 500):
        rows += session.scalars(select(SourceRecord).where(SourceRecord.id.in_(ids[start:start + 500])))
    return sorted(rows, key=lambda row: row.key)


def _areas_of_towns(vocabulary: Vocabulary) -> dict[str, str]:
    """Town → 地域, where the city's list of place names says so."""
    names = {area.name for area in vocabulary.areas}
    towns = (place for place in vocabulary.place_readings if place.level == "town" and place.within in names)
    return {place.name: str(place.within) for place in towns}
