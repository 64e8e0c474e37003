"""Which prefecture, municipality and 町字 does a written address name, and where is the middle of that town?

    gazetteer = Gazetteer(towns)
    gazetteer.locate("津田1989番地")  → Place(municipality="廿日市市", town="津田", rest="1989番地", precision="town", …)
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

PREFECTURE = re.compile(r"(北海道|東京都|(?:京都|大阪)府|(?:神奈川|和歌山|鹿児島|[^\s\d]{2})県)")
# Cities whose own name holds 市, 町, 村, 郡 or 区; a plain pattern would cut them short.
TRICKY = (
    "廿日市|四日市|野々市|八日市場|市川|市原|十日町|大町|町田|村山|東村山|武蔵村山|羽村|田村|村上|大村|中村|町村|郡山|大和郡山|蒲郡|小郡|郡上|余市"
)
CITY = re.compile(rf"((?:{TRICKY})市|[^\d\s市区町村郡]{{1,7}}市(?:[^\d\s市町村]{{1,4}}区)?)")
DISTRICT_TOWN = re.compile(r"([^\d\s市区町村]{1,4}郡(?:玉村|[^\d\s]{1,6}?)[町村])")
DISTRICT = re.compile(r"^[^\d\s市区町村郡]{1,4}郡(?=[^\d\s]{1,6}[町村])")
TOKYO_WARD = re.compile(r"([^\d\s市町村]{1,4}区)")
WITH_PREFECTURE = re.compile(r"([^\d\s]{1,7}?[市区町村])")
DASHES = re.compile("[-‐‑‒–—―−－─]|(?<=[0-9])[ーｰ](?=[0-9])|(?<=[0-9])の(?=[0-9])")
HAS_DIGIT = re.compile(r"\d")
SPACES, SPACE_IN_NUMBER = re.compile(r"\s+"), re.compile(r"(?<=\d)\s+(?=\d)")
NUMBER_UNIT_BETWEEN = re.compile(r"(?<=\d)(?:丁目|番地の?|番|号)(?=[\d-])")
NUMBER_UNIT, MANY_DASHES = re.compile(r"(?<=\d)(?:番地|番|号)"), re.compile(r"-{2,}")
AZA = re.compile(r"(?<!文)字(?=[^\d\s])")
KANJI_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}
KANJI_CHOME = re.compile("([〇一二三四五六七八九十]+)丁目")
SPELLINGS = str.maketrans({
    "ヶ": "ケ", "が": "ケ", "ガ": "ケ", "ヵ": "ケ", "カ": "ケ", "の": "ノ", "之": "ノ", "ッ": "ツ", "つ": "ツ", "っ": "ツ",
    "嶋": "島", "嶽": "岳", "澤": "沢", "濱": "浜", "邊": "辺", "邉": "辺", "齋": "斎", "廣": "広",
})
WITHOUT_CHOME = re.compile(r"([^\d\s]+)(\d{1,2})[-‐‑‒–—―−－ー](?=\d)")
UP_TO_NUMBER = re.compile(r"[^\d\s]{1,6}\d{1,2}条[^\d\s]{0,3}\d{1,2}丁目|\D*?(?:[〇一二三四五六七八九十]{1,3}|\d{1,2})丁目|\D+")


@dataclass(frozen=True)
class GazetteerTown:
    """One 町字 with the WGS84 degrees of its middle."""

    prefecture: str
    municipality: str
    name: str
    latitude: float
    longitude: float
    zone: str = "mainland"


@dataclass(frozen=True)
class Place:
    """An address in parts; without a gazetteer hit there are no coordinates and precision is None (不明)."""

    prefecture: str | None
    municipality: str | None
    town: str | None
    rest: str | None
    latitude: float | None = None
    longitude: float | None = None
    precision: str | None = None
    zone: str = "mainland"


class Gazetteer:
    """Finds the town an address begins with: the longest name wins, 大字 and 字 do not count, 二丁目 is 2丁目."""

    def __init__(self, towns: Iterable[GazetteerTown] = (), mistyped: Mapping[str, str] = MappingProxyType({})) -> None:
        """mistyped: another way of writing a town → its name; a real name always comes first."""
        self._by_municipality: dict[str, dict[str, GazetteerTown]] = {}
        for town in towns:
            self._by_municipality.setdefault(_without_district(town.municipality), {})[town_key(town.name)] = town
        for names in self._by_municipality.values():
            for typed, name in mistyped.items():
                if (meant := names.get(town_key(name))) is not None:
                    names.setdefault(town_key(typed), meant)
        self._longest = max((len(key) for names in self._by_municipality.values() for key in names), default=0)

    def locate(self, address: str, prefecture: str | None = None, municipality: str | None = None) -> Place:
        """The parts of `address`; what the source says of prefecture and municipality comes first."""
        found_prefecture, found_municipality, remainder = split(address, prefecture, municipality)
        town, rest = self._town(remainder, found_municipality)
        if town is None:
            match = UP_TO_NUMBER.match(remainder)
            head = match.group() if match else ""
            rest = remainder[len(head):].strip()
            return Place(found_prefecture, found_municipality, head.strip() or None, rest or None)
        return Place(
            found_prefecture or town.prefecture, town.municipality, town.name, rest.strip() or None,
            town.latitude, town.longitude, "town", town.zone,
        )

    def _town(self, remainder: str, municipality: str | None) -> tuple[GazetteerTown | None, str]:
        """The longest town name the text begins with. Without a municipality only one municipality may know it."""
        gazetteers = self._by_municipality.values()
        if municipality:
            gazetteers = filter(None, [self._by_municipality.get(_without_district(municipality))])
        candidates = list(gazetteers)
        if not candidates:
            return None, remainder
        # 阿品2-1-1 is written for 阿品二丁目1-1 where the gazetteer knows that 丁目
        if short := WITHOUT_CHOME.match(remainder):
            town = _only(candidates, town_key(f"{short[1]}{unicodedata.normalize('NFKC', short[2])}丁目"))
            if town:
                return town, remainder[short.end():]
        for length in range(min(len(remainder), self._longest * 2), 0, -1):
            if length < len(remainder) and remainder[length - 1].isdigit() and remainder[length].isdigit():
                continue
            town = _only(candidates, town_key(remainder[:length]))
            if town:
                return town, remainder[length:]
        return None, remainder


def _only(gazetteers: list[dict[str, GazetteerTown]], key: str) -> GazetteerTown | None:
    found = [towns[key] for towns in gazetteers if key in towns]
    return found[0] if len(found) == 1 else None


def split(
    address: str, prefecture: str | None = None, municipality: str | None = None
) -> tuple[str | None, str | None, str]:
    """(prefecture, municipality, remainder). A bare 〇〇町 is a town, unless a prefecture stands before it."""
    text = address.strip()
    stated = PREFECTURE.match(text)
    if stated:
        text = text[stated.end():].lstrip()
    prefecture = prefecture or (stated[1] if stated else None)
    end = _end_of_municipality(text, municipality)
    if municipality:
        # The address may know the 郡 that the column leaves out.
        return prefecture, text[:end] or municipality, text[end:].lstrip()
    found = CITY.match(text) or DISTRICT_TOWN.match(text)
    if not found and stated:
        found = TOKYO_WARD.match(text) or WITH_PREFECTURE.match(text)
    return prefecture, found[1] if found else None, text[found.end():].lstrip() if found else text


def normalise_address(*parts: str | None) -> str:
    """One spelling of an address for matching: NFKC, dashes folded, no prefecture, 丁目・番地・号 as dashes."""
    text = DASHES.sub("-", unicodedata.normalize("NFKC", "".join(filter(None, parts))))
    prefecture = PREFECTURE.match(text)
    text = SPACES.sub("", SPACE_IN_NUMBER.sub("-", text[prefecture.end():] if prefecture else text))
    text = DISTRICT.sub("", text)
    text = KANJI_CHOME.sub(lambda match: f"{kanji_number(match[1])}丁目", text)
    text = NUMBER_UNIT.sub("", NUMBER_UNIT_BETWEEN.sub("-", text))
    return MANY_DASHES.sub("-", _without_aza(text).translate(SPELLINGS)).casefold()


def location_key(address: str, building: str | None = None) -> str:
    """The match key of a location: its address plus its building."""
    return normalise_address(address, " ", building) if building else normalise_address(address)


def place_key(written: str, rest: str | None, building: str | None, name: str) -> str:
    """The match key of a place: address and building; an address that stops before a number is shared, so the name joins.

    `rest` is the end of the `written` address, after the town.
    """
    if building or HAS_DIGIT.search(rest or ""):
        return location_key(written, building)
    return f"{location_key(written, building)}@{location_key(name)}"


def town_key(name: str) -> str:
    """One spelling of a town's name."""
    text = SPACES.sub("", unicodedata.normalize("NFKC", name))
    text = KANJI_CHOME.sub(lambda match: f"{kanji_number(match[1])}丁目", text)
    return _without_aza(text).translate(SPELLINGS)


def kanji_number(text: str) -> int:
    """二十三 is 23."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int("".join(str(KANJI_DIGITS[character]) for character in text))
    return (KANJI_DIGITS[tens] if tens else 1) * 10 + (KANJI_DIGITS[ones] if ones else 0)


def _without_district(municipality: str) -> str:
    return DISTRICT.sub("", municipality)


def _without_aza(text: str) -> str:
    # 十文字町 and 大文字 keep theirs.
    return AZA.sub("", text.replace("大字", "")) if "字" in text else text


def _end_of_municipality(text: str, municipality: str | None) -> int:
    """Where the rest of an address begins that names this municipality, perhaps behind its 郡; 0 when it does not."""
    position = text.find(municipality) if municipality else -1
    if position == 0 or 2 <= position <= 5 and text[position - 1] == "郡":
        return position + len(municipality)
    return 0
