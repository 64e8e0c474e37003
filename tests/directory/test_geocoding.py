"""Are distances right, and is no address ever sent where it must not go?"""

import numpy as np
import pytest
from geopy.exc import GeocoderTimedOut
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from directory.geocoding import (
    GeocodingRefused, OnlineGeocoder, PublicPlace, distance_km, distances_km, gazetteer, online_geocoder,
)
from directory.errors import InvalidSettings
from directory.models import Town

LATITUDES, LONGITUDES = st.floats(24, 46), st.floats(123, 149)
HALL = PublicPlace("広島県廿日市市津田1989", masked=False)


class Found:
    latitude, longitude = 34.37, 132.18


def test_known_distances():
    hatsukaichi, miyajima, tokyo = (34.3485, 132.3318), (34.2960, 132.3198), (35.6812, 139.7671)
    assert distance_km(hatsukaichi, miyajima) == pytest.approx(5.93, abs=0.02)
    many = distances_km(*hatsukaichi, np.array([34.2960, 35.6812, np.nan]), np.array([132.3198, 139.7671, 132.0]))
    assert many[0] == pytest.approx(distance_km(hatsukaichi, miyajima), rel=1e-4)
    assert many[1] == pytest.approx(distance_km(hatsukaichi, tokyo), rel=6e-3)
    assert np.isnan(many[2])


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_the_fast_distance_follows_the_geodesic(latitude, longitude, other_latitude, other_longitude):
    exact = distance_km((latitude, longitude), (other_latitude, other_longitude))
    fast = distances_km(latitude, longitude, np.array([other_latitude]), np.array([other_longitude]))[0]
    assert fast == pytest.approx(exact, rel=1e-3 if exact < 100 else 6e-3, abs=1e-3)


def test_the_gazetteer_of_a_database_finds_its_towns(engine):
    with Session(engine) as session:
        session.add(Town(prefecture="広島県", municipality="廿日市市", name="津田", latitude=34.37, longitude=132.17))
        session.flush()
        place = gazetteer(session).locate("廿日市市津田1989")
    assert (place.town, place.latitude, place.precision) == ("津田", 34.37, "town")


def test_no_online_geocoder_unless_configured_and_never_in_a_test(tmp_path):
    assert online_geocoder({}, tmp_path / "cache.json") is None
    with pytest.raises(GeocodingRefused):
        online_geocoder({"YORIDOKORO_GEOCODER": "nominatim", "PYTEST_CURRENT_TEST": "x"}, tmp_path / "cache.json")
    with pytest.raises(InvalidSettings, match="使えません"):
        online_geocoder({"YORIDOKORO_GEOCODER": "nobody"}, tmp_path / "cache.json")
    assert online_geocoder({"YORIDOKORO_GEOCODER": "nominatim"}, tmp_path / "cache.json") is not None


def test_a_masked_place_is_never_sent(tmp_path):
    asked = []
    geocoder = OnlineGeocoder(asked.append, tmp_path / "cache.json")
    with pytest.raises(GeocodingRefused):
        geocoder.locate(PublicPlace("広島県廿日市市津田1", masked=True))
    assert asked == []


def test_each_address_is_asked_once_and_the_answer_kept(tmp_path):
    asked = []
    ask = lambda address: asked.append(address) or Found()  # noqa: E731
    assert OnlineGeocoder(ask, tmp_path / "cache.json").locate(HALL) == (34.37, 132.18)
    assert OnlineGeocoder(ask, tmp_path / "cache.json").locate(HALL) == (34.37, 132.18)
    assert asked == [HALL.address]


def test_questions_are_a_second_apart(tmp_path):
    waited, now = [], iter([10.0, 10.3, 10.3])
    geocoder = OnlineGeocoder(
        lambda _address: None, tmp_path / "cache.json", wait=waited.append, clock=lambda: next(now)
    )
    assert geocoder.locate(HALL) is None
    assert geocoder.locate(PublicPlace("別の住所", masked=False)) is None
    assert waited == [pytest.approx(0.7)]


def test_a_silent_service_is_no_answer_and_is_asked_again(tmp_path):
    def silent(_address):
        raise GeocoderTimedOut

    assert OnlineGeocoder(silent, tmp_path / "cache.json").locate(HALL) is None
    assert OnlineGeocoder(lambda _address: Found(), tmp_path / "cache.json").locate(HALL) == (34.37, 132.18)
