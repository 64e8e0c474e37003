"""How long does a town of 5,000 listings take from its database to a catalog, and one edit until it can be found?

The sample city is copied with new ids until it is large enough, so texts, schedules and attributes are real ones.
"""

import os
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Engine, func, select

from directory import migrations
from directory.catalog import CatalogKeeper
from directory.db import make_engine, read_session
from directory.models import Area, Service, ServiceAtLocation, Source, Town
from directory.sample import load_sample
from directory.sample.loading import TABLES
from directory.search import SearchQuery, search
from directory.settings import Settings
from directory.vocabulary import Vocabulary, load_vocabulary
from directory.writing import writing

COPIED = [model for model in TABLES if model not in (Area, Source, Town)]  # of those one each is enough
NEW_WORD = "ペンギン飼育"
EDITS = 3
BETWEEN_LOOKS = 1.05  # seconds; the catalog looks at the revision at most once a second


def catalog_timing(size: int, now: datetime) -> Iterator[str]:
    """Sentences for people: seconds until the catalog is ready, milliseconds of work until an edit is found."""
    data = Settings.from_environment(os.environ).data
    vocabulary = load_vocabulary(data / "vocabulary")
    with TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/town.db")
        try:
            listings = _fill(engine, data, size, now)
            CatalogKeeper(engine, vocabulary).current(now)  # analyses every text once and stores the terms
            started = time.perf_counter()
            keeper = CatalogKeeper(engine, vocabulary)
            found = keeper.current(now).size
            ready = time.perf_counter() - started
            yield f"{listings} listings, {found} of them public: catalog ready in {ready:.2f} s"
            edits = [_edit_seconds(engine, keeper, vocabulary, number, now) for number in range(EDITS)]
            yield f"one edit at {listings} listings is found after {min(edits) * 1000:.0f} ms of work"
        finally:
            engine.dispose()


def _fill(engine: Engine, data: Path, size: int, now: datetime) -> int:
    """The sample city, and copies of it up to `size` listings."""
    migrations.upgrade(engine)
    load_sample(engine, data, today=now.date(), now=now)
    with read_session(engine) as session:
        rows = {model: [dict(row) for row in session.execute(select(model.__table__)).mappings()] for model in COPIED}
    ids = {row["id"] for found in rows.values() for row in found if isinstance(row.get("id"), str)}
    copies = -(-size // len(rows[ServiceAtLocation])) - 1
    with writing(engine, by="計測", why="写し", now=now) as write:
        for copy in range(copies):
            for model, found in rows.items():
                write.insert_rows(model, [_copied(row, ids, copy) for row in found])
        write.changed_listings(write.session.scalars(select(ServiceAtLocation.id)))
    with read_session(engine) as session:
        return session.scalar(select(func.count()).select_from(ServiceAtLocation)) or 0


def _copied(row: dict, ids: set[str], copy: int) -> dict:
    """A row whose own and foreign ids are those of the copy."""
    return {name: _copied_id(value, copy) if isinstance(value, str) and value in ids else value
            for name, value in row.items()}


def _copied_id(value: str, copy: int) -> str:
    return str(uuid5(NAMESPACE_URL, f"copy {copy} of {value}"))


def _edit_seconds(engine: Engine, keeper: CatalogKeeper, vocabulary: Vocabulary, number: int, now: datetime) -> float:
    """Seconds of work of the next search after an edit, which must find it."""
    word = f"{NEW_WORD}{number}"
    with writing(engine, by="計測", why="計測", now=now) as write:
        listing_id = keeper.current(now).ids[number * 100]
        listing = write.session.get(ServiceAtLocation, listing_id)
        assert listing is not None
        service = write.session.get(Service, listing.service_id)
        assert service is not None
        write.edit(service, summary=f"{service.summary or ''} {word}")
    time.sleep(BETWEEN_LOOKS)
    started = time.perf_counter()
    page = search(keeper.current(now), SearchQuery(q=f"「{word}」"), now)
    seconds = time.perf_counter() - started
    if page.total < 1:
        raise RuntimeError(f"the edit of {listing_id} was not found")
    return seconds
