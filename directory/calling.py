"""Whom should somebody call, and what came of it? The phone list, one call as one act, and 4～6月の一斉確認.

A call that reached somebody is one act: what changed, 最終確認日 and the line of the contact log are written together, or
nothing is. A call that reached nobody leaves a line and a day to try again, and moves no 最終確認日.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, func, or_, select
from sqlalchemy.orm import Session

from directory.catalog.columns import AREA_KIND
from directory.curation.acting import acting
from directory.curation.policy import PHONE_LIST_MONTHS, months_after
from directory.errors import InvalidRecord
from directory.inbox.questions import CONFIRM, NEW
from directory.japan_time import in_japan
from directory.models import (
    Area, ContactAttempt, InboxItem, ListingArea, Organization, Service, ServiceAtLocation,
)
from directory.models.columns import new_id

# As the vocabulary calls the ways of confirming.
BY_PHONE, BY_POST = "電話", "はがき・FAX"
REACHED, ABSENT, CALL_BACK, REFUSED, WRONG_NUMBER = "reached", "absent", "call_back", "refused", "wrong_number"
OUTCOMES: Mapping[str, str] = {
    REACHED: "話せた", ABSENT: "不在", CALL_BACK: "折り返し待ち", REFUSED: "答えをもらえなかった", WRONG_NUMBER: "番号がちがった",
}
# A postcard or sheet that the post brought back; and what every outcome in the contact log is called.
NOT_DELIVERED = "not_delivered"
CALLED: Mapping[str, str] = {**OUTCOMES, NOT_DELIVERED: "届かなかった"}
# After these somebody tries again on a day.
TRY_AGAIN = (ABSENT, CALL_BACK)
STANDING = ("published", "paused")
LONGEST_NOTE, MOST_MINUTES = 1_000, 240


@dataclass(frozen=True)
class Attempt:
    """One line of the contact log; `at` in UTC."""

    at: datetime
    by: str
    how: str
    outcome: str
    minutes: int | None
    note: str | None
    again_on: date | None


@dataclass(frozen=True)
class ToCall:
    """One listing of the phone list. `together`: listings of the list with the same number; `last`: the last try since the
    last confirmation."""

    id: str
    name: str
    organization: str
    areas: tuple[str, ...]
    phone: str | None
    assured_date: date | None
    together: int
    last: Attempt | None = None

    def is_due(self, today: date) -> bool:
        """May it be called today, or did somebody agree on a later day?"""
        return self.last is None or self.last.again_on is None or self.last.again_on <= today


@dataclass(frozen=True)
class Call:
    """What came of one call."""

    outcome: str
    minutes: int | None = None
    note: str = ""
    again_on: date | None = None
    how: str = BY_PHONE


def list_begins(today: date) -> date:
    """Whoever was confirmed before this day stands on the phone list: eleven months ago, a month before the badge."""
    return months_after(today, -PHONE_LIST_MONTHS)


def phone_list(session: Session, before: date, areas: Collection[str] = ()) -> list[ToCall]:
    """Listings nobody confirmed on or after `before`: agreed days first, then never confirmed, then the oldest."""
    found = _standing(session, areas, or_(
        ServiceAtLocation.assured_date.is_(None), ServiceAtLocation.assured_date < before))
    tries = _last_tries(session, found)
    numbers = Counter(row.phone for row in found.values() if row.phone)
    rows = [
        ToCall(row.id, row.own or row.service, row.organization, tuple(row.areas), row.phone, row.assured_date,
               numbers[row.phone] - 1 if row.phone else 0, _since(tries.get(row.id), row.assured_date))
        for row in found.values()]
    return sorted(rows, key=lambda row: (
        (row.last and row.last.again_on) or date.max, row.assured_date or date.min, row.name, row.id))


def attempts(session: Session, listing_id: str) -> list[Attempt]:
    """The contact log of one listing, newest first."""
    rows = session.scalars(
        select(ContactAttempt).where(ContactAttempt.listing_id == listing_id)
        .order_by(ContactAttempt.made_at.desc(), ContactAttempt.id))
    return [_attempt(row) for row in rows]


def asked_of(session: Session, listing_id: str) -> list[tuple[str, str]]:
    """(id of the question, attribute) of what workers asked to be found out about this listing."""
    rows = session.scalars(
        select(InboxItem).where(InboxItem.kind == CONFIRM, InboxItem.state == NEW).order_by(InboxItem.made_at, InboxItem.id))
    return [(row.id, row.body["attribute"]) for row in rows if row.body.get("listing") == listing_id]


def record(
    engine: Engine, listing_id: str, call: Call, *, by: str, now: datetime, values: Mapping[str, Any] | None = None,
    version: int | None = None, together: Collection[str] = (), answered: Collection[str] = (),
) -> str:
    """Write a call down; returns the id of the act. `together`: other listings confirmed unchanged in the same call.

    answered: ids of workers' questions that `values` answer. Raises Stale, InvalidRecord, NotFound.
    """
    _check(call, in_japan(now).date())
    reached = call.outcome == REACHED
    with acting(engine, by=by, kind="call", why=f"{call.how}：{OUTCOMES[call.outcome]}", now=now) as act:
        act.open(listing_id, version)
        if reached and values:
            act.change(listing_id, values, version=version)
        for each in (listing_id, *sorted(set(together) - {listing_id})) if reached else (listing_id,):
            own = each == listing_id
            if reached:
                act.assure(each, call.how, in_japan(now).date())
            act.session.add(ContactAttempt(
                id=new_id(), listing_id=each, made_at=now, made_by=by[:400], how=call.how, outcome=call.outcome,
                minutes=call.minutes if own else None, note=call.note.strip() or None if own else None,
                again_on=call.again_on if call.outcome in TRY_AGAIN else None))
        for item in act.session.scalars(select(InboxItem).where(InboxItem.id.in_(answered), InboxItem.kind == CONFIRM)):
            item.state = "done"
        return act.id


def _check(call: Call, today: date) -> None:
    if call.outcome not in OUTCOMES:
        raise InvalidRecord("電話がどうなったかを選んでください。")
    if call.outcome in TRY_AGAIN and (call.again_on is None or call.again_on < today):
        raise InvalidRecord("次にいつかけるかを、今日より後の日で選んでください。")
    if call.minutes is not None and not 0 <= call.minutes <= MOST_MINUTES:
        raise InvalidRecord(f"かかった時間は、0分から{MOST_MINUTES}分までで入れてください。")
    if len(call.note) > LONGEST_NOTE:
        raise InvalidRecord(f"メモは{LONGEST_NOTE}字までで書いてください。")


@dataclass
class _Row:
    id: str
    own: str | None
    service: str
    organization: str
    phone: str | None
    assured_date: date | None
    areas: list[str]


def _standing(session: Session, areas: Collection[str], condition: object) -> dict[str, _Row]:
    """The listings that stand and meet the condition, of these 地域 (all when none is named)."""
    table = ServiceAtLocation
    query = (
        select(table.id, table.name, Service.name, Organization.name, func.coalesce(table.phone, table.mobile),
               table.assured_date)
        .join(Service, Service.id == table.service_id).join(Organization, Organization.id == Service.organization_id)
        .where(table.status.in_(STANDING), table.visibility != "none", table.merged_into.is_(None), condition))
    found = {row[0]: _Row(*row, []) for row in session.execute(query)}
    lies = (
        select(ListingArea.listing_id, Area.name).join(Area, Area.id == ListingArea.area_id)
        .where(Area.kind == AREA_KIND).order_by(Area.name))
    for listing_id, area in session.execute(lies):
        if listing_id in found:
            found[listing_id].areas.append(area)
    return {key: row for key, row in found.items() if not areas or set(row.areas) & set(areas)}


def _last_tries(session: Session, found: Collection[str]) -> dict[str, Attempt]:
    tries: dict[str, Attempt] = {}
    for row in session.scalars(select(ContactAttempt).order_by(ContactAttempt.made_at, ContactAttempt.id)):
        if row.listing_id in found:
            tries[row.listing_id] = _attempt(row)
    return tries


def _since(attempt: Attempt | None, assured: date | None) -> Attempt | None:
    """A try before the last confirmation says nothing any more."""
    return attempt if attempt and (assured is None or in_japan(attempt.at).date() > assured) else None


def _attempt(row: ContactAttempt) -> Attempt:
    return Attempt(row.made_at, row.made_by, row.how, row.outcome, row.minutes, row.note, row.again_on)


def same_number(rows: Sequence[ToCall], listing_id: str) -> list[ToCall]:
    """The other listings of the list that are reached under the same number."""
    number = next((row.phone for row in rows if row.id == listing_id), None)
    return [row for row in rows if number and row.phone == number and row.id != listing_id]


