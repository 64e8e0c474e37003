"""Is there somebody to try the desk with beside the sample city, and nowhere else?"""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, insert

from directory import migrations
from directory.db import make_engine
from directory.models import Revision, Town
from matcher import casework, sample, sessions, sign_in
from matcher.casework import IDENTITY
from matcher.models import Participant, Staff
from tests.matcher.office import NOW


@pytest.fixture
def city(tmp_path):
    """The directory as the sample leaves it, as far as it matters here: who wrote it, and three towns."""
    engine = make_engine(f"sqlite:///{tmp_path / 'directory.db'}")
    migrations.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(insert(Revision).values(
            id="1", number=1, made_at=datetime(2026, 1, 1), made_by="見本データ", why="", record_type="x", record_id="1"))
        for town, _heard in sample.PEOPLE.values():
            connection.execute(insert(Town).values(
                id=town, prefecture="x", municipality="x", name=town, latitude=34.3, longitude=132.2, zone="mainland"))
    yield engine
    engine.dispose()


def test_a_newcomer_gets_a_worker_three_people_and_the_way_in(office, city):
    worker = sample.load_people(office.desk, city, NOW)
    later = NOW + timedelta(minutes=1)
    token = sign_in.give_password(office.desk, worker.login_name, worker.password, "x", later)
    arrived = sign_in.give_code(office.desk, token, worker.factors.codes[0], "x", later)
    actor = sessions.signed_in(office.desk, arrived.token, later).actor
    cases = casework.cases(office.desk, actor, later)
    assert [case.code_name for case in cases] == sorted(sample.PEOPLE)
    for case in cases:
        profile = casework.profile_of(office.desk, actor, case.id, later)
        assert profile.needs and profile.start and case.code_name.startswith("見本")
        heard = casework.read_answers(office.desk, actor, case.id, later, IDENTITY)["name"].value
        assert heard is None or "架空" in heard
    assert any(casework.profile_of(office.desk, actor, case.id, later).family_only for case in cases)


def test_what_is_there_already_is_left_alone(office, city):
    assert sample.load_people(office.desk, city, NOW)
    assert sample.load_people(office.desk, city, NOW) is None
    assert (len(office.rows(Staff)), len(office.rows(Participant))) == (1, 3)


def test_an_office_with_staff_of_its_own_gets_no_sample(office, city):
    office.hire()
    assert sample.load_people(office.desk, city, NOW) is None
    assert office.rows(Participant) == []


def test_a_real_city_gets_no_sample(office, city):
    with city.begin() as connection:
        connection.execute(delete(Revision))
    assert sample.load_people(office.desk, city, NOW) is None
    assert office.rows(Staff) == []
