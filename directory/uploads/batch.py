"""How does an import become one act of the curation desk, with its end and its way back in the same transaction?"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import select

from directory.curation.acting import Act, recorded
from directory.curation.batches import of_marks, rows_of_added
from directory.curation.undoing import IMPORT
from directory.importers.report import Report
from directory.importers.upsert.changing import surviving
from directory.importers.upsert.intent import Intent
from directory.models import ActRow, ChangeRequest, Upload
from directory.uploads.progress import WRITE
from directory.uploads.states import DONE, IMPORTING, take
from directory.writing import Writing

COUNTED = ("rows", "insert", "update", "noop", "reject", "missing", "asked")


def as_one_act(
    upload_id: str, version: int, publishing: bool, say: Callable[[str], None]
) -> Callable[[Writing, Intent, Report], AbstractContextManager]:
    """What happens around the writing of an import: ImportOptions.around."""

    @contextmanager
    def around(write: Writing, intent: Intent, report: Report) -> Iterator[None]:
        say(WRITE)
        with recorded(write, IMPORT, in_words=False) as act:
            touched = _touched(write, intent, publishing)
            act.watch(touched)
            act.watch_requests(_open_requests(write, touched))
            yield
            _say_what_is_new(act, report)
        kept = sum(len(rows) for model, rows in write.last if model is ActRow)
        write.last.append((ActRow, rows_of_added(act.id, kept, of_marks(report.marks))))
        take(write.session, upload_id, version, (IMPORTING,), state=DONE, act_id=act.id, finished_at=write.now,
             counts=_counts(report, write, upload_id))

    return around


def _touched(write: Writing, intent: Intent, publishing: bool) -> list[str]:
    """Ids of the listings that are there already and that the import may change."""
    session = write.session
    stored = [*(entry for _, entry in intent.changed), *(entry for _, entry in intent.renamed), *intent.gone]
    present = [intent.known[record.key] for record in intent.present]
    ids = {entry.listing_id for entry in stored} | {row.listing_id for row in present if publishing or row.missing_since}
    ids |= {listing_id for _, listing_id in intent.merged}
    return sorted(ids | {surviving(session, listing_id).id for listing_id in ids})


def _open_requests(write: Writing, listing_ids: list[str]) -> list[str]:
    found: list[str] = []
    for start in range(0, len(listing_ids), 500):
        found += write.session.scalars(select(ChangeRequest.id).where(
            ChangeRequest.listing_id.in_(listing_ids[start:start + 500]), ChangeRequest.state == "open"))
    return found


def _say_what_is_new(act: Act, report: Report) -> None:
    act.brought([record_id for one in of_marks(report.marks) for record_id in one.ids])
    act.watch_requests([str(mark.source["asked"]) for mark in report.marks if mark.source.get("asked")], new=True)


def _counts(report: Report, write: Writing, upload_id: str) -> dict[str, Any]:
    """What was done, beside the kinds of row that were foreseen."""
    kinds = write.session.scalar(select(Upload.counts).where(Upload.id == upload_id))
    return {"kinds": kinds, **{name: getattr(report, name) for name in COUNTED}, "others": dict(report.others)}
