"""Does somebody with name, password and code come in, and nobody else? And are they told what to do when not?"""

from dataclasses import replace
from datetime import UTC

import pyotp
import pytest
from flask.testing import FlaskClient

from matcher import sign_in
from tests.matcher.office import PASSWORD
from tests.web.staff.conftest import StaffSite, form_token
from web import create_app, limits

WRONG_PASSWORD = "まちがった合い言葉 1234"


def give_password(client: FlaskClient, login: str, password: str = PASSWORD, line: str = "127.0.0.1", **fields: str):
    token = form_token(client, "/desk/sign-in")
    return client.post(
        "/desk/sign-in", data={"login_name": login, "password": password, "form_token": token, **fields},
        environ_overrides={"REMOTE_ADDR": line})


def give_code(client: FlaskClient, code: str, line: str = "127.0.0.1", **fields: str):
    token = form_token(client, "/desk/sign-in/code")
    return client.post("/desk/sign-in/code", data={"code": code, "form_token": token, **fields},
                       environ_overrides={"REMOTE_ADDR": line})


def arrive(site: StaffSite, login: str, line: str = "127.0.0.1") -> FlaskClient:
    """A browser in which somebody signs in from beginning to end, with the next of their codes on paper."""
    client = site.client()
    site.clock.turn(seconds=1)
    assert give_password(client, login, line=line).status_code == 303
    assert give_code(client, codes(site, login), line).status_code == 303
    return client


def codes(site: StaffSite, login: str) -> str:
    """A code that has not been used yet."""
    made = site.factors[login]
    code, *left = made.codes
    site.factors[login] = type(made)(made.staff_id, made.secret, made.address, tuple(left))
    return code


def held(client: FlaskClient) -> str:
    return client.get_cookie("desk").value


def test_name_password_and_a_printed_code_lead_to_the_desk(staff_site: StaffSite) -> None:
    site = staff_site
    site.hire("first", "admin")
    client = site.client()
    response = give_password(client, "first")
    assert (response.status_code, response.location) == (303, "/desk/sign-in/code")
    response = give_code(client, codes(site, "first"))
    assert (response.status_code, response.location) == (303, "/desk/")
    page = client.get("/desk/").text
    assert "職員 first" in page and "管理者" in page and "ログアウト" in page


def test_the_code_of_a_generator_does_too_and_works_once(staff_site: StaffSite) -> None:
    staff_site.hire("generator", "worker")
    code = pyotp.TOTP(staff_site.factors["generator"].secret).at(staff_site.clock.now.replace(tzinfo=UTC))
    first, second = staff_site.client(), staff_site.client()
    give_password(first, "generator")
    assert give_code(first, code).status_code == 303
    give_password(second, "generator")
    response = give_code(second, code)
    assert response.status_code == 401 and sign_in.WRONG_CODE in response.text


def test_a_wrong_password_and_an_unknown_account_are_answered_alike(staff_site: StaffSite) -> None:
    pages = []
    for login in ("worker", "no-such-account"):
        client = staff_site.client()
        client.get("/desk/sign-in")
        client.set_cookie("desk", "the-same-in-both")
        response = give_password(client, login, WRONG_PASSWORD, line="192.0.2.9")
        assert response.status_code == 401 and sign_in.WRONG in response.text
        assert WRONG_PASSWORD not in response.text
        pages.append(response.text.replace(login, "…"))
    assert pages[0] == pages[1]


def test_the_password_alone_opens_nothing(staff_site: StaffSite) -> None:
    client = staff_site.client()
    give_password(client, "worker")
    assert client.get("/desk/").location == "/desk/sign-in?next=/desk/"


def test_every_step_has_a_token_of_its_own(staff_site: StaffSite) -> None:
    site = staff_site
    site.hire("rotating", "worker")
    client = site.client()
    client.get("/desk/sign-in")
    tokens = [held(client)]
    give_password(client, "rotating")
    tokens.append(held(client))
    give_code(client, codes(site, "rotating"))
    tokens.append(held(client))
    assert len(set(tokens)) == 3
    for old in tokens[:2]:
        client.set_cookie("desk", old)
        assert client.get("/desk/").status_code == 303
    client.set_cookie("desk", tokens[2])
    assert client.get("/desk/", follow_redirects=True).status_code == 200


def test_a_cookie_planted_before_the_sign_in_opens_nothing_afterwards(staff_site: StaffSite) -> None:
    site = staff_site
    site.hire("fixed", "worker")
    client = site.client()
    client.set_cookie("desk", "planted-by-somebody-else")
    give_password(client, "fixed")
    give_code(client, codes(site, "fixed"))
    assert held(client) != "planted-by-somebody-else"
    other = site.client()
    other.set_cookie("desk", "planted-by-somebody-else")
    assert other.get("/desk/").status_code == 303


def test_five_wrong_passwords_and_this_place_waits_a_quarter_of_an_hour(staff_site: StaffSite) -> None:
    site = staff_site
    site.hire("waiting", "worker")
    client = site.client()
    for _try in range(sign_in.PAIR):
        assert give_password(client, "waiting", WRONG_PASSWORD, "192.0.2.20").status_code == 401
    response = give_password(client, "waiting", PASSWORD, "192.0.2.20")
    assert response.status_code == 429 and "15分" in response.text
    assert response.headers["Retry-After"] == "900"
    site.clock.turn(minutes=16)
    assert give_password(client, "waiting", PASSWORD, "192.0.2.20").status_code == 303


def test_who_knocks_from_elsewhere_does_not_lock_out_the_real_user(staff_site: StaffSite) -> None:
    site = staff_site
    site.hire("real", "worker")
    known = arrive(site, "real", line="192.0.2.30")
    sign_out(known)
    attacker = site.client()
    for _try in range(sign_in.PAIR + 2):
        refused = give_password(attacker, "real", WRONG_PASSWORD, "192.0.2.30")
    assert refused.status_code == 429, "from the very same office"
    assert known.get_cookie("desk-device") is not None
    assert give_password(known, "real", line="192.0.2.30").status_code == 303
    assert give_password(site.client(), "real", line="198.51.100.7").status_code == 303, "from home, for the first time"


def test_the_mark_of_a_computer_opens_nothing_by_itself(staff_site: StaffSite) -> None:
    site = staff_site
    site.hire("marked", "worker")
    mark = arrive(site, "marked").get_cookie("desk-device")
    stranger = site.client()
    stranger.set_cookie("desk-device", mark.value)
    assert stranger.get("/desk/").status_code == 303
    assert mark.http_only and mark.same_site == "Strict" and mark.max_age == 365 * 24 * 60 * 60


def test_many_tries_at_once_from_one_line_are_slowed_down(staff_site: StaffSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.LIMITS, "auth.give_password", limits.Allowance(burst=2, a_minute=1))
    client = staff_site.client()
    answers = [give_password(client, "nobody-here", WRONG_PASSWORD, "203.0.113.9").status_code for _try in range(3)]
    assert answers == [401, 401, 429]


def test_five_wrong_codes_lead_back_to_the_beginning(staff_site: StaffSite) -> None:
    staff_site.hire("guesser", "worker")
    client = staff_site.client()
    give_password(client, "guesser", line="192.0.2.40")
    for _try in range(5):
        response = give_code(client, "AAAA-AAAA", "192.0.2.41")
        assert response.status_code == 401
    response = give_code(client, codes(staff_site, "guesser"), "192.0.2.42")
    assert response.status_code == 401 and sign_in.BEGIN_AGAIN in response.text and 'name="password"' in response.text


def test_the_code_is_waited_for_ten_minutes(staff_site: StaffSite) -> None:
    staff_site.hire("slow", "worker")
    client = staff_site.client()
    give_password(client, "slow")
    staff_site.clock.turn(minutes=11)
    response = give_code(client, codes(staff_site, "slow"))
    assert response.status_code == 401 and sign_in.BEGIN_AGAIN in response.text


def test_the_page_of_the_code_leads_a_browser_without_a_first_step_back(staff_site: StaffSite) -> None:
    assert staff_site.client().get("/desk/sign-in/code").location == "/desk/sign-in"


def sign_out(client: FlaskClient):
    return client.post("/desk/sign-out", data={"form_token": form_token(client)})


def test_signing_out_ends_the_session_in_the_database_too(staff_site: StaffSite) -> None:
    client = staff_site.client(staff_site.people["worker"])
    token = held(client)
    response = sign_out(client)
    assert response.location == "/desk/sign-in?out=1"
    assert client.get_cookie("desk") is None
    assert "ログアウトしました" in client.get(response.location).text
    client.set_cookie("desk", token)
    assert client.get("/desk/").status_code == 303


def test_who_signs_in_again_leaves_no_session_behind(staff_site: StaffSite) -> None:
    site = staff_site
    site.hire("twice", "admin")
    client = site.client(site.people["admin"])
    before, token = held(client), form_token(client)
    assert client.post("/desk/sign-in", data={
        "login_name": "twice", "password": PASSWORD, "form_token": token}).status_code == 303
    client.set_cookie("desk", before)
    assert client.get("/desk/").status_code == 303


@pytest.mark.parametrize("address", [
    "https://example.jp/", "//example.jp/", "/\\example.jp", "\\\\example.jp", "/desk/../search", "javascript:alert(1)",
    "/search", "/", "/deskless", "/desk/sign-in", "/desk/sign-in/code", " /desk/", "/desk/\r\nSet-Cookie:a=b", "https:/desk/",
])
def test_no_other_site_and_no_open_page_is_gone_on_to(staff_site: StaffSite, address: str) -> None:
    site = staff_site
    client = site.client(site.people["admin"])
    assert client.get("/desk/sign-in", query_string={"next": address}).location == "/desk/"
    assert site.client().get("/desk/sign-in", query_string={"next": address}).text.count("example.jp") == 0


def test_one_goes_on_to_the_page_one_wanted(staff_site: StaffSite) -> None:
    site = staff_site
    site.hire("bound", "worker")
    client = site.client()
    location = client.get("/desk/?x=1").location
    assert location == "/desk/sign-in?next=/desk/?x%3D1"
    token = form_token(client, location)
    page = client.post("/desk/sign-in", data={
        "login_name": "bound", "password": PASSWORD, "form_token": token, "next": "/desk/?x=1"})
    assert page.location == "/desk/sign-in/code?next=/desk/?x%3D1"
    assert 'name="next" value="/desk/?x=1"' in client.get(page.location).text
    assert give_code(client, codes(site, "bound"), next="/desk/?x=1").location == "/desk/?x=1"


def test_password_managers_and_pasting_are_welcome(staff_site: StaffSite) -> None:
    client = staff_site.client()
    page = client.get("/desk/sign-in").text
    assert 'autocomplete="username"' in page and 'autocomplete="current-password"' in page
    give_password(client, "worker")
    assert 'autocomplete="one-time-code"' in client.get("/desk/sign-in/code").text
    assert "onpaste" not in page


def test_under_https_the_cookies_are_of_this_host_only(staff_site: StaffSite) -> None:
    app = create_app(replace(staff_site.settings, url="https://yoridokoro.example.jp"), "desk")
    given = app.test_client().get("/desk/sign-in", base_url="https://localhost").headers["Set-Cookie"]
    assert given.startswith("__Host-desk=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(given.split("; "))
    assert "Domain" not in given
