"""How is the snapshot renewed while the public site reads it? In one transaction inside the existing database.

Not by a new file put in the place of the old one: open connections would go on reading the old one, and SQLite's log
beside it, found by its name, would belong to the wrong file. A transaction does the same on SQLite and PostgreSQL:
readers see the old snapshot whole until the new one is whole; a run cut off leaves the old one. The revision rises with
what changed, so the public catalog renews just those listings. Before it commits, the new snapshot is read back and
compared with what was meant.

To carry a snapshot to another network, publish into a file, carry it over, and publish from that file there: a snapshot
of a snapshot is the same snapshot.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, Table, delete, func, insert, inspect, select, text
from sqlalchemy.orm import Session

from directory import migrations
from directory.db import Base, read_session, write_session
from directory.erasing import erase_for_good, settle
from directory.errors import DirectoryError
from directory.models import (
    ChangedListing, DirectoryState, Organization, PageViews, Publication, ServiceAtLocation, TextReading, TextTokens,
    ViewerMonth, VocabularyChange,
)
from directory.publishing.answers import answers_of
from directory.publishing.rows import PUBLISHED, rows_of
from directory.publishing.snapshot import Snapshot, read_snapshot
from directory.publishing.tokens import terms_of
from directory.reading_store import forget_readings
from directory.text import TokenCache
from directory.text.analysis import fingerprint
from directory.vocabulary import Vocabulary
from directory.wording import spoken
from directory.writing import ROWS_A_STATEMENT, STATE_ROW, current_revision

# Numbers of months for the page about the site; never the marks they were counted from.
NUMBERS = (ViewerMonth, PageViews)
# What a snapshot keeps from the one before: who is still at an older revision must learn what changed since; readings
# of texts that are still published need not be worked out again.
KEPT = {DirectoryState.__table__, ChangedListing.__table__, TextReading.__table__}


@dataclass(frozen=True)
class PublishReport:
    """What the public can see now. `changed`: listings that came, went or differ; `settled`: the old is erased."""

    published: int
    closed: int
    moved: int
    changed: int
    revision: int
    settled: bool


def publish(source: Engine, target: Engine, vocabulary: Vocabulary, *, now: datetime) -> PublishReport:
    """Make `target` the snapshot of what the public may know of `source`; `now` in UTC without zone.

    Raises DirectoryError, with `target` as it was, when it is a working directory or does not read back as meant.
    """
    _refuse_working_directory(target)
    if migrations.current(target) != migrations.newest():
        migrations.upgrade(target)
    with read_session(_unmoving(source)) as session:
        meant = read_snapshot(session)
        source_revision = _source_revision(session)
        numbers: dict[type, list] = {model: _rows(session, model.__table__) for model in NUMBERS}
        answers, words = answers_of(session, meant), _words(session)
        terms = terms_of(meant.listings.values(), TokenCache.load(session.connection()), spoken(session, vocabulary))
    with write_session(target) as session:
        _keep_others_out(session)
        erase_for_good(session)
        known = _words(session)
        changed, revision = _renew(session, meant, terms, source_revision)
        _replace(session, VocabularyChange.__table__, words)
        if words != known:
            # Nobody looks at the words again before the revision rises.
            revision += 1
            _replace(session, DirectoryState.__table__, [{"id": STATE_ROW, "revision": revision}])
        for model in NUMBERS:
            _replace(session, model.__table__, numbers[model])
        for model, rows in answers.items():
            _replace(session, model.__table__, rows)
        mark = {"id": 1, "source_revision": source_revision, "published_at": now}
        _replace(session, Publication.__table__, [mark])
        session.commit()
    states = [listing.status for listing in meant.listings.values()]
    return PublishReport(
        states.count("published"), states.count("closed"), len(meant.moved), changed, revision, settle(target))


def _refuse_working_directory(target: Engine) -> None:
    """An empty database or an earlier snapshot may be written over; a directory somebody works in never."""
    tables = set(inspect(target).get_table_names())
    with read_session(target) as session:
        if Publication.__tablename__ in tables and session.scalar(select(Publication.id)):
            return
        for model in (Organization, ServiceAtLocation):
            if model.__tablename__ in tables and session.scalar(select(func.count()).select_from(model)):
                raise DirectoryError(
                    "公開先のデータベースには、公開用ではない掲載がすでにあります。消さないように、何も書きませんでした。"
                    "空のデータベースか、前に公開したデータベースを指定してください。"
                )


def _unmoving(source: Engine) -> Engine:
    """All of the reading sees one state; SQLite's transactions do so by themselves."""
    if source.dialect.name == "sqlite":
        return source
    return source.execution_options(isolation_level="REPEATABLE READ")


def _source_revision(session: Session) -> int:
    """The revision of the directory itself, also when this is a snapshot of a snapshot."""
    return session.scalar(select(Publication.source_revision)) or current_revision(session)


def _keep_others_out(session: Session) -> None:
    """One publishing at a time; readers are not held up. SQLite's write session is alone already."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"LOCK TABLE {DirectoryState.__tablename__} IN EXCLUSIVE MODE"))


def _renew(session: Session, meant: Snapshot, terms: Mapping[str, str], source_revision: int) -> tuple[int, int]:
    """Write what differs; returns how many listings did, and the snapshot's revision."""
    before, revision = read_snapshot(session), current_revision(session)
    if before != meant:
        _write(session, meant)
        # Its own count, so that it rises even after the directory was restored from an older copy.
        revision = max(revision + 1, source_revision)
        _replace(session, DirectoryState.__table__, [{"id": STATE_ROW, "revision": revision}])
        changed = [{"revision": revision, "listing_id": it} for it in sorted(meant.differing(before))]
        _insert(session, ChangedListing.__table__, changed)
        forget_readings(session, meant.listings.values())
        if read_snapshot(session) != meant:
            raise DirectoryError("公開用データを書いて読み直したところ、元と同じになりませんでした。前の公開内容のままにしてあります。")
    if terms != _stored_terms(session):
        rows = [{"hash": key, "fingerprint": fingerprint(), "terms": words} for key, words in terms.items()]
        _replace(session, TextTokens.__table__, rows)
    return len(meant.differing(before)), revision


def _write(session: Session, snapshot: Snapshot) -> None:
    """Everything that was there goes, whatever it was; then the snapshot's rows."""
    for table in reversed(Base.metadata.sorted_tables):
        if table not in KEPT:
            session.execute(delete(table))
    rows = rows_of(snapshot)
    for model in PUBLISHED:
        _insert(session, model.__table__, rows.get(model, []))


def _words(session: Session) -> list[dict[str, object]]:
    """The words the desk changed, without who did."""
    rows = _rows(session, VocabularyChange.__table__)
    return sorted((row | {"made_by": ""} for row in rows), key=lambda row: str(row["id"]))


def _stored_terms(session: Session) -> Mapping[str, str]:
    return {row.hash: row.terms for row in session.execute(
        select(TextTokens.hash, TextTokens.terms).where(TextTokens.fingerprint == fingerprint()))}


def _rows(session: Session, table: Table) -> list[dict[str, object]]:
    return [dict(row._mapping) for row in session.execute(select(table))]


def _replace(session: Session, table: Table, rows: Iterable[dict[str, object]]) -> None:
    session.execute(delete(table))
    _insert(session, table, list(rows))


def _insert(session: Session, table: Table, rows: list[dict[str, object]]) -> None:
    for start in range(0, len(rows), ROWS_A_STATEMENT):
        session.execute(insert(table), rows[start:start + ROWS_A_STATEMENT])
