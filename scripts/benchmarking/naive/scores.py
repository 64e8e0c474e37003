"""How good would this row be? The scorecard of the engine again, one row at a time."""

from collections.abc import Callable, Mapping
from math import ceil, isnan

from matcher.ranking.columns import LOADS
from matcher.ranking.profile import Profile
from matcher.ranking.weights import (
    ABOVE_COMFORT, ALL_LIKED, AT_HOME_WORTH, AWAY_WORTH, BOTTLENECK, CONTAINED, FITTING_KIND, GAMMA, HOME_WANTED_WORTH,
    KEEP_DOUBT, KNOWN_WAY_WORTH, MIDDLE, MOST_LIKED, NOT_NEW_WORTH, PICKED_UP_WORTH, PRIMARY, SECONDARY, TOUCHED, UNASKED_ROLE,
    UNSURE, UNSURE_WORTH, WEIGHTS, WELCOMING, travel_table,
)
from scripts.benchmarking.naive.constraints import Minutes, eased, fit, picked_up
from scripts.benchmarking.naive.familiar import attended
from scripts.benchmarking.naive.records import Row, World

TABLE = travel_table().tolist()
ABOVE = ABOVE_COMFORT.tolist()
Worth = tuple[float, float, float]


def _even(worth: float) -> Worth:
    return worth, worth, worth


def _need(world: World, row: Row, minutes: Minutes) -> Worth:
    needs = {need: weight for need, weight in world.profile.needs.items() if weight > 0}
    if not needs:
        return _even(MIDDLE)
    met = sum(weight * (PRIMARY if f"need1:{need}" in row.facts else SECONDARY if f"need2:{need}" in row.facts else 0.0)
              for need, weight in needs.items())
    asked_for_a_role = "role" in needs or "work_experience" in needs
    return _even(met / sum(needs.values()) * (1.0 if asked_for_a_role or "role" not in row.facts else UNASKED_ROLE))


def _comfort(profile: Profile, load: str, new: bool) -> int | None:
    heard = profile.comfort.get(load)
    if heard is None and load in profile.ceilings:
        heard = profile.ceilings[load] if not new else max(profile.ceilings[load] - 1, 0)
    return None if heard is None else heard + eased(profile, load) + (1 if profile.stretch else 0)


def _load(world: World, row: Row, minutes: Minutes) -> Worth:
    new = not attended(world, row)
    heard = [load for load in LOADS if _comfort(world.profile, load, new) is not None]
    if not heard:
        return _even(MIDDLE)
    sums = [0.0, 0.0, 0.0]
    for load in heard:
        comfort = _comfort(world.profile, load, new) or 0
        worth = [ABOVE[max(level - comfort, 0)] for level in range(5)]
        if load in row.loads:
            values = _even(worth[row.loads[load]])
        else:
            shares = world.usual.levels[row.kind, load]
            values = sum(share * one for share, one in zip(shares, worth, strict=True)), min(worth), max(worth)
        sums = [total + value for total, value in zip(sums, values, strict=True)]
    return sums[0] / len(heard), sums[1] / len(heard), sums[2] / len(heard)


def _travel(world: World, row: Row, minutes: Minutes) -> Worth:
    worth = _way(world, row, minutes)
    return _even(max(worth[0], KNOWN_WAY_WORTH)) if attended(world, row) else worth


def _way(world: World, row: Row, minutes: Minutes) -> Worth:
    if not minutes:
        return _even(MIDDLE)
    if "place" not in row.facts:
        wanted = "online" in (*world.profile.required, *world.profile.helpful)
        return _even(HOME_WANTED_WORTH if wanted else AT_HOME_WORTH)
    if any(isnan(likely) for _, likely, _, _ in minutes.values()):
        return _even(max(PICKED_UP_WORTH, 0.0)) if picked_up(world, row) else (MIDDLE, min(TABLE), max(TABLE))
    worth = max(TABLE[int(min(likely / max(limit, 1.0) * 100, len(TABLE) - 1))] * (UNSURE_WORTH if mode in UNSURE else 1.0)
                for mode, (_, likely, _, limit) in minutes.items())
    if world.profile.away_from_neighbours:
        worth = min(worth, AWAY_WORTH)
    return _even(max(worth, PICKED_UP_WORTH) if picked_up(world, row) else worth)


def _interest(world: World, row: Row, minutes: Minutes) -> Worth:
    interests = world.profile.interests
    if not interests:
        return _even(MIDDLE)
    fitting = any(row.kind in world.fitting.get(interest, ()) for interest in interests)
    about = [row.about.get(interest, 0) for interest in interests]
    liked = ceil((MOST_LIKED * len(about) * max(about) + ALL_LIKED * sum(about)) / ((MOST_LIKED + ALL_LIKED) * len(about)))
    return _even(max(liked / 255, FITTING_KIND if fitting else 0.0))


def _time(world: World, row: Row, minutes: Minutes) -> Worth:
    if not world.profile.slots:
        return _even(MIDDLE)
    found = fit(world, row)
    return (MIDDLE, 0.0, CONTAINED) if found == "unsure" else _even(
        {"none": 0.0, "part": TOUCHED, "whole": CONTAINED}[found])


def _support(world: World, row: Row, minutes: Minutes) -> Worth:
    named = tuple(dict.fromkeys((*world.profile.accommodations, *world.profile.helpful)))
    if not named and attended(world, row):
        return _even(NOT_NEW_WORTH)
    score = least = most = 0.0
    for key, weight in (dict.fromkeys(named, 1 / len(named)) if named else WELCOMING).items():
        care = key in world.care
        yes = f"care:{key}" in row.facts if care else f"yes:{key}" in row.facts
        known = yes or (not care and f"no:{key}" in row.facts)
        score += weight * (float(yes) if known else world.usual.shares[row.kind, key])
        least += weight * yes
        most += weight * (yes or not known)
    return score, least, most


def _keep(world: World, row: Row, minutes: Minutes) -> Worth:
    kept = world.hosts.kept.get(row.listing_id)
    if kept is None:
        return _even(MIDDLE)
    return _even(min(max(MIDDLE + (kept.observed - kept.expected) / (kept.count + KEEP_DOUBT), 0.0), 1.0))


SCORES: Mapping[str, Callable[[World, Row, Minutes], Worth]] = {
    "need": _need, "load": _load, "travel": _travel, "interest": _interest, "time": _time, "support": _support,
    "keep": _keep,
}


def combine(u: Mapping[str, float]) -> float:
    """U, rounded as the engine does."""
    mean = sum(WEIGHTS[key] * worth for key, worth in u.items())
    return round((1 - GAMMA) * mean + GAMMA * min(u[key] for key in BOTTLENECK), 9)
