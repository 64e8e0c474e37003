"""Where does the municipality end? Its boundary as a map draws it: fewer points, none further off than a few metres."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models import Boundary

# A map of a neighbourhood shows about this much as one pixel.
METRES_OFF = 8.0
METRES_A_DEGREE = 111_320.0
SMALLEST_ISLET = 4  # points of a ring: three corners and the first again

Ring = np.ndarray  # points × (latitude, longitude) in WGS84 degrees, the last the same as the first


@dataclass(frozen=True, eq=False)
class Outlines:
    """The rings of all boundaries (holes are rings too), and the words their sources ask to be shown."""

    rings: tuple[Ring, ...] = ()
    attributions: tuple[str, ...] = ()


def read_outlines(session: Session) -> Outlines:
    """The boundaries of this database; none where none was loaded, and that is no fault."""
    rows = session.execute(select(Boundary.geometry, Boundary.attribution).order_by(Boundary.municipality)).all()
    rings = [thinned(np.array([point[1::-1] for point in ring], dtype=float))
             for row in rows for polygon in row.geometry["coordinates"] for ring in polygon]
    return Outlines(
        rings=tuple(ring for ring in rings if len(ring) >= SMALLEST_ISLET),
        attributions=tuple(dict.fromkeys(row.attribution for row in rows if row.attribution)),
    )


def encloses(outlines: Outlines, latitude: float, longitude: float) -> bool:
    """Does the point lie inside? A line from it crosses the rings an odd number of times; in a hole it is even again."""
    crossed = 0
    for ring in outlines.rings:
        (south, west), (north, east) = ring[:-1].T, ring[1:].T
        spans = (south > latitude) != (north > latitude)
        share = (latitude - south[spans]) / (north - south)[spans]
        crossed += int((longitude < west[spans] + share * (east - west)[spans]).sum())
    return crossed % 2 == 1


def thinned(ring: Ring) -> Ring:
    """The ring without the points that lie within METRES_OFF of the line between their neighbours (Douglas–Peucker)."""
    if len(ring) <= SMALLEST_ISLET:
        return ring
    east = np.cos(np.radians(ring[:, 0].mean()))
    metres = ring * METRES_A_DEGREE * (1.0, east)
    # A ring begins where it ends; its farthest point cuts it into two lines.
    farthest = int(np.argmax(np.hypot(*(metres - metres[0]).T)))
    kept = {0, farthest, len(ring) - 1}
    lines = [(0, farthest), (farthest, len(ring) - 1)]
    while lines:
        first, last = lines.pop()
        middle = _farthest_off(metres, first, last)
        if middle is not None:
            kept.add(middle)
            lines += [(first, middle), (middle, last)]
    return ring[sorted(kept)]


def _farthest_off(metres: np.ndarray, first: int, last: int) -> int | None:
    """The point between the two that is farthest from their line, if that is too far to leave out."""
    between = metres[first + 1:last]
    if not len(between):
        return None
    along = metres[last] - metres[first]
    off = between - metres[first]
    length = np.hypot(*along)
    distance = np.abs(along[0] * off[:, 1] - along[1] * off[:, 0]) / length if length else np.hypot(*off.T)
    worst = int(np.argmax(distance))
    return first + 1 + worst if distance[worst] > METRES_OFF else None


def inside(ring: Ring, south_west: Sequence[float], north_east: Sequence[float]) -> Ring:
    """The part of the ring within a box, closed along its edges (Sutherland–Hodgman); empty when there is none."""
    for axis in (0, 1):
        for limit, sign in ((south_west[axis], -1), (north_east[axis], 1)):
            ring = _without_long_ways(ring, sign * (ring[:, axis] - limit) > 0)
    points = ring.tolist()
    for axis in (0, 1):
        for limit, sign in ((south_west[axis], 1), (north_east[axis], -1)):
            points = _one_side(points, axis, limit, sign)
    return np.array(points).reshape(-1, 2)


def _without_long_ways(ring: Ring, outside: np.ndarray) -> Ring:
    """The ring without points between points that lie outside the same side: their line lies there too."""
    return ring[~(outside & np.roll(outside, 1) & np.roll(outside, -1))]


def _one_side(points: list[Sequence[float]], axis: int, limit: float, sign: int) -> list[Sequence[float]]:
    kept: list[Sequence[float]] = []
    for before, point in zip([*points[-1:], *points], points, strict=False):
        was, is_in = sign * (before[axis] - limit) >= 0, sign * (point[axis] - limit) >= 0
        if was != is_in:
            part = (limit - before[axis]) / (point[axis] - before[axis])
            kept.append((before[0] + part * (point[0] - before[0]), before[1] + part * (point[1] - before[1])))
        if is_in:
            kept.append(point)
    return kept
