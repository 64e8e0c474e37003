"""Who is there to try the desk with? One worker and three fictional people, marked 見本, for the sample city only.

Password, generator and codes are made anew on every machine and told once; nothing of them stands in the code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, select

from directory.db import read_session
from directory.models import Revision, Town
from matcher.access import AT_HOST, CASE_LEAD, CURATOR, INTERNAL, WORKER
from matcher.accounts import NewFactors, create_staff, make_password
from matcher.casework import ConsentGiven, open_participant, save_answer
from matcher.desk import Actor, Desk
from matcher.models import Participant, Staff

LOGIN_NAME, DISPLAY_NAME = "mihon", "見本の支援員"
SAMPLE_CITY = "見本データ"
AGREED_BEFORE = timedelta(days=3)
AFTERNOONS = [[weekday, 13 * 60, 16 * 60] for weekday in range(5)]
MORNINGS = [[weekday, 9 * 60, 12 * 60] for weekday in range(5)]
# Asked, and no answer yet.
NOT_HEARD = object()

# Code name → town to set out from, and what was heard of each field. Not a person: nobody is meant.
PEOPLE: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "見本・あさぎり": ("津田", {
        "name": "架空 太郎", "relation": "self", "met": True, "age": 42, "gender": "male", "resident": True,
        "home_area": "佐伯", "own_words": "昼すぎなら起きられる。だまっていてもよい所なら、行ってみてもいい。",
        "needs": {"belonging": 1.0, "role": 0.4}, "interests": ["pc", "game"], "ceiling_people": 1,
        "ceiling_conversation": 1, "ceiling_obligation": 0, "ceiling_stimulation": 1, "ceiling_time": 1,
        "comfort_people": 0, "ceiling_responsibility": NOT_HEARD, "accompanied": True, "accommodations": ["silence_ok"],
        "cost_limit": 300, "slots": AFTERNOONS, "travel_bike": 20, "travel_walk": 15, "travel_bus": 40,
    }),
    "見本・うみかぜ": ("地御前一丁目", {
        "name": "架空 花子", "relation": "self", "met": True, "age": 78, "gender": "female", "resident": True,
        "home_area": "廿日市", "own_words": "ひとりの昼ごはんがさびしい。手を動かすことは今も好き。",
        "needs": {"company": 1.0, "food": 0.6}, "interests": ["craft", "tea"], "ceiling_strength": 2,
        "ceiling_people": 3, "comfort_people": 2, "ceiling_time": 2, "required": ["western_toilet"], "frail": True,
        "cost_limit": 500, "slots": MORNINGS, "travel_walk": 15, "travel_bus": 30, "companion": NOT_HEARD,
    }),
    "見本・こもれび": ("大野中央", {
        "relation": "family", "met": False, "age": 19, "resident": True, "home_area": "大野",
        "own_words": "（母）本人は部屋から出ていません。まず私が、どこかで話を聞いてほしい。",
        "needs": {"consultation": 1.0, "family_respite": 0.7}, "gender": NOT_HEARD, "slots": NOT_HEARD,
        "travel_car": 30,
    }),
}


@dataclass(frozen=True)
class SampleWorker:
    """What a newcomer needs to sign in."""

    login_name: str
    password: str
    factors: NewFactors


def load_people(desk: Desk, directory: Engine, now: datetime) -> SampleWorker | None:
    """Fill an empty casework database beside the sample city; None, and nothing is touched, anywhere else."""
    if not _is_sample_city(directory) or not _nobody_is_there(desk):
        return None
    password = make_password()
    roles = (WORKER, CASE_LEAD, CURATOR)
    factors = create_staff(
        desk, now, login_name=LOGIN_NAME, display_name=DISPLAY_NAME, roles=roles, password=password)
    worker = Actor(factors.staff_id, LOGIN_NAME, DISPLAY_NAME, frozenset(roles))
    day = (now - AGREED_BEFORE).date()
    for code_name, (town, heard) in PEOPLE.items():
        by = "person" if heard["relation"] == "self" else "family"
        consents = tuple(ConsentGiven(scope, day, by, "spoken") for scope in (INTERNAL, AT_HOST))
        case = open_participant(desk, worker, now, code_name=code_name, consents=consents)
        for field, value in {**heard, "start": _start(directory, town)}.items():
            open_question = value is NOT_HEARD or value is None
            save_answer(desk, worker, case, field, None if open_question else value, version=0, now=now,
                        not_heard=open_question)
    return SampleWorker(LOGIN_NAME, password, factors)


def _is_sample_city(directory: Engine) -> bool:
    with read_session(directory) as session:
        return session.scalar(select(Revision.id).where(Revision.made_by == SAMPLE_CITY).limit(1)) is not None


def _nobody_is_there(desk: Desk) -> bool:
    with read_session(desk.engine) as session:
        return not any(session.scalar(select(table.id).limit(1)) for table in (Staff, Participant))


def _start(directory: Engine, name: str) -> dict[str, object] | None:
    """The middle of a town of that name; None when the gazetteer has none."""
    with read_session(directory) as session:
        town = session.scalar(select(Town).where(Town.name == name).order_by(Town.id))
    if town is None:
        return None
    return {"town": town.name, "latitude": town.latitude, "longitude": town.longitude, "zone": town.zone}
