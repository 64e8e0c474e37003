"""When does a sign-in end, and does it end at once? After half an hour of rest, after twelve hours, and when it is told to."""

import re

import pytest
from flask.testing import FlaskClient

from matcher import accounts
from matcher.models import StaffSession
from tests.matcher.office import PASSWORD
from tests.web.staff.conftest import NOON, StaffSite, form_token

START = "/desk/sign-in"


def is_in(client: FlaskClient) -> bool:
    """Whether the start of the desk is open to this browser."""
    response = client.get("/desk/")
    return response.status_code == 200 or not response.location.startswith(START)


@pytest.fixture
def worker(staff_site: StaffSite) -> FlaskClient:
    return staff_site.client(staff_site.people["worker"])


def test_half_an_hour_without_a_request_ends_it(staff_site: StaffSite, worker: FlaskClient) -> None:
    for _step in range(3):
        staff_site.clock.turn(minutes=29)
        assert is_in(worker)
    staff_site.clock.turn(minutes=31)
    assert not is_in(worker)


def test_twelve_hours_end_it_in_any_case(staff_site: StaffSite, worker: FlaskClient) -> None:
    for _step in range(28):
        staff_site.clock.turn(minutes=25)
        assert is_in(worker)
    staff_site.clock.turn(minutes=25)
    assert not is_in(worker)


def test_the_page_says_when(staff_site: StaffSite, worker: FlaskClient) -> None:
    page = worker.get("/desk/", follow_redirects=True).text
    assert "12:30 に" in page and "翌日" not in page
    assert 'data-idle="1800"' in page and 'data-ends="43200"' in page
    assert re.search(r'class="session-warning" role="status" aria-live="polite"></div>', page)


def test_who_asks_to_stay_stays(staff_site: StaffSite, worker: FlaskClient) -> None:
    token = form_token(worker)
    staff_site.clock.turn(minutes=29)
    answer = worker.post("/desk/stay", headers={"X-Form-Token": token})
    assert answer.json == {"idle": 1800, "ends": 12 * 3600 - 29 * 60}
    staff_site.clock.turn(minutes=29)
    assert is_in(worker)


def test_a_closed_account_is_out_with_the_next_request(staff_site: StaffSite) -> None:
    leaving = staff_site.client(staff_site.hire("leaving", "worker"))
    assert is_in(leaving)
    accounts.disable_staff(staff_site.desk, NOON, login_name="leaving")
    assert not is_in(leaving)


def test_a_renewed_password_ends_every_session(staff_site: StaffSite) -> None:
    renewed = staff_site.client(staff_site.hire("renewed", "worker"))
    accounts.reset_staff(staff_site.desk, NOON, login_name="renewed", password=PASSWORD + "あたらしい")
    assert not is_in(renewed)


def test_the_database_holds_no_token(staff_site: StaffSite, worker: FlaskClient) -> None:
    token = worker.get_cookie("desk").value
    assert token not in {row.id for row in staff_site.office.rows(StaffSession)}


def test_a_part_of_a_page_is_refused_and_not_answered_with_the_sign_in(staff_site: StaffSite) -> None:
    response = staff_site.client().get("/desk/", headers={"Sec-Fetch-Dest": "empty"})
    assert response.status_code == 401 and 'name="password"' not in response.text


@pytest.mark.parametrize("token", ["", "x" * 3_000, "あ", "' OR 1=1", "\x00"])
def test_a_token_that_is_none_opens_nothing(staff_site: StaffSite, token: str) -> None:
    client = staff_site.client()
    client.set_cookie("desk", token)
    assert not is_in(client)
