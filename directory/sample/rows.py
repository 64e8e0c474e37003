"""Which table rows is one sample listing? Every word is checked against the vocabulary; nothing is written here."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from directory.city import City
from directory.importers.parts.organization import normalised_name
from directory.models import (
    Area, Attribute, Closure, CostOption, ListingArea, Location, Organization, Role, Schedule, Service,
    ServiceAtLocation, ServiceNeed, Source,
)
from directory.sample.parts import (
    Day, attribute_value, contact, eligibility, fee_rows, load_levels, needs, place_values,
    status, texts_told,
)
from directory.schedules import next_dates, parse
from directory.vocabulary import Vocabulary
from directory.yaml_files import Entry

USUAL = ("people", "ages", "men", "alone")
FIRST_DAY = ("entrance", "ask_for", "self_introduction", "leave_early", "bring", "sign_in")
ORGANIZATION_KINDS = dict.fromkeys(
    ("市", "社協", "NPO", "自治会", "企業", "任意団体", "医療法人", "学校", "宗教法人", "個人"))
# A listing nobody has confirmed has no day of its own; it counts as touched this long ago.
DAYS_SINCE_TOUCHED = 300


def sample_id(*key: str) -> str:
    """The same id on every machine, so links and gold judgements stay valid. One word: the id of a listing."""
    return str(uuid5(NAMESPACE_URL, ":".join(("yoridokoro:sample", *key))))


@dataclass
class SampleRows:
    """The rows of the whole sample city, table by table, in an order that satisfies every foreign key."""

    vocabulary: Vocabulary
    city: City
    places: dict[str, Entry]
    today: date
    tables: dict[type, dict[Any, dict]] = field(default_factory=lambda: defaultdict(dict))

    def add_listing(self, entry: Entry) -> None:
        """Turn one entry into rows; shared organisations, services, places, areas and sources are added once."""
        key = entry.text("id")
        organization = Entry(entry.file, f"{key} › organization", entry.value("organization"))
        service_id = self._service(entry, self._organization(organization))
        listing_id = sample_id(key)
        self._listing(entry, listing_id, service_id, key)
        self._areas(entry, listing_id)
        self._attributes(entry, listing_id)
        self._roles(entry, listing_id)
        self._schedules(entry, listing_id)
        self._closures(entry, listing_id)
        entry.done()

    def _add(self, model: type, key: Any, **values: Any) -> Any:
        self.tables[model].setdefault(key, values)
        return key

    def _organization(self, entry: Entry) -> str:
        """Same name, same organisation; `key` tells apart two that only share their name (さくら会)."""
        name, kind = entry.text("name"), entry.text("kind")
        entry.must_be_known("kind", kind, ORGANIZATION_KINDS)
        made = sample_id("organization", entry.text("key", name))
        row = {"id": made, "name": name, "name_kana": entry.kana(), "normalised_name": normalised_name(name),
               "kind": kind, "corporate_number": None, "description": entry.optional("description"), "url": None}
        entry.done()
        if self.tables[Organization].setdefault(made, row) != row:
            raise entry.wrong("", "同じ名前の団体と、よみか種類がちがいます。そろえるか、別の団体なら key を書いてください")
        return made

    def _service(self, entry: Entry, organization_id: str) -> str:
        name, kind = entry.text("name"), entry.text("kind")
        entry.must_be_known("kind", kind, self.vocabulary.kinds)
        made = sample_id("service", organization_id, name)
        row = {"id": made, "organization_id": organization_id, "name": name, "name_kana": entry.kana(), "kind": kind,
               "summary": entry.text("summary"), "description": entry.text("description"),
               "easy_description": entry.optional("easy"), "languages": list(entry.texts("languages")),
               "application": None, "steps": [], **eligibility(entry)}
        fees_state, fees = fee_rows(entry, made)
        row["fees_state"] = fees_state
        if self.tables[Service].setdefault(made, row) != row:
            raise entry.wrong("", "同じ団体の同じ名前の活動と、内容がちがいます。名前を変えるか、内容をそろえてください")
        self.tables[ServiceNeed].update({(made, one["need"]): one for one in needs(entry, made, self.vocabulary)})
        for fee in fees:
            fee_id = sample_id("fee", made, str(fee["position"]))
            self._add(CostOption, fee_id, id=fee_id, **fee)
        return made

    def _listing(self, entry: Entry, made: str, service_id: str, key: str) -> None:
        assured = Day.read(entry, "assured", self.today)
        consent = Day.read(entry, "consent", self.today)
        if assured.how is not None:
            entry.must_be_known("assured › how", assured.how, dict.fromkeys(self.vocabulary.assured_how))
        row = {
            "id": made, "service_id": service_id, "location_id": self._place(entry, entry.value("place")),
            "service_area": entry.optional("service_area"), "name": None, "name_kana": None,
            **status(entry, self.today), **contact(entry), **self._choices(entry, assured.day),
            "staff_fields": [], "consent_given": consent.given, "consent_by": consent.by, "consent_date": consent.day,
            "consent_fields": [], "usual": texts_told(entry, "usual", USUAL),
            "first_day": texts_told(entry, "first_day", FIRST_DAY), "steps": list(entry.texts("join")),
            "loads": load_levels(entry, entry.value("loads"), self.vocabulary),
            "accommodations": list(entry.known("accommodations", self.vocabulary.accommodations)),
            "assured_date": assured.day, "assured_by": assured.by, "assured_how": assured.how, "assurance_due": None,
            "source_id": self._source(entry.text("source")), "source_key": key,
            "keywords": list(entry.texts("keywords")), "other_facts": _staff_note(entry), "merged_into": None,
            "last_modified": self._touched(assured, consent), "version": 1,
        }
        if (row["location_id"] is None) == (row["service_area"] is None):
            raise entry.wrong("place", "place か service_area の、どちらか1つを書いてください")
        self._add(ServiceAtLocation, made, **row)

    def _choices(self, entry: Entry, assured: date | None) -> dict[str, Any]:
        """welcome, visibility, pickup, capacity: each one word of the vocabulary; left out is 未確認."""
        words = self.vocabulary
        given = Entry(entry.file, f"{entry.name} › capacity", entry.value("capacity", {}))
        chosen = {"welcome": entry.text("welcome", "unknown"), "visibility": entry.text("visibility"),
                  "pickup": entry.optional("pickup"), "capacity_state": given.optional("state")}
        lists = {"welcome": words.welcome, "visibility": words.visibility, "pickup": words.pickup,
                 "capacity_state": words.capacity}
        for name, choice in chosen.items():
            if choice is not None:
                entry.must_be_known(name, choice, lists[name])
        count = given.whole_number("n")
        given.done()
        if (chosen["capacity_state"] == "places") != (count is not None):
            raise given.wrong("n", "「あと n 人」のときだけ、人数を書いてください")
        return {**chosen, "capacity_count": count, "capacity_date": assured if chosen["capacity_state"] else None}

    def _touched(self, assured: Day, consent: Day) -> datetime:
        """When the record was last written: the latest day anything about it is known to have been entered."""
        days = [given.day for given in (assured, consent) if given.day is not None]
        return datetime.combine(max(days, default=self.today - timedelta(days=DAYS_SINCE_TOUCHED)), time(9))

    def _place(self, entry: Entry, place: Any) -> str | None:
        """A place written out, or the name of one written out elsewhere."""
        if place is None:
            return None
        name = place if isinstance(place, str) else place.get("name")
        if name not in self.places:
            raise entry.wrong("place", f"「{name}」という場所は、どこにも書かれていません")
        values = place_values(self.places[name], self.city)
        made = sample_id("location", name, values["town"])
        return self._add(Location, made, id=made, **values)

    def _areas(self, entry: Entry, listing_id: str) -> None:
        kana = {area.name: area.kana for area in self.vocabulary.areas}
        for name in entry.known("areas", kana):
            self._area(listing_id, "地域", name, kana[name])
        others = Entry(entry.file, f"{entry.name} › other_areas", entry.value("other_areas", {}))
        for kind in others.content:
            self._area(listing_id, kind, others.text(kind), None)

    def _area(self, listing_id: str, kind: str, name: str, kana: str | None) -> None:
        made = sample_id("area", kind, name)
        self._add(Area, made, id=made, kind=kind, name=name, name_kana=kana, polygon=None)
        self._add(ListingArea, (listing_id, made), listing_id=listing_id, area_id=made)

    def _source(self, name: str) -> str:
        made = sample_id("source", name)
        return self._add(Source, made, id=made, name=name, format="見本", licence=None, url=None, last_imported=None)

    def _attributes(self, entry: Entry, listing_id: str) -> None:
        listing = self.tables[ServiceAtLocation][listing_id]
        given = Entry(entry.file, f"{entry.name} › attributes", entry.value("attributes", {}))
        for term in given.content:
            given.must_be_known("", term, self.vocabulary.attributes)
            self._add(
                Attribute, (listing_id, term), listing_id=listing_id, term=term, value=attribute_value(given, term),
                verified_at=listing["assured_date"], verified_by=listing["assured_by"], source=entry.text("source"),
            )

    def _roles(self, entry: Entry, listing_id: str) -> None:
        for position, one in enumerate(entry.value("roles", [])):
            role = Entry(entry.file, f"{entry.name} › roles › {position + 1}番目", one)
            made = sample_id("role", listing_id, str(position))
            self._add(
                Role, made, id=made, listing_id=listing_id, position=position, name=role.text("name"),
                what=role.optional("what"), loads=load_levels(role, role.value("loads"), self.vocabulary),
                times=role.optional("times"), wanted=role.whole_number("wanted"),
                phone_duty=role.flag("phone_duty") if "phone_duty" in role.content else None, stage=None,
            )
            role.done()

    def _schedules(self, entry: Entry, listing_id: str) -> None:
        """One row for the listing's own phrase, or one a hall where the meeting goes round."""
        phrase, halls = entry.optional("schedule"), entry.value("rotating_places", [])
        for position, one in enumerate(halls):
            hall = Entry(entry.file, f"{entry.name} › rotating_places › {position + 1}番目", one)
            place = self._place(hall, hall.value("place"))
            self._schedule(listing_id, position, hall.text("schedule"), place, hall.optional("note"))
            hall.done()
        if phrase is not None and not halls:
            self._schedule(listing_id, 0, phrase, None, None)

    def _schedule(self, listing_id: str, position: int, phrase: str, location_id: str | None, note: str | None) -> None:
        read, made = parse(phrase), sample_id("schedule", listing_id, str(position))
        self._add(
            Schedule, made, id=made, listing_id=listing_id, position=position, phrase=phrase, state=read.state,
            plan=read.to_json(), valid_from=None, valid_to=None, location_id=location_id, note=note,
        )

    def _closures(self, entry: Entry, listing_id: str) -> None:
        """本日中止: a day struck out by hand, given as the n-th meeting from the load day on."""
        for position, one in enumerate(entry.value("cancelled", [])):
            cancelled = Entry(entry.file, f"{entry.name} › cancelled › {position + 1}番目", one)
            meeting = cancelled.whole_number("meeting", least=1) or 1
            dates = next_dates(parse(entry.text("schedule")), self.today, count=meeting)
            if len(dates) < meeting:
                raise cancelled.wrong("meeting", f"{meeting}回目の日が決まりません。日時の書き方を確かめてください")
            day = dates[-1].date
            self._add(Closure, (listing_id, day), listing_id=listing_id, date=day, reason=cancelled.text("reason"))
            cancelled.done()


def _staff_note(entry: Entry) -> dict[str, str]:
    note = entry.optional("staff_note")
    return {} if note is None else {"職員のメモ": note}
