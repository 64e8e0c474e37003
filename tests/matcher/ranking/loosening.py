"""How is each constraint made looser, and how stricter? One row a criterion file; a new file without a row is a red test.

A limit of the person is loosened in the profile. A fact about the person (age, where they live) is no limit: there the places
are made more open instead.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from matcher.ranking.columns import ANY_AGE
from matcher.ranking.hosts import Hosts
from matcher.ranking.profile import Profile
from scripts.benchmarking.naive.records import Row
from tests.matcher.ranking.town import INTERESTS, NEEDS


@dataclass(frozen=True)
class Case:
    """Somebody, somewhere."""

    profile: Profile
    hosts: Hosts
    rows: tuple[Row, ...]


Change = Callable[[Case], Case]


def person(**values: object) -> Change:
    """The same with other values of the profile; a callable is given the profile."""
    def change(case: Case) -> Case:
        made = {name: value(case.profile) if callable(value) else value for name, value in values.items()}
        return replace(case, profile=replace(case.profile, **made))

    return change


def places(without: Iterable[str], with_: Iterable[str] = (), **values: object) -> Change:
    """Every place without facts that begin so, and with these instead."""
    def change(case: Case) -> Case:
        return replace(case, rows=tuple(
            replace(row, facts=frozenset(one for one in row.facts if not one.startswith(tuple(without))) | frozenset(with_),
                    **values) for row in case.rows))

    return change


LOOSER: dict[str, Change] = {
    "purpose": person(needs=lambda it: {**dict.fromkeys(NEEDS, 0.5), **{k: max(w, 0.1) for k, w in it.needs.items()}},
                      interests=INTERESTS),
    "required": person(required=()),
    "avoided": person(avoided=()),
    "accommodation": person(accommodations=()),
    "age": places(["age?"], age_from=0, age_until=ANY_AGE),
    "gender": places(["only"]),
    "residency": places(["home"], ["home:any"]),
    "audience": places(["for:"]),
    "family": places([], ["family"]),
    "welcome": places(["welcome"]),
    "exclusion": places(["exclusion"]),
    "capacity": person(waits=True),
    "excluded": person(excluded=frozenset()),
    # A place one goes to is proposed for something to do there.
    "attending": places([], ["role"]),
    "unavailable": lambda case: replace(
        case, hosts=Hosts(), profile=replace(case.profile, no_contact=frozenset())),
    "cost": person(cost_limit=lambda it: None if it.cost_limit is None else it.cost_limit + 500),
    "language": places([], ["speaks:vi", "speaks:easy_japanese"]),
    "companion": person(companion=False),
    "ceiling": person(ceilings=lambda it: {load: min(level + 1, 4) for load, level in it.ceilings.items()}),
    "crossing": person(ferry=True),
    "hours": person(slots=lambda it: it.slots and tuple(replace(slot, from_minute=0, until_minute=1440) for slot in it.slots)),
    "reach": person(travel=lambda it: {mode: minutes + 15 for mode, minutes in it.travel.items()},
                    ferry_limit=lambda it: it.ferry_limit and it.ferry_limit + 15),
}

# Requirements a person may add, none of which is part of the scorecard.
STRICTER: dict[str, Change] = {
    "required": person(required=lambda it: tuple(dict.fromkeys((*it.required, "wheelchair", "quiet")))),
    "avoided": person(avoided=lambda it: tuple(dict.fromkeys((*it.avoided, "alcohol", "phone_duty")))),
    "cost": person(cost_limit=0),
    "companion": person(companion=True),
    "excluded": person(excluded=lambda it: it.excluded | {"listing-00003", "listing-00007"}),
    "unavailable": person(no_contact=lambda it: it.no_contact | {"listing-00004", "listing-00008"}),
    "capacity": person(waits=False),
}
