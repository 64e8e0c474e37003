"""What does the engine need of one listing, and of one role there? The names of what is true of it, and a few numbers.

What is old is marked as aged here, by the policy table AGES; an aged pass counts as unknown, an aged failure stays one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from directory.listing import NO, YES, Listing, RoleEntry
from matcher.ranking.columns import ANY_AGE, LEVELS, LOAD_BITS, LOADS, NOT_HEARD, RADIUS_METRES

# Days after which knowledge is a question again.
AGES = {"places": 60, "schedule": 400, "access": 730}
ACCESS = frozenset({
    "wheelchair", "accessible_toilet", "western_toilet", "steps", "chairs", "parking", "air_conditioning", "sign_language"})
# Whom a kind is made for, see criteria/audience.py; with stated ages the ages decide instead.
MADE_FOR = {
    "parent_child": "parents", "carers_group": "carers", "hikikomori_family": "families", "japanese_class": "foreigners",
    "community_activity_center": "disabled", "childrens_place": "children", "study_support": "children",
    "youth_support": "youth", "seniors_club": "seniors",
}
BY_AGE = frozenset({"children", "youth", "seniors"})
# Where helpers are grown up though those who come are not
CHILDREN_COME = frozenset({"parent_child", "childrens_place", "study_support", "kodomo_shokudo"})
# Who helps here does not also get what the children come for
FOR_CHILDREN = frozenset({"childrens_place", "study_support", "kodomo_shokudo"})
# What a place is like for somebody who joins from home
AT_HOME = {"wheelchair": YES, "accessible_toilet": YES, "western_toilet": YES, "chairs": YES, "air_conditioning": YES,
           "steps": NO, "smoking": NO, "pets": NO}
FOR_FAMILIES = frozenset({"carers_group", "hikikomori_family", "consultation", "outreach_consultation", "dementia_cafe"})
COMES_HOME = frozenset({"outreach_consultation", "neighbour_help", "care_provider", "shopping_transport"})
OLDEST_SMALL_CHILD = 6
NOT_A_LIMIT = ("優先", "中心")
CITY_WIDE = "市内"
# Metres by which a point may be off, by its precision
OFF_BY = {"building": 0, "block": 100, "town": 500, None: 1000}


@dataclass(frozen=True)
class Facts:
    """One row: what is true of it, and its numbers."""

    planes: frozenset[str]
    age_from: int
    age_until: int
    loads: int
    radius: int


def facts(listing: Listing, role: RoleEntry | None, areas: tuple[str, ...], today: date) -> Facts:
    """Of the listing as a place to come to, or of one role there. `areas`: the 地域 of the city."""
    loads = {**(listing.staff.loads if listing.staff else {}), **(role.loads if role else {})}
    first, last, ages = _ages(listing, role)
    planes = frozenset((
        *_attributes(listing, today), *_needs(listing, role), *_loads(loads), *_limits(listing, areas), *ages,
        *_readiness(listing, today), *_kind(listing, role), *_whereabouts(listing), *_coming_and_going(listing, today)))
    return Facts(planes, first, last, _packed(loads), OFF_BY.get(listing.precision, OFF_BY[None]) // RADIUS_METRES)


def _attributes(listing: Listing, today: date) -> Iterator[str]:
    for entry in listing.attributes:
        if entry.value in (YES, NO):
            yield f"{entry.value}:{entry.term}"
            if entry.term in ACCESS and is_aged(entry.verified_at or listing.assured_date, "access", today):
                yield f"aged:{entry.term}"
    told = {entry.term for entry in listing.attributes}
    yield from (f"{value}:{term}" for term, value in _deduced(listing) if term not in told)
    for key in listing.staff.accommodations if listing.staff else ():
        yield f"care:{key}"
        yield "care"


def _deduced(listing: Listing) -> Iterator[tuple[str, str]]:
    """What follows from other facts: who may come, what steps mean for a wheelchair, what is at home anyway."""
    if listing.gender_state != "unknown":
        for term, gender in (("female_only", "female"), ("male_only", "male")):
            yield term, YES if _only(listing) == gender else NO
    if not listing.has_place and listing.attribute("online") == YES:
        yield from AT_HOME.items()
    elif listing.attribute("steps") == YES:
        yield "wheelchair", NO


def _only(listing: Listing) -> str | None:
    """female or male: the only ones who may come."""
    told = {entry.term for entry in listing.attributes if entry.value == YES}
    words = listing.gender_only or ""
    if "female_only" in told or words.startswith(("女", "female")):
        return "female"
    return "male" if "male_only" in told or words.startswith(("男", "male")) else None


def _needs(listing: Listing, role: RoleEntry | None) -> Iterator[str]:
    """A role is first of all something to do; coming as a guest is that only where no roles are named apart."""
    primary, secondary = set(listing.needs_primary), set(listing.needs_secondary)
    if role is not None and listing.kind in FOR_CHILDREN:
        primary, secondary = {"role"}, set()
    elif role is not None:
        primary.add("role")
    elif listing.roles and "role" in primary:
        primary.remove("role")
        secondary.add("role")
    yield from (f"need1:{need}" for need in primary)
    yield from (f"need2:{need}" for need in secondary - primary)


def _loads(loads: dict) -> Iterator[str]:
    for load in LOADS:
        if load in loads:
            yield f"load:{load}"
            yield from (f"load:{load}>{level}" for level in range(LEVELS - 1) if loads[load] > level)


def _packed(loads: dict) -> int:
    return sum(loads.get(load, NOT_HEARD) << LOAD_BITS * number for number, load in enumerate(LOADS))


def _ages(listing: Listing, role: RoleEntry | None) -> tuple[int, int, tuple[str, ...]]:
    """Youngest, oldest, and whether that is not known. A small child's age is not that of who brings it."""
    if role is not None and listing.kind in CHILDREN_COME:
        return 0, ANY_AGE, ()
    first, last = listing.minimum_age, listing.maximum_age
    if listing.age_state == "none" or (listing.kind == "parent_child" and (last or 0) <= OLDEST_SMALL_CHILD):
        return 0, ANY_AGE, ()
    if listing.age_state == "unknown" or (first is None and last is None):
        return 0, ANY_AGE, ("age?",)
    return int(first or 0), ANY_AGE if last is None else int(last), ()


def _limits(listing: Listing, areas: tuple[str, ...]) -> Iterator[str]:
    """Gender, home, cost, words nobody can test."""
    only = _only(listing)
    if only:
        yield f"only:{only}"
    elif listing.gender_state != "none":
        yield "only?"
    yield from _home(listing, areas)
    if listing.exclusion:
        yield "exclusion"
    if listing.languages:
        yield "speaks"
    yield from (f"speaks:{language}" for language in listing.languages)


def _home(listing: Listing, areas: tuple[str, ...]) -> Iterator[str]:
    """Who may come by where they live: see criteria/residency.py."""
    text = listing.residency_text or ""
    stated = listing.residency_state == "stated" and not any(word in text for word in NOT_A_LIMIT)
    if stated and CITY_WIDE in text:
        yield "home:city"
        return
    own, some = listing.area_names(), _reaches_some(listing, areas)
    named = _named(text, areas) if stated else _named(listing.service_area or "", own) if some else []
    if named:
        yield "home:area"
        yield from (f"home:in:{area}" for area in named)
    elif (stated or listing.welcome == "locals" or some) and own:
        yield "home:area"
        yield from (f"home:part:{area}" for area in own)
    else:
        yield "home:any" if listing.residency_state != "unknown" and not stated else "home?"


def _named(text: str, areas: tuple[str, ...]) -> list[str]:
    return [area for area in areas if re.search(f"{re.escape(area)}(?!市)", text)]


def _reaches_some(listing: Listing, areas: tuple[str, ...]) -> bool:
    """Visits, rides and telephone services reach the towns they name, unless they say the whole city."""
    reach = listing.service_area or ""
    return not listing.has_place and bool(reach) and CITY_WIDE not in reach and not set(areas) <= set(listing.area_names())


def _readiness(listing: Listing, today: date) -> Iterator[str]:
    """Does the host take somebody new, and has it places?"""
    if listing.welcome == "closed_now":
        yield "welcome:closed"
    elif listing.welcome in ("members", "unknown"):
        yield "welcome?"
    if listing.capacity_state == "hard_now" or (listing.capacity_state == "places" and not listing.capacity_count):
        yield "places:none"
    elif listing.capacity_state == "places" and is_aged(listing.capacity_date or listing.assured_date, "places", today):
        yield "places?"


def _kind(listing: Listing, role: RoleEntry | None) -> Iterator[str]:
    if listing.kind in FOR_FAMILIES or "family_respite" in (*listing.needs_primary, *listing.needs_secondary):
        yield "family"
    made_for = MADE_FOR.get(listing.kind)
    if "家族の会" in (listing.exclusion or ""):
        made_for = "families"
    if made_for in BY_AGE and listing.age_state == "stated":
        made_for = None
    if made_for and (role is None or made_for == "families"):
        yield f"for:{made_for}"
    if role is not None:
        yield "role"
        if role.phone_duty is not False:
            yield "duty:phone_duty" if role.phone_duty else "duty?:phone_duty"


def _whereabouts(listing: Listing) -> Iterator[str]:
    if listing.has_place:
        yield "place"
    elif listing.kind in COMES_HOME:
        yield "duty:home_visit"
    yield f"zone:{listing.zone}"
    if listing.pickup == "service":
        yield "pickup"
    yield from (f"area:{area}" for area in listing.area_names())


def _coming_and_going(listing: Listing, today: date) -> Iterator[str]:
    freely = YES in (listing.attribute("drop_in"), listing.attribute("join_midway"))
    if freely:
        yield "come_and_go"
    elif NO in (listing.attribute("join_midway"), listing.attribute("drop_in")):
        yield "stays"
    if is_aged(listing.assured_date, "schedule", today):
        yield "schedule:aged"


def is_aged(known: date | None, what: str, today: date) -> bool:
    """Is knowledge of that day, or of no day at all, a question again?"""
    return known is None or (today - known).days > AGES[what]
