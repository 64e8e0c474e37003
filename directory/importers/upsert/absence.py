"""What do we make of rows that are not in the file any more? They are reported and queued, never deleted.

Where rows are named by name and address, a row that vanished while another appeared at the same address, or under the
same name, has probably been renamed or has moved: that is asked about instead.
"""

from collections import defaultdict
from collections.abc import Sequence

from directory.importers.cleaning.text import fold
from directory.importers.records import Record
from directory.importers.report import Mark
from directory.importers.upsert.asking import ask
from directory.models import SourceRecord
from directory.writing import Writing

SHOWN_IN_RENAME = (
    "service.name", "location.municipality", "location.town", "location.address_rest", "location.building",
    "location.name",
)


def find_renames(new: Sequence[Record], gone: Sequence[SourceRecord]) -> dict[str, SourceRecord]:
    """Key of a new row → the vanished row it probably is; only where exactly one fits on both sides."""
    by_place, by_name = defaultdict(list), defaultdict(list)
    for stored in gone:
        if stored.values.get("location.key"):
            by_place[stored.values["location.key"]].append(stored)
        by_name[fold(stored.values["service.name"])].append(stored)
    claims: dict[str, list[Record]] = defaultdict(list)
    fitting = {}
    for record in new:
        fits = {
            stored.id: stored
            for stored in (*by_place[record.values["location.key"]], *by_name[fold(str(record.values["service.name"]))])
            if stored.values["service.kind"] == record.values["service.kind"]
        }
        if len(fits) == 1:
            fitting[record.key] = next(iter(fits.values()))
            claims[fitting[record.key].id].append(record)
    return {key: stored for key, stored in fitting.items() if len(claims[stored.id]) == 1}


def renamed_fields(record: Record, stored: SourceRecord) -> dict[str, tuple[object, object]]:
    """What is different under the new name or address: (before, now)."""
    different = {
        name: (stored.values.get(name), record.values.get(name)) for name in SHOWN_IN_RENAME
        if stored.values.get(name) != record.values.get(name)
    }
    return {**different, "source_key": (stored.key, record.key)}


def ask_rename(write: Writing, record: Record, stored: SourceRecord, source_name: str) -> Mark:
    """Ask whether the new row is the vanished one under a new name or address."""
    fields = renamed_fields(record, stored)
    evidence = (
        f"「{source_name}」から「{stored.values['service.name']}」の行がなくなり、{record.row} {record.unit}に"
        f"「{record.values['service.name']}」が加わりました。名前か住所が変わった同じ場所でしょうか。"
    )
    return _asked_about(write, stored, "rename", evidence, fields)


def ask_vanished(write: Writing, stored: SourceRecord, source_name: str) -> Mark:
    """Ask what became of a row that is no longer in the file."""
    evidence = f"「{source_name}」の新しいファイルに、この掲載のもとになった行がありません。終わったのか、確かめてください。"
    return _asked_about(write, stored, "vanished", evidence, {"status": (None, "closed")})


def _asked_about(write: Writing, stored: SourceRecord, reason: str, evidence: str, fields: dict) -> Mark:
    asked = ask(write, stored.listing_id, reason, stored.source_id, evidence, fields)
    stored.missing_since = write.now
    return Mark("missing", stored.listing_id, source={"id": stored.id, **asked})
