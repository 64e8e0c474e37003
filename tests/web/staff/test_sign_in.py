"""Does somebody with name, password and code come in, and nobody else? And are they told what to do when not?"""

from datetime import UTC

import pyotp
from flask.testing import FlaskClient

from matcher import sign_in
from tests.matcher.office import PASSWORD
from tests.web.staff.conftest import StaffSite, form_token


def give_password(client: FlaskClient, login: str, password: str = PASSWORD, **fields: str):
    token = form_token(client, "/desk/sign-in")
    return client.post("/desk/sign-in", data={
        "login_name": login, "password": password, "form_token": token, **fields})


def give_code(client: FlaskClient, code: str, **fields: str):
    token = form_token(client, "/desk/sign-in/code")
    return client.post("/desk/sign-in/code", data={"code": code, "form_token": token, **fields})


def session_cookie(client: FlaskClient) -> str:
    return client.get_cookie("desk").value


def test_name_password_and_a_printed_code_lead_to_the_desk(staff_site: StaffSite) -> None:
    client = staff_site.client()
    response = give_password(client, "worker")
    assert (response.status_code, response.location) == (303, "/desk/sign-in/code")
    response = give_code(client, staff_site.factors["worker"].codes[0])
    assert (response.status_code, response.location) == (303, "/desk/")
    assert "職員 worker" in client.get("/desk/", follow_redirects=True).text


def test_the_code_of_a_generator_does_too_and_works_once(staff_site: StaffSite) -> None:
    code = pyotp.TOTP(staff_site.factors["worker"].secret).at(staff_site.clock.now.replace(tzinfo=UTC))
    first, second = staff_site.client(), staff_site.client()
    give_password(first, "worker")
    assert give_code(first, code).status_code == 303
    give_password(second, "worker")
    response = give_code(second, code)
    assert response.status_code == 401 and sign_in.WRONG_CODE in response.text
