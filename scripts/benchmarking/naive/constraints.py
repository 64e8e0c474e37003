"""May this row be proposed? Every constraint of the engine again, as plain ifs on one row."""

from collections.abc import Callable, Mapping
from functools import partial
from math import isnan

from matcher.ranking.criteria.audience import CHILD, OLDER, YOUNG
from matcher.ranking.criteria.avoided import OTHERS
from matcher.ranking.criteria.required import CAN_DO_WITHOUT
from matcher.ranking.profile import MAINLAND, Profile
from matcher.ranking.weights import DETOURS, EASED, FERRY_WAIT, FIXED, FRAIL, SPEEDS, UNSURE
from scripts.benchmarking.naive.familiar import attended
from scripts.benchmarking.naive.records import MAYBE, NO, OK, Row, World

DAY, VISIT = 24 * 60, 30

Minutes = Mapping[str, tuple[float, float, float, float]]  # mode → least, likely, most, limit
Test = Callable[[World, Row, Minutes], str]


def constraints(profile: Profile) -> dict[str, Test]:
    """What counts for this person, by the engine's keys."""
    tests: dict[str, Test] = {
        "welcome:welcome": lambda w, r, m: _either(r, "welcome:closed", "welcome?"),
        "residency:residency": _residency, "audience:audience": _audience,
        "exclusion:exclusion": lambda w, r, m: MAYBE if "exclusion" in r.facts else OK,
        "unavailable:unavailable": _unavailable,
        f"gender:{profile.gender or 'not_heard'}": _gender,
    }
    if profile.interests or any(weight > 0 for weight in profile.needs.values()):
        tests["purpose:purpose"] = _purpose
    if profile.family_only:
        tests["family:family"] = lambda w, r, m: OK if "family" in r.facts else NO
    if profile.age is not None:
        tests["age:age"] = _age
    if profile.excluded:
        tests["excluded:excluded"] = lambda w, r, m: NO if r.listing_id in w.profile.excluded else OK
    if not profile.waits:
        tests["capacity:capacity"] = _capacity
    if profile.cost_limit is not None:
        tests["cost:cost"] = _cost
    if profile.languages and "ja" not in profile.languages:
        tests["language:language"] = _language
    if profile.companion and "companion_ok" not in profile.required:
        tests["companion:companion"] = lambda w, r, m: _attribute(r, "companion_ok", "yes")
    for term in profile.required:
        tests[f"required:{term}"] = partial(_of_term, _attribute_yes, term)
    for term in profile.avoided:
        tests[f"avoided:{term}"] = partial(_of_term, _avoided, term)
    for key in profile.accommodations:
        tests[f"accommodation:{key}"] = partial(_of_term, _care, key)
    for load in profile.ceilings:
        tests[f"ceiling:{load}"] = partial(_ceiling, load)
    if profile.start is not None and not profile.ferry:
        tests["crossing:crossing"] = _crossing
    if profile.slots:
        tests["hours:hours"] = _hours
    if profile.start is not None and profile.travel:
        tests["reach:reach"] = _reach
    if profile.attends:
        tests["attending:attending"] = lambda w, r, m: NO if attended(w, r) and "role" not in r.facts else OK
    return tests


def _of_term(test: Callable[[Row, str], str], term: str, world: World, row: Row, minutes: Minutes) -> str:
    return test(row, term)


def _attribute_yes(row: Row, term: str) -> str:
    return _attribute(row, term, "yes")


def _care(row: Row, key: str) -> str:
    return OK if f"care:{key}" in row.facts else MAYBE


def _capacity(world: World, row: Row, minutes: Minutes) -> str:
    declared = world.hosts.declared.get(row.listing_id)
    if "places:none" in row.facts or (declared is not None and declared.free <= 0):
        return NO
    return MAYBE if "places?" in row.facts or row.listing_id in world.hosts.aged else OK


def _cost(world: World, row: Row, minutes: Minutes) -> str:
    if row.cost is None:
        return MAYBE
    return NO if row.cost > (world.profile.cost_limit or 0) else OK


def _either(row: Row, fails: str, unknown: str) -> str:
    return NO if fails in row.facts else MAYBE if unknown in row.facts else OK


def _purpose(world: World, row: Row, minutes: Minutes) -> str:
    met = any(weight > 0 and (f"need1:{need}" in row.facts or f"need2:{need}" in row.facts)
              for need, weight in world.profile.needs.items())
    return OK if met or any(row.about.get(interest) for interest in world.profile.interests) else NO


def _age(world: World, row: Row, minutes: Minutes) -> str:
    if not row.age_from <= (world.profile.age or 0) <= row.age_until:
        return NO
    return MAYBE if "age?" in row.facts else OK


def _gender(world: World, row: Row, minutes: Minutes) -> str:
    women, men, gender = "only:female" in row.facts, "only:male" in row.facts, world.profile.gender
    if gender is None:
        return MAYBE if women or men else OK
    if (men and gender != "male") or (women and gender != "female"):
        return NO
    return MAYBE if "only?" in row.facts else OK


def _residency(world: World, row: Row, minutes: Minutes) -> str:
    profile, facts = world.profile, row.facts
    if "home:any" in facts or (profile.resident and "home:city" in facts):
        return OK
    if profile.home_area and f"home:in:{profile.home_area}" in facts:
        return OK
    maybe = "home?" in facts or (profile.resident is None and "home:city" in facts)
    if profile.home_area is None:
        maybe = maybe or (profile.resident is not False and "home:area" in facts)
    else:
        maybe = maybe or f"home:part:{profile.home_area}" in facts
    return MAYBE if maybe else NO


def _audience(world: World, row: Row, minutes: Minutes) -> str:
    profile, age = world.profile, world.profile.age
    belongs = {
        "parents": "parents" in profile.audiences,
        "carers": "carers" in profile.audiences or profile.family_only or profile.needs.get("family_respite", 0) > 0,
        "families": "carers" in profile.audiences or profile.family_only,
        "foreigners": "foreigners" in profile.audiences or bool(set(profile.languages) - {"ja"}),
        "disabled": True if "disabled" in profile.audiences else None,
        "children": True if profile.needs.get("childrens_place", 0) > 0 else None if age is None else age <= CHILD,
        "youth": None if age is None else age <= YOUNG,
        "seniors": None if age is None else age >= OLDER,
    }
    answers = [belongs[audience] for audience in belongs if f"for:{audience}" in row.facts]
    return NO if False in answers else MAYBE if None in answers else OK


def _unavailable(world: World, row: Row, minutes: Minutes) -> str:
    held, declared = world.hosts.held.get(row.listing_id, 0), world.hosts.declared.get(row.listing_id)
    taken = held > 0 and declared is not None and declared.free - held <= 0
    return NO if taken or row.listing_id in world.profile.no_contact | world.hosts.resting else OK


def _attribute(row: Row, term: str, value: str) -> str:
    if f"{'no' if value == 'yes' else 'yes'}:{term}" in row.facts:
        return NO
    return OK if f"{value}:{term}" in row.facts and f"aged:{term}" not in row.facts else MAYBE


def _avoided(row: Row, term: str) -> str:
    return _either(row, f"duty:{term}", f"duty?:{term}") if term in OTHERS else _attribute(row, term, "no")


def _language(world: World, row: Row, minutes: Minutes) -> str:
    languages = world.profile.languages
    if any(f"speaks:{language}" in row.facts for language in languages):
        return OK
    if "easy_japanese" in languages and "yes:easy_japanese" in row.facts:
        return OK
    return NO if "speaks" in row.facts and "no:easy_japanese" in row.facts else MAYBE


def eased(profile: Profile, load: str) -> int:
    return 1 if profile.accompanied and load in EASED else 0


def _ceiling(load: str, world: World, row: Row, minutes: Minutes) -> str:
    if load not in row.loads:
        return MAYBE
    return NO if row.loads[load] > world.profile.ceilings[load] + eased(world.profile, load) else OK


def _crossing(world: World, row: Row, minutes: Minutes) -> str:
    across = "place" in row.facts and row.zone != world.profile.zone and "yes:online" not in row.facts
    return NO if across else OK


def session_fit(world: World, start: int, end: int, weekday: int) -> str:
    """whole, part, unsure or none: one session in the person's times."""
    first, last = weekday * DAY + start, weekday * DAY + end
    shared = sum(max(0, min(last, until) - max(first, begin)) for begin, until in world.free)
    if shared < min(VISIT, last - first):
        return "none"
    if end - start <= 1 or (start, end) == (0, DAY):
        return "unsure"
    return "whole" if shared >= last - first else "part"



def fit(world: World, row: Row) -> str:
    """The best of all sessions."""
    if not row.sessions:
        return "unsure"
    fits = [session_fit(world, start, end, weekday) for weekday, start, end in row.sessions]
    return max(fits, key=("none", "unsure", "part", "whole").index)


def _hours(world: World, row: Row, minutes: Minutes) -> str:
    found = fit(world, row)
    if found == "none" or (found == "part" and "stays" in row.facts):
        return NO
    unsure = found == "unsure" or (found == "part" and "come_and_go" not in row.facts)
    return MAYBE if unsure or "schedule:aged" in row.facts else OK


def ways(world: World, row: Row) -> Minutes:
    """Minutes by each mode; NaN where the place or the ferry is not known."""
    profile = world.profile
    if profile.start is None or not profile.travel:
        return {}
    metres, ferry = _metres(world, row)
    found = {}
    for mode, limit in profile.travel.items():
        speed = SPEEDS[mode] * (FRAIL if profile.frail and mode == "walk" else 1.0)
        limit = profile.ferry_limit if ferry > 0 and profile.ferry_limit is not None else limit
        least, likely, most = (
            FIXED[mode] + ferry + detour * metre / speed
            for detour, metre in zip(DETOURS, (max(metres - row.off_by, 0.0), metres, metres + row.off_by), strict=True))
        found[mode] = (least, likely, most, float(limit))
    return found


def _metres(world: World, row: Row) -> tuple[float, float]:
    profile, there = world.profile, row.point
    if there is None:
        return float("nan"), 0.0
    if row.zone == profile.zone:
        return world.distance(profile.start, there), 0.0
    piers = {one.zone: one for one in world.crossings}
    here, walked, sailed = profile.start, 0.0, 0.0
    if profile.zone != MAINLAND:
        if profile.zone not in piers:
            return float("nan"), 0.0
        home = piers[profile.zone]
        here, walked, sailed = home.mainland_pier, world.distance(here, home.island_pier), FERRY_WAIT + home.minutes
    if row.zone != MAINLAND:
        if row.zone not in piers:
            return float("nan"), sailed
        to = piers[row.zone]
        walked, sailed, here = walked + world.distance(here, to.mainland_pier), sailed + FERRY_WAIT + to.minutes, to.island_pier
    return walked + world.distance(here, there), sailed


def _reach(world: World, row: Row, minutes: Minutes) -> str:
    fetched = picked_up(world, row)
    sure = any(most <= limit for mode, (_, _, most, limit) in minutes.items() if mode not in UNSURE)
    if sure or (fetched and world.profile.home_area) or "place" not in row.facts:
        return OK
    lost = any(isnan(likely) for _, likely, _, _ in minutes.values())
    near = any(least <= limit for least, _, _, limit in minutes.values())
    return MAYBE if near or lost or fetched or "yes:online" in row.facts else NO


def picked_up(world: World, row: Row) -> bool:
    """A service fetches people of the area, or may, where that was not heard."""
    home = world.profile.home_area
    return "pickup" in row.facts and (not home or f"area:{home}" in row.facts)


def is_relaxable(key: str) -> bool:
    criterion, _, part = key.partition(":")
    return criterion in ("capacity", "ceiling", "cost", "crossing", "hours", "reach") or (
        criterion == "required" and part in CAN_DO_WITHOUT)
