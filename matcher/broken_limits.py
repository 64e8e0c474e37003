"""Does this place break a limit of this person? A slow second opinion that shares no code with the engine.

One row a limit, read off the full listing with plain comparisons. Only what is known counts: it never says that an unknown
breaks anything, and it leaves out distance and hours, where a reading would be the engine's own.
"""

from collections.abc import Callable, Mapping

from directory.listing import NO, YES, Listing, RoleEntry
from matcher.ranking.profile import Profile

Broken = Callable[[Profile, Listing, RoleEntry | None], bool]

PHONE_DUTY = "phone_duty"
GENDERS = {"female": "女性", "male": "男性"}
# One level more is all right with somebody beside.
EASIER_WITH_SOMEBODY = frozenset({"stimulation", "people", "conversation"})
PAID_EACH_TIME = frozenset({"毎回", "食事"})
CHILDREN = ("子", "小学", "中学", "高校")


def broken_limits(profile: Profile, listing: Listing, role: RoleEntry | None = None) -> tuple[str, ...]:
    """Names of the limits this listing is known to break, as a place to come to or in one of its roles."""
    return tuple(name for name, is_broken in LIMITS.items() if is_broken(profile, listing, role))


def _not_open(profile: Profile, listing: Listing, role: RoleEntry | None) -> bool:
    return listing.status != "published" or listing.visibility == "none"


def _not_wanted(profile: Profile, listing: Listing, role: RoleEntry | None) -> bool:
    return listing.id in profile.excluded | profile.no_contact


def _attended(profile: Profile, listing: Listing, role: RoleEntry | None) -> bool:
    """Proposed anew to somebody who goes there already."""
    return role is None and listing.id in profile.attends


def _required(profile: Profile, listing: Listing, role: RoleEntry | None) -> bool:
    needed = (*profile.required, *(("companion_ok",) if profile.companion else ()))
    return any(listing.attribute(term) == NO for term in needed)


def _avoided(profile: Profile, listing: Listing, role: RoleEntry | None) -> bool:
    return any(listing.attribute(term) == YES for term in profile.avoided)


def _phone_duty(profile: Profile, listing: Listing, role: RoleEntry | None) -> bool:
    return PHONE_DUTY in profile.avoided and role is not None and role.phone_duty is True


def _age(profile: Profile, listing: Listing, role: RoleEntry | None) -> bool:
    """The ages of a children's place are those of the children, not of who helps there."""
    if profile.age is None or role is not None:
        return False
    too_young = listing.minimum_age is not None and profile.age < listing.minimum_age
    return too_young or (listing.maximum_age is not None and profile.age > listing.maximum_age)


def _gender(profile: Profile, listing: Listing, role: RoleEntry | None) -> bool:
    only = listing.gender_only
    return bool(only and profile.gender and role is None and only != GENDERS.get(profile.gender))


def _residency(profile: Profile, listing: Listing, role: RoleEntry | None) -> bool:
    return listing.residency_state == "stated" and profile.resident is False


def _cost(profile: Profile, listing: Listing, role: RoleEntry | None) -> bool:
    """Every sum an adult pays each time is above the limit."""
    if profile.cost_limit is None or role is not None:
        return False
    sums = [fee.yen for fee in listing.fees if fee.yen is not None and fee.per in PAID_EACH_TIME
            and not any(word in (fee.for_whom or "") for word in CHILDREN)]
    return bool(sums) and min(sums) > profile.cost_limit


def _loads(profile: Profile, listing: Listing, role: RoleEntry | None) -> bool:
    observed: Mapping[str, int] = {
        **(listing.staff.loads if listing.staff else {}), **(role.loads if role else {})}
    more = EASIER_WITH_SOMEBODY if profile.accompanied else frozenset()
    return any(observed.get(load, 0) > ceiling + (load in more) for load, ceiling in profile.ceilings.items())


def _full(profile: Profile, listing: Listing, role: RoleEntry | None) -> bool:
    full = listing.capacity_state == "hard_now" or listing.welcome == "closed_now"
    return full and listing.id not in profile.attends


def _across_water(profile: Profile, listing: Listing, role: RoleEntry | None) -> bool:
    return (listing.has_place and profile.start is not None and listing.zone != profile.zone
            and not profile.ferry and listing.attribute("online") != YES and listing.id not in profile.attends)


LIMITS: Mapping[str, Broken] = {
    "掲載": _not_open, "除く": _not_wanted, "通っている": _attended, "必要": _required, "避ける": _avoided, "電話番": _phone_duty, "年齢": _age,
    "性別": _gender, "市民": _residency, "費用": _cost, "負荷": _loads, "満員": _full, "海": _across_water,
}
