"""How is the sample city written? All rows are made first; then one transaction fills an empty directory."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine, delete, func, select
from sqlalchemy.orm import Session

from directory.city import City, load_city
from directory.db import Base, read_session
from directory.errors import DirectoryError
from directory.models import (
    Area, Attribute, Boundary, ChangedListing, Closure, CostOption, DemandCount, DirectoryState, InboxReceipt,
    ListingArea, Location, Organization, PageViews, Population, Role, Schedule, Service, ServiceAtLocation, ServiceNeed,
    Source, TextTokens, Town, ViewerMark, ViewerMonth,
)
from directory.sample.reading import read_sample
from directory.sample.rows import SampleRows, sample_id
from directory.vocabulary import Vocabulary, load_vocabulary
from directory.writing import Writing, writing
from directory.yaml_files import InvalidYaml

# Parents before children: the order every foreign key is satisfied in.
TABLES = (
    Town, Source, Organization, Service, ServiceNeed, CostOption, Location, Area, ServiceAtLocation, ListingArea,
    Attribute, Role, Schedule, Closure,
)
# What a reset leaves alone: the revision other processes watch, the token cache, outlines and people no sample holds, and
# counts of use, which nobody could count again.
KEPT = {
    model.__table__ for model in (
        DirectoryState, ChangedListing, TextTokens, Boundary, DemandCount, InboxReceipt, PageViews, Population,
        ViewerMark, ViewerMonth,
    )
}
TOWN_COLUMNS = ["prefecture", "municipality", "town", "kana", "latitude", "longitude", "zone"]

Progress = Callable[[Iterable, int], Iterable]


@dataclass(frozen=True)
class SampleReport:
    """What is in the database now."""

    organizations: int
    listings: int
    roles: int
    towns: int


def load_sample(
    engine: Engine, data: Path, *, today: date, now: datetime, reset: bool = False,
    progress: Progress = lambda rows, total: rows,
) -> SampleReport:
    """Fill the directory with the city of `data`; the days in its files count from `today`.

    Raises DirectoryError when the directory is not empty and `reset` was not asked for, InvalidYaml for a wrong file.
    """
    if not reset:
        _refuse_unless_empty(engine)
    tables = _rows(data, today, progress)
    with writing(engine, by="見本データ", why="見本の町を読みこみました", now=now) as write:
        if reset:
            _empty(write)
        for model in TABLES:
            write.insert_rows(model, tables[model])
        listings = [row["id"] for row in tables[ServiceAtLocation]]
        write.note_added("service_at_location", listings)
        write.changed_listings(listings)
    return SampleReport(*(len(tables[model]) for model in (Organization, ServiceAtLocation, Role, Town)))


def is_empty(engine: Engine) -> bool:
    """True when the directory holds no listing."""
    with read_session(engine) as session:
        return _listings(session) == 0


def _refuse_unless_empty(engine: Engine) -> None:
    with read_session(engine) as session:
        count = _listings(session)
    if count:
        raise DirectoryError(
            f"データベースにはすでに {count} 件の掲載があるので、見本データを読みこみませんでした。"
            "いまの内容をすべて消して読みこみ直すときは --reset を付けてください。"
        )


def _listings(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(ServiceAtLocation)) or 0


def _rows(data: Path, today: date, progress: Progress) -> dict[type, list[dict]]:
    files = read_sample(data / "sample")
    city = load_city(data / "city.yml")
    vocabulary: Vocabulary = load_vocabulary(data / "vocabulary")
    rows = SampleRows(vocabulary, city, files.places, today)
    for entry in progress(files.listings, len(files.listings)):
        rows.add_listing(entry)
    made = {model: list(rows.tables[model].values()) for model in TABLES}
    made[Town] = _towns(data / "towns.csv", city)
    return made


def _towns(path: Path, city: City) -> list[dict]:
    """The gazetteer of the city: facts written into data/towns.csv, origin in data/README.md."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != TOWN_COLUMNS:
            raise InvalidYaml(f"{path.name}：1行目は {','.join(TOWN_COLUMNS)} にしてください。")
        return [
            {
                "id": sample_id("town", row["municipality"], row["town"]), "prefecture": row["prefecture"],
                "municipality": row["municipality"], "municipality_code": city.municipality_code,
                "name": row["town"], "name_kana": row["kana"] or None, "latitude": float(row["latitude"]),
                "longitude": float(row["longitude"]), "zone": row["zone"],
            }
            for row in reader
        ]


def _empty(write: Writing) -> None:
    """Remove every record, children first; listings that vanish count as changed, so every catalog drops them."""
    write.changed_listings(write.session.scalars(select(ServiceAtLocation.id)))
    for table in reversed(Base.metadata.sorted_tables):
        if table not in KEPT:
            write.session.execute(delete(table))
