"""How is what was intended done? Every step inside the one transaction of the import, counted and marked."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.importers.report import (
    ASKED, IGNORED, INSERT, MERGED, MISSING, NOOP, RENAMED, UPDATE, Mark, Report,
)
from directory.importers.upsert.absence import ask_rename, ask_vanished
from directory.importers.upsert.asking import withdraw
from directory.importers.upsert.changing import change_record, merge_record, publish
from directory.importers.upsert.inserting import Target, insert_records
from directory.importers.upsert.intent import Intent
from directory.importers.upsert.matching import Matcher
from directory.models import ServiceAtLocation, SourceRecord
from directory.writing import Writing

ASKED_FIELDS = "人が直した項目の確認待ち"
ASKED_RENAME = "名前か住所が変わったかの確認待ち"
PUT_TOGETHER = "いまある掲載にまとめた行"
LEFT_OUT = "取り込まないと決めた行"
COUNTED = {INSERT: "insert", UPDATE: "update", NOOP: "noop", MISSING: "missing"}


def carry_out(
    write: Writing, intent: Intent, target: Target, report: Report, publishing: bool, progress: Callable
) -> None:
    """Do what was intended with every row."""
    matcher = Matcher(write.session, target.source_name)
    report.marks += insert_records(write, intent.new, matcher, target, progress)
    report.insert = len(intent.new)
    for record, listing_id in intent.merged:
        difference, mark = merge_record(write, record, listing_id, matcher, target)
        report.marks.append(mark)
        report.others[PUT_TOGETHER] += 1
        report.asked += bool(difference.asks)
    if intent.ignored:
        report.others[LEFT_OUT] += len(intent.ignored)
    updated = _change(write, intent, matcher, target, report, progress)
    _ask(write, intent, target, report)
    _seen_again(write, [intent.known[record.key] for record in intent.present], target, report)
    if publishing:
        _publish(write, intent, updated, report)


def count(report: Report) -> None:
    """Count what was foreseen, as `carry_out` counts what was done."""
    for outcome in report.outcomes:
        if outcome.kind in COUNTED:
            setattr(report, COUNTED[outcome.kind], getattr(report, COUNTED[outcome.kind]) + 1)
        elif outcome.kind == MERGED:
            report.others[PUT_TOGETHER] += 1
        elif outcome.kind == IGNORED:
            report.others[LEFT_OUT] += 1
        elif outcome.kind == ASKED:
            report.others[ASKED_FIELDS] += 1
        elif outcome.kind == RENAMED:
            report.others[ASKED_RENAME] += 1
        report.asked += bool(outcome.asks) or outcome.kind == MISSING
    report.update += len(report.published)
    report.noop -= len(report.published)


def _change(
    write: Writing, intent: Intent, matcher: Matcher, target: Target, report: Report, progress: Callable
) -> set[str]:
    """Bring changed rows up to date; returns their keys."""
    updated = set()
    for record, stored in progress(intent.changed, len(intent.changed)):
        difference, mark = change_record(write, record, stored, matcher, target)
        report.marks.append(mark)
        report.asked += bool(difference.asks)
        if difference.writes:
            report.update += 1
            updated.add(record.key)
        elif difference.asks:
            report.others[ASKED_FIELDS] += 1
        else:
            report.noop += 1
    report.noop += len(intent.same)
    return updated


def _ask(write: Writing, intent: Intent, target: Target, report: Report) -> None:
    """Ask about renames and about rows that are not there any more."""
    for record, stored in intent.renamed:
        report.marks.append(ask_rename(write, record, stored, target.source_name))
    held = len(intent.renamed) + len(intent.waiting)
    if held:
        report.others[ASKED_RENAME] += held
    for stored in intent.gone:
        report.marks.append(ask_vanished(write, stored, target.source_name))
    report.missing = len(intent.gone)
    report.asked += len(intent.renamed) + report.missing


def _seen_again(write: Writing, rows: list, target: Target, report: Report) -> None:
    """Note that the rows are still there; one that was missing is no longer asked about."""
    for row in rows:
        if row.missing_since is not None:
            write.session.execute(update(SourceRecord).where(SourceRecord.id == row.id).values(missing_since=None))
            taken_back = withdraw(write, row.listing_id, "vanished", target.source_id)
            report.marks.append(Mark("returned", row.listing_id, source={
                "id": row.id, "missing_since": row.missing_since.isoformat(), "withdrawn": taken_back}))
    still = update(SourceRecord).where(SourceRecord.source_id == target.source_id, SourceRecord.missing_since.is_(None))
    write.session.execute(still.values(last_seen=target.now).execution_options(synchronize_session=False))


def _publish(write: Writing, intent: Intent, updated: set[str], report: Report) -> None:
    known: Mapping[str, Any] = intent.known
    keys = [record.key for record in intent.present]
    report.published = publish(write, sorted(known[key].listing_id for key in keys if key not in updated))
    also = publish(write, sorted(known[key].listing_id for key in updated))
    report.marks += [Mark("published", listing_id) for listing_id in (*report.published, *also)]
    report.update += len(report.published)
    report.noop -= len(report.published)


def waiting_for_review(session: Session, ids: list[str]) -> list[str]:
    """Those of the listings that are still in review."""
    found: list[str] = []
    for start in range(0, len(ids), 500):
        found += session.scalars(select(ServiceAtLocation.id).where(
            ServiceAtLocation.id.in_(ids[start:start + 500]), ServiceAtLocation.status == "review"))
    return found
