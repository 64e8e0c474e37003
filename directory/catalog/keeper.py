"""Who holds the current edition of the catalog? Each process one keeper an audience; it swaps editions atomically."""

import gc
import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from threading import Lock

from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from directory.catalog.assembler import Assembler
from directory.catalog.edition import Catalog, Place
from directory.db import read_session, write_session
from directory.listing import Listing
from directory.listings import PUBLIC, read_listings
from directory.models import Town
from directory.text import TokenCache
from directory.vocabulary import Vocabulary
from directory.wording import spoken
from directory.writing import changed_since, current_revision

SECONDS_BETWEEN_LOOKS = 1.0

log = logging.getLogger(__name__)


class CatalogKeeper:
    """Gives the current edition; looks at the revision at most once a second.

    `vocabulary` is what the files say; what the desk changed of it (directory/wording.py) is laid over each edition.
    """

    def __init__(self, engine: Engine, vocabulary: Vocabulary, audience: str = PUBLIC) -> None:
        self._engine, self._vocabulary, self._audience = engine, vocabulary, audience
        self._catalog: Catalog | None = None
        self._assembler: Assembler | None = None
        self._looked = float("-inf")
        self._lock = Lock()

    def current(self, now: datetime) -> Catalog:
        """The edition of the database's revision on the day of `now`, at most a second old.

        While one thread builds a new edition the others are given the last one.
        """
        if self._catalog and not self._is_due(now):
            return self._catalog
        if not self._lock.acquire(blocking=self._catalog is None or self._catalog.timetable.day != now.date()):
            return self._catalog
        try:
            if self._catalog is None or self._is_due(now):
                self._catalog = self._renewed(now)
                self._looked = time.monotonic()
            return self._catalog
        finally:
            self._lock.release()

    def _is_due(self, now: datetime) -> bool:
        return (time.monotonic() - self._looked >= SECONDS_BETWEEN_LOOKS
                or self._catalog.timetable.day != now.date())

    def _renewed(self, now: datetime) -> Catalog:
        """The edition to use from now on: the old one when nothing changed."""
        with read_session(self._engine) as session:
            revision = current_revision(session)
            is_new = self._catalog is None or self._catalog.timetable.day != now.date()
            if not is_new and revision == self._catalog.revision:
                return self._catalog
            words = spoken(session, self._vocabulary)
            if is_new or words.version != self._catalog.vocabulary.version:
                with collection_paused():
                    return self._build(session, revision, now, words)
            return self._update(session, revision)

    def _build(self, session: Session, revision: int, now: datetime, words: Vocabulary) -> Catalog:
        tokens = TokenCache.load(session.connection())
        self._assembler = Assembler(words, now.date(), self._audience, self._read, tokens)
        self._assembler.put(read_listings(session, audience=self._audience))
        catalog = self._assembler.assemble(revision, read_places(session))
        session.close()
        self._remember(tokens)
        return catalog

    def _update(self, session: Session, revision: int) -> Catalog:
        changed = changed_since(session, self._catalog.revision)
        self._assembler.drop(changed)
        self._assembler.put(read_listings(session, changed, self._audience))
        return self._assembler.assemble(revision, read_places(session))

    def _read(self, ids: Sequence[str]) -> list[Listing]:
        with read_session(self._engine) as session:
            return list(read_listings(session, ids, self._audience))

    def _remember(self, tokens: TokenCache) -> None:
        """Keep new tokens for the next start. The cache may be lost, so a read-only database is no failure."""
        if not tokens.fresh:
            return
        try:
            with write_session(self._engine) as session:
                tokens.save(session.connection())
                session.commit()
        except SQLAlchemyError:
            log.warning("The token cache could not be written; the next start analyses all texts again.")


@contextmanager
def collection_paused() -> Iterator[None]:
    """Without garbage collection: nothing built here is garbage, and looking at it again and again takes seconds."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def read_places(session: Session) -> Mapping[str, Place]:
    """The towns of the gazetteer, by name, as points to measure distances from."""
    rows = session.execute(
        select(Town.name, Town.latitude, Town.longitude, Town.zone).order_by(Town.name, Town.id)
    )
    return {row.name: Place(row.name, row.latitude, row.longitude, row.zone) for row in rows}
