"""Over very many made-up people and places: is any hard limit ever broken by what is proposed?"""

import pytest

from matcher.ranking.profile import Profile
from matcher.ranking.rank import rank
from scripts.benchmarking.naive.constraints import NO, constraints, ways
from tests.matcher.ranking.town import any_hosts, anybody, town, world


def violations(people: int, places: int, seed: int) -> tuple[int, int]:
    """(pairs looked at, proposals that break a limit or a protection), judged by the naive reference."""
    here, broken = town(seed, places), 0
    for number in range(people):
        profile, hosts = anybody(seed + number), any_hosts(seed + number)
        ranking = rank(profile, here.candidates, hosts, most=places)
        around, tests = world(here, profile, hosts), constraints(profile)
        for position in ranking.screened.open.tolist():
            row = here.rows[int(ranking.screened.rows[position])]
            minutes = ways(around, row)
            broken += any(test(around, row, minutes) == NO for test in tests.values())
        protected = profile.no_contact | profile.excluded
        shown = {here.rows[int(row)].listing_id for row in ranking.screened.rows}
        broken += len(shown & protected)
    return people * places, broken


def test_no_limit_is_broken_by_what_is_proposed():
    assert violations(people=40, places=250, seed=7) == (10_000, 0)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_no_limit_is_broken_in_more_than_a_million_pairs(seed):
    pairs, broken = violations(people=260, places=1_000, seed=seed * 10_000)
    assert pairs == 260_000 and broken == 0


def test_the_second_opinion_does_find_broken_limits():
    here, profile = town(3, 250), Profile(needs={"belonging": 1.0}, age=42)
    around, tests = world(here, profile, any_hosts(3)), constraints(profile)
    broken = [any(test(around, row, ways(around, row)) == NO for test in tests.values()) for row in here.rows]
    assert 0 < sum(broken) < len(broken)
