"""How is a file imported? The whole story: read, clean, then insert, change and ask in one transaction, and report."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from directory.db import read_session
from directory.errors import ImportOutdated
from directory.geocoding import OnlineGeocoder, gazetteer
from directory.importers.gathering import Choices, gather
from directory.importers.kinds import Kinds
from directory.importers.reading.file import read_file
from directory.importers.records import Record, Surroundings
from directory.importers.report import ASKED, NOOP, Report
from directory.importers.upsert.carrying import carry_out, count, waiting_for_review
from directory.importers.upsert.inserting import Plans, Target
from directory.importers.upsert.intent import Decision, Intent, fingerprint, intend, outcomes
from directory.models import ColumnMap, Source, SourceRecord
from directory.vocabulary import Vocabulary
from directory.writing import Writing, writing


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
    # The map remembered for the source counts; False: `overrides` is all of it
    remembered: bool = True
    # What a person decided about new rows, by key
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    # The fingerprint of the rows somebody has looked at: nothing else is imported
    agreed: str | None = None
    # What is to happen around the writing, inside its transaction
    around: Callable[[Writing, Intent, Report], AbstractContextManager] | None = None


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
            Kinds(vocabulary), gazetteer(session, vocabulary), _areas_of_towns(vocabulary), None, True, (), options.municipality,
            options.geocoder,
        )
    overrides = {**(kept.get("columns", {}) if options.remembered else {}), **options.overrides}
    choices = Choices(options.format, overrides, tuple(kept.get("key", ())) or None, options.kind)
    records = gather(content, around, choices, report, progress)
    if options.dry_run:
        _foresee(engine, source, records, report, options)
        return report
    plans = _plans(engine, records, source, progress)
    why = f"「{source}」の取り込み"[:400]
    with writing(engine, by=options.by, why=why, now=now) as write:
        target = Target(
            _source(write, source, report.format), source, "published" if options.publish else "review", plans, now)
        if options.agreed is not None:
            _as_agreed(write.session, target, records, report, options.agreed)
        intent = intend(write.session, target.source_id, records, _by_name(report), options.decisions)
        with options.around(write, intent, report) if options.around else nullcontext():
            carry_out(write, intent, target, report, options.publish, progress)
            _remember(write, target, dict(overrides), report.maps[0].key)
    return report


def _foresee(engine: Engine, source: str, records: list[Record], report: Report, options: ImportOptions) -> None:
    """What an import would do, row by row, without writing anything and without keeping anybody else from it."""
    with read_session(engine) as session:
        source_id = session.scalar(select(Source.id).where(Source.name == source))
        intent = intend(session, source_id, records, _by_name(report), options.decisions)
        foreseen = list(outcomes(session, intent))
        report.agreed = fingerprint(foreseen)
        report.outcomes += foreseen
        if options.publish:
            report.published = waiting_for_review(session, [
                str(one.listing_id) for one in report.outcomes if one.kind in (NOOP, ASKED)])
    count(report)


def _as_agreed(session: Session, target: Target, records: list[Record], report: Report, agreed: str) -> None:
    """Raise when what would be done, before anybody's decisions, is not what a person has looked at."""
    intent = intend(session, target.source_id, records, _by_name(report), {})
    if fingerprint(outcomes(session, intent)) != agreed:
        raise ImportOutdated(
            "表を見たあとに、ディレクトリの内容が変わりました。まだ何も取り込んでいません。新しい表を確かめてください。")


def _by_name(report: Report) -> bool:
    return "id" not in report.maps[0].key


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


def _areas_of_towns(vocabulary: Vocabulary) -> dict[str, str]:
    """Town → 地域, where the city's list of place names says so."""
    names = {area.name for area in vocabulary.areas}
    towns = (place for place in vocabulary.place_readings if place.level == "town" and place.within in names)
    return {place.name: str(place.within) for place in towns}
