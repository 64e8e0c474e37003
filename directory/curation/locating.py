"""Where on the map is an address that somebody has just typed? As near as the town gazetteer knows, and it says how near."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from directory.geocoding import gazetteer

POINT = ("location.latitude", "location.longitude", "location.precision")


def located(session: Session, values: Mapping[str, Any], municipality: str) -> dict[str, Any]:
    """Latitude, longitude, precision and zone of the town in `values`; nothing where the gazetteer does not know it.

    Offline: no address leaves the machine. A building is never guessed, so the pin stands in the middle of the town.
    """
    said = {name: values.get(f"location.{name}") for name in ("municipality", "town", "address_rest")}
    if not said["town"]:
        return {}
    written = "".join(filter(None, (said["municipality"] or municipality, said["town"], said["address_rest"])))
    place = gazetteer(session).locate(written, municipality=said["municipality"] or municipality)
    if place.latitude is None or place.longitude is None:
        return {}
    return {"location.latitude": round(place.latitude, 6), "location.longitude": round(place.longitude, 6),
            "location.precision": place.precision, "location.zone": place.zone}
