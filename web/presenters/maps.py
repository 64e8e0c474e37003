"""What does the map of a list, or of one place, show? A picture ready to be printed as SVG.

Only Listing.latitude and longitude are read: they are None for a masked place, so it cannot be drawn.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

import numpy as np

from directory.catalog import Place
from directory.listing import Listing
from directory.outlines import Outlines, inside
from directory.search import Hit
from web.i18n import gettext as _
from web.presenters import map_frame
from web.presenters.map_frame import Box, Frame, Point

LIST_SIZE, PLACE_SIZE = (373.0, 378.0), (415.0, 220.0)
LEAST_LIST_KM = 4.0
# The map of one place is as close as it can be with this many towns on it, so that one can tell where it is.
PLACE_KM, PLACE_TOWNS = (4.0, 6.0, 9.0, 14.0, 20.0), 3
MARGIN = 44.0
MOST_NAMES, NAMES_TRIED = 24, 48
# The line of the boundary is drawn on past the edge, so that no edge of the picture looks like one.
BEYOND, LAND_STEP = 8, 2
PART_OF_A_TOWN = "丁目"
EXACT = frozenset({"building", "block"})
# Opens in the map program of a telephone too; asked for only when somebody follows the link.
ROUTE = "https://www.google.com/maps/dir/?api=1&destination="
# Corners of Japan in degrees: a point outside is a slip of the pen, and would shrink the town to a dot.
JAPAN = ((20.0, 122.0), (46.0, 154.0))


@dataclass(frozen=True, eq=False)
class Ground:
    """What lies under the pins: names of towns and the boundary. `version` changes with either."""

    towns: tuple[Place, ...] = ()
    outlines: Outlines = Outlines()
    version: str = ""

    @cached_property
    def points(self) -> np.ndarray:
        """Latitude and longitude of the towns, a row each."""
        return np.array([(town.latitude, town.longitude) for town in self.towns]).reshape(-1, 2)


@dataclass(frozen=True)
class Pin:
    """One numbered place. (x, y): where the pin stands; (point_x, point_y): where the place is, if that differs.

    `number` is empty on the map of a single place.
    """

    number: str
    name: str
    latitude: float
    longitude: float
    exact: bool
    x: float
    y: float
    point_x: float
    point_y: float

    @property
    def moved(self) -> bool:
        """Does the pin stand beside its place?"""
        return (self.x, self.y) != (self.point_x, self.point_y)


@dataclass(frozen=True)
class TownName:
    """The name of a town beside its dot; x, y is the left end of the name's base line."""

    name: str
    x: float
    y: float
    dot_x: float
    dot_y: float


@dataclass(frozen=True)
class Map:
    """One picture. `bounds`: south, west, north, east in degrees. `bar`: its length in pixels and in words."""

    width: float
    height: float
    title: str
    bounds: str
    land: str
    pins: tuple[Pin, ...]
    towns: tuple[TownName, ...]
    bar: tuple[float, str]
    sentences: tuple[str, ...]
    attributions: tuple[str, ...]


def map_of_list(hits: Sequence[Hit], ground: Ground) -> Map | None:
    """The map of one page of results, numbers as in the list; None when no place of it has a point."""
    shown = [(str(hit.number), hit.listing) for hit in hits if has_point(hit.listing)]
    if not shown:
        return None
    frame = _frame([_point(listing) for _number, listing in shown], LIST_SIZE, LEAST_LIST_KM)
    pins = _pins(shown, frame)
    where = _("、").join(_("%(number)s %(place)s", number=pin.number, place=pin.name) for pin in pins)
    return _map(frame, pins, ground, {listing.town for _number, listing in shown},
                title=_("地図。番号は一覧と同じです。%(where)s", where=where),
                sentences=_sentences_of_list(hits, pins))


def map_of_place(listing: Listing, ground: Ground) -> Map | None:
    """The map of one place and its neighbourhood; None when it has no point that may be shown."""
    if not has_point(listing):
        return None
    frame = _frame_about(_point(listing), ground, PLACE_SIZE)
    precise = precision(listing)
    return _map(frame, _pins([("", listing)], frame), ground, {listing.town},
                title=_("地図。%(place)s。%(precision)s", place=_place_name(listing), precision=precise),
                sentences=(precise,))


def map_of_pin(point: Point | None, town: str, ground: Ground, title: str, sentence: str) -> Map | None:
    """The map on which a pin is set, close about it; all towns while there is no pin. None where no town is known either."""
    whole = ground.points[[is_whole(town) for town in ground.towns]]
    if point is None and not len(whole):
        return None
    frame = _frame_about(point, ground, LIST_SIZE) if point else _frame(whole.tolist(), LIST_SIZE, LEAST_LIST_KM)
    spot = _rounded(frame.at(*point)) if point else None
    pins = (Pin("", town, *point, True, *spot, *spot),) if point and spot else ()
    return _map(frame, pins, ground, {town}, title=title, sentences=(sentence,))


def has_point(listing: Listing) -> bool:
    """May and can this place be drawn?"""
    if listing.masked or listing.latitude is None or listing.longitude is None:
        return False
    (south, west), (north, east) = JAPAN
    return south <= listing.latitude <= north and west <= listing.longitude <= east


def precision(listing: Listing) -> str:
    """How exact the pin is, in words."""
    return {
        "building": _("印は、建物の場所です。"),
        "block": _("印は、番地のあたりです。"),
        "town": _("印は町の中心あたりで、建物の場所ではありません。"),
    }.get(listing.precision or "", _("印がどのくらい正確かは、未確認です。"))


def route(listing: Listing) -> str | None:
    """The address of the way there on another map; None where we only know the neighbourhood, which would mislead."""
    if has_point(listing) and listing.precision in EXACT:
        return ROUTE + quote(f"{listing.latitude},{listing.longitude}")
    if listing.masked or not listing.address_rest:
        return None
    return ROUTE + quote("".join(filter(None, (
        listing.prefecture, listing.municipality, listing.town, listing.address_rest))))


def _point(listing: Listing) -> Point:
    return listing.latitude or 0.0, listing.longitude or 0.0


def _frame(points: Sequence[Point], size: Point, least_km: float) -> Frame:
    return map_frame.frame_around(points, *size, least_km=least_km, margin=MARGIN)


def _frame_about(point: Point, ground: Ground, size: Point) -> Frame:
    """As close as it can be with PLACE_TOWNS on it."""
    whole = ground.points[[is_whole(town) for town in ground.towns]]
    for least_km in PLACE_KM:
        frame = _frame([point], size, least_km)
        dots = frame.all_at(whole)
        seen = (dots > MARGIN).all(axis=1) & (dots < (frame.width - MARGIN, frame.height - MARGIN)).all(axis=1)
        if seen.sum() >= PLACE_TOWNS:
            break
    return frame


def _pins(shown: Sequence[tuple[str, Listing]], frame: Frame) -> tuple[Pin, ...]:
    points = [frame.at(listing.latitude, listing.longitude) for _number, listing in shown]
    spots = map_frame.spread(points, frame, [_bar_box(frame)])
    return tuple(
        Pin(number, _place_name(listing), listing.latitude, listing.longitude, listing.precision in EXACT,
            *_rounded(spot), *_rounded(point))
        for (number, listing), spot, point in zip(shown, spots, points, strict=True))


def _place_name(listing: Listing) -> str:
    return listing.town or listing.place_name or listing.name


def _sentences_of_list(hits: Sequence[Hit], pins: Sequence[Pin]) -> tuple[str, ...]:
    missing = [str(hit.number) for hit in hits if not has_point(hit.listing)]
    sentences = [_("番号は一覧と同じです。")]
    if not all(pin.exact for pin in pins):
        sentences.append(_("点線の印は町の中心あたりで、建物の場所ではありません。"))
    if missing:
        sentences.append(_("地図に出ない（訪問・電話・場所を出さない）%(count)s件：%(numbers)s", count=len(missing),
                           numbers=_("、").join(missing)))
    else:
        sentences.append(_("地図に出ない（訪問・電話・場所を出さない）0件。"))
    return tuple(sentences)


def _map(
    frame: Frame, pins: tuple[Pin, ...], ground: Ground, own: Iterable[str | None], *, title: str,
    sentences: tuple[str, ...],
) -> Map:
    """The picture under and around the pins; the towns of `own` are named first."""
    corners = frame.corners()
    kilometres, length = frame.bar()
    metres = f"{kilometres * 1000:g}"
    words = _("%(length)s m", length=metres) if kilometres < 1 else _("%(length)s km", length=kilometres)
    return Map(
        width=frame.width, height=frame.height, title=title, sentences=sentences,
        bounds=",".join(f"{degree:.5f}" for corner in corners for degree in corner),
        land=land_of(frame, ground.outlines), pins=pins, towns=_town_names(frame, pins, ground, frozenset(own)),
        bar=(round(length, 1), words), attributions=ground.outlines.attributions,
    )


def land_of(frame: Frame, outlines: Outlines) -> str:
    """The boundary as the path of an SVG; its corners stand on a grid, so that a far one has few."""
    lines = []
    for ring in outlines.rings:
        corners = np.rint(frame.all_at(ring) / LAND_STEP) * LAND_STEP
        corners = corners[np.r_[True, (np.diff(corners, axis=0) != 0).any(axis=1)]]
        part = inside(corners, (-BEYOND, -BEYOND), (frame.width + BEYOND, frame.height + BEYOND))
        if len(part) > 2:
            lines.append("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in part) + "Z")
    return "".join(lines)


def _town_names(
    frame: Frame, pins: Sequence[Pin], ground: Ground, own: frozenset[str | None]
) -> tuple[TownName, ...]:
    """As many names as have room: the towns of the places first, then the nearer ones."""
    taken = [*(map_frame.pin_box((pin.x, pin.y)) for pin in pins), _bar_box(frame)]
    names: list[TownName] = []
    for town, dot in _in_frame(frame, pins, ground, own):
        box = next((box for box in map_frame.name_boxes(*dot, town.name)
                    if frame.holds(box[0], box[1], 2) and frame.holds(box[2], box[3], 2)
                    and map_frame.is_free(box, taken)), None)
        if box:
            taken += [box, (dot[0] - 4, dot[1] - 4, dot[0] + 4, dot[1] + 4)]
            names.append(TownName(town.name, *_rounded((box[0], box[3] - 5)), *_rounded(dot)))
        if len(names) == MOST_NAMES:
            break
    return tuple(names)


def _in_frame(
    frame: Frame, pins: Sequence[Pin], ground: Ground, own: frozenset[str | None]
) -> list[tuple[Place, Point]]:
    """Whole towns whose dot is in the frame, in the order in which they are named."""
    dots = frame.all_at(ground.points)
    seen = np.flatnonzero((dots > 4).all(axis=1) & (dots < (frame.width - 4, frame.height - 4)).all(axis=1))
    marks = [(pin.point_x, pin.point_y) for pin in pins] or [(frame.width / 2, frame.height / 2)]
    far = dots[seen, None, :] - np.array(marks)
    nearest = dict(zip(seen.tolist(), np.hypot(far[..., 0], far[..., 1]).min(axis=1).tolist(), strict=True))
    whole = [index for index in nearest if ground.towns[index].name in own or is_whole(ground.towns[index])]
    whole.sort(key=lambda index: (ground.towns[index].name not in own, nearest[index]))
    return [(ground.towns[index], tuple(dots[index].tolist())) for index in whole[:NAMES_TRIED]]


def is_whole(town: Place) -> bool:
    """Is it a town, and not one of its 丁目?"""
    return not town.name.endswith(PART_OF_A_TOWN)


def _bar_box(frame: Frame) -> Box:
    return 0.0, frame.height - 44, map_frame.LONGEST_BAR + 24, frame.height


def _rounded(point: Point) -> Point:
    return round(point[0], 1), round(point[1], 1)
