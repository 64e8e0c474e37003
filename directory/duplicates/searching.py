"""Which pairs wait for a person? They are computed now and then, kept, and fall away when somebody decides.

    search_pairs(engine, vocabulary, now)       compute anew (a script, a button)
    waiting_pairs(session)                      what is still undecided, the surest first
    called_different(engine, a, b, by, now)     別物: never proposed again
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Engine, Select, and_, delete, exists, func, insert, or_, select
from sqlalchemy.orm import Session, aliased

from directory.db import read_session, write_session
from directory.duplicates.pool import Pool
from directory.duplicates.weights import TABLE, sentences
from directory.errors import InvalidRecord, NotFound
from directory.models import DuplicateDecision, DuplicatePair, DuplicateSearch, ListingArea, ServiceAtLocation
from directory.vocabulary import Vocabulary
from directory.writing import ROWS_A_STATEMENT, changed_since, current_revision

SEARCH_ROW = 1


@dataclass(frozen=True)
class WaitingPair:
    """Two listings that look like one. `told`: (sentence, does it speak for one and the same?), the strongest first."""

    first_id: str
    second_id: str
    score: float
    likely: bool
    told: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Searched:
    """When pairs were last computed, and how many listings have changed since."""

    made_at: datetime
    changed: int


def search_pairs(
    engine: Engine, vocabulary: Vocabulary, now: datetime,
    progress: Callable[[Iterator], Iterable] = lambda steps: steps,
) -> int:
    """Compare all listings and keep the likely and possible pairs in place of the older ones; returns how many.

    Reading and comparing happen before the write begins, so nobody waits for them.
    """
    with read_session(engine) as session:
        revision = current_revision(session)
        pairs = Pool.read(session, vocabulary).pairs(progress)
    rows = [{"first_id": pair.first, "second_id": pair.second, "score": pair.score, "likely": pair.likely,
             "evidence": list(pair.evidence)} for pair in pairs]
    with write_session(engine) as session:
        there = set(session.scalars(select(ServiceAtLocation.id)))
        session.execute(delete(DuplicatePair))
        kept = [row for row in rows if {row["first_id"], row["second_id"]} <= there]
        for start in range(0, len(kept), ROWS_A_STATEMENT):
            session.execute(insert(DuplicatePair.__table__), kept[start:start + ROWS_A_STATEMENT])
        session.execute(delete(DuplicateSearch))
        session.add(DuplicateSearch(id=SEARCH_ROW, revision=revision, made_at=now))
        session.commit()
    return len(kept)


def last_search(session: Session) -> Searched | None:
    """When pairs were last computed; None before the first time."""
    row = session.get(DuplicateSearch, SEARCH_ROW)
    return Searched(row.made_at, len(changed_since(session, row.revision))) if row else None


def waiting_pairs(
    session: Session, areas: Sequence[str] | None = None, likely: bool | None = None, limit: int = 50, start: int = 0
) -> list[WaitingPair]:
    """Undecided pairs, the surest first; `areas`: ids of areas one of the two must lie in."""
    wanted = _waiting(select(DuplicatePair), areas, likely)
    order = (DuplicatePair.score.desc(), DuplicatePair.first_id, DuplicatePair.second_id)
    return [_waiting_pair(row) for row in session.scalars(wanted.order_by(*order).limit(limit).offset(start))]


def count_waiting(session: Session, areas: Sequence[str] | None = None, likely: bool | None = None) -> int:
    """How many pairs wait."""
    return session.scalar(_waiting(select(func.count()).select_from(DuplicatePair), areas, likely)) or 0


def compared(session: Session, vocabulary: Vocabulary, one: str, other: str) -> WaitingPair | None:
    """These two compared as they are now, whatever was kept; None where one of them is merged away or closed."""
    pair = Pool.read(session, vocabulary, [one, other]).pair(one, other)
    if pair is None:
        return None
    return WaitingPair(pair.first, pair.second, pair.score, pair.likely, sentences(pair.evidence))


def is_called_different(session: Session, one: str, other: str) -> bool:
    """Did a person say 別物?"""
    return session.get(DuplicateDecision, sorted((one, other))) is not None


def called_different(engine: Engine, one: str, other: str, *, by: str, now: datetime, why: str | None = None) -> None:
    """Remember that a person said these two are not one. Raises NotFound."""
    first, second = sorted((one, other))
    if first == second:
        raise InvalidRecord("同じ掲載が2回選ばれています。2つの掲載を選んでください。")
    with write_session(engine) as session:
        if session.scalar(select(func.count()).where(ServiceAtLocation.id.in_((first, second)))) != 2:
            raise NotFound("この掲載は見つかりません。統合されたか、取り消された登録かもしれません。")
        if session.get(DuplicateDecision, (first, second)) is None:
            session.add(DuplicateDecision(
                first_id=first, second_id=second, why=why[:400] if why else None, made_by=by[:400], made_at=now))
        session.commit()


def no_longer_different(engine: Engine, one: str, other: str) -> None:
    """Forget a 別物: the pair may be proposed again."""
    with write_session(engine) as session:
        decision = session.get(DuplicateDecision, sorted((one, other)))
        if decision is not None:
            session.delete(decision)
        session.commit()


def _waiting_pair(row: DuplicatePair) -> WaitingPair:
    known = tuple(key for key in row.evidence if key in TABLE)
    return WaitingPair(row.first_id, row.second_id, row.score, row.likely, sentences(known))


def _waiting(query: Select, areas: Sequence[str] | None, likely: bool | None) -> Select:
    """Pairs of two listings that are both still there for themselves, and that nobody called 別物."""
    for column in (DuplicatePair.first_id, DuplicatePair.second_id):
        listing = aliased(ServiceAtLocation)
        query = query.join(listing, and_(listing.id == column, listing.merged_into.is_(None), listing.status != "closed"))
    decided = exists().where(
        DuplicateDecision.first_id == DuplicatePair.first_id, DuplicateDecision.second_id == DuplicatePair.second_id)
    query = query.where(~decided)
    if likely is not None:
        query = query.where(DuplicatePair.likely == likely)
    return query if areas is None else query.where(_lies_in(areas))


def _lies_in(areas: Sequence[str]) -> ColumnElement[bool]:
    pair = (DuplicatePair.first_id, DuplicatePair.second_id)
    return or_(*(exists().where(ListingArea.listing_id == column, ListingArea.area_id.in_(areas)) for column in pair))
