"""Where does the pin of a place stand? On a map to move it on, and in words that say the town and what is odd about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from directory.geocoding import distances_km
from directory.outlines import encloses
from web.i18n import gettext as _
from web.presenters.map_frame import Point
from web.presenters.maps import JAPAN, Ground, Map, is_whole, map_of_pin

# Where no boundary is loaded, a pin this far from every town of the gazetteer is taken for one outside the city.
FAR_KM, NEAR_KM = 6.0, 2.5
LATITUDE, LONGITUDE = "location.latitude", "location.longitude"
GSI = "https://maps.gsi.go.jp/#18/{:.6f}/{:.6f}/"


@dataclass(frozen=True)
class PinBox:
    """The map (None where no town is known), what is said below it, and what to look at again; `gsi`: a map to compare with.

    A masked place is never shown on a map that somebody else's server draws.
    """

    map: Map | None
    words: str
    doubts: tuple[str, ...]
    gsi: str
    masked: bool


def pin_box(values: Mapping[str, Any], stored: Mapping[str, Any], shared: int, ground: Ground, city: str) -> PinBox:
    """The pin of the form's `values`, typed or stored. `shared`: on how many listings the place is shown."""
    point, masked = _point(values), values.get("location.masked") in (True, "yes")
    words = _words(point, ground)
    title = _("地図。%(words)s", words=words)
    help_words = _("印をつかんで動かすか、地図を押してください。印をえらんで矢印キーでも動きます。下の緯度と経度を書きかえても同じです。")
    map_drawn = map_of_pin(point, str(values.get("location.town") or ""), ground, title, help_words)
    return PinBox(map_drawn, words, tuple(_doubts(point, values, stored, shared, ground, city)),
                  GSI.format(*point) if point and not masked else "", masked)


def _point(values: Mapping[str, Any]) -> Point | None:
    """None for a point that is none, or outside Japan: the form says so itself."""
    try:
        point = float(values[LATITUDE]), float(values[LONGITUDE])
    except (KeyError, TypeError, ValueError):
        return None
    (south, west), (north, east) = JAPAN
    return point if south <= point[0] <= north and west <= point[1] <= east else None


def _nearest(point: Point, ground: Ground) -> tuple[str, float] | None:
    towns = [town for town in ground.towns if is_whole(town)]
    if not towns:
        return None
    far = distances_km(*point, *np.array([(town.latitude, town.longitude) for town in towns]).T)
    nearest = int(np.argmin(far))
    return towns[nearest].name, float(far[nearest])


def _words(point: Point | None, ground: Ground) -> str:
    if point is None:
        return _("印は、まだありません。地図を押すか、「住所からさがす」を押すか、緯度と経度を書いてください。")
    nearest = _nearest(point, ground)
    where = _("北緯%(latitude)s度、東経%(longitude)s度。", latitude=f"{point[0]:.5f}", longitude=f"{point[1]:.5f}")
    if nearest is None:
        return _("印の位置：") + where
    town, far = nearest
    if far < NEAR_KM:
        return _("印は「%(town)s」のあたりです。", town=town) + where
    return _("いちばん近い町は「%(town)s」で、およそ%(far)sはなれています。", town=town, far=f"{far:.0f}\u00a0km") + where


def _doubts(
    point: Point | None, values: Mapping[str, Any], stored: Mapping[str, Any], shared: int, ground: Ground, city: str,
) -> list[str]:
    doubts = []
    if point and _is_outside(point, ground):
        doubts.append(_("印が%(city)sの外にあるようです。それで合っていれば、このまま保存できます。", city=city))
    moved = point != _point(stored)
    if point and moved and values.get("location.precision") == "town" == stored.get("location.precision"):
        doubts.append(_("建物に合わせたときは、「地図の印の正確さ」も「建物まで」に変えてください。"))
    if moved and shared > 1:
        doubts.append(_("この印は、%(count)sか所の掲載で使っています。この掲載だけを変えるときは、上で「ここだけ」をえらんでください。", count=shared))
    return doubts


def _is_outside(point: Point, ground: Ground) -> bool:
    if ground.outlines.rings:
        return not encloses(ground.outlines, *point)
    nearest = _nearest(point, ground)
    return nearest is not None and nearest[1] > FAR_KM
