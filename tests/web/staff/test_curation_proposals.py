"""Can a proposal be decided field by field, only with the difference open, and taken back for a day?"""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from directory.curation.acting import acting
from directory.curation.proposals import propose
from directory.curation.values import values_of
from directory.db import read_session
from directory.models import ChangeRequest, ChangeRequestField
from tests.factories import add_listing
from tests.web.staff.conftest import NOON, StaffSite, form_token
from tests.web.staff.pressing import Fields, fields_of_form

PHONE, WELCOME, TOWN = "listing.phone", "listing.welcome", "listing.service_area"


class Case:
    """One listing with one proposal, and a coordinator who looks at it."""

    def __init__(self, site: StaffSite, **values: object) -> None:
        self.engine = site.app.extensions["yoridokoro"].engine
        self.client: FlaskClient = site.client(site.people["curator"])
        self.listing = add_listing(self.engine, service={"name": "みなと体操"}, phone="0829-00-1000", welcome="unknown")
        wanted = values or {PHONE: "0829-00-2111", WELCOME: "always"}
        self.id = propose(self.engine, self.listing, wanted, "postcard", "はがき「番号が変わります」", "世話人", NOON)
        self.address = f"/desk/curation/proposals/{self.id}"

    def page(self) -> str:
        return self.client.get(self.address).text

    def form(self) -> Fields:
        return fields_of_form(self.page(), self.address)

    def send(self, form: Fields):
        return self.client.post(self.address, data=form)

    def says(self, key: str) -> object:
        with read_session(self.engine) as session:
            return values_of(session, self.listing)[key]

    def state(self) -> str:
        with read_session(self.engine) as session:
            return session.get(ChangeRequest, self.id).state


@pytest.fixture
def case(staff_site: StaffSite) -> Case:
    return Case(staff_site)


def test_the_page_sets_now_and_proposed_side_by_side_with_what_it_rests_on(case: Case) -> None:
    page = case.page()
    assert "はがき「番号が変わります」" in page
    assert "<del>" in page and "<ins>" in page and ">1000</del>" in page and ">2111</ins>" in page
    assert "いつでもどうぞ" in page and "採用" in page and "直して採用" in page and "見送る" in page


def test_a_place_said_to_have_ended_is_told_in_words_and_is_nothing_that_changed_meanwhile(staff_site: StaffSite) -> None:
    page = Case(staff_site, status="closed").page()
    assert "掲載中</del>" in page and "終了</ins>" in page and "published" not in page
    assert "内容が変わっています" not in page


def test_an_application_is_asked_about_from_its_name_on_and_its_kind_is_chosen_here(staff_site: StaffSite) -> None:
    case = Case(staff_site)
    values = {"listing.phone": "0829-00-5678", "organization.name": "つつじ会", "service.kind": None, "service.name": "お茶のみサロン"}
    proposal = propose(case.engine, None, values, "application", "", "掲載希望", NOON)
    page = case.client.get(f"/desk/curation/proposals/{proposal}").text
    places = [page.index(f'id="f-{key}"') for key in ("service.name", "service.kind", "listing.phone")]
    assert places == sorted(places)
    assert re.search(r'name="d:service.kind" value="edit" checked', page)
    assert re.search(r'name="d:service.name" value="accept" checked', page)


def test_each_field_is_accepted_or_put_right_or_declined_by_itself(case: Case) -> None:
    form = case.form()
    form[f"d:{PHONE}"], form[f"v:{PHONE}"] = "edit", "０８２９ー００ー３３３３"
    form[f"d:{WELCOME}"], form[f"w:{WELCOME}"] = "reject", "電話で確かめてから"
    response = case.send(form)
    assert response.status_code == 303
    assert case.says(PHONE) == "0829-00-3333" and case.says(WELCOME) == "unknown" and case.state() == "decided"
    with read_session(case.engine) as session:
        rows = {row.field: (row.decision, row.reason) for row in session.scalars(
            select(ChangeRequestField).where(ChangeRequestField.change_request_id == case.id))}
    assert rows == {PHONE: ("edit", None), WELCOME: ("reject", "電話で確かめてから")}


def test_what_was_decided_can_be_taken_back_by_one_press(case: Case) -> None:
    after = case.client.get(case.send(case.form()).location).text
    assert case.says(PHONE) == "0829-00-2111"
    undo = next(part.split('"')[0] for part in after.split('action="') if part.startswith("/desk/curation/acts/"))
    response = case.client.post(undo, data={"form_token": form_token(case.client, "/desk/curation/new")})
    assert response.status_code == 303 and case.says(PHONE) == "0829-00-1000" and case.state() == "open"


def test_declining_needs_a_reason_and_says_so_at_the_field(case: Case) -> None:
    form = case.form()
    form[f"d:{PHONE}"] = "reject"
    form[f"d:{WELCOME}"], form[f"v:{WELCOME}"] = "edit", "call_first"
    response = case.send(form)
    assert response.status_code == 422
    assert "まちがいがあります" in response.text and f'href="#w-{PHONE}"' in response.text
    assert case.says(PHONE) == "0829-00-1000" and case.state() == "open"


def test_a_decision_without_the_page_of_the_difference_writes_nothing(case: Case) -> None:
    form = case.form()
    del form["seen"]
    assert case.send(form).status_code == 409
    assert case.says(PHONE) == "0829-00-1000" and case.state() == "open"


def test_a_listing_changed_meanwhile_is_shown_beside_what_was_marked(case: Case) -> None:
    form = case.form()
    form[f"d:{WELCOME}"], form[f"w:{WELCOME}"] = "reject", "わたしが書いたわけ"
    with acting(case.engine, by="SC 大野", kind="edit", why="", now=NOON) as act:
        act.change(case.listing, {PHONE: "0829-00-7777"})
    response = case.send(form)
    assert response.status_code == 409 and case.says(PHONE) == "0829-00-7777"
    assert "わたしが書いたわけ" in response.text and ">7777</del>" in response.text and "開いたあとに" in response.text
    assert case.send(fields_of_form(response.text, case.address)).status_code == 303
    assert case.says(PHONE) == "0829-00-2111" and case.says(WELCOME) == "unknown"


def test_two_people_deciding_one_proposal_write_it_once(case: Case, staff_site: StaffSite) -> None:
    other = staff_site.client(staff_site.people["curator"])
    late = fields_of_form(other.get(case.address).text, case.address)
    late[f"d:{PHONE}"], late[f"v:{PHONE}"] = "edit", "0829-00-9999"
    assert case.send(case.form()).status_code == 303
    response = other.post(case.address, data=late)
    assert response.status_code == 409 and "先にこの提案を決めました" in response.text
    assert case.says(PHONE) == "0829-00-2111"


def test_a_word_only_report_can_be_put_away(staff_site: StaffSite) -> None:
    case = Case(staff_site)
    case.id = propose(case.engine, case.listing, {}, "report", "入口が裏に変わりました", None, NOON + timedelta(hours=1))
    page = case.client.get(f"/desk/curation/proposals/{case.id}").text
    assert "入口が裏に変わりました" in page
    action = f"/desk/curation/proposals/{case.id}/close"
    assert case.client.post(action, data=fields_of_form(page, action)).status_code == 303
    assert case.state() == "decided"


def test_a_proposal_that_is_not_there_is_not_found(case: Case) -> None:
    assert case.client.get("/desk/curation/proposals/00000000-0000-0000-0000-000000000000").status_code == 404
