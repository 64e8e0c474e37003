"""How are the items of each kind of work found? Light queries, one row an item: a queue may hold thousands."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from directory.curation.assurance import STANDING, overdue
from directory.curation.fields import KANA, LISTING, LOCATION, ORGANIZATION, SERVICE, label_of
from directory.curation.proposals import OPEN, REASONS
from directory.inbox.kinds import KINDS as LETTERS
from directory.inbox.questions import CONFIRM, ENQUIRY, NEW, QUESTIONS
from directory.models import (
    ChangeRequest, ChangeRequestField, DemandCount, DuplicateDecision, DuplicatePair, FieldMark, InboxItem, Schedule,
    Service, ServiceAtLocation,
)
from directory.usage import LEAST_SHOWN
from directory.vocabulary import Vocabulary

# Proposals that ask what became of a row of a file.
OF_A_ROW = ("vanished", "rename")
DEMAND_DAYS = 90
NAME = func.coalesce(func.nullif(ServiceAtLocation.name, ""), Service.name)


@dataclass(frozen=True)
class Item:
    """One thing that waits. `key`: of the proposal, pair, schedule, letter …; `version`: of the listing, for bulk."""

    kind: str
    key: str
    name: str
    about: str
    since: datetime | None = None
    listing_id: str | None = None
    other_id: str | None = None
    version: int | None = None
    areas: tuple[str, ...] = ()

    def placed(self, areas: Sequence[str]) -> "Item":
        """The same with the areas its listing lies in; written out, for a queue may hold tens of thousands."""
        return Item(self.kind, self.key, self.name, self.about, self.since, self.listing_id, self.other_id, self.version,
                    tuple(areas))


def proposals(session: Session, _words: Vocabulary, _today: date) -> Iterator[Item]:
    """Proposals of residents, groups and imports."""
    yield from _proposed(session, "proposals", ChangeRequest.reason.not_in(OF_A_ROW))


def vanished(session: Session, _words: Vocabulary, _today: date) -> Iterator[Item]:
    """Rows that a later file does not have any more, or has under another name."""
    yield from _proposed(session, "vanished", ChangeRequest.reason.in_(OF_A_ROW))


def _proposed(session: Session, kind: str, condition: Any) -> Iterator[Item]:
    fields = select(ChangeRequestField.change_request_id, func.count().label("number"), func.min(
        ChangeRequestField.field).label("first")).group_by(ChangeRequestField.change_request_id).subquery()
    query = (
        select(ChangeRequest.id, ChangeRequest.listing_id, NAME, ChangeRequest.reason, ChangeRequest.created, fields.c.number,
               fields.c.first, ServiceAtLocation.version)
        .outerjoin(ServiceAtLocation, ServiceAtLocation.id == ChangeRequest.listing_id)
        .outerjoin(Service, Service.id == ServiceAtLocation.service_id)
        .outerjoin(fields, fields.c.change_request_id == ChangeRequest.id)
        .where(ChangeRequest.state == OPEN, condition).order_by(ChangeRequest.created, ChangeRequest.id)
    )
    named = _proposed_names(session)
    for key, listing_id, name, reason, created, number, first, version in session.execute(query):
        what = label_of(first) if number == 1 else f"{number}項目" if number else "書かれた言葉"
        yield Item(kind, key, name or named.get(key) or "新しい掲載", f"{REASONS.get(reason, reason)}：{what}", created, listing_id,
                   version=version)


def _proposed_names(session: Session) -> dict[str, str]:
    """Names of the listings that are only proposed yet."""
    query = (
        select(ChangeRequestField.change_request_id, ChangeRequestField.proposed).join(
            ChangeRequest, ChangeRequest.id == ChangeRequestField.change_request_id)
        .where(ChangeRequest.state == OPEN, ChangeRequest.listing_id.is_(None), ChangeRequestField.field == "service.name")
    )
    return {key: str(name) for key, name in session.execute(query)}


def overdue_items(session: Session, _words: Vocabulary, today: date) -> Iterator[Item]:
    """Listings nobody confirmed for six months."""
    for row in overdue(session, today):
        said = f"{row.assured_date.year}年{row.assured_date.month}月に確認" if row.assured_date else "まだだれも確かめていません"
        since = datetime.combine(row.due, time()) if row.assured_date else None
        yield Item("overdue", row.id, row.name, f"{said}（1年以上）" if row.assured_date and row.badged else said, since, row.id,
                   version=row.version)


def likely_duplicates(session: Session, _words: Vocabulary, _today: date) -> Iterator[Item]:
    """Pairs that look like one, and of which nobody said 別物."""
    pair = DuplicatePair
    apart = exists().where(and_(
        DuplicateDecision.first_id == pair.first_id, DuplicateDecision.second_id == pair.second_id))
    gone = select(ServiceAtLocation.id).where(
        or_(ServiceAtLocation.merged_into.is_not(None), ServiceAtLocation.status == "closed"))
    query = select(pair.first_id, pair.second_id).where(
        pair.likely, ~apart, pair.first_id.not_in(gone), pair.second_id.not_in(gone)).order_by(
            pair.score.desc(), pair.first_id, pair.second_id)
    pairs = [(first, second) for first, second in session.execute(query)]
    names = names_of(session, {one for both in pairs for one in both})
    for first, second in pairs:
        yield Item("duplicates", f"{first}:{second}", names.get(first, ""), names.get(second, ""), None, first, second)


def unclear_schedules(session: Session, _words: Vocabulary, _today: date) -> Iterator[Item]:
    """Phrases that could be read in more than one way, or not at all."""
    query = _standing(select(Schedule.id, ServiceAtLocation.id, NAME, Schedule.phrase), ("draft", "review", *STANDING)).join(
        Schedule, Schedule.listing_id == ServiceAtLocation.id).where(Schedule.state == "needs_review")
    for key, listing_id, name, phrase in session.execute(query.order_by(NAME, Schedule.id)):
        yield Item("schedules", key, name, phrase, None, listing_id)


def new_listings(session: Session, _words: Vocabulary, _today: date) -> Iterator[Item]:
    """Listings that wait to be published."""
    table = ServiceAtLocation
    query = _standing(select(table.id, NAME, table.last_modified, table.version), ("review",))
    for key, name, since, version in session.execute(query.order_by(table.last_modified, table.id)):
        yield Item("new", key, name, "載せるかを決めます", since, key, version=version)


def confirmations(session: Session, words: Vocabulary, _today: date) -> Iterator[Item]:
    """What workers asked to be found out: listing and attribute, never a person."""
    rows = _letters(session, (CONFIRM,), (NEW,))
    names = names_of(session, {row.body["listing"] for row in rows})
    for row in rows:
        term = words.attributes.get(row.body["attribute"])
        if row.body["listing"] in names:
            yield Item("confirmations", row.id, names[row.body["listing"]], term.label if term else row.body["attribute"],
                       row.made_at, row.body["listing"])


def enquiries(session: Session, words: Vocabulary, _today: date) -> Iterator[Item]:
    """Is there a place for such a need, in such an area?"""
    for row in _letters(session, (ENQUIRY,), (NEW,)):
        needs = "、".join(words.needs[need].label for need in row.body["needs"] if need in words.needs)
        area = row.body.get("area") or ""
        yield Item("enquiries", row.id, needs, area, row.made_at, areas=(area,) if area else ())


def letters(session: Session, _words: Vocabulary, _today: date) -> Iterator[Item]:
    """Letters nobody has read yet, and those the machine could not read. What proposes something waits as a proposal."""
    plain = [kind for kind in LETTERS if kind not in QUESTIONS]
    proposing = set(session.scalars(select(ChangeRequest.letter_id).where(ChangeRequest.state == OPEN)))
    for row in _letters(session, plain, (NEW, "unreadable")):
        if row.id in proposing:
            continue
        unreadable = row.state != NEW
        area = row.body.get("area") if isinstance(row.body.get("area"), str) else ""
        yield Item("letters", row.id, LETTERS[row.kind].label, "読めない形で届きました" if unreadable else "", row.made_at,
                   areas=(area,) if area else ())


def demands(session: Session, words: Vocabulary, today: date) -> Iterator[Item]:
    """What was looked for at least five times in one 地域, and never found; the most wanted first."""
    count = func.sum(DemandCount.empty)
    query = (
        select(DemandCount.area, DemandCount.parameter, DemandCount.term, count)
        .where(DemandCount.day > today - timedelta(days=DEMAND_DAYS), DemandCount.term != "")
        .group_by(DemandCount.area, DemandCount.parameter, DemandCount.term)
        .having(count >= LEAST_SHOWN).order_by(count.desc(), DemandCount.area, DemandCount.term)
    )
    lists = {"need": words.needs, "kind": words.kinds, "attribute": words.attributes}
    for area, parameter, term, number in session.execute(query):
        known = lists.get(parameter, words.attributes).get(term) or words.attributes.get(parameter)
        yield Item("demands", f"{area}:{parameter}:{term}", known.label if known else term,
                   f"{area or '地域を言わずに'}：{number}回", areas=(area,) if area else ())


def readings(session: Session, _words: Vocabulary, _today: date) -> Iterator[Item]:
    """よみ the machine filled in; of a shared record once, with one of the listings that show it."""
    owners = {
        ORGANIZATION: Service.organization_id, SERVICE: ServiceAtLocation.service_id,
        LOCATION: ServiceAtLocation.location_id, LISTING: ServiceAtLocation.id,
    }
    tables = {ORGANIZATION: "organization", SERVICE: "service", LOCATION: "location", LISTING: "service_at_location"}
    for record, column in owners.items():
        query = (
            select(FieldMark.record_id, func.min(ServiceAtLocation.id), func.min(FieldMark.made_at))
            .select_from(ServiceAtLocation).join(Service, Service.id == ServiceAtLocation.service_id)
            .join(FieldMark, FieldMark.record_id == column).where(FieldMark.record_type == tables[record])
            .where(FieldMark.field == "name_kana").group_by(FieldMark.record_id).order_by(func.min(FieldMark.made_at))
        )
        rows = session.execute(query).all()
        names = names_of(session, {row[1] for row in rows})
        for key, listing_id, since in rows:
            yield Item("readings", key, names[listing_id], label_of(next(
                kana for kana in KANA if kana.startswith(f"{record}."))), since, listing_id)


def names_of(session: Session, listing_ids: Collection[str]) -> dict[str, str]:
    """Listing → the name it goes by."""
    names: dict[str, str] = {}
    wanted = sorted(listing_ids)
    for start in range(0, len(wanted), 500):
        query = select(ServiceAtLocation.id, NAME).join(Service, Service.id == ServiceAtLocation.service_id)
        for listing_id, name in session.execute(query.where(ServiceAtLocation.id.in_(wanted[start:start + 500]))):
            names[listing_id] = name
    return names


def _standing(query: Select, states: Collection[str]) -> Select:
    return query.select_from(ServiceAtLocation).join(Service, Service.id == ServiceAtLocation.service_id).where(
        ServiceAtLocation.status.in_(states), ServiceAtLocation.merged_into.is_(None))


def _letters(session: Session, kinds: Collection[str], states: Collection[str]) -> list[InboxItem]:
    return list(session.scalars(
        select(InboxItem).where(InboxItem.kind.in_(list(kinds)), InboxItem.state.in_(states))
        .order_by(InboxItem.made_at, InboxItem.id)))
