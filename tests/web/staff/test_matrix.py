"""Who comes through which door? Role × route × method, generated from url_map and compared with the table below."""

from collections.abc import Iterator

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient

from matcher import accounts, sessions, sign_in
from matcher.access import GENERAL_ACTS, ROLES
from tests.matcher.office import PASSWORD
from tests.web.staff.addresses import filled, methods, private_rules
from tests.web.staff.conftest import NOON, StaffSite
from web import create_app, desks
from web.private import is_private
from web.staff.acts import ACTS, ANYBODY, STAFF
from web.staff.door import KEY

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
NOBODY, HALF, CLOSED = "nobody", "password only", "closed account"
# Written by hand, beside web/staff/acts.py and not from it: who may come in where.
EVERYBODY = {NOBODY, HALF, CLOSED, *ROLES}
SIGNED_IN = set(ROLES)
CASE_WORK = {"worker", "case_lead", "conference_member"}
TEAM = {"worker", "case_lead"}
LEAD, AUDITOR, CURATOR = {"case_lead"}, {"auditor"}, {"curator"}
WHO: dict[str, set[str]] = {
    "/": EVERYBODY,
    "/desk/": SIGNED_IN,
    "/desk/sign-in": EVERYBODY,
    "/desk/sign-in/code": EVERYBODY,
    "/desk/sign-out": SIGNED_IN,
    "/desk/stay": SIGNED_IN,
    "/desk/home": CASE_WORK, "/desk/new": TEAM, "/desk/conferences": LEAD,
    "/desk/conferences/<conference_id>/members": LEAD,
    **{f"/desk/participants/<pid>{page}": CASE_WORK for page in (
        "", "/rename", "/close", "/conditions/<step>", "/candidates", "/candidates/keep", "/candidates/choose",
        "/candidates/take-back", "/candidates/exclude", "/candidates/override", "/candidates/confirm", "/compare", "/sheet",
        "/placements", "/placements/<placement_id>", "/placements/<placement_id>/paper", "/notes", "/enquiries",
        "/consents", "/consents/withdraw", "/no-contact", "/no-contact/remove", "/log")},
    "/desk/emergency": {"worker"}, "/desk/emergency/end": {"worker"}, "/desk/emergencies": LEAD,
    "/desk/emergencies/<emergency_id>": LEAD, "/desk/participants/<pid>/erase": LEAD, "/desk/audit": AUDITOR,
    "/desk/participants/<pid>/team": LEAD, "/desk/participants/<pid>/agenda": LEAD,
    **{f"/desk/curation{page}": CURATOR for page in (
        "/", "/queue", "/aside", "/letters/<letter_id>", "/acts/<act_id>/undo", "/new", "/records/<record>", "/listings",
        "/proposals/<proposal_id>", "/proposals/<proposal_id>/close",
        *(f"/listings/<listing_id>{part}" for part in ("", "/edit/<section>", "/history", "/assure", "/status", "/today")))},
    **{f"/desk/curation/uploads{page}": CURATOR for page in (
        "", *(f"/<upload_id>{part}" for part in (
            "", "/columns", "/back", "/rows/<int:row>", "/confirm", "/undo", "/drop", "/again", "/copy",
            "/annotated.xlsx")))},
    **{f"/desk/curation{page}": CURATOR for page in (
        "/gaps", "/gaps/<area>/<need>", "/freshness", "/freshness/<listing_id>", "/campaign", "/activity", "/activity.xlsx",
        "/duties", "/duties/hand-over", "/words", "/words/edit", "/words/trials/<trial_id>",
        "/words/acts/<act_id>/undo")},
    **{f"/desk/curation{page}": CURATOR for page in (
        "/applications/<letter_id>", "/mailings", "/mailings/<int:mailing_id>", "/mailings/<int:mailing_id>/sheets", "/returns")},
    **{f"/desk/curation{page}": CURATOR for page in (
        "/duplicates", "/duplicates/<listing_id>/<other_id>", "/duplicates/<listing_id>/<other_id>/different",
        "/merges/<merge_id>")},
}
CAME_IN = "came in"


@pytest.fixture(scope="module", params=["desk", pytest.param("all", marks=pytest.mark.long)])
def guarded(request: pytest.FixtureRequest, staff_site: StaffSite) -> Flask:
    """The site with its guard; behind every private door stands a sentence instead of the page."""
    app = create_app(staff_site.settings, request.param)
    app.extensions[KEY].clock = staff_site.clock
    for rule in private_rules(app):
        app.view_functions[rule.endpoint] = lambda **_arguments: CAME_IN
    return app


@pytest.fixture(scope="module")
def tokens(staff_site: StaffSite) -> dict[str, str]:
    """What the browser of each kind of visitor holds; nobody holds nothing."""
    gone = staff_site.hire("gone", "worker")
    held = {role: staff_site.session_of(who) for role, who in staff_site.people.items()}
    held[CLOSED] = staff_site.session_of(gone)
    accounts.disable_staff(staff_site.desk, NOON, login_name="gone")
    held[HALF] = sign_in.give_password(staff_site.desk, "worker", PASSWORD, "192.0.2.1", NOON)
    return held


def cells(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Every address, method and visitor there is."""
    for rule in private_rules(app):
        yield from ((rule.rule, method, who) for method in METHODS for who in EVERYBODY)


def expected(offered: set[str], who_may: set[str], method: str, who: str) -> str:
    if method not in offered | ({"HEAD"} if "GET" in offered else set()):
        return "405"
    if who in who_may:
        return CAME_IN
    if who in ROLES:
        return "403"
    return "sign in" if method in ("GET", "HEAD") else "sign in or 403"


def outcome(response, method: str) -> str:
    if response.status_code == 200 and (method == "HEAD" or response.text == CAME_IN):
        return CAME_IN
    if response.status_code == 303 and response.location.startswith("/desk/sign-in"):
        return "sign in"
    if method not in ("GET", "HEAD") and response.status_code == 401:
        return "sign in or 403"
    return str(response.status_code)


def test_the_desk_alone_and_with_the_public_site_has_the_same_private_addresses(staff_site: StaffSite) -> None:
    desk, everything = (
        {(rule.rule, rule.endpoint, *sorted(methods(rule))) for rule in private_rules(create_app(staff_site.settings, mode))}
        for mode in ("desk", "all"))
    assert everything and {rule for rule in desk if rule[0] != "/"} == {rule for rule in everything if rule[0] != "/"}


def test_every_private_address_is_in_the_table_and_nothing_else(guarded: Flask) -> None:
    private = {rule.rule for rule in private_rules(guarded)}
    alone = set() if "/" in private else {"/"}
    assert private | alone == set(WHO)


def test_every_private_page_names_its_act_and_every_act_named_exists(guarded: Flask) -> None:
    endpoints = {rule.endpoint for rule in private_rules(guarded)}
    assert endpoints - set(ACTS) == set()
    assert set(ACTS) - endpoints <= {"desk_front.front"}
    assert set(ACTS.values()) <= {ANYBODY, STAFF, *GENERAL_ACTS}


def test_private_pages_stand_under_their_own_paths_and_open_ones_do_not(guarded: Flask) -> None:
    private = {rule.rule for rule in private_rules(guarded)} - {"/"}
    assert all(is_private(address) for address in private)
    opened = {rule.rule for rule in guarded.url_map.iter_rules()} - private
    assert not [address for address in opened if is_private(address)]


def test_no_cell_of_role_by_route_by_method_is_wrong(guarded: Flask, tokens: dict[str, str]) -> None:
    offered = {}
    for rule in private_rules(guarded):
        offered.setdefault(rule.rule, {}).update({method: filled(guarded, rule) for method in methods(rule)})
    wrong, seen = [], 0
    clients = {who: guarded.test_client() for who in EVERYBODY}
    for who, token in tokens.items():
        clients[who].set_cookie("desk", token)
    for address, method, who in cells(guarded):
        own = offered[address]
        given = {"X-Form-Token": token_of(guarded, clients[who])}
        response = clients[who].open(own.get(method) or next(iter(own.values())), method=method, headers=given)
        found, right = outcome(response, method), expected(set(own), WHO[address], method, who)
        seen += 1
        if found != right and not (right == "sign in or 403" and found == "403"):
            wrong.append((address, method, who, found, right))
    assert wrong == []
    assert seen == len(EVERYBODY) * len(METHODS) * sum(1 for _rule in private_rules(guarded))


def token_of(app: Flask, client: FlaskClient) -> str:
    """What a form of this browser's session brings back."""
    held = client.get_cookie("desk")
    return sessions.form_token(app.extensions[KEY].open(), held.value) if held else ""


def test_a_page_that_names_no_act_is_refused_to_everybody(staff_site: StaffSite, tokens: dict[str, str]) -> None:
    forgotten = Blueprint("forgotten", __name__)
    forgotten.add_url_rule("/desk/forgotten", view_func=lambda: CAME_IN, methods=["GET", "POST"], endpoint="page")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desks, "PAGES", (*desks.PAGES, forgotten))
        app = create_app(staff_site.settings, "desk")
    for token in (None, *tokens.values()):
        client = app.test_client()
        if token:
            client.set_cookie("desk", token)
        for ask in (client.get, client.post):
            response = ask("/desk/forgotten")
            assert response.status_code == 403 and CAME_IN not in response.text
    assert "forgotten.page" in {rule.endpoint for rule in app.url_map.iter_rules()}


def test_the_matrix_notices_a_page_of_the_wrong_act(staff_site: StaffSite, tokens: dict[str, str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(ACTS, "auth.stay", "accounts")
        app = create_app(staff_site.settings, "desk")
        client = app.test_client()
        client.set_cookie("desk", tokens["worker"])
        response = client.post("/desk/stay", headers={"X-Form-Token": token_of(app, client)})
    assert outcome(response, "POST") == "403" != expected({"POST"}, WHO["/desk/stay"], "POST", "worker")
