"""Is what was heard from a person kept, field by field, and given to the matching as one profile?"""

from datetime import date

import pytest

from directory.errors import InvalidRecord, NotFound
from matcher import casework
from matcher.errors import Stale
from matcher.ranking.profile import Profile, Slot
from tests.matcher.office import NOW

ANSWERS = {
    "needs": {"belonging": 1, "company": 0.7}, "interests": ["craft", "古い時計"], "age": 42, "gender": "male",
    "resident": True, "home_area": "宮島", "ceiling_people": 1, "comfort_people": 0, "accompanied": True,
    "required": ["wheelchair"], "avoided": ["phone_duty"], "accommodations": ["silence_ok"], "cost_limit": 300,
    "slots": [[2, 780, 960]], "travel_walk": 20, "travel_bus": 30, "languages": ["ja", "vi"],
    "excluded": ["00000000-0000-4000-8000-000000000001"], "ferry": True, "ferry_limit": 60, "relation": "family",
}


def test_what_was_heard_becomes_the_profile(office):
    worker = office.hire()
    case = office.case(worker)
    for field, value in ANSWERS.items():
        office.say(worker, case, field, value)
    assert casework.profile_of(office.desk, worker, case, NOW) == Profile(
        needs={"belonging": 1.0, "company": 0.7}, interests=("craft", "古い時計"), age=42, gender="male", resident=True,
        home_area="宮島", ceilings={"people": 1}, comfort={"people": 0}, accompanied=True, required=("wheelchair",),
        avoided=("phone_duty",), accommodations=("silence_ok",), cost_limit=300, slots=(Slot(2, 780, 960),),
        travel={"walk": 20, "bus": 30}, zone="miyajima", ferry=True, ferry_limit=60, languages=("ja", "vi"),
        family_only=True, excluded=frozenset({"00000000-0000-4000-8000-000000000001"}),
    )
