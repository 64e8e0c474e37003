"""Which rows does the table of an upload show, in which order? Problems first, and never more than a page of them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.importers.report import (
    ASKED, IGNORED, INSERT, MERGED, MISSING, NOOP, REJECT, RENAMED, REPEATED, UPDATE, Outcome,
)
from directory.models import Upload, UploadRow
from directory.uploads.likeness import Likely

# A new row that may be there already
LIKELY = "likely"
# Kinds in the order in which a person looks at them.
ORDER = (REJECT, LIKELY, RENAMED, ASKED, MISSING, UPDATE, INSERT, MERGED, IGNORED, REPEATED, NOOP)
PLACE = {kind: place for place, kind in enumerate(ORDER)}
# What a new row says, as far as the table shows it.
SAID = ("service.kind", "location.name", "location.municipality", "location.town", "location.address_rest", "schedules",
        "listing.phone")
LONGEST_NAME, LONGEST_VALUE = 400, 2_000
DECIDED_BEFORE = ("separate", "ignore")


@dataclass(frozen=True)
class Page:
    """One page of rows, and how many there are in all."""

    rows: Sequence[UploadRow]
    total: int


def rows_of(
    outcomes: Sequence[Outcome], likely: Mapping[str, list[Likely]], before: Mapping[str, str]
) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """The rows to keep, problems first, and how many there are of each kind. `before`: key → an earlier decision."""
    kinds = [LIKELY if each.kind == INSERT and each.key in likely else each.kind for each in outcomes]
    order = sorted(range(len(outcomes)), key=lambda index: (
        PLACE[kinds[index]], not outcomes[index].findings, outcomes[index].table, outcomes[index].row or 0, index))
    rows = [
        _row(outcomes[index], kinds[index], position, likely.get(outcomes[index].key, []), before)
        for position, index in enumerate(order)
    ]
    counts = Counter(kinds)
    counts["warnings"] = sum(bool(each.findings) and each.kind != REJECT for each in outcomes)
    return rows, dict(counts)


def page_of(session: Session, upload_id: str, kind: str | None, page: int, size: int) -> Page:
    """One page (from 1) of the rows of a kind, or of all."""
    mine = (UploadRow.upload_id == upload_id, *((UploadRow.kind == kind,) if kind else ()))
    total = session.scalar(select(func.count()).select_from(UploadRow).where(*mine)) or 0
    wanted = select(UploadRow).where(*mine).order_by(UploadRow.position).offset((page - 1) * size).limit(size)
    return Page(list(session.scalars(wanted)), total)


def undecided(session: Session, upload_id: str) -> int:
    """How many rows that may be there already nobody has decided about."""
    return session.scalar(select(func.count()).select_from(UploadRow).where(
        UploadRow.upload_id == upload_id, UploadRow.kind == LIKELY, UploadRow.decision.is_(None))) or 0


def decided_before(session: Session, source_name: str) -> dict[str, str]:
    """Key → what somebody decided about such a row in an earlier file of this source: 別物, 無視."""
    wanted = select(UploadRow.key, UploadRow.decision).join(Upload, Upload.id == UploadRow.upload_id).where(
        Upload.source_name == source_name, Upload.state == "done", UploadRow.decision.in_(DECIDED_BEFORE))
    return {row.key: row.decision for row in session.execute(wanted.order_by(Upload.made_at))}


def _row(
    outcome: Outcome, kind: str, position: int, likely: Iterable[Likely], before: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "position": position, "kind": kind, "sheet": outcome.table[:LONGEST_NAME], "row_number": outcome.row,
        "unit": outcome.unit, "key": outcome.key, "name": outcome.name[:LONGEST_NAME], "listing_id": outcome.listing_id,
        "says": {name: outcome.says[name] for name in SAID if outcome.says.get(name)},
        "writes": _short(outcome.writes), "asks": _short(outcome.asks),
        "findings": [[each.column, each.value[:200], each.problem, each.what_to_do] for each in outcome.findings],
        "likely": [[one.listing_id, one.name, one.place, list(one.why)] for one in likely],
        "decision": before.get(outcome.key) if kind == LIKELY else None, "merge_into": None,
    }


def _short(pairs: Mapping[str, tuple[object, object]]) -> dict[str, list]:
    return {
        name: [value[:LONGEST_VALUE] if isinstance(value, str) else value for value in pair]
        for name, pair in pairs.items()
    }
