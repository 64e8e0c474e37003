"""Is it at the same place, as far as two lists can be compared? Address, hall, town, and points where they are exact."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Any

from directory.addresses import HAS_DIGIT, normalise_address
from directory.duplicates.sounds import spell, unvoiced
from directory.duplicates.towns import CHOME, Named, Towns, base_town, chome
from directory.japanese import fold

EXACT = ("building", "block")
NEAR_METRES = 80
METRES_A_DEGREE = 111_320
ROOM = re.compile(
    r"(?:(?:大|小|多目的)?ほーる|研修室|会議室|和室|洋室|音楽室|調理室|体育室|陶芸室|図書こーなー|広間|屋上|ろびー)\s*[0-9a-z]*|[0-9]+階|"
    "集合$|前$|の?となり$")
FORMERLY = re.compile("^(?:もとの?|元の?|旧)")
HALL_WORDS = re.compile(unvoiced(
    "しゅうかいしょ|しみんせんたー|ふくしせんたー|せんたー|こうみんかん|かいかん|こうりゅうかん|ひろば|こうえん"))
SHORTEST_HALL = 2
CLOSE_HALL = 0.6


@dataclass(frozen=True)
class Place:
    """Where a row says it is. `hall` by its reading, `hall_own` without town and 集会所; point only where exact."""

    named: Named = Named()
    address: str | None = None
    hall: str = ""
    hall_own: str = ""
    point: tuple[float, float] | None = None


def place_of(values: Mapping[str, Any], towns: Towns) -> Place:
    """The place of a record's values (names as the importers have them)."""
    hall = FORMERLY.sub("", ROOM.sub("", fold(values.get("location.name") or "")).strip())
    spoken = spell(hall.replace("の", "")).replace("たい2", "たいに").replace("たい1", "たいいち") if hall else ""
    named = towns.named(hall, spoken) if hall else Named()
    own = HALL_WORDS.sub("", towns.without(spoken, named)).replace(" ", "")
    town, rest = fold(values.get("location.town") or ""), values.get("location.address_rest")
    if town:
        number = CHOME.search(town)
        named = Named(frozenset({base_town(town)}), named.regions, chome(number[1]) if number else named.chome)
    point = (values.get("location.latitude"), values.get("location.longitude"))
    return Place(
        named,
        normalise_address(values.get("location.municipality"), values.get("location.town"), rest)
        if rest and HAS_DIGIT.search(rest) else None,
        spoken.replace(" ", ""), own,
        point if None not in point and values.get("location.precision") in EXACT else None,
    )


def same_hall(first: Place, second: Place) -> bool | None:
    """Do both name one hall? None where one of them names none, or only 「市民センター」."""
    if not first.hall or not second.hall:
        return None
    if first.hall == second.hall:
        return True
    short, long = sorted((first.hall, second.hall), key=len)
    if not first.hall_own and not second.hall_own:
        return True if first.named.towns & second.named.towns and short in long else None
    if len(short) >= SHORTEST_HALL and short in long:
        return True if len(short) > 5 else None
    if not first.hall_own or not second.hall_own:
        return None
    return alike(first.hall, second.hall) >= CLOSE_HALL


def metres(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Between two points a few kilometres apart at most, well enough to say whether they are one building."""
    across = (first[1] - second[1]) * cos(radians(first[0]))
    return hypot(first[0] - second[0], across) * METRES_A_DEGREE


def alike(first: str, second: str) -> float:
    """Share of the pairs of letters two texts have in common, 0 to 1."""
    if first == second:
        return 1.0
    one, other = _pairs(first), _pairs(second)
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _pairs(text: str) -> set[str]:
    return {text[start:start + 2] for start in range(len(text) - 1)}
