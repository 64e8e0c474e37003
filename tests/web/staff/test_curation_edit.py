"""Can a listing be looked after section by section, without losing a word of anybody's?"""

import re

import pytest
from flask.testing import FlaskClient

from directory.curation import drafts
from directory.curation.acting import acting
from directory.curation.fields import GROUPS
from directory.curation.values import marks_of, values_of
from directory.db import read_session
from directory.models import CurationAct, Service, ServiceAtLocation, Town
from directory.writing import writing
from tests.factories import add_listing
from tests.web.staff.conftest import NOON, StaffSite, form_token
from tests.web.staff.pressing import Fields, fields_of_form

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


class Form:
    """The form of one section of one listing, in the hands of a coordinator."""

    def __init__(self, site: StaffSite, listing: str, section: str) -> None:
        self.engine, self.listing = site.app.extensions["yoridokoro"].engine, listing
        self.client: FlaskClient = site.client(site.people["curator"])
        self.address = f"/desk/curation/listings/{listing}/edit/{section}"
        self.fields = self.open()

    def open(self) -> Fields:
        return fields_of_form(self.client.get(self.address).text, self.address)

    def send(self, go: str = "save", **headers: str):
        return self.client.post(self.address, data=self.fields | {"go": go}, headers=headers)

    def type(self, **boxes: str) -> "Form":
        """Fill boxes; two underscores stand for the dot of a name."""
        for name, words in boxes.items():
            self.fields[name.replace("__", ".")] = words
        return self

    def values(self) -> dict:
        with read_session(self.engine) as session:
            return values_of(session, self.listing)


@pytest.fixture
def listing(staff_site: StaffSite) -> str:
    return add_listing(
        staff_site.app.extensions["yoridokoro"].engine, service={"name": "みなと体操", "name_kana": "みなとたいそう", "summary": "体操とお茶"},
        phone="0829-00-1000", contact_public=True, areas=[("地域", "佐伯")], mobile="090-0000-1234",
        fees=[{"per": "毎回", "yen": 100, "note": "お茶代"}], attributes={"chairs": "yes", "wheelchair": "unknown"},
        needs=("exercise", "company"), roles=[{"name": "麦茶係", "loads": {"people": 2}, "wanted": 1, "stage": "help"}],
        loads={"people": 3}, usual={"people": "12人くらい"}, steps=["電話する", "見に行く"], other_facts={"備考": "鍵は区長さん"},
        staff_fields=["web"])


@pytest.mark.parametrize("sections", [
    ("what", "facilities", "roles"), pytest.param(tuple(GROUPS), marks=pytest.mark.long)], ids=["some", "all"])
def test_saving_an_untouched_section_changes_nothing_of_any_listing(
    staff_site: StaffSite, listing: str, sections: tuple[str, ...]
) -> None:
    town = staff_site.town
    others = ((town.rich, "who"), (town.visiting, "where"), (town.unread, "when"))
    for one, section in (*((listing, section) for section in sections), *others):
        form = Form(staff_site, one, section)
        before = form.values()
        response = form.send()
        assert response.status_code == 303, (section, re.findall('class="wrong"[^>]*>([^<]*)', response.text))
        assert form.values() == before, (one, section)


def test_a_save_is_one_act_that_can_be_undone(staff_site: StaffSite, listing: str) -> None:
    form = Form(staff_site, listing, "contact")
    form.fields["listing.phone"], form.fields["why"] = "0829-00-5555", "団体から電話"
    response = form.send()
    with read_session(form.engine) as session:
        act = session.get(CurationAct, response.location.partition("act=")[2])
        assert (act.kind, act.why, act.made_by) == ("edit", "団体から電話", "職員 curator")
    token = form_token(form.client, "/desk/curation/new")
    assert "取り消す" in form.client.get(response.location).text
    form.client.post(f"/desk/curation/acts/{act.id}/undo", data={"form_token": token})
    assert form.values()["listing.phone"] == "0829-00-1000"


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(staff_site: StaffSite, listing: str) -> None:
    form = Form(staff_site, listing, "contact")
    form.fields["listing.email"], form.fields["listing.phone_hours"] = "これはメールではない", "平日の昼"
    response = form.send()
    assert response.status_code == 422 and 'href="#c-listing-email"' in response.text
    assert 'value="これはメールではない"' in response.text and 'value="平日の昼"' in response.text
    assert form.values()["listing.phone_hours"] is None


def test_a_form_that_was_overtaken_shows_both_texts_and_can_be_sent_again(staff_site: StaffSite, listing: str) -> None:
    form = Form(staff_site, listing, "what")
    form.fields["service.summary"] = "わたしの文"
    with acting(form.engine, by="SC 大野", kind="edit", why="", now=NOON) as act:
        act.change(listing, {"service.summary": "先に書いた文"})
    response = form.send()
    assert response.status_code == 409 and "わたしの文" in response.text and "先に書いた文" in response.text
    assert form.values()["service.summary"] == "先に書いた文"
    form.fields = fields_of_form(response.text, form.address)
    assert form.send().status_code == 303 and form.values()["service.summary"] == "わたしの文"


def test_a_draft_is_kept_for_whoever_wrote_it_until_it_is_saved(staff_site: StaffSite, listing: str) -> None:
    form = Form(staff_site, listing, "what")
    form.fields["service.summary"] = "書きかけの文"
    assert form.send("draft", Accept="application/json").json["saved"]
    assert form.values()["service.summary"] == "体操とお茶"
    assert form.open()["service.summary"] == "書きかけの文"
    colleague = staff_site.client(staff_site.hire(f"sc-{listing[:6]}", "curator"))
    assert "書きかけの文" not in colleague.get(form.address).text
    assert form.send("throw").status_code == 303 and form.open()["service.summary"] == "体操とお茶"
    form.fields = form.open()
    form.type(service__summary="書きかけの文").send("draft")
    form.send()
    assert drafts.draft(form.engine, listing, staff_site.people["curator"].staff_id, "what") is None


def test_looking_shows_the_public_page_to_come_and_writes_nothing(staff_site: StaffSite, listing: str) -> None:
    form = Form(staff_site, listing, "when")
    form.fields["schedules:0:phrase"] = "第2・4火曜 13時～15時"
    page = form.send("look").text
    assert "第2・4火曜" in page and "12月8日（火） 13:00～15:00" in page and page.count("12月8日（火）") >= 2
    assert form.values()["schedules"][0]["phrase"] == "毎週水曜日 10時～12時"
    form.fields["schedules:0:phrase"], form.fields["schedules:0:dates"] = "", "12/8 10:00-11:30 もちつき\n2027-01-12 13時～"
    assert "1月12日（火） 13:00～" in form.send("look").text
    assert form.send().status_code == 303 and form.values()["schedules"][0]["phrase"] == "予定表"
    assert form.open()["schedules:0:dates"].splitlines() == ["2026-12-08 10:00-11:30 もちつき", "2027-01-12 13:00-"]


def test_a_place_is_put_on_the_map_by_its_town_before_anything_is_saved(staff_site: StaffSite, listing: str) -> None:
    form = Form(staff_site, listing, "where")
    with writing(form.engine, by="test", why="", now=NOON) as write:
        write.add(Town(prefecture="広島県", municipality="廿日市市", name="津田", latitude=34.36, longitude=132.19))
    page = form.type(location__town="津田").send("locate").text
    assert 'value="34.36"' in page and 'value="132.19"' in page and "maps.gsi.go.jp/#18/34.360000/132.190000" in page
    assert form.values()["location.latitude"] == 34.35
    assert "町の名前が見つからない" in form.type(location__town="どこでもない").send("locate").text


def test_the_page_of_a_listing_calls_an_island_by_its_name(staff_site: StaffSite) -> None:
    engine = staff_site.app.extensions["yoridokoro"].engine
    island = add_listing(engine, service={"name": "桟橋の縁側"}, location={"name": "桟橋の家", "zone": "miyajima"})
    page = staff_site.client(staff_site.people["curator"]).get(f"/desk/curation/listings/{island}").text
    line = page[page.index("本土か島か"):][:200]
    assert "宮島" in line and "miyajima" not in line


def test_a_field_not_ticked_as_public_leaves_the_public_page(staff_site: StaffSite, listing: str) -> None:
    form = Form(staff_site, listing, "what")
    form.fields.setlist("open", [name for name in form.fields.getlist("open") if name != "summary"])
    form.send()
    assert set(form.values()["listing.staff_fields"]) == {"web", "summary"}
    assert "体操とお茶" not in staff_site.app.test_client().get(f"/listings/{listing}").text


def test_a_shared_service_says_how_many_it_reaches_and_can_be_changed_here_only(staff_site: StaffSite, listing: str) -> None:
    form = Form(staff_site, listing, "what")
    with writing(form.engine, by="test", why="", now=NOON) as write:
        service = write.session.get(ServiceAtLocation, listing).service_id
        other = write.add(ServiceAtLocation(service_id=service, status="published", last_modified=NOON)).id
    assert "2か所に反映します" in form.client.get(form.address).text
    form.fields = form.open()
    form.type(service__summary="ここだけの文", reach="here").send()
    assert form.values()["service.summary"] == "ここだけの文"
    with read_session(form.engine) as session:
        assert session.get(Service, session.get(ServiceAtLocation, other).service_id).summary == "体操とお茶"


def test_a_reading_the_machine_filled_in_is_marked_until_somebody_says_it_is_right(staff_site: StaffSite, listing: str) -> None:
    form = Form(staff_site, listing, "what")
    form.fields["service.name"], form.fields["service.name_kana"] = "港の体操", ""
    form.send()
    assert form.values()["service.name_kana"] and "よみを たしかめてください" in form.client.get(form.address[:-10]).text
    page = form.client.get(form.address).text
    assert 'name="sure" value="service.name_kana"' in page
    form.fields = form.open()
    form.type(sure="service.name_kana").send()
    with read_session(form.engine) as session:
        assert marks_of(session, listing) == set()


def test_markup_in_every_text_is_only_text(staff_site: StaffSite, listing: str) -> None:
    for section in ("what", "when", "roles"):
        form = Form(staff_site, listing, section)
        free = [name for name in form.fields if form.fields[name] in ("", "みなと体操", "体操とお茶") and ":date" not in name
                and name not in ("go", "form_token", "location.zone")]
        for name in free:
            form.fields[name] = HOSTILE
        for page in (form.send("look"), form.send(), form.client.get(form.address)):
            assert "<img src=x" not in page.text and "<script>alert" not in page.text
