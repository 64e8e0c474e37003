"""How does what was heard become the Profile the matching works with? One table from fields to its fields."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from directory.vocabulary import Vocabulary
from matcher.access import READ
from matcher.casework.answers import VALUE, answers_of
from matcher.casework.confidential import listings_to_avoid
from matcher.casework.fields import CEILING, COMFORT, CONDITIONS, TRAVEL
from matcher.casework.placements import attended
from matcher.desk import Actor, Desk, OpenCase
from matcher.ranking.profile import MAINLAND, Profile, Slot

# Field of the desk = field of the profile, taken as it is, or made a tuple
AS_IT_IS = ("needs", "age", "gender", "resident", "home_area", "cost_limit", "ferry_limit")
FLAGS = ("accompanied", "stretch", "ferry", "frail", "companion", "away_from_neighbours", "waits")
LISTS = ("interests", "required", "avoided", "accommodations", "helpful", "languages", "audiences")
MATCHING = "matching"


def profile_of(desk: Desk, actor: Actor, participant_id: str, now: datetime) -> Profile:
    """The profile of one person, from what this actor may see of them. Raises NotFound."""
    with desk.acting(actor, now) as work:
        case = work.open_case(participant_id, READ, MATCHING)
        return profile_in(desk, case)


def profile_in(desk: Desk, case: OpenCase) -> Profile:
    """The same within an open case."""
    answers = answers_of(desk, case, CONDITIONS)
    heard = {key: answer.value for key, answer in answers.items() if answer.state == VALUE}
    return profile_from(heard, desk.vocabulary, listings_to_avoid(case), attended(case))


def profile_from(
    heard: Mapping[str, Any], vocabulary: Vocabulary, no_contact: frozenset[str] = frozenset(),
    attends: frozenset[str] = frozenset(),
) -> Profile:
    """A profile from values by field; what is not in `heard` was not heard. Where they go is known from the placements."""
    start = heard.get("start")
    return Profile(
        **{name: heard[name] for name in AS_IT_IS if name in heard},
        **{name: bool(heard.get(name)) for name in FLAGS},
        **{name: tuple(heard.get(name, ())) for name in LISTS},
        ceilings=_after(heard, CEILING), comfort=_after(heard, COMFORT), travel=_after(heard, TRAVEL),
        slots=tuple(Slot(*row) for row in heard.get("slots", ())),
        start=(start["latitude"], start["longitude"]) if start else None,
        zone=start["zone"] if start else _zone(heard.get("home_area"), vocabulary),
        family_only=heard.get("relation", "self") != "self" and heard.get("met") is not True,
        excluded=frozenset(heard.get("excluded", ())), no_contact=no_contact, attends=attends,
    )


def _after(heard: Mapping[str, Any], prefix: str) -> dict[str, int]:
    return {key.removeprefix(prefix): value for key, value in heard.items() if key.startswith(prefix)}


def _zone(home_area: object, vocabulary: Vocabulary) -> str:
    return next((area.zone for area in vocabulary.areas if area.name == home_area), MAINLAND)
