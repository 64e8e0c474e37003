"""Where is this address, and how far is it? The only door to geopy.

The town gazetteer (directory/addresses.py) answers by itself, offline. An online geocoder is asked only when the
installation names one (YORIDOKORO_GEOCODER), at most once a second, each address once; never in tests, never for a
masked place, and never for a person's address: it takes a PublicPlace, which only a published location can make.
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from geopy.distance import geodesic
from geopy.exc import GeocoderServiceError, GeopyError
from geopy.geocoders import get_geocoder_for_service
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.addresses import Gazetteer, GazetteerTown
from directory.errors import DirectoryError, InvalidSettings
from directory.models import Town
from directory.vocabulary import Vocabulary

# WGS84
SEMI_MAJOR_KM, ECCENTRICITY_SQUARED = 6378.137, 0.00669437999014
SECONDS_BETWEEN_QUESTIONS = 1.0


class GeocodingRefused(DirectoryError):
    """This address may not be sent to anyone."""


@dataclass(frozen=True)
class PublicPlace:
    """A place whose address the public may know: the only thing an online geocoder is ever asked about."""

    address: str
    masked: bool


def gazetteer(session: Session, vocabulary: Vocabulary | None = None) -> Gazetteer:
    """The town gazetteer of this database; with a vocabulary, how its towns are mistyped too."""
    columns = (Town.prefecture, Town.municipality, Town.name, Town.latitude, Town.longitude, Town.zone)
    towns = (place for place in (vocabulary.place_readings if vocabulary else ()) if place.level == "town")
    mistyped = {typed: place.name for place in towns for typed in place.typed}
    return Gazetteer((GazetteerTown(*row) for row in session.execute(select(*columns))), mistyped)


def distance_km(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Geodesic kilometres between two (latitude, longitude) points in WGS84 degrees; the reference."""
    return geodesic(first, second).kilometers


def distances_km(
    latitude: float, longitude: float, latitudes: np.ndarray, longitudes: np.ndarray
) -> np.ndarray:
    """Kilometres from one point to many; NaN where a coordinate is NaN.

    A haversine with the ellipsoid's two radii of curvature at the starting point: within 0.1 % of the geodesic up to
    100 km (a city and its neighbours), within 0.6 % across Japan.
    """
    here, there = np.radians(latitude), np.radians(latitudes.astype(np.float64))
    across = np.radians(longitudes.astype(np.float64) - longitude)
    flattening = 1 - ECCENTRICITY_SQUARED * np.sin(here) ** 2
    east_radius = SEMI_MAJOR_KM / np.sqrt(flattening)
    north_radius = east_radius * (1 - ECCENTRICITY_SQUARED) / flattening
    north = north_radius * np.sin((there - here) / 2)
    east = east_radius * np.sqrt(np.cos(here) * np.cos(there)) * np.sin(across / 2)
    radius = np.sqrt(north_radius * east_radius)
    return 2 * radius * np.arcsin(np.minimum(1.0, np.hypot(north, east) / radius))


class OnlineGeocoder:
    """Asks one online service about public places, slowly, and remembers every answer in a file."""

    def __init__(
        self, ask: Callable[[str], Any], cache: Path,
        wait: Callable[[float], None] = time.sleep, clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ask, self._cache, self._wait, self._clock = ask, cache, wait, clock
        self._asked_at: float | None = None
        self._answers = json.loads(cache.read_text("utf-8")) if cache.exists() else {}

    def locate(self, place: PublicPlace) -> tuple[float, float] | None:
        """(latitude, longitude) or None. Raises GeocodingRefused for a masked place; a silent service is None."""
        if place.masked:
            raise GeocodingRefused("位置を伏せている場所の住所は、外部の地図サービスに送りません。地図で印を置いてください。")
        if place.address not in self._answers:
            self._keep_distance()
            try:
                answer = self._ask(place.address)
            except (GeocoderServiceError, GeopyError):
                return None  # not remembered: it may answer tomorrow
            self._remember(place.address, answer)
        found = self._answers[place.address]
        return tuple(found) if found else None

    def _keep_distance(self) -> None:
        if self._asked_at is not None:
            self._wait(max(0.0, SECONDS_BETWEEN_QUESTIONS - (self._clock() - self._asked_at)))
        self._asked_at = self._clock()

    def _remember(self, address: str, answer: Any) -> None:
        self._answers[address] = [answer.latitude, answer.longitude] if answer else None
        self._cache.parent.mkdir(parents=True, exist_ok=True)
        self._cache.write_text(json.dumps(self._answers, ensure_ascii=False), "utf-8")


def online_geocoder(environ: Mapping[str, str], cache: Path) -> OnlineGeocoder | None:
    """The geocoder the installation names (YORIDOKORO_GEOCODER=nominatim), or None: off unless configured.

    Raises GeocodingRefused inside a test run and InvalidSettings for a name geopy does not know.
    """
    name = environ.get("YORIDOKORO_GEOCODER")
    if not name:
        return None
    if "PYTEST_CURRENT_TEST" in environ:
        raise GeocodingRefused("テストの中では、外部の地図サービスに問い合わせません。")
    try:
        service = get_geocoder_for_service(name)(user_agent="yoridokoro", timeout=5)
    except (GeopyError, TypeError) as error:
        raise InvalidSettings(
            f"YORIDOKORO_GEOCODER の「{name}」は使えません。nominatim のような、鍵のいらない geopy の名前を書いてください。"
        ) from error
    return OnlineGeocoder(service.geocode, cache)
