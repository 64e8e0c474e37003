"""Which rows did an act change? The rows around its listings as it found them, compared with those it left.

A change is kept as (table, key, before, after): None where there was no row, otherwise the columns that differ.
`put_back` turns it round.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement, Date, DateTime, Numeric, Select, Table, and_, bindparam, delete, insert, select, update,
)
from sqlalchemy.orm import Session

from directory.db import Base
from directory.models import (
    Area, Attribute, ChangeRequest, ChangeRequestField, Closure, CostOption, FieldMark, ListingArea, Location, Organization, Role,
    Schedule, Service, ServiceAtLocation, ServiceNeed, SourceRecord,
)

Key = tuple[str, tuple]
Rows = Mapping[Key, Mapping[str, Any]]
# How a row is locked and when it was last touched is no part of what it says.
VOLATILE = frozenset(("version", "last_modified", "last_seen"))
# Parents before children.
TABLES: Mapping[str, Table] = {model.__tablename__: model.__table__ for model in (
    Organization, Location, Area, Service, ServiceNeed, CostOption, ServiceAtLocation, Schedule, Closure, Attribute, Role,
    ListingArea, FieldMark, SourceRecord, ChangeRequest, ChangeRequestField,
) if isinstance(model.__table__, Table)}
PLACE = {name: place for place, name in enumerate(TABLES)}
# What others may hold on to: a new one is taken away again only when nobody does.
SHARED: Mapping[str, tuple[ColumnElement, ...]] = {
    "organization": (Service.__table__.c.organization_id,), "service": (ServiceAtLocation.__table__.c.service_id,),
    "location": (ServiceAtLocation.__table__.c.location_id, Schedule.__table__.c.location_id),
    "area": (ListingArea.__table__.c.area_id,),
}
# Records that rows of other tables belong to.
OWNERS = frozenset(("organization", "service", "location", "service_at_location", "change_request"))
# The ids are one parameter: a statement is put together once, not for every act.
IDS = bindparam("ids", expanding=True)
_LISTING, _SCHEDULE, _LINK = TABLES["service_at_location"].c, TABLES["schedule"].c, TABLES["listing_area"].c
_STANDS_ON = select(_LISTING.service_id, _LISTING.location_id).where(_LISTING.id.in_(IDS))
_HALLS = select(_SCHEDULE.location_id).where(_SCHEDULE.listing_id.in_(IDS))
_RUN_BY = select(TABLES["service"].c.organization_id).where(TABLES["service"].c.id.in_(IDS))
_LIES_IN = select(_LINK.area_id).where(_LINK.listing_id.in_(IDS))


def _rows_of(model: type[Base], column: str, ids: str) -> tuple[str, tuple[str, ...], Select, str]:
    """A table, its key, its rows by `column`, and which of the reached ids they are found by."""
    table = TABLES[model.__tablename__]
    return table.name, tuple(key.name for key in table.primary_key), select(table).where(table.c[column].in_(IDS)), ids


_ROWS = (
    _rows_of(Organization, "id", "organizations"), _rows_of(Location, "id", "locations"), _rows_of(Area, "id", "areas"),
    _rows_of(Service, "id", "services"), _rows_of(ServiceNeed, "service_id", "services"),
    _rows_of(CostOption, "service_id", "services"), _rows_of(ServiceAtLocation, "id", "listings"),
    _rows_of(FieldMark, "record_id", "marked"), _rows_of(ChangeRequest, "id", "requests"),
    _rows_of(ChangeRequestField, "change_request_id", "requests"),
    *(_rows_of(model, "listing_id", "listings")
      for model in (Schedule, Closure, Attribute, Role, ListingArea, SourceRecord)),
)


@dataclass
class Reach:
    """The records some listings consist of, by their ids."""

    listings: set[str] = field(default_factory=set)
    services: set[str] = field(default_factory=set)
    organizations: set[str] = field(default_factory=set)
    locations: set[str] = field(default_factory=set)
    areas: set[str] = field(default_factory=set)
    requests: set[str] = field(default_factory=set)

    def __or__(self, other: "Reach") -> "Reach":
        return Reach(**{name: ids | getattr(other, name) for name, ids in vars(self).items()})


@dataclass(frozen=True)
class Change:
    """One row of a table before and after; `owner_id`: the listing, service … that it belongs to."""

    table: str
    key: Mapping[str, Any]
    owner_id: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


def reach(session: Session, listing_ids: Collection[str]) -> Reach:
    """What these listings stand on now."""
    around = Reach(set(listing_ids))
    for row in _some(session, _STANDS_ON, listing_ids):
        around.services.add(row.service_id)
        around.locations |= {row.location_id} - {None}
    around.locations |= {row[0] for row in _some(session, _HALLS, listing_ids)} - {None}
    around.organizations |= {row[0] for row in _some(session, _RUN_BY, around.services)}
    around.areas |= {row[0] for row in _some(session, _LIES_IN, listing_ids)}
    return around


def rows_around(session: Session, around: Reach) -> dict[Key, dict[str, Any]]:
    """Every row that belongs to what was reached, as JSON holds it."""
    marked = around.listings | around.services | around.organizations | around.locations
    wanted = {**vars(around), "marked": marked}
    rows = {}
    for name, keys, query, ids in _ROWS:
        for row in _some(session, query, wanted[ids]):
            said = {column: _plain(value) for column, value in row._mapping.items()}
            rows[name, tuple(said[key] for key in keys)] = said
    return rows


def changes_between(before: Rows, after: Rows, fresh: Collection[str]) -> list[Change]:
    """What differs. Of records that were reached only now, those whose ids are `fresh` are new; others were there before."""
    known = {key[1][0] for key in before if key[0] in OWNERS} | set(fresh)
    changes = []
    for key in {**before, **after}:
        old, new = before.get(key), after.get(key)
        if old is None and new is not None and _owner(key[0], new) not in known:
            continue
        whole = old or new or {}
        if old is not None and new is not None:
            names = [name for name in new if name not in VOLATILE and old[name] != new[name]]
            if not names:
                continue
            old, new = {name: old[name] for name in names}, {name: new[name] for name in names}
        changes.append(_change(key, old, new, whole))
    return sorted(changes, key=lambda change: (PLACE[change.table], sorted(change.key.items())))


def conflicts(session: Session, changes: Iterable[Change]) -> Iterator[Change]:
    """The changes whose row does not say any more what the act left there."""
    for change in changes:
        now = _now(session, change)
        left = change.after
        same = now is None if left is None else now is not None and all(
            now[name] == value for name, value in left.items() if name not in VOLATILE)
        if not same or change.before is None and _was_merged_into(session, change):
            yield change


def put_back(session: Session, changes: Iterable[Change]) -> None:
    """Make every row say again what it said before: new rows last come go first, parents return before children."""
    ordered = sorted(changes, key=lambda change: PLACE[change.table])
    for change in ordered:
        if change.before is not None and change.after is None:
            session.execute(insert(TABLES[change.table]).values(_for_database(change.table, change.before)))
    for change in ordered:
        if change.before is not None and change.after is not None:
            table = TABLES[change.table]
            session.execute(update(table).where(_is(change)).values(_for_database(change.table, change.before)))
    for change in reversed(ordered):
        if change.before is None and not _is_held(session, change):
            session.execute(delete(TABLES[change.table]).where(_is(change)))


def _was_merged_into(session: Session, change: Change) -> bool:
    """A new listing that another one went into is needed."""
    into = select(_LISTING.id).where(_LISTING.merged_into == change.key.get("id")).limit(1)
    return change.table == "service_at_location" and session.execute(into).first() is not None


def _is_held(session: Session, change: Change) -> bool:
    """A new shared record that others have begun to use stays."""
    return any(
        session.execute(select(column).where(column == change.key["id"]).limit(1)).first() is not None
        for column in SHARED.get(change.table, ())
    )


def _owner(table: str, row: Mapping[str, Any]) -> str:
    """The record a row belongs to."""
    return next(row[name] for name in ("record_id", "change_request_id", "listing_id", "service_id", "id") if name in row) if (
        table not in OWNERS and table != "area") else row["id"]


def _change(key: Key, before: Mapping | None, after: Mapping | None, whole: Mapping[str, Any]) -> Change:
    table = TABLES[key[0]]
    names = [column.name for column in table.primary_key]
    return Change(key[0], dict(zip(names, key[1], strict=True)), _owner(key[0], whole), before, after)


def _now(session: Session, change: Change) -> dict[str, Any] | None:
    row = session.execute(select(TABLES[change.table]).where(_is(change))).first()
    return None if row is None else {name: _plain(value) for name, value in row._mapping.items()}


def _is(change: Change) -> ColumnElement[bool]:
    table = TABLES[change.table]
    return and_(*(table.c[name] == value for name, value in _for_database(change.table, change.key).items()))


def _some(session: Session, query: Any, ids: Collection[str]) -> Iterator[Any]:
    """The rows a query finds for these ids, a few hundred ids a statement."""
    listed = sorted(ids)
    for start in range(0, len(listed), 500):
        yield from session.execute(query, {"ids": listed[start:start + 500]}).all()


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, (date, datetime)) else value


READ: tuple[tuple[type, Callable[[str], Any]], ...] = (
    (DateTime, datetime.fromisoformat), (Date, date.fromisoformat), (Numeric, Decimal),
)


def _for_database(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """A kept row in the types of its columns."""
    return {name: _typed(TABLES[table].c[name].type, value) for name, value in row.items()}


def _typed(kind: Any, value: Any) -> Any:
    read = next((read for type_, read in READ if isinstance(kind, type_)), None)
    return read(value) if read is not None and isinstance(value, str) else value
