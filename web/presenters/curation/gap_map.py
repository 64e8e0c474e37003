"""Where on the map is something missing? A circle a 地域 with the number of its places; dashed where there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from directory.gaps import People
from web.i18n import gettext as _
from web.presenters import map_frame
from web.presenters.curation.gaps import GapCell, people_words
from web.presenters.map_frame import Box
from web.presenters.maps import Ground, land_of

WIDTH, HEIGHT, MARGIN, LEAST_KM = 373.0, 378.0, 56.0, 6.0
RADIUS = 16.0


@dataclass(frozen=True)
class Circle:
    """One 地域: where it stands, what is written in it and beside it."""

    area: str
    number: str
    kind: str
    x: float
    y: float
    name_x: float
    name_y: float


@dataclass(frozen=True)
class GapMap:
    """The picture of one need, and the words that say the same."""

    width: float
    height: float
    title: str
    land: str
    circles: tuple[Circle, ...]
    rows: tuple[tuple[GapCell, str], ...]
    attributions: tuple[str, ...]


def gap_map(
    cells: Sequence[GapCell], middles: Mapping[str, tuple[float, float]], ground: Ground, people: Mapping[str, People],
) -> GapMap | None:
    """The map of one need; None where no 地域 has a point."""
    shown = [cell for cell in cells if cell.area in middles]
    if not shown:
        return None
    frame = map_frame.frame_around([middles[cell.area] for cell in shown], WIDTH, HEIGHT, LEAST_KM, MARGIN)
    spots = map_frame.spread([frame.at(*middles[cell.area]) for cell in shown], frame)
    taken: list[Box] = [map_frame.pin_box(spot) for spot in spots]
    circles = []
    for cell, (x, y) in zip(shown, spots, strict=True):
        box = next((box for box in map_frame.name_boxes(x, y, cell.area) if map_frame.is_free(box, taken)
                    and frame.holds(box[0], box[1]) and frame.holds(box[2], box[3])), None)
        left, base = (box[0], box[3] - 5) if box else (x + RADIUS, y)
        taken += [box] if box else []
        circles.append(Circle(cell.area, str(cell.places), cell.kind, *_rounded(x, y), *_rounded(left, base)))
    where = _("、").join(f"{cell.area} {cell.places}" for cell in shown)
    return GapMap(
        WIDTH, HEIGHT, _("地図。場所の数 %(where)s", where=where), land_of(frame, ground.outlines), tuple(circles),
        tuple((cell, people_words(people.get(cell.area))) for cell in cells), ground.outlines.attributions)


def _rounded(x: float, y: float) -> tuple[float, float]:
    return round(x, 1), round(y, 1)
