"""Do a gazetteer and a boundary become records that later imports and maps can use?"""

import json

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.errors import ImportRefused
from directory.geocoding import OnlineGeocoder
from directory.importers.boundaries import ATTRIBUTION, import_boundary
from directory.importers.towns import import_towns
from directory.models import Boundary, ServiceAtLocation, Town
from tests.directory.importers.conftest import FIXTURES, NOW
from tests.directory.importers.files import write_csv


def test_a_town_knows_its_code_and_its_island(engine):
    import_towns(engine, FIXTURES / "towns.csv", NOW, zones={"宮島": "miyajima"})
    with Session(engine) as session:
        towns = {town.name: town for town in session.scalars(select(Town))}
    assert towns["津田"].municipality_code == "342131"
    assert {name: town.zone for name, town in towns.items()} == {
        "津田": "mainland", "地御前二丁目": "mainland", "宮島町": "miyajima"}


def test_a_better_point_updates_a_town_and_a_shorter_list_deletes_none(engine, tmp_path):
    import_towns(engine, FIXTURES / "towns.csv", NOW)
    titles = ["prefecture", "municipality", "town", "kana", "latitude", "longitude", "zone"]
    path = write_csv(tmp_path / "t.csv", [titles, ["広島県", "廿日市市", "津田", "つた", "34.38", "132.18", "mainland"]])
    report = import_towns(engine, path, NOW)
    assert (report.update, report.insert) == (1, 0)
    with Session(engine) as session:
        towns = {town.name: town for town in session.scalars(select(Town))}
    assert (towns["津田"].latitude, towns["津田"].name_kana, len(towns)) == (34.38, "つた", 3)


def test_an_address_without_prefecture_is_placed_by_the_gazetteer(engine, run):
    import_towns(engine, FIXTURES / "towns.csv", NOW)
    run(FIXTURES / "free_form.csv")
    with Session(engine) as session:
        found = {listing.service.name: listing.location for listing in session.scalars(select(ServiceAtLocation))}
    location = found["つつじサロン"]
    assert (location.prefecture, location.municipality, location.town) == ("広島県", "廿日市市", "津田")
    assert location.precision == "town"
    assert (location.latitude, location.longitude) == (34.3705, 132.1758)


def test_dry_runs_write_nothing(engine):
    assert import_towns(engine, FIXTURES / "towns.csv", NOW, dry_run=True).insert == 3
    assert import_boundary(engine, FIXTURES / "boundary.geojson", NOW, dry_run=True).insert == 1
    with Session(engine) as session:
        assert session.scalar(select(Town)) is None and session.scalar(select(Boundary)) is None


def test_a_boundary_keeps_all_its_parts_and_its_attribution(engine):
    import_boundary(engine, FIXTURES / "boundary.geojson", NOW)
    with Session(engine) as session:
        boundary = session.scalar(select(Boundary))
    assert (boundary.municipality, boundary.attribution) == ("見本市", ATTRIBUTION)
    assert len(boundary.geometry["coordinates"]) == 2


@pytest.mark.parametrize(
    "ring", [[[0, 0], [1, 0], [1, 1], [0, 0]], [[132.1, 34.3]], "x", [[132.1], [132.1], [132.1], [132.1]]]
)
def test_a_shape_that_is_none_or_lies_elsewhere_is_refused(ring, engine, tmp_path):
    path = tmp_path / "b.geojson"
    feature = {"type": "Feature", "properties": {"name": "見本市"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    with pytest.raises(ImportRefused, match="日本の外"):
        import_boundary(engine, path, NOW)


def test_a_configured_geocoder_is_asked_about_public_numbered_addresses_only(engine, run, tmp_path):
    asked = []

    class Found:
        latitude, longitude = 34.1, 132.1

    def ask(address):
        asked.append(address)
        return Found()

    geocoder = OnlineGeocoder(ask, tmp_path / "c.json", wait=lambda _seconds: None)
    rows = [["サロン名", "住所", "会場"], ["つつじ", "廿日市市津田1989", ""], ["もみじ", "廿日市市津田2", "個人宅"],
            ["あやめ", "廿日市市津田", ""]]
    run(write_csv(tmp_path / "list.csv", rows), geocoder=geocoder)
    assert asked == ["廿日市市津田1989"]
    with Session(engine) as session:
        found = {listing.service.name: listing.location for listing in session.scalars(select(ServiceAtLocation))}
    assert (found["つつじ"].latitude, found["つつじ"].precision) == (34.1, "block")
    assert (found["もみじ"].latitude, found["もみじ"].masked) == (None, True)
