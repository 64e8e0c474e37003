"""Which city is this installation for? Its names, the number every page offers, its islands (data/city.yml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from directory.yaml_files import Entry, read_yaml


@dataclass(frozen=True, slots=True)
class Consultation:
    """相談窓口: where no page is a dead end. A sample number is shown as text, never as a tel: link."""

    name: str
    kana: str
    phone: str
    phone_is_sample: bool
    hours: str
    note: str


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the city; between two zones lies water, crossed at a gateway."""

    key: str
    label: str
    kana: str | None
    gateways: tuple[str, ...]
    crossing_minutes: int | None
    travel: str | None
    # (latitude, longitude) of the gateways in their order: on the mainland, on the island
    piers: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class City:
    """Everything a page says of the city. centre: latitude, longitude in WGS84 degrees.

    map_attribution: what the source of the towns' points asks to be shown on every map.
    """

    site_name: str
    site_kana: str
    tagline: str
    name: str
    kana: str
    prefecture: str
    municipality_code: str
    centre: tuple[float, float]
    languages: tuple[str, ...]
    consultation: Consultation
    notice: str
    zones: Mapping[str, Zone]
    map_attribution: str | None = None


def load_city(path: Path) -> City:
    """The settings of one city. Raises InvalidYaml with file, entry and what to do."""
    whole = Entry(path.name, "", read_yaml(path))
    site, city = _part(whole, "site"), _part(whole, "city")
    settings = City(
        site_name=site.text("name"),
        site_kana=site.kana(),
        tagline=site.text("tagline"),
        name=city.text("name"),
        kana=city.kana(),
        prefecture=city.text("prefecture"),
        municipality_code=city.text("municipality_code"),
        centre=_centre(_part(city, "centre")),
        languages=whole.texts("languages"),
        consultation=_consultation(_part(whole, "consultation")),
        notice=whole.text("notice"),
        zones=_zones(_part(whole, "zones")),
        map_attribution=whole.optional("map_attribution"),
    )
    for part in (site, city, whole):
        part.done()
    return settings


def _part(entry: Entry, key: str) -> Entry:
    return Entry(entry.file, key, entry.value(key))


def _centre(entry: Entry) -> tuple[float, float]:
    centre = entry.number("latitude", 20, 46), entry.number("longitude", 122, 154)
    entry.done()
    return centre


def _consultation(entry: Entry) -> Consultation:
    desk = Consultation(
        name=entry.text("name"),
        kana=entry.kana(),
        phone=entry.text("phone"),
        phone_is_sample=entry.flag("phone_is_sample"),
        hours=entry.text("hours"),
        note=entry.text("note"),
    )
    entry.done()
    return desk


def _zones(entry: Entry) -> Mapping[str, Zone]:
    return MappingProxyType({key: _zone(entry.file, key, one) for key, one in entry.content.items()})


def _zone(file: str, key: str, content: Any) -> Zone:
    entry = Entry(file, f"zones › {key}", content)
    zone = Zone(
        key=key,
        label=entry.text("label"),
        kana=entry.optional("kana"),
        gateways=entry.texts("gateways"),
        crossing_minutes=entry.whole_number("crossing_minutes"),
        travel=entry.optional("travel"),
        piers=_piers(entry),
    )
    entry.done()
    return zone


def _piers(entry: Entry) -> tuple[tuple[float, float], ...]:
    """Two points, or none where nobody entered them."""
    piers = tuple(tuple(map(float, point)) for point in entry.value("piers", []))
    if len(piers) not in (0, 2) or any(len(point) != 2 for point in piers):
        raise entry.wrong("piers", "本土側と島側の、2つの船着き場の緯度・経度を書いてください")
    return piers
