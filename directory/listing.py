"""What does every reader need to know of one listing? The flat frozen record of one service at one place.

Pages, search, exports and matching read this and nothing else. A public Listing holds public facts only: what is
staff-only, masked or not consented to is absent from it, so no template can show it by mistake.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from directory.schedules import Schedule

# Attribute values; a term without an entry is 未確認.
YES, NO, UNKNOWN = "yes", "no", "unknown"
FIRST_VISIT = re.compile("初|はじめ|試し|ためし|体験|見学")
FREE_AT_FIRST = re.compile(f"(?:{FIRST_VISIT.pattern})[^。、]{{0,10}}(?:無料|ただ|タダ|0円|不要|いりません|いただきません)")


@dataclass(frozen=True)
class Fee:
    """One fee row; `yen` None means the sum is not known (実費, 要問合せ)."""

    per: str
    yen: int | None
    for_whom: str | None = None
    note: str | None = None
    first_free: bool = False

    @property
    def is_free_at_first(self) -> bool:
        """Does the first visit cost nothing? Ticked, or said in words: 「初めの三回は無料」, 0円 for 見学の人."""
        said = self.note is not None and FREE_AT_FIRST.search(self.note) is not None
        return self.first_free or said or (self.yen == 0 and FIRST_VISIT.search(self.for_whom or "") is not None)


@dataclass(frozen=True)
class AttributeValue:
    """yes / no / unknown of one vocabulary term; `verified_at` of an unknown means “asked, could not tell”."""

    term: str
    value: str
    verified_at: date | None = None


@dataclass(frozen=True)
class RoleEntry:
    """Something a person can do there. `loads` is empty for the public."""

    id: str
    name: str
    what: str | None = None
    times: str | None = None
    wanted: int | None = None
    phone_duty: bool | None = None
    loads: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class AreaName:
    """An area the listing lies in: 地域, 小学校区, 民生委員担当区 …"""

    kind: str
    name: str
    kana: str | None = None


@dataclass(frozen=True)
class Meeting:
    """One schedule of the listing; `place` names the hall when it is not the listing's own (回り持ち会場)."""

    schedule: Schedule
    place: str | None = None
    note: str | None = None
    # The schedule's canonical JSON: equal for equal schedules
    key: str = ""


@dataclass(frozen=True)
class StaffFacts:
    """What only staff may see."""

    loads: Mapping[str, int] = field(default_factory=dict)
    accommodations: tuple[str, ...] = ()
    representative: str | None = None
    mobile: str | None = None
    consent_given: bool | None = None
    other_facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Listing:
    """One listing. None and empty mean 未確認 unless a field says otherwise.

    States are `unknown | none | stated`; latitude and longitude are WGS84 degrees and None for a masked place.
    """

    id: str
    source_key: str | None
    status: str
    visibility: str
    name: str
    kana: str | None
    kind: str
    organization_id: str
    organization_name: str
    organization_kana: str | None = None
    organization_kind: str | None = None
    summary: str | None = None
    description: str | None = None
    easy_description: str | None = None
    needs_primary: tuple[str, ...] = ()
    needs_secondary: tuple[str, ...] = ()
    application: str | None = None
    steps: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    age_state: str = "unknown"
    minimum_age: float | None = None
    maximum_age: float | None = None
    age_text: str | None = None
    gender_state: str = "unknown"
    gender_only: str | None = None
    residency_state: str = "unknown"
    residency_text: str | None = None
    exclusion: str | None = None
    audience_text: str | None = None
    fees_state: str = "unknown"
    fees: tuple[Fee, ...] = ()

    place_name: str | None = None
    place_kana: str | None = None
    prefecture: str | None = None
    municipality: str | None = None
    town: str | None = None
    address_rest: str | None = None
    building: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: str | None = None
    zone: str = "mainland"
    travel_notes: str | None = None
    masked: bool = False
    # False: a visiting or telephone service, with `service_area` instead of a place
    has_place: bool = True
    service_area: str | None = None
    areas: tuple[AreaName, ...] = ()

    meetings: tuple[Meeting, ...] = ()
    closures: Mapping[date, str] = field(default_factory=dict)
    welcome: str = "unknown"
    usual: Mapping[str, str] = field(default_factory=dict)
    first_day: Mapping[str, str] = field(default_factory=dict)
    attributes: tuple[AttributeValue, ...] = ()
    # service or none; `ask` is staff-only and reads as None to the public
    pickup: str | None = None
    capacity_state: str | None = None
    capacity_count: int | None = None
    capacity_date: date | None = None
    roles: tuple[RoleEntry, ...] = ()

    # False: 社協・SCが取り次ぎます, and phone, email are None
    contact_public: bool = False
    phone: str | None = None
    phone_hours: str | None = None
    email: str | None = None
    web: str | None = None

    assured_date: date | None = None
    assured_by: str | None = None
    assured_how: str | None = None
    paused_until: date | None = None
    status_reason: str | None = None
    last_modified: datetime | None = None
    source_name: str | None = None
    # Words the curators added so that it is found; searched, never shown
    search_words: tuple[str, ...] = ()
    staff: StaffFacts | None = None

    def attribute(self, term: str) -> str:
        """yes, no, or unknown."""
        return next((entry.value for entry in self.attributes if entry.term == term), UNKNOWN)

    def area_names(self, kind: str = "地域") -> tuple[str, ...]:
        """Names of the areas of one kind."""
        return tuple(area.name for area in self.areas if area.kind == kind)
