"""Which readings were worked out when a listing was saved, so that a page with ふりがな need not analyse its texts?

The table text_reading is a discardable cache keyed by the hash of a text (and the よみ of a name). What it does not
know is worked out once a process and kept in memory; emptying it costs milliseconds, never a wrong reading.
"""

import json
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from threading import Lock

from sqlalchemy import Connection, Engine, delete, insert, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from directory.db import read_session, write_session
from directory.listing import Listing
from directory.listings import PUBLIC, read_listings
from directory.models import ChangedListing, ServiceAtLocation, TextReading
from directory.readings import Ruby, fingerprint, ruby, ruby_of_name

TABLE = TextReading.__table__
AT_ONCE = 500  # bound parameters of one statement
KEPT_IN_MEMORY = 20_000
# A listing takes some milliseconds: more than these would hold up an import, their pages work them out when looked at.
MOST_LISTINGS = 3_000
LONGEST = 4_000  # characters; a longer text is shown without readings

# A text; with its よみ where it is a name.
Words = tuple[str, str | None]


class ReadingStore:
    """Readings by text, for the pages of one process. Safe for its threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._stored: dict[str, str] | None = None
        self._known: dict[Words, tuple[Ruby, ...]] = {}
        self._lock = Lock()

    def __call__(self, text: str, kana: str | None = None) -> tuple[Ruby, ...]:
        """The segments of a text, or of a name with its よみ."""
        found = self._known.get((text, kana))
        if found is None:
            found = self._look_up(text, kana) or _segments(text, kana)
            with self._lock:
                if len(self._known) >= KEPT_IN_MEMORY:
                    self._known = dict(list(self._known.items())[KEPT_IN_MEMORY // 2:])
                self._known[text, kana] = found
        return found

    def _look_up(self, text: str, kana: str | None) -> tuple[Ruby, ...] | None:
        if self._stored is None:
            self._stored = self._load()
        return _decoded(text, self._stored.get(words_hash(text, kana)))

    def _load(self) -> dict[str, str]:
        """Everything stored; a database without the table yet only means that all is worked out anew."""
        try:
            with self._engine.connect() as connection:
                return _stored(connection)
        except SQLAlchemyError:
            return {}


def remember_readings(engine: Engine, listings: Iterable[Listing]) -> int:
    """Work out and store what these listings' pages need and the table does not have; how many texts that were."""
    wanted = {words_hash(*words): words for listing in listings for words in texts_of(listing)}
    with engine.connect() as connection:
        known = _stored(connection)
    rows = [{"hash": key, "fingerprint": fingerprint(), "segments": _encoded(_segments(*words))}
            for key, words in wanted.items() if key not in known]
    with write_session(engine) as session:
        for start in range(0, len(rows), AT_ONCE):
            part = rows[start:start + AT_ONCE]
            session.execute(delete(TABLE).where(TABLE.c.hash.in_([row["hash"] for row in part])))
            session.execute(insert(TABLE), part)
        session.commit()
    return len(rows)


def remember_changed(engine: Engine, since: int) -> int:
    """The same for the public listings that changed after revision `since`, unless those are a whole country's."""
    changed = select(ChangedListing.listing_id).where(ChangedListing.revision > since)
    public = select(ServiceAtLocation.id).where(
        ServiceAtLocation.id.in_(changed), ServiceAtLocation.visibility == PUBLIC,
        ServiceAtLocation.status == "published")
    with read_session(engine) as session:
        ids = session.scalars(public.limit(MOST_LISTINGS + 1)).all()
        listings = list(read_listings(session, ids)) if 0 < len(ids) <= MOST_LISTINGS else []
    return remember_readings(engine, listings) if listings else 0


def forget_readings(session: Session, listings: Iterable[Listing]) -> None:
    """Keep the readings of these listings' texts only: the kana of a text that is not shown any more tell its words."""
    shown = {words_hash(*words) for listing in listings for words in texts_of(listing)}
    gone = sorted(set(session.scalars(select(TABLE.c.hash))) - shown)
    for start in range(0, len(gone), AT_ONCE):
        session.execute(delete(TABLE).where(TABLE.c.hash.in_(gone[start:start + AT_ONCE])))


def texts_of(listing: Listing) -> Iterator[Words]:
    """The words of a listing that stand on its page as they were written."""
    yield listing.name, listing.kana
    yield listing.organization_name, listing.organization_kana
    if listing.place_name:
        yield listing.place_name, listing.place_kana
    texts = [
        listing.summary, listing.description, listing.easy_description, listing.travel_notes, listing.audience_text,
        listing.exclusion, listing.residency_text, listing.service_area, *listing.steps, *listing.usual.values(),
        *listing.first_day.values(), *(meeting.schedule.sentence for meeting in listing.meetings),
        *(words for role in listing.roles for words in (role.name, role.what, role.times)),
    ]
    yield from ((str(text), None) for text in texts if text)


def words_hash(text: str, kana: str | None) -> str:
    """The key of a text; a name with its よみ is another one than the same letters in a sentence."""
    both = f"{text}\0{kana}" if kana else text
    return blake2b(both.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _segments(text: str, kana: str | None) -> tuple[Ruby, ...]:
    if len(text) > LONGEST:
        return (Ruby(text),)
    return ruby_of_name(text, kana) if kana else ruby(text)


def _stored(connection: Connection) -> dict[str, str]:
    rows = connection.execute(select(TABLE.c.hash, TABLE.c.segments).where(TABLE.c.fingerprint == fingerprint()))
    return {row.hash: row.segments for row in rows}


def _encoded(segments: Iterable[Ruby]) -> str:
    """Lengths and readings; the text itself is not stored a second time."""
    return json.dumps([[len(base), reading] for base, reading in segments], ensure_ascii=False, separators=(",", ":"))


def _decoded(text: str, stored: str | None) -> tuple[Ruby, ...] | None:
    if stored is None:
        return None
    segments, position = [], 0
    for length, reading in json.loads(stored):
        segments.append(Ruby(text[position:position + length], reading))
        position += length
    return tuple(segments) if position == len(text) else None
