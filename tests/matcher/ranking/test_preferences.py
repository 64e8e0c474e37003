"""Which of two places is talked about first? Orders a worker would expect, each on places that differ in one thing."""

from dataclasses import replace

import numpy as np
import pytest

from matcher.ranking.columns import ANY_AGE
from matcher.ranking.criteria.interest import combined
from matcher.ranking.hosts import Hosts
from matcher.ranking.profile import Profile
from matcher.ranking.rank import rank
from matcher.ranking.screening import all_bits
from matcher.ranking.view import View
from scripts.benchmarking.naive.records import Row
from tests.matcher.ranking.town import AREAS, INTERESTS, KINDS, NEEDS, ORIGIN, columns_of

HOME, ELSEWHERE = AREAS[:2]
NEED = next(need for need in NEEDS if need not in ("role", "work_experience"))
OPEN = frozenset({"home:any", "place", "zone:mainland", f"need1:{NEED}", f"area:{HOME}"})
FAR = (ORIGIN[0] + 0.2, ORIGIN[1])


def row(number, *facts, host=None, point=ORIGIN, about=(), without=frozenset()):
    return Row(number, f"listing-{number:05d}", number if host is None else host, KINDS[number % len(KINDS)], "mainland",
               (OPEN | set(facts)) - without, 0, ANY_AGE, 0, {}, point, 0, (), dict(about))


def order(profile, *rows):
    ranking = rank(profile, columns_of(rows))
    return [int(ranking.screened.rows[position]) for position in ranking.order]


def person(**values):
    return Profile(**{"needs": {NEED: 1.0}, "home_area": HOME, **values})


def test_what_is_known_to_be_as_asked_comes_before_what_has_to_be_asked():
    asking, known = row(0), row(1, "yes:quiet")
    assert order(person(required=("quiet",)), asking, known) == [1, 0]
    assert order(person(), asking, known) == [0, 1]


def test_where_one_goes_already_only_something_to_do_is_proposed_and_before_a_like_place_elsewhere():
    guest, role, elsewhere = row(0), row(1, "role"), row(2, "role")
    role = replace(role, listing_id=guest.listing_id)
    goes = person(needs={NEED: 1.0, "role": 1.0}, attends=frozenset({guest.listing_id}))
    assert order(goes, guest, role, elsewhere) == [1, 2]
    assert sorted(order(replace(goes, attends=frozenset()), guest, role, elsewhere)) == [0, 1, 2]


def test_what_going_there_has_settled_is_asked_no_more_and_what_it_has_not_still_is():
    settled, open_ = row(0, "role", "welcome?", "home?", without={"home:any"}), row(1, "role")
    goes = person(attends=frozenset({"listing-00000"}), required=("quiet",), ceilings={"people": 2, "strength": 2})
    constraints, fail, unknown = all_bits(View(goes, columns_of([settled, open_]), Hosts()))
    open_bits = {one.key for one in constraints if unknown[0] >> one.bit & 1}
    assert fail[0] == 0 and open_bits == {"required:quiet", "ceiling:strength"}


def test_far_full_and_closed_to_newcomers_is_no_failure_where_one_goes_already():
    full = row(0, "role", "places:none", "welcome:closed", point=FAR)
    walks = person(travel={"walk": 10}, start=ORIGIN)
    assert order(walks, full) == [] and order(replace(walks, attends=frozenset({full.listing_id})), full) == [0]


def test_who_did_not_ask_for_a_role_is_first_shown_the_place_as_a_guest():
    role, guest = row(0, "role"), row(1)
    assert order(person(), role, guest) == [1, 0]


def test_who_asked_for_a_role_is_not_told_to_come_as_a_guest_first():
    role, guest = row(0, "role", "need1:role"), row(1, "need2:role")
    assert order(person(needs={NEED: 1.0, "role": 1.0}), role, guest) == [0, 1]


def test_a_place_about_two_wishes_comes_before_one_as_much_about_one_of_them():
    first, second = INTERESTS[:2]
    one, both = row(0, about={first: 200}), row(1, about={first: 200, second: 200})
    assert order(person(interests=(first, second)), one, both) == [1, 0]
    assert order(person(interests=(first,)), one, both) == [0, 1]


@pytest.mark.parametrize(("area", "shown"), [(HOME, [0]), (ELSEWHERE, []), (None, [0])])
def test_a_car_that_fetches_people_helps_only_those_of_its_own_area(area, shown):
    far = row(0, "pickup", point=FAR)
    profile = person(home_area=area, travel={"walk": 10}, start=ORIGIN)
    assert order(profile, far) == shown


def test_whether_somebody_is_fetched_is_a_question_where_their_area_was_not_heard():
    far = row(0, "pickup", point=FAR)
    tiers = [rank(person(home_area=area, travel={"walk": 10}, start=ORIGIN), columns_of([far])).counts for area in (HOME, None)]
    assert [counts["B"] - counts["A"] for counts in tiers][1] == 1
    assert sum(tiers[0].values()) == 1


def test_joining_from_home_is_possible_but_no_better_than_a_place_nearby():
    online, nearby = row(0, without={"place"}), row(1, point=(ORIGIN[0] + 0.001, ORIGIN[1]))
    assert order(person(travel={"walk": 20}, start=ORIGIN), online, nearby) == [1, 0]


def test_an_interest_stays_one_even_where_it_is_hardly_there():
    first, second = INTERESTS[:2]
    candidates = columns_of([row(0, about={first: 1}), row(1)])
    assert np.flatnonzero(combined(person(interests=(first, second)), candidates, {})).tolist() == [0]
