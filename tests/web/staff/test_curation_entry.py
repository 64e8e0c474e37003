"""Can what is registered be linked, an unfinished entry be gone on with, and a pin be set, without scripts?"""

import re
from dataclasses import dataclass
from itertools import count

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from directory.curation.acting import acting
from directory.curation.values import shared_with, values_of
from directory.db import read_session
from directory.models import ServiceAtLocation
from directory.writing import writing
from tests.factories import add_listing
from tests.web.staff.conftest import NOON, StaffSite
from tests.web.staff.pressing import Fields, fields_of_form
from tests.web.staff.test_curation_edit import Form
from web import create_app
from web.staff.door import KEY

NEW = "/desk/curation/new"
GROUP, SERVICE, PLACE = "service.organization_id", "listing.service_id", "listing.location_id"
NUMBERS = count()


class Entry:
    """The form of a new listing in the hands of a coordinator."""

    def __init__(self, site: StaffSite, address: str = NEW) -> None:
        self.site, self.engine = site, site.app.extensions["yoridokoro"].engine
        self.client: FlaskClient = site.client(site.people["curator"])
        self.page = self.client.get(address).text
        self.fields: Fields = fields_of_form(self.page, NEW)

    def press(self, go: str, **boxes: str):
        """Fill boxes (two underscores stand for the dot, three for the colon of a name) and press a button."""
        for name, words in boxes.items():
            self.fields[name.replace("___", ":").replace("__", ".")] = words
        response = self.client.post(NEW, data=self.fields | {"go": go})
        self.page = response.text
        if response.status_code in (200, 422):
            self.fields = fields_of_form(self.page, NEW)
        return response

    def offered(self) -> list[str]:
        """What the buttons 「これにする」 say."""
        return re.findall(r'value="(link:\w+:[\w-]{36})"', self.page)

    def made(self, response) -> dict:
        assert response.status_code == 303, re.findall('class="wrong"[^>]*>([^<]*)', response.text)
        listing_id = re.search(r"/listings/([\w-]{36})", response.location)[1]
        with read_session(self.engine) as session:
            return values_of(session, listing_id)


@dataclass(frozen=True)
class Hall:
    """A listing whose 団体, 活動 and 場所 are registered under names of their own; ids by the fields that link."""

    listing: str
    name: str
    ids: dict[str, str]


@pytest.fixture
def hall(staff_site: StaffSite) -> Hall:
    engine = staff_site.app.extensions["yoridokoro"].engine
    name = "けやき" + "あいうえおかきくけこさしすせそ"[next(NUMBERS)]
    return made_hall(engine, name)


def made_hall(engine: Engine, name: str) -> Hall:
    listing = add_listing(
        engine, service={"name": f"{name}体操", "name_kana": f"{name}たいそう"},
        organization={"name": f"{name}会", "name_kana": f"{name}かい", "normalised_name": f"{name}会"},
        location={"name": f"{name}会館", "name_kana": f"{name}かいかん", "town": "津田"})
    with read_session(engine) as session:
        said = values_of(session, listing)
    return Hall(listing, name, {key: said[key] for key in (GROUP, SERVICE, PLACE)})


def test_a_registered_group_and_hall_are_linked_and_nothing_is_typed_again(staff_site: StaffSite, hall: Hall) -> None:
    entry = Entry(staff_site)
    entry.press("find", service__name="あたらしいお茶の会", find___organization=f"{hall.name}か")
    assert entry.offered() == [f"link:organization:{hall.ids[GROUP]}"]
    assert f"{hall.name}かい" in entry.page and "1か所で使用" in entry.page and 'value="あたらしいお茶の会"' in entry.page
    entry.press(entry.offered()[0])
    assert f"登録ずみの団体：{hall.name}会" in entry.page
    entry.press("find", find___location=f"{hall.name} 津田")
    entry.press(entry.offered()[0])
    made = entry.made(entry.press("save"))
    assert (made[GROUP], made[PLACE]) == (hall.ids[GROUP], hall.ids[PLACE]) and made[SERVICE] != hall.ids[SERVICE]
    assert made["service.name"] == "あたらしいお茶の会" and made["location.town"] == "津田"


def test_a_registered_service_brings_its_group_and_asks_for_neither(staff_site: StaffSite, hall: Hall) -> None:
    entry = Entry(staff_site)
    entry.press(f"link:service:{hall.ids[SERVICE]}")
    assert f"登録ずみの活動：{hall.name}体操" in entry.page and "登録ずみの団体からえらぶ" not in entry.page
    made = entry.made(entry.press("save", location__name="べつの所"))
    assert made[SERVICE] == hall.ids[SERVICE] and made["location.name"] == "べつの所"
    with read_session(entry.engine) as session:
        assert shared_with(session, hall.listing)["service"] == 2


def test_what_was_typed_comes_back_when_a_link_is_given_up(staff_site: StaffSite, hall: Hall) -> None:
    entry = Entry(staff_site)
    entry.press(f"link:organization:{hall.ids[GROUP]}", organization__name="わたしの会", service__name="気ままな会")
    entry.press("link:organization:")
    assert "登録ずみの団体からえらぶ" in entry.page and 'value="わたしの会"' in entry.page
    assert entry.made(entry.press("save"))["organization.name"] == "わたしの会"


def test_whoever_types_a_registered_name_again_is_shown_it_once(staff_site: StaffSite, hall: Hall) -> None:
    entry = Entry(staff_site)
    typed = {"organization__name": f"{hall.name}会", "location__name": f"{hall.name} 会館"}
    entry.press("save", service__name="手まりの会", **typed)
    assert "もう登録されているかもしれません" in entry.page
    assert sorted(entry.offered()) == [f"link:location:{hall.ids[PLACE]}", f"link:organization:{hall.ids[GROUP]}"]
    assert entry.made(entry.press("save"))[GROUP] != hall.ids[GROUP]


def test_saving_with_words_left_in_a_box_looks_for_them(staff_site: StaffSite) -> None:
    entry = Entry(staff_site)
    response = entry.press("save", service__name="あみだの会", organization__name="あみだ", find___location="どこにもない館")
    assert response.status_code == 200 and "まだ登録されていません" in entry.page
    assert entry.press("save").status_code == 303


@pytest.mark.parametrize("wrong", ["00000000-0000-4000-8000-000000000000", "' OR 1=1 --", "\x00", "x" * 5000])
def test_a_link_that_leads_nowhere_is_a_sentence_at_its_field(staff_site: StaffSite, wrong: str) -> None:
    entry = Entry(staff_site)
    entry.fields[GROUP] = wrong
    response = entry.press("save", service__name="ある会", organization__name="x")
    assert response.status_code == 422 and "選ばれた団体が見つかりません" in entry.page and 'value="ある会"' in entry.page


def test_names_are_offered_to_the_script_with_what_tells_them_apart(staff_site: StaffSite, hall: Hall) -> None:
    client = staff_site.client(staff_site.people["curator"])
    katakana = "ケヤキ" + chr(ord(hall.name[-1]) + 0x60)
    answer = client.get(f"/desk/curation/records/location?q={katakana}").json["suggestions"]
    assert answer == [{"id": hall.ids[PLACE], "text": f"{hall.name}会館", "group": f"{hall.name}かいかん　津田　1か所で使用"}]
    assert client.get("/desk/curation/records/staff?q=a").status_code == 404
    assert client.get("/desk/curation/records/service?q=%00").json == {"suggestions": []}


def test_several_drafts_are_kept_for_whoever_wrote_them(staff_site: StaffSite) -> None:
    for name in ("ひとつめの会", "ふたつめの会"):
        assert Entry(staff_site).press("draft", service__name=name).status_code == 303
    page = Entry(staff_site).page
    assert f"{staff_site.people['curator'].display_name}さんの書きかけ 2件" in page
    assert "ひとつめの会" in staff_site.client(staff_site.people["curator"]).get("/desk/curation/listings").text
    colleague, first = staff_site.client(staff_site.hire("sc-drafts", "curator")), first_draft(page)
    assert "めの会" not in colleague.get(NEW).text + colleague.get(first).text
    again = Entry(staff_site, first)
    assert "の書きかけを開いています" in again.page and again.fields["service.name"] in page
    again.made(again.press("save", organization__name="わらべ", other="1"))
    page = Entry(staff_site).page
    assert "書きかけ 1件" in page
    assert Entry(staff_site, first_draft(page)).press("throw").location.endswith("done=thrown")
    assert "さんの書きかけ" not in Entry(staff_site).page


def first_draft(page: str) -> str:
    return re.search(r"/desk/curation/new\?draft=[\w-]+", page)[0]


def test_a_script_keeps_the_draft_and_a_link_is_part_of_it(staff_site: StaffSite, hall: Hall) -> None:
    entry = Entry(staff_site)
    entry.press(f"link:organization:{hall.ids[GROUP]}", service__name="けんだまの会")
    answer = entry.client.post(NEW, data=entry.fields | {"go": "draft"}, headers={"Accept": "application/json"})
    assert answer.json["saved"]
    again = Entry(staff_site, f"{NEW}?draft={entry.fields['draft']}")
    assert again.fields[GROUP] == hall.ids[GROUP] and again.fields["draft"] == entry.fields["draft"]


def test_a_listing_changes_its_group_for_all_of_its_service_or_alone(staff_site: StaffSite, hall: Hall) -> None:
    form = Form(staff_site, hall.listing, "run")
    other = made_hall(form.engine, f"{hall.name}新")
    with writing(form.engine, by="test", why="", now=NOON) as write:
        write.add(ServiceAtLocation(service_id=hall.ids[SERVICE], status="published", last_modified=NOON))
    page = form.send(f"link:organization:{other.ids[GROUP]}").text
    assert f"登録ずみの団体：{other.name}会" in page and "「活動」の欄は、2か所に反映します" in page
    form.fields = fields_of_form(page, form.address)
    assert form.type(reach="here").send().status_code == 303
    assert form.values()[GROUP] == other.ids[GROUP] and form.values()[SERVICE] != hall.ids[SERVICE]
    history = re.sub("<[^>]*>", "", form.client.get(form.address.replace("/edit/run", "/history")).text)
    assert "足す：新会" in history and other.ids[GROUP] not in history


def test_a_link_chosen_while_somebody_else_saved_stands_beside_what_is_there_now(staff_site: StaffSite, hall: Hall) -> None:
    form = Form(staff_site, hall.listing, "where")
    other = made_hall(form.engine, f"{hall.name}分")
    form.fields = fields_of_form(form.send(f"link:location:{other.ids[PLACE]}").text, form.address)
    with acting(form.engine, by="SC 大野", kind="edit", why="", now=NOON) as act:
        act.change(hall.listing, {"listing.phone": "0829-00-2222"})
    response = form.send()
    assert response.status_code == 409 and f"{hall.name}会館" in response.text and f"{other.name}会館" in response.text
    form.fields = fields_of_form(response.text, form.address)
    assert form.send().status_code == 303 and form.values()[PLACE] == other.ids[PLACE]


def test_the_pin_of_a_shared_place_says_whom_it_reaches_and_can_move_here_only(staff_site: StaffSite, hall: Hall) -> None:
    form = Form(staff_site, hall.listing, "where")
    with writing(form.engine, by="test", why="", now=NOON) as write:
        other = write.add(ServiceAtLocation(
            service_id=hall.ids[SERVICE], location_id=hall.ids[PLACE], status="published", last_modified=NOON)).id
    form.fields = form.open()
    page = form.type(location__latitude="34.7").send("look").text
    assert "2か所の掲載で使っています" in page and "maps.gsi.go.jp/#18/34.700000" in page
    assert form.type(reach="here").send().status_code == 303 and form.values()["location.latitude"] == 34.7
    with read_session(form.engine) as session:
        assert values_of(session, other)["location.latitude"] == 34.35


def test_a_masked_place_is_never_put_on_a_map_of_somebody_elses(staff_site: StaffSite) -> None:
    form = Form(staff_site, staff_site.town.masked, "where")
    page = form.client.get(form.address).text
    assert "地図の印" in page and "maps.gsi.go.jp" not in page
    assert "maps.gsi.go.jp" in form.type(location__masked="no").send("look").text


def test_a_machine_that_serves_the_desks_alone_has_the_ground_of_the_map_too(staff_site: StaffSite, hall: Hall) -> None:
    app = create_app(staff_site.settings, "desk")
    app.extensions[KEY].clock = staff_site.clock
    client = app.test_client()
    client.set_cookie("desk", staff_site.session_of(staff_site.people["curator"]))
    page = client.get(f"/desk/curation/listings/{hall.listing}/edit/where").text
    asked = re.search(r'data-ground="([^"]+)"', page)
    assert "地図の印" in page and (asked or "leaflet" not in page)  # without npm no page asks for it
    assert client.get(asked[1] if asked else "/map/old/ground.json").json["towns"] == []
    app.extensions["yoridokoro"].engine.dispose()
