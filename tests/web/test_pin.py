"""Does whoever sets a pin learn where it stands, and what is odd about it?"""

from typing import Any

import numpy as np
import pytest

from directory.catalog import Place
from directory.outlines import Outlines, encloses
from web.presenters.curation.pin import PinBox, pin_box
from web.presenters.maps import Ground

TOWNS = (Place("津田", 34.374, 132.165, "mainland"), Place("玖島", 34.3936, 132.2169, "mainland"),
         Place("阿品一丁目", 34.3287, 132.3175, "mainland"))
SQUARE = np.array([[34.2, 132.0], [34.5, 132.0], [34.5, 132.4], [34.2, 132.4], [34.2, 132.0]])
BOUNDED = Ground(TOWNS, Outlines((SQUARE,)))
STORED = {"location.latitude": 34.374, "location.longitude": 132.165, "location.precision": "town", "location.town": "津田"}


def box(ground: Ground = BOUNDED, shared: int = 1, **typed: Any) -> PinBox:
    values = STORED | {f"location.{name}": value for name, value in typed.items()}
    return pin_box(values, STORED, shared, ground, "廿日市市")


def test_the_pin_of_the_directory_is_said_and_nothing_is_odd_about_it() -> None:
    drawn = box()
    assert drawn.words == "印は「津田」のあたりです。北緯34.37400度、東経132.16500度。" and drawn.doubts == ()
    assert [(pin.latitude, pin.longitude) for pin in drawn.map.pins] == [(34.374, 132.165)]
    assert drawn.gsi == "https://maps.gsi.go.jp/#18/34.374000/132.165000/"


@pytest.mark.parametrize(("ground", "typed", "outside"), [
    (BOUNDED, {"latitude": "34.49"}, False), (BOUNDED, {"latitude": "34.51"}, True), (BOUNDED, {"longitude": "132.41"}, True),
    (Ground(TOWNS), {"latitude": "34.40"}, False), (Ground(TOWNS), {"latitude": "34.51"}, True),
    (Ground(), {"latitude": "40"}, False),
])
def test_a_pin_outside_the_city_is_told_and_never_refused(ground: Ground, typed: dict, outside: bool) -> None:
    assert any("廿日市市の外" in words for words in box(ground, **typed).doubts) is outside


@pytest.mark.parametrize("typed", ["", None, "北", "nan", "inf", "90", "1e400", "３４．３"])
def test_what_is_no_point_has_no_pin_and_all_towns_are_shown(typed: object) -> None:
    drawn = box(latitude=typed)
    assert drawn.words.startswith("印は、まだありません") and not drawn.map.pins and not drawn.gsi
    assert {town.name for town in drawn.map.towns} == {"津田", "玖島"}
    assert box(Ground(), latitude=typed).map is None


def test_a_pin_that_was_moved_asks_for_its_exactness_and_says_how_many_it_reaches() -> None:
    assert box(shared=3).doubts == ()
    exactness, reach = box(shared=3, latitude="34.375").doubts
    assert "建物まで" in exactness and "3か所の掲載で使っています" in reach
    assert box(latitude="34.375", precision="building").doubts == ()


def test_a_masked_place_is_on_nobody_elses_map() -> None:
    assert box(masked="yes").masked and not box(masked=True).gsi and not box(masked="no").masked


def test_a_hole_is_outside_and_so_is_what_lies_beyond() -> None:
    hole = SQUARE[0] + (SQUARE - SQUARE[0]) / 2
    city = Outlines((SQUARE, hole))
    points = {(34.4, 132.3): True, (34.3, 132.1): False, (34.6, 132.1): False, (34.4, 131.9): False, (34.4, 132.41): False}
    assert {point: encloses(city, *point) for point in points} == points
    assert not encloses(Outlines(), 34.4, 132.3)
