"""Where is it, as far as the row says?"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from directory.addresses import HAS_DIGIT, Place, location_key, place_key, split
from directory.geocoding import OnlineGeocoder, PublicPlace
from directory.importers.cleaning.codes import municipality_code, postal_code
from directory.importers.cleaning.coordinates import coordinates
from directory.importers.cleaning.text import line, words

# A home is never shown with its address: only its 地域.
HOME = re.compile(r"個人宅|自宅|民家|(?:世話人|代表者?|会員|役員)(?:さん)?(?:の)?(?:宅|家)|シェルター|(?<=[^お])様宅|さん宅|氏宅")
CHOME = re.compile(r"[〇一二三四五六七八九十\d]+丁目$")
AREAS = (("area_region", "地域"), ("area_school", "小学校区"), ("area_district", "字/区"), ("area_welfare", "民生委員担当区"))


def place_values(cells: Mapping[str, object], name: str, around: Any, doubt: Callable) -> dict[str, object]:
    """Values of the location, the areas and how the place was found. Without address, hall or point: no location."""
    prefecture, municipality = line(cells.get("prefecture")), line(cells.get("municipality"))
    if prefecture and not municipality and (parted := split(prefecture))[1]:
        prefecture, municipality = parted[0], parted[1]
    doubt("municipality_code", municipality_code(cells.get("municipality_code"), prefecture)[1])
    address, building = _address(cells)
    place = Place(prefecture, municipality, None, None)
    if address:
        place = around.gazetteer.locate(address, prefecture, municipality)
    point, problem = coordinates(cells.get("latitude"), cells.get("longitude"))
    doubt("latitude", problem)
    hall = line(cells.get("place_name"))
    masked = any(HOME.search(text) for text in (hall, address, building, line(cells.get("venue_kind"))) if text)
    point = point or _asked(around.geocoder, place, masked)
    latitude, longitude, precision = point or (place.latitude, place.longitude, place.precision)
    exists = bool(address or hall or point)
    values = {
        "location.exists": exists, "location.name": hall, "location.postal_code": postal_code(cells.get("postal_code")),
        "location.prefecture": place.prefecture, "location.municipality": place.municipality,
        "location.town": place.town, "location.address_rest": place.rest, "location.building": building,
        "location.latitude": latitude, "location.longitude": longitude, "location.precision": precision,
        "location.zone": place.zone, "location.travel_notes": words(cells.get("travel")), "location.masked": masked,
        "location.key": _key(place, building, hall, name, point) if exists else None,
    }
    areas = [[kind, text] for field, kind in AREAS if (text := line(cells.get(field)))]
    own = around.areas_of_towns.get(_town_name(place.town))
    if own and place.municipality == around.default_municipality and not any(kind == "地域" for kind, _ in areas):
        areas.append(["地域", own])
    return values | {"areas": sorted(areas), "listing.service_area": line(cells.get("service_area"))}


def _asked(geocoder: OnlineGeocoder | None, place: Place, masked: bool) -> tuple[float, float, str] | None:
    """What the online geocoder of this installation answers, where there is one and the address has a number."""
    if geocoder is None or masked or not place.municipality or not HAS_DIGIT.search(place.rest or ""):
        return None
    address = "".join(filter(None, (place.prefecture, place.municipality, place.town, place.rest)))
    found = geocoder.locate(PublicPlace(address, masked))
    return (*found, "block") if found else None


def _address(cells: Mapping[str, object]) -> tuple[str | None, str | None]:
    """(address, building); a building repeated at the end of the address stands once."""
    parts = "".join(filter(None, (line(cells.get("town")), line(cells.get("address_rest")))))
    address, building = line(cells.get("address")) or parts or None, line(cells.get("building"))
    if address and building:
        folded, tail = unicodedata.normalize("NFKC", address), unicodedata.normalize("NFKC", building)
        if len(folded) == len(address) and folded.endswith(tail) and len(folded) > len(tail):
            address = address[: -len(tail)].rstrip() or address
    return address, building


def _key(place: Place, building: str | None, hall: str | None, name: str, point: tuple | None) -> str:
    """Address and building; where the address stops before a number it is too wide to share, so the name joins it."""
    written = "".join(filter(None, (place.municipality, place.town, place.rest)))
    if written:
        return place_key(written, place.rest, building, hall or name)[:600]
    return f"@{location_key(hall or name)}{point[:2] if point else ''}"[:600]


def _town_name(town: str | None) -> str:
    """地御前二丁目 as the areas know it: 地御前."""
    return CHOME.sub("", town or "")
