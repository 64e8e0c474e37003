"""How does a person's decision become a write? As one act: it is locked, checked, written, remembered, and can be undone.

    with acting(engine, by="SC 佐伯", kind="edit", why="電話で確認", now=now) as act:
        act.change(listing_id, {"listing.phone": "0829-00-0001"}, version=3)
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, text, update
from sqlalchemy.orm import Session

from directory.curation.applying import apply, unmark, without_linked
from directory.curation.checking import refuse_unfit
from directory.curation.fields import FIELDS, KANA, OF_EVERY_PLACE, SHARED
from directory.curation.images import Change, Key, Reach, changes_between, reach, rows_around
from directory.curation.policy import PROMPT_MONTHS, months_after
from directory.curation.splitting import split
from directory.curation.values import beside, differs, found, records_of, shaped, values_of_record
from directory.errors import InvalidRecord, Stale
from directory.models import ActRow, CurationAct, Organization, Service, ServiceAtLocation
from directory.models.columns import new_id
from directory.writing import Writing, writing

DRAFT, REVIEW, PUBLISHED, PAUSED, CLOSED = "draft", "review", "published", "paused", "closed"
STALE = "読んでいる間に、ほかの方がこの掲載を変えました。今の内容を見てから、もう一度決めてください。まだ何も変わっていません。"
# Any number, the same for all who take the lock of the curation desk.
LOCK = 6_418_221


@dataclass
class Act:
    """One open act. Every method raises Stale when `version` is given and is not the listing's any more."""

    write: Writing
    kind: str
    id: str = field(default_factory=new_id)
    change_request_id: str | None = None
    undoes: str | None = None
    # Many listings at once are not told field by field.
    in_words: bool = True
    _before: dict[Key, dict[str, Any]] = field(default_factory=dict)
    _around: Reach = field(default_factory=Reach)
    _said: dict[str, dict[str, Any]] = field(default_factory=dict)
    _made: set[str] = field(default_factory=set)
    _opened: set[str] = field(default_factory=set)

    @property
    def session(self) -> Session:
        """The session of the transaction."""
        return self.write.session

    def change(
        self, listing_id: str, values: Mapping[str, Any], version: int | None = None, only_here: bool = False,
        confirmed: Collection[str] = (),
    ) -> bool:
        """Write the values that differ (`checked` made them fit); False when none did.

        only_here: what is shared with other listings is split first. confirmed: keys of よみ a person has looked at.
        """
        listing = self.open(listing_id, version)
        before = values_of_record(listing)
        refuse_unfit({key: value for key, value in values.items() if key not in before or value != before[key]})
        wanted = without_linked({
            key: shaped(key, value) for key, value in values.items()
            if differs(key, before[key], value) and not (key in OF_EVERY_PLACE and value is None)})
        # A よみ that stays as it is while its name changes was looked at by nobody.
        wanted |= {kana: values[kana] for kana, name in KANA.items() if name in wanted and values.get(kana)}
        if only_here:
            self._made |= split(self.write, listing, {FIELDS[key].record for key in wanted} & set(SHARED))
        if wanted:
            self._made |= apply(self.write, listing, wanted, before)
        for key in confirmed:
            self.confirm(listing_id, key)
        return bool(wanted)

    def create(self, values: Mapping[str, Any], status: str = REVIEW) -> str:
        """Make a listing with a service, and an organisation unless one is linked; returns its id."""
        name, kind = values.get("service.name"), values.get("service.kind")
        linked = values.get("listing.service_id")
        if not linked and not (name and kind):
            raise InvalidRecord("活動の名前と種類を入れてください。")
        refuse_unfit({key: value for key, value in values.items() if value is not None and key in FIELDS})
        service = self.session.get(Service, linked) if linked else self._new_service(values)
        if service is None:
            raise InvalidRecord("選ばれた活動が見つかりません。選びなおしてください。")
        listing = ServiceAtLocation(id=new_id(), service_id=service.id, status=status, last_modified=self.write.now)
        self._made.add(listing.id)
        self._around.listings.add(listing.id)
        self.write.add(listing)
        self.session.refresh(listing)
        rest = without_linked({key: shaped(key, value) for key, value in values.items() if key in FIELDS})
        empty = dict.fromkeys(rest)
        self._made |= apply(self.write, listing, {key: value for key, value in rest.items() if value is not None}, empty)
        return listing.id

    def status(
        self, listing_id: str, status: str, until: date | None = None, reason: str | None = None,
        version: int | None = None,
    ) -> bool:
        """Publish, pause (until when, why), close (why), reopen."""
        listing = self.open(listing_id, version)
        if status not in (DRAFT, REVIEW, PUBLISHED, PAUSED, CLOSED):
            raise InvalidRecord("掲載の状態を一覧の中から選んでください。")
        if status in (PAUSED, CLOSED) and not reason:
            raise InvalidRecord("休止や終了のわけを入れてください。利用する方に見えます。")
        if status == PUBLISHED and listing.consent_given is False:
            raise InvalidRecord("掲載の同意がありません。同意を確かめてから掲載してください。")
        if status == PUBLISHED and listing.merged_into:
            raise InvalidRecord("この掲載は、ほかの掲載に統合されています。")
        kept = status in (PAUSED, CLOSED)
        return self.write.edit(
            listing, status=status, paused_until=until if status == PAUSED else None, status_reason=reason if kept else None)

    def assure(
        self, listing_id: str, how: str | None, day: date, version: int | None = None, by: str | None = None
    ) -> bool:
        """Somebody made sure that everything is right: the only thing that moves 最終確認日."""
        listing = self.open(listing_id, version)
        return self.write.edit(
            listing, assured_date=day, assured_by=(by or self.write.by)[:400], assured_how=how,
            assurance_due=months_after(day, PROMPT_MONTHS))

    def cancel(self, listing_id: str, day: date, reason: str = "中止", version: int | None = None) -> bool:
        """本日中止: strike out one day."""
        listing = self.open(listing_id, version)
        closures = values_of_record(listing)["closures"]
        return self.change(listing_id, {"closures": closures | {day.isoformat(): reason}})

    def uncancel(self, listing_id: str, day: date, version: int | None = None) -> bool:
        """The day takes place after all."""
        listing = self.open(listing_id, version)
        closures = values_of_record(listing)["closures"]
        return self.change(listing_id, {"closures": {when: why for when, why in closures.items() if when != day.isoformat()}})

    def confirm(self, listing_id: str, key: str) -> None:
        """A person looked at a よみ the machine filled in, and it is right."""
        listing = self.open(listing_id, None)
        record, _, column = key.partition(".")
        target = records_of(listing).get(record)
        if key in KANA and target is not None:
            unmark(self.write, target, column)

    def open(self, listing_id: str, version: int | None) -> ServiceAtLocation:
        """The listing, locked and watched from now on. Raises NotFound, Stale."""
        is_new = listing_id not in self._opened | self._made
        listing = found(self.session, listing_id, with_for_update=True, populate_existing=is_new)
        if is_new:
            if version is not None and listing.version != version:
                raise Stale(STALE, listing.version)
            self._opened.add(listing_id)
            if self.in_words:
                self._said[listing_id] = values_of_record(listing) | beside(listing)
            if listing_id not in self._around.listings:
                self.watch([listing_id])
        return listing

    def watch(self, listing_ids: Collection[str]) -> None:
        """Remember how these listings are before they are changed by other means than this act's methods."""
        self.session.flush()
        around = reach(self.session, listing_ids)
        for key, row in rows_around(self.session, around).items():
            self._before.setdefault(key, row)
        self._around |= around

    def watch_request(self, request_id: str) -> None:
        """The same for a proposal that this act decides."""
        self.change_request_id = request_id
        around = Reach(requests={request_id})
        self._before.update(rows_around(self.session, around))
        self._around |= around

    def made(self, record_ids: Collection[str]) -> None:
        """Say that records with these ids are new: listings, and what they stand on."""
        self._made |= set(record_ids)
        self._around.listings |= set(record_ids)

    def watch_requests(self, request_ids: Collection[str], *, new: bool = False) -> None:
        """The same for proposals that an import takes back, or (`new`) has made."""
        around = Reach(requests=set(request_ids))
        self._around |= around
        if new:
            self._made |= around.requests
        else:
            self._before.update(rows_around(self.session, around))

    def brought(self, record_ids: Collection[str]) -> None:
        """Say that records with these ids are new, without keeping an image of each (directory/curation/batches.py)."""
        self._made |= set(record_ids)

    def finish(self) -> None:
        """Write down the rows that differ and what it said in words; every listing it shows on gets a new version."""
        self.session.flush()
        self.session.expire_all()
        around = self._around | reach(self.session, self._around.listings)
        changes = changes_between(self._before, rows_around(self.session, around), self._made)
        if not changes and not self.write.history:
            return
        self._raise_versions()
        self.write.last.append((CurationAct, [{
            "id": self.id, "kind": self.kind, "made_by": self.write.by, "why": self.write.why, "made_at": self.write.now,
            "changes": self._in_words() if self.in_words else {}, "undoes": self.undoes,
            "change_request_id": self.change_request_id,
        }]))
        self.write.last.append((ActRow, [row_of(self.id, position, change) for position, change in enumerate(changes)]))

    def _new_service(self, values: Mapping[str, Any]) -> Service:
        owner_id = values.get("service.organization_id")
        if not owner_id:
            name = values.get("organization.name") or values["service.name"]
            owner_id = self.write.add(Organization(id=new_id(), name=name, normalised_name="")).id
            self._made.add(owner_id)
        service = Service(
            id=new_id(), organization_id=owner_id, name=values["service.name"], kind=values["service.kind"])
        self._made.add(service.id)
        return self.write.add(service)

    def _raise_versions(self) -> None:
        """Forms that were opened before are stale now, also those of listings that show the same shared record."""
        table = ServiceAtLocation.__table__
        ids = sorted(self.write.changed - self._made)
        for start in range(0, len(ids), 500):
            self.session.execute(update(table).where(table.c.id.in_(ids[start:start + 500])).values(
                version=table.c.version + 1, last_modified=self.write.now))

    def _in_words(self) -> dict[str, Any]:
        """Listing → before and after of the fields that differ."""
        said = {}
        for listing_id in sorted({*self._said, *(self._made & self._around.listings)}):
            listing = self.session.get(ServiceAtLocation, listing_id)
            after = values_of_record(listing) | beside(listing) if listing is not None else {}
            before = self._said.get(listing_id, {})
            keys = [key for key in {**before, **after} if differs(key, before.get(key), after.get(key))]
            said[listing_id] = {
                "before": {key: before.get(key) for key in keys}, "after": {key: after.get(key) for key in keys}}
        return said


@contextmanager
def acting(engine: Engine, *, by: str, kind: str, why: str, now: datetime) -> Iterator[Act]:
    """One act in one transaction; an exception inside leaves everything as it was. kind: edit, approve, assure …"""
    with writing(engine, by=by[:400], why=why[:400], now=now) as write, recorded(write, kind) as act:
        yield act


@contextmanager
def recorded(write: Writing, kind: str, in_words: bool = True) -> Iterator[Act]:
    """The same inside a writing transaction that is open already: name the listings with `watch` before, `made` after."""
    take_turn(write.session)
    act = Act(write, kind, in_words=in_words)
    yield act
    act.finish()


def take_turn(session: Session) -> None:
    """PostgreSQL: acts of the desk come one after the other, as SQLite's do anyway, so that none reads what another changes."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def row_of(act_id: str, position: int, change: Change) -> dict[str, Any]:
    """A change as the database keeps it."""
    return {
        "act_id": act_id, "position": position, "record_type": change.table, "key": dict(change.key),
        "owner_id": change.owner_id, "before": change.before, "after": change.after,
    }
