"""Does this pair of numbers lie in Japan, and how exact is it?"""

import re

from directory.importers.cleaning.doubts import Doubt
from directory.importers.cleaning.text import digits_and_dashes, verbatim, words

SOUTH, NORTH, WEST, EAST = 20.0, 46.0, 122.0, 154.5
# What geocoders answer when they found only 「日本」: the middle of the country, and zero.
NOWHERE = ((36.204824, 138.252924), (0.0, 0.0))
DEGREES = re.compile(r"(?:北緯|東経|[NE])?\s*(\d{1,3})\s*[度°]\s*(\d{1,2})\s*[分′']\s*(\d{1,2}(?:\.\d+)?)\s*[秒″\"]?")
NUMBER = re.compile(r"-?\d{1,3}(?:\.\d*)?")
ADVICE = "地図で場所を確かめてください。位置は空のまま、行は取り込みました。"


def coordinates(latitude: object, longitude: object) -> tuple[tuple[float, float, str] | None, Doubt | None]:
    """(latitude, longitude, precision) in degrees; swapped columns are put right, a point outside Japan is dropped."""
    if words(latitude) is None and words(longitude) is None:
        return None, None
    latitude, longitude = verbatim(latitude), verbatim(longitude)
    north, east = degrees(latitude), degrees(longitude)
    if north is None or east is None:
        return None, Doubt(f"緯度「{latitude}」経度「{longitude}」は数として読めません。", ADVICE)
    precision = _precision(latitude, longitude)
    if _in_japan(north, east):
        return (north, east, precision), None
    if _in_japan(east, north):
        swapped = Doubt(f"緯度「{latitude}」と経度「{longitude}」が入れ替わっていたため直しました。", "地図で場所を確かめてください。")
        return (east, north, precision), swapped
    if any(abs(north - a) < 1e-6 and abs(east - b) < 1e-6 for a, b in NOWHERE):
        return None, Doubt(f"緯度「{latitude}」経度「{longitude}」は「場所が分からない」という印の値です。", ADVICE)
    return None, Doubt(f"緯度「{latitude}」経度「{longitude}」は日本の外です。", ADVICE)


def degrees(cell: object) -> float | None:
    """Degrees from 34.35, 「北緯34度21分10秒」 or a number cell; rounded to a millionth of a degree (10 cm)."""
    text = words(cell)
    if text is None:
        return None
    plain = digits_and_dashes(text).replace(" ", "").rstrip("°度")
    if NUMBER.fullmatch(plain):
        return round(float(plain), 6)
    if match := DEGREES.fullmatch(plain):
        return round(int(match[1]) + int(match[2]) / 60 + float(match[3]) / 3600, 6)
    return None


def _in_japan(north: float, east: float) -> bool:
    nowhere = any(abs(north - a) < 1e-6 and abs(east - b) < 1e-6 for a, b in NOWHERE)
    return SOUTH <= north <= NORTH and WEST <= east <= EAST and not nowhere


def _precision(latitude: object, longitude: object) -> str:
    """How exact the source pretends to be: 4 decimals are a building (11 m), 3 a block, fewer a town.

    The longer of the two counts, for a spreadsheet drops the zeros at the end of a number.
    """
    decimals = max(len(str(cell).strip().rstrip("0").partition(".")[2]) for cell in (latitude, longitude))
    return "building" if decimals >= 4 else "block" if decimals == 3 else "town"
