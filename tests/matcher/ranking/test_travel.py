"""Are minutes right without a router? Distances, spans of detours, the frail, buses, and water."""

from dataclasses import replace

import numpy as np
import pytest

from directory.geocoding import distance_km
from matcher.ranking.criteria.reach import CRITERION as REACH
from matcher.ranking.hosts import Hosts
from matcher.ranking.profile import Profile
from matcher.ranking.travel import metres_between, ways
from matcher.ranking.view import View
from scripts.benchmarking.naive.records import Row
from tests.matcher.ranking.town import CROSSINGS, columns_of

HARBOUR = (34.3145, 132.3041)
ISLAND_SQUARE = (34.2969, 132.3205)


def place(point, zone="mainland", facts=("place",), **values) -> Row:
    known = {"off_by": 0, **values}
    return Row(0, "listing-00000", 0, "salon", zone, frozenset((*facts, f"zone:{zone}")), 0, 255, 0, {}, point,
               known["off_by"], ())


def way(row: Row, profile: Profile) -> tuple[float, float, float]:
    to = ways(View(profile, columns_of([row]), Hosts()))
    return float(to.least[0, 0]), float(to.likely[0, 0]), float(to.most[0, 0])


def answer(row: Row, profile: Profile) -> str:
    fail, unknown = REACH.test(View(profile, columns_of([row]), Hosts()), "reach")
    return "no" if fail[0] else "unknown" if unknown[0] else "ok"


@pytest.mark.parametrize("origin, span", [((34.3, 132.3), 0.3), ((43.0, 141.4), 0.3), ((26.3, 127.8), 0.3)])
def test_distances_in_a_city_are_those_of_the_geodesic(origin, span):
    random = np.random.default_rng(1)
    for north, east, there_north, there_east in random.uniform(-span, span, (20, 4)):
        start, there = (origin[0] + north, origin[1] + east), (origin[0] + there_north, origin[1] + there_east)
        measured = metres_between(np.array([north, east]), (np.float64(there_north), np.float64(there_east)), origin)
        assert float(measured) == pytest.approx(distance_km(start, there) * 1000, rel=1e-5, abs=0.5)


def test_a_way_is_short_enough_with_the_greatest_detour_and_too_long_only_with_the_least():
    row = place((34.36, 132.33))  # 1,109 m north
    person = Profile(start=(34.35, 132.33), travel={"walk": 20})
    least, likely, most = way(row, person)
    assert (least, likely, most) == pytest.approx((15.25, 18.72, 22.19), abs=0.02)
    assert [answer(row, Profile(start=person.start, travel={"walk": limit})) for limit in (15, 16, 22, 23)] == [
        "no", "unknown", "unknown", "ok"]


def test_the_frail_take_longer_and_a_bus_is_never_sure():
    row = place((34.36, 132.33))
    assert way(row, Profile(start=(34.35, 132.33), travel={"walk": 20}, frail=True))[1] == pytest.approx(18.72 / 0.65, abs=0.05)
    assert answer(row, Profile(start=(34.35, 132.33), travel={"bus": 90})) == "unknown"
    assert answer(row, Profile(start=(34.35, 132.33), travel={"bus": 12})) == "no"


def test_across_water_waiting_and_sailing_are_part_of_the_way():
    near = place(ISLAND_SQUARE, "miyajima")
    person = Profile(start=HARBOUR, travel={"walk": 60}, ferry=True)
    least, likely, most = way(near, person)
    walked = distance_km(HARBOUR, CROSSINGS[0].mainland_pier) + distance_km(CROSSINGS[0].island_pier, ISLAND_SQUARE)
    assert likely == pytest.approx(15 + 10 + 1.35 * walked * 1000 / 80, rel=1e-3)
    assert way(place(ISLAND_SQUARE), person)[1] < likely  # as if there were no water
    assert way(near, Profile(start=ISLAND_SQUARE, zone="miyajima", travel={"walk": 20}))[1] == pytest.approx(0, abs=0.01)


def test_a_ferry_nobody_knows_makes_the_way_unknown():
    columns = replace(columns_of([place(ISLAND_SQUARE, "miyajima")]), crossings=())
    view = View(Profile(start=HARBOUR, travel={"walk": 60}, ferry=True), columns, Hosts())
    fail, unknown = REACH.test(view, "reach")
    assert not fail[0] and unknown[0]


def test_a_place_without_a_known_position_is_a_question_and_one_at_home_is_none():
    person = Profile(start=HARBOUR, travel={"walk": 10})
    assert answer(place(None), person) == "unknown"
    assert answer(place(None, facts=()), person) == "ok"
    assert answer(place((34.40, 132.20), facts=("place", "yes:online")), person) == "unknown"


def test_an_imprecise_point_widens_the_span():
    person = Profile(start=(34.35, 132.33), travel={"walk": 20})
    exact, vague = way(place((34.36, 132.33)), person), way(place((34.36, 132.33), off_by=500), person)
    assert vague[0] < exact[0] and vague[2] > exact[2] and vague[1] == exact[1]
