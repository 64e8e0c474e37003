"""Does the map show what the list shows and nothing more? The picture without script, and what the script asks for."""

import re
from dataclasses import replace
from html import unescape
from math import hypot
from pathlib import Path

import numpy as np
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from directory.catalog import Place
from directory.db import make_engine, read_session
from directory.errors import InvalidSettings
from directory.listing import Listing
from directory.models import Boundary, Town
from directory.outlines import METRES_OFF, inside, read_outlines, thinned
from directory.search.results import Hit
from directory.writing import writing
from tests.factories import NOW
from tests.web.conftest import Site, settings_for
from tests.web.test_search_page import get, text_of
from tests.web.town import Town as Ids
from tests.web.town import build_town
from web import assets, create_app
from web.presenters.map_frame import PIN_APART, frame_around, spread
from web.presenters.maps import Ground, map_of_list, map_of_place, precision, route

TOWNS = (Place("津田", 34.374, 132.165, "mainland"), Place("玖島", 34.3936, 132.2169, "mainland"),
         Place("阿品一丁目", 34.3287, 132.3175, "mainland"), Place("とおい町", 36.0, 138.0, "mainland"))
SQUARE = [[132.0, 34.2], [132.4, 34.2], [132.4, 34.5], [132.0, 34.5], [132.0, 34.2]]


def place(
    number: int = 1, latitude: float | None = 34.37, longitude: float | None = 132.17, **facts: object
) -> Listing:
    return Listing(f"id-{number}", None, "published", "public", f"会 {number}", None, "salon", "1", "会", **{
        "latitude": latitude, "longitude": longitude, "precision": "building", "town": "津田", **facts})


def hits(*places: Listing) -> list[Hit]:
    return [Hit(number, listing, 1.0, (), ()) for number, listing in enumerate(places, start=1)]


def test_pins_have_the_numbers_of_the_list(client: FlaskClient) -> None:
    page = get(client, "/search?area=大野")
    numbers = re.findall(r'<span class="no" aria-hidden="true">(\d+)</span>', page)
    missing = re.search(r"地図に出ない（訪問・電話・場所を出さない）\d+件：([\d、]+)", page)
    pins = re.findall(r'data-number="(\d+)"', page)
    assert sorted([*pins, *(missing[1].split("、") if missing else [])], key=int) == numbers
    assert page.index('<ol class="rows">') < page.index("<svg class=", page.index('<ol class="rows">'))


def test_what_the_map_cannot_show_is_counted_with_its_numbers() -> None:
    drawn = map_of_list(hits(place(1), place(2, None, None), place(3, masked=True), place(4)), Ground())
    assert [pin.number for pin in drawn.pins] == ["1", "4"]
    assert "地図に出ない（訪問・電話・場所を出さない）2件：2、3" in drawn.sentences


@pytest.mark.parametrize(
    "only", [place(1, None, None), place(1, masked=True), place(1, 0.0, 0.0), place(1, 34.3, None)])
def test_without_a_point_there_is_no_map(only: Listing) -> None:
    assert map_of_list(hits(only), Ground(TOWNS)) is None
    assert map_of_place(only, Ground(TOWNS)) is None


def test_a_masked_place_that_moves_changes_no_byte_of_any_page(tmp_path: Path, migrated_file: Path) -> None:
    first, second = tmp_path / "first.db", tmp_path / "second.db"
    first.write_bytes(migrated_file.read_bytes())
    engine = make_engine(f"sqlite:///{first}")
    town = build_town(engine)
    engine.dispose()
    second.write_bytes(first.read_bytes())
    moved = make_engine(f"sqlite:///{second}")
    with moved.begin() as connection:
        connection.execute(text("UPDATE location SET latitude = 34.4999, longitude = 132.0999 WHERE masked"))
    moved.dispose()
    urls = ["/search", "/search?q=こかげ", "/search?page=2", f"/listings/{town.masked}", "/suggest?q=こか"]
    answers = [_answers(path, [*urls, "/search?near=津田&sort=near"]) for path in (first, second)]
    assert answers[0] == answers[1]
    assert b"data-at=" in answers[0][0] and b"34.3777" not in b"".join(answers[0])


def _answers(path: Path, urls: list[str]) -> list[bytes]:
    app = create_app(settings_for(f"sqlite:///{path}", path.parent), "public")
    client = app.test_client()
    ground = re.search(r'/map/\w+/ground\.json', client.get("/search").text)
    contents = [client.get(url).data for url in [*urls, *([ground[0]] if ground else [])]]
    app.extensions["yoridokoro"].engine.dispose()
    return contents


def test_the_map_of_one_place_says_how_exact_it_is_and_leads_to_the_way_there(client: FlaskClient, town: Ids) -> None:
    page = get(client, f"/listings/{town.rich}")
    assert "印は、建物の場所です。" in text_of(page)
    link = re.search(r'<a [^>]*href="(https://www\.google\.com/maps/[^"]*)"[^>]*>(?:<span>)?([^<]*)', page)
    assert "34.37%2C132.17" in unescape(link[1]) and "外部のサイト" in link[2] and "Google" in link[2]
    assert "<figure" not in get(client, f"/listings/{town.masked}") + get(client, f"/listings/{town.visiting}")


@pytest.mark.parametrize(("exact", "words"), [
    ("building", "建物の場所"), ("block", "番地のあたり"), ("town", "建物の場所ではありません"), (None, "未確認")])
def test_precision_is_said_in_words(exact: str | None, words: str) -> None:
    assert words in precision(place(precision=exact))


def test_nobody_is_sent_to_the_middle_of_a_town() -> None:
    assert route(place(precision="town")) is None
    assert "%E6%B4%A5%E7%94%B01-2" in route(place(precision="town", address_rest="1-2"))
    assert route(place(precision="town", address_rest="1-2", masked=True)) is None


def test_a_pin_that_only_knows_the_town_is_dashed_and_the_map_says_what_that_means() -> None:
    drawn = map_of_list(hits(place(1), place(2, 34.4, 132.2, precision="town")), Ground())
    assert [pin.exact for pin in drawn.pins] == [True, False]
    assert any("点線の印は町の中心あたり" in sentence for sentence in drawn.sentences)


def test_town_names_are_drawn_and_parts_of_towns_only_where_a_place_is() -> None:
    drawn = map_of_place(place(), Ground(TOWNS))
    assert {"津田", "玖島"} <= {town.name for town in drawn.towns}
    near = map_of_place(place(latitude=34.33, longitude=132.317, town="阿品一丁目"), Ground(TOWNS))
    assert "阿品一丁目" in {town.name for town in near.towns}
    assert "阿品一丁目" not in {town.name for town in map_of_place(
        place(latitude=34.33, longitude=132.317), Ground(TOWNS)).towns}


def test_the_scale_bar_is_as_long_as_it_says() -> None:
    frame = frame_around([(34.3, 132.1), (34.4, 132.2)], 373, 378, 4, 44)
    kilometres, length = frame.bar()
    (south, west), (north, _east) = frame.corners()
    assert length == pytest.approx(kilometres / ((north - south) * 111.13) * frame.height, rel=0.01)
    assert west < 132.1 and frame.holds(*frame.at(34.3, 132.1), 43.9) and frame.holds(*frame.at(34.4, 132.2), 43.9)


@given(points=st.lists(st.tuples(st.floats(34.2, 34.5), st.floats(132.0, 132.4)), min_size=1, max_size=20))
def test_no_pin_covers_another_and_each_stays_on_the_map(points: list[tuple[float, float]]) -> None:
    frame = frame_around(points, 373, 378, 4, 44)
    pins = spread([frame.at(*point) for point in points], frame)
    for number, (x, y) in enumerate(pins):
        assert frame.holds(x, y, 15.9)
        assert all(hypot(x - other_x, y - other_y) >= PIN_APART - 0.01 for other_x, other_y in pins[:number])


def test_twenty_places_in_one_hall_are_twenty_pins() -> None:
    drawn = map_of_list(hits(*(place(number) for number in range(1, 21))), Ground(TOWNS))
    assert len({(pin.x, pin.y) for pin in drawn.pins}) == 20
    assert sum(pin.moved for pin in drawn.pins) == 19


def test_names_are_never_taken_for_html() -> None:
    drawn = map_of_list(hits(place(1, town='<b>"町"')), Ground())
    assert drawn.pins[0].name == '<b>"町"'


@pytest.fixture
def mapped(tmp_path: Path, migrated_file: Path) -> FlaskClient:
    """The site of the small town with two towns of the gazetteer and a boundary."""
    path = tmp_path / "directory.db"
    path.write_bytes(migrated_file.read_bytes())
    engine = make_engine(f"sqlite:///{path}")
    build_town(engine)
    with writing(engine, by="test", why="map", now=NOW) as write:
        write.add(Boundary(municipality="廿日市市", geometry={"type": "MultiPolygon", "coordinates": [[SQUARE]]},
                           attribution="「国土数値情報」を加工して作成"))
        for name, latitude, longitude in (("津田", 34.374, 132.165), ('<i>"町', 34.36, 132.3)):
            write.add(Town(prefecture="広島県", municipality="廿日市市", name=name, latitude=latitude, longitude=longitude))
    engine.dispose()
    app = create_app(replace(settings_for(f"sqlite:///{path}", tmp_path), map_tiles="gsi_pale"), "public")
    yield app.test_client()
    app.extensions["yoridokoro"].engine.dispose()


def test_the_boundary_is_drawn_with_the_words_of_its_source(mapped: FlaskClient) -> None:
    page = get(mapped, "/search?q=百歳体操")
    assert re.search(r'<path class="m-land" fill-rule="evenodd" d="M[-\d L]+Z"/>', page)
    assert "「国土数値情報」を加工して作成" in page and "Geolonia" in page
    assert '<i>"町' not in page


def test_the_ground_is_kept_for_a_year_under_an_address_of_its_content(mapped: FlaskClient) -> None:
    page = get(mapped, "/search")
    url = re.search(r'/map/\w+/ground\.json', page)
    if url is None:  # without npm no page asks for it
        assert "leaflet" not in page
        return
    answer = mapped.get(url[0])
    assert "immutable" in answer.headers["Cache-Control"]
    assert [town[0] for town in answer.json["towns"]] == ['<i>"町', "津田"] and len(answer.json["land"][0]) == 5
    assert "immutable" not in mapped.get("/map/old/ground.json").headers["Cache-Control"]


def test_pictures_of_others_are_allowed_and_named_only_where_the_installation_asks(
    mapped: FlaskClient, client: FlaskClient
) -> None:
    answer = mapped.get("/search")
    assert "img-src 'self' data: https://cyberjapandata.gsi.go.jp;" in answer.headers["Content-Security-Policy"]
    assert re.search(r'地図の背景：<a href="[^"]*">地理院タイル</a>', answer.text)
    plain = client.get("/search")
    assert "gsi.go.jp" not in plain.text + plain.headers["Content-Security-Policy"]


def test_pictures_nobody_knows_are_refused_with_what_to_write(site: Site) -> None:
    with pytest.raises(InvalidSettings, match="gsi_pale"):
        create_app(replace(site.settings, map_tiles="moon"))


def test_without_npm_the_picture_stays_and_nothing_asks_for_what_is_not_there(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "css").symlink_to(assets.STATIC / "css")
    (tmp_path / "js").symlink_to(assets.STATIC / "js")
    for name in ("icon.svg", "card.png"):
        (tmp_path / name).symlink_to(assets.STATIC / name)
    monkeypatch.setattr(assets, "STATIC", tmp_path)
    app = create_app(site.settings, "public")
    page = app.test_client().get("/search").text
    app.extensions["yoridokoro"].engine.dispose()
    assert 'class="m-pin' in page
    assert "leaflet" not in page and "data-ground" not in page


def test_a_boundary_loses_points_and_no_shape() -> None:
    turn = np.linspace(0, 2 * np.pi, 5000)
    ring = np.c_[34.3 + 0.1 * np.sin(turn), 132.2 + 0.1 * np.cos(turn)]
    ring[-1] = ring[0]
    few = thinned(ring)
    assert 20 < len(few) < 500 and (few[0] == few[-1]).all()
    metres = (ring[:, None, :] - few[None, :, :]) * (111_320, 92_000)
    along = np.diff(few, axis=0) * (111_320, 92_000)
    off = np.abs(along[:, 0] * metres[:, :-1, 1] - along[:, 1] * metres[:, :-1, 0]) / np.hypot(*along.T)
    assert np.quantile(off.min(axis=1), 1) <= METRES_OFF * 1.1


def test_a_boundary_is_cut_at_the_edge_of_the_map() -> None:
    ring = np.array([point[::-1] for point in SQUARE])
    part = inside(ring, (34.4, 132.3), (34.6, 132.6))
    assert (part.min(axis=0).round(6).tolist(), part.max(axis=0).round(6).tolist()) == ([34.4, 132.3], [34.5, 132.4])
    assert len(inside(ring, (35.0, 133.0), (35.1, 133.1))) == 0


def test_a_city_without_a_boundary_has_a_map_all_the_same(site: Site) -> None:
    with read_session(site.app.extensions["yoridokoro"].engine) as session:
        assert read_outlines(session).rings == ()
    assert map_of_place(place(), Ground()).land == ""


def test_suggestions_are_answered_as_json_and_kept_a_moment(client: FlaskClient) -> None:
    answer = client.get("/suggest?q=さろ")
    assert {"text": "サロン", "group": "種類"} in answer.json["suggestions"]
    assert answer.headers["Cache-Control"] == "private, max-age=60"
    again = client.get("/suggest?q=さろ", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("question", ["", "?q=", "?q=死にたい", "?q=支援者だけ", "?q=%00%FF", "?q=" + "あ" * 5000, "?p=1"])
def test_a_question_without_suggestions_leaves_no_copy(client: FlaskClient, question: str) -> None:
    answer = client.get("/suggest" + question)
    assert (answer.status_code, answer.json) == (200, {"suggestions": []})
    assert answer.headers["Cache-Control"] == "no-store"
