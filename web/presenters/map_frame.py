"""Where on the paper does a point of the map stand, and where is there room for its number and for a name?

All pure: degrees (latitude, longitude) in, pixels (x to the right, y down) out. Web Mercator, as every map on the web,
so that the picture and the map that moves lie alike.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import asinh, atan, ceil, cos, degrees, hypot, pi, radians, sin, sinh, tan

import numpy as np

EARTH_METRES = 40_075_016.7
PIN = 16.0  # radius of a pin
PIN_APART = 2 * PIN + 3
LETTER = 16.0  # a full-width letter of a name
LINE = 20.0
BAR_LENGTHS_KM = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)
LONGEST_BAR = 120.0

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Frame:
    """A piece of the world on `width` × `height` pixels; `left`, `top` in world widths, `scale` in pixels a width."""

    width: float
    height: float
    left: float
    top: float
    scale: float

    def at(self, latitude: float, longitude: float) -> Point:
        """The pixel of a point."""
        x, y = world(latitude, longitude)
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    def all_at(self, points: np.ndarray) -> np.ndarray:
        """The pixels of many points, both as rows."""
        latitudes, longitudes = np.radians(points[:, 0]), points[:, 1]
        worlds = np.c_[(longitudes + 180) / 360, (1 - np.arcsinh(np.tan(latitudes)) / pi) / 2]
        return (worlds - (self.left, self.top)) * self.scale

    def corners(self, beyond: float = 0.0) -> tuple[Point, Point]:
        """(south, west) and (north, east) in degrees, `beyond` pixels outside the frame."""
        step = beyond / self.scale
        south, west = degrees_of(self.left - step, self.top + self.height / self.scale + step)
        north, east = degrees_of(self.left + self.width / self.scale + step, self.top - step)
        return (south, west), (north, east)

    @property
    def pixels_a_km(self) -> float:
        """The scale in the middle of the frame."""
        (south, _west), (north, _east) = self.corners()
        return self.scale / EARTH_METRES * 1000 / cos(radians((south + north) / 2))

    def bar(self) -> tuple[float, float]:
        """(kilometres, pixels) of the longest scale bar of a round length that has room."""
        per_km = self.pixels_a_km
        fitting = [km for km in BAR_LENGTHS_KM if km * per_km <= LONGEST_BAR]
        kilometres = fitting[-1] if fitting else BAR_LENGTHS_KM[0]
        return kilometres, kilometres * per_km

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Is the pixel in the frame, `margin` away from its edges?"""
        return margin <= x <= self.width - margin and margin <= y <= self.height - margin


def world(latitude: float, longitude: float) -> Point:
    """Web Mercator: both from 0 to 1, from the north-west."""
    return (longitude + 180) / 360, (1 - asinh(tan(radians(latitude))) / pi) / 2


def degrees_of(x: float, y: float) -> Point:
    """The point (latitude, longitude) of a place in the Web Mercator world."""
    return degrees(atan(sinh(pi * (1 - 2 * y)))), x * 360 - 180


def frame_around(points: Sequence[Point], width: float, height: float, least_km: float, margin: float) -> Frame:
    """The closest frame that shows all points `margin` pixels inside, and at least `least_km` from side to side."""
    xs, ys = zip(*(world(*point) for point in points), strict=True)
    latitude = sum(point[0] for point in points) / len(points)
    least = least_km * 1000 / EARTH_METRES / cos(radians(latitude))
    across = max((max(xs) - min(xs)) / (width - 2 * margin), (max(ys) - min(ys)) / (height - 2 * margin), least / width)
    middle_x, middle_y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return Frame(width, height, middle_x - across * width / 2, middle_y - across * height / 2, 1 / across)


def spread(points: Iterable[Point], frame: Frame, taken: Sequence[Box] = ()) -> list[Point]:
    """Where the pins of these points stand so that none covers another: each as near to its point as there is room."""
    placed: list[Point] = []
    for x, y in points:
        placed.append(next(
            (spot for spot in _around(x, y) if frame.holds(*spot, PIN)
             and not any(_touches(spot, box) for box in taken)
             and all(hypot(spot[0] - other[0], spot[1] - other[1]) >= PIN_APART for other in placed)), (x, y)))
    return placed


def _around(x: float, y: float) -> Iterator[Point]:
    """The point itself, then rings of points around it, further and further off."""
    yield x, y
    for ring in range(1, 12):
        radius = ring * PIN_APART / 2
        count = ceil(2 * pi * radius / (PIN_APART / 2))
        for step in range(count):
            # Begin above: a name stands more often beside and below.
            turn = 2 * pi * step / count - pi / 2
            yield x + radius * cos(turn), y + radius * sin(turn)


def _touches(spot: Point, box: Box) -> bool:
    left, top, right, bottom = box
    return left - PIN < spot[0] < right + PIN and top - PIN < spot[1] < bottom + PIN


def name_boxes(x: float, y: float, name: str) -> Iterator[Box]:
    """Where a name may stand about its dot: right, left, then the same and below and above a pin on the dot."""
    length = len(name) * LETTER
    for off in (8.0, PIN + 5):
        yield x + off, y - LINE / 2, x + off + length, y + LINE / 2
        yield x - off - length, y - LINE / 2, x - off, y + LINE / 2
    for middle in (y + PIN + LINE / 2 + 2, y - PIN - LINE / 2 - 2):
        yield x - length / 2, middle - LINE / 2, x + length / 2, middle + LINE / 2


def is_free(box: Box, taken: Iterable[Box]) -> bool:
    """Does the box overlap none of the others?"""
    left, top, right, bottom = box
    return not any(left < other[2] and other[0] < right and top < other[3] and other[1] < bottom for other in taken)


def pin_box(spot: Point) -> Box:
    """The square around a pin."""
    return spot[0] - PIN, spot[1] - PIN, spot[0] + PIN, spot[1] + PIN
