"""How does a test get a made-up town the engine and the naive reference both know? Random rows, seeded.

`town(seed)` gives rows as the reference reads them and the same rows as columns; `anybody(seed)` gives a profile.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

import numpy as np

from matcher.candidates import packed
from matcher.ranking.columns import (
    ANY_AGE, COLUMNS, LOAD_BITS, LOADS, NO_YEN, NOT_HEARD, RADIUS_METRES, Candidates, Crossing, Interests, Sessions,
)
from matcher.ranking.hosts import Hosts, Kept, Places
from matcher.ranking.profile import Profile, Slot
from matcher.ranking.travel import metres_between
from matcher.ranking.weights import WELCOMING
from scripts.benchmarking.naive.records import Row, World, free_times, usual_of

ORIGIN = (34.3, 132.3)
KINDS, ZONES, AREAS = ("salon", "farm", "free_space", "work_host"), ("mainland", "miyajima"), ("廿日市", "佐伯", "宮島")
NEEDS = ("belonging", "company", "role", "exercise", "food", "family_respite", "childrens_place")
TERMS = tuple(dict.fromkeys((
    "wheelchair", "quiet", "small_group", "companion_ok", "alcohol", "pets", "easy_japanese", "online", "childcare",
    *WELCOMING)))
CARES = ("silence_ok", "one_to_one")
INTERESTS = ("game", "woodwork", "tea")
FITTING = {"game": frozenset({"free_space"}), "woodwork": frozenset({"work_host"}), "tea": frozenset({"salon", "farm"})}
FACTS = (
    "age?", "only:female", "only:male", "only?", "exclusion", "speaks", "speaks:vi", "welcome:closed", "welcome?",
    "places:none", "places?", "family", "role", "pickup", "come_and_go", "schedule:aged", "for:parents", "for:carers",
    "for:families", "for:foreigners", "for:disabled", "for:children", "for:youth", "for:seniors", "duty:phone_duty",
    "duty?:phone_duty", "duty:home_visit",
)
HOMES = ("home:any", "home:any", "home:any", "home?", "home:city", "home:area home:in:佐伯", "home:area home:part:廿日市")
CROSSINGS = (Crossing("miyajima", (34.3108, 132.3030), (34.3021, 132.3221), 10),)
LABELS = {
    **{f"attribute:{term}": f"属性{term}" for term in TERMS}, **{f"care:{key}": f"配慮{key}" for key in CARES},
    **{f"need:{need}": f"ニーズ{need}" for need in NEEDS}, **{f"load:{load}": f"負荷{load}" for load in LOADS},
    **{f"ask:{load}": f"問い{load}" for load in LOADS},
}


@dataclass(frozen=True)
class Town:
    """The same rows twice."""

    rows: Sequence[Row]
    candidates: Candidates


def town(seed: int, size: int = 60) -> Town:
    """A town of `size` rows."""
    rows = random_rows(Random(seed), size)
    return Town(rows, columns_of(rows))


def random_rows(random: Random, size: int) -> list[Row]:
    listing, rows = -1, []
    schedules = [_sessions(random) for _ in range(6)]
    for number in range(size):
        if number == 0 or random.random() < 0.7:
            listing += 1
        rows.append(_row(random, number, listing, random.choice(schedules)))
    return rows


def _row(random: Random, number: int, listing: int, sessions: Sequence[tuple[int, int, int]]) -> Row:
    facts = {fact for fact in FACTS if random.random() < 0.06} | set(random.choice(HOMES).split())
    facts |= {random.choice(("place", "place", "place", "nowhere"))} | {f"area:{random.choice(AREAS)}"}
    facts |= {f"need{random.choice((1, 2))}:{need}" for need in NEEDS if random.random() < 0.5}
    for term in TERMS:
        told = random.choice(("yes", "yes", "no", None, None))
        if told:
            facts |= {f"{told}:{term}"} | ({f"aged:{term}"} if random.random() < 0.2 else set())
    cares = {f"care:{key}" for key in CARES if random.random() < 0.4}
    facts |= cares | ({"care"} if cares else set())
    loads = {load: random.randrange(5) for load in LOADS if random.random() < 0.7}
    facts |= {f"load:{load}" for load in loads} | {f"load:{load}>{i}" for load, level in loads.items() for i in range(level)}
    zone = random.choice(("mainland", "mainland", "mainland", "miyajima"))
    cost = random.choice((0, 0, 100, 300, 500, 1200, None))
    facts |= {f"zone:{zone}"} | ({"cost?"} if cost is None else set()) | (set() if "come_and_go" in facts else
                                                                        random.choice(({"stays"}, set())))
    point = None if random.random() < 0.1 else (
        float(np.float32(random.uniform(-0.05, 0.05))) + ORIGIN[0], float(np.float32(random.uniform(-0.05, 0.05))) + ORIGIN[1])
    young = random.random() < 0.8
    return Row(
        number, f"listing-{listing:05d}", listing * 7 % 11, random.choice(KINDS), zone, frozenset(facts),
        0 if young else random.choice((15, 20, 60)), ANY_AGE if young else random.choice((18, 39, 70, ANY_AGE)), cost, loads,
        point, random.choice((0, 0, 100, 500)), sessions,
        {interest: random.randrange(1, 256) for interest in INTERESTS if random.random() < 0.25})


def _sessions(random: Random) -> tuple[tuple[int, int, int], ...]:
    if random.random() < 0.15:
        return ()
    days = random.sample(range(7), k=random.choice((1, 2, 5)))
    start = random.choice((0, 540, 600, 780, 1080, 1380))
    end = random.choice((start + 1, start + 60, start + 120, start + 300, 1440))
    return tuple(sorted((day, start, max(end, start + 1)) for day in days))


def columns_of(rows: Sequence[Row]) -> Candidates:
    """The rows as the engine keeps them."""
    ids = sorted({row.listing_id for row in rows})
    first = [next(row.number for row in rows if row.listing_id == one) for one in ids] + [len(rows)]
    sets = list(dict.fromkeys(tuple(row.sessions) for row in rows))
    planes, position = packed([row.facts for row in rows])
    values = [(row.age_from, row.age_until, NO_YEN if row.cost is None else row.cost, KINDS.index(row.kind),
               ZONES.index(row.zone), sets.index(tuple(row.sessions)), *_offset(row), row.off_by // RADIUS_METRES,
               sum(row.loads.get(load, NOT_HEARD) << LOAD_BITS * number for number, load in enumerate(LOADS)))
              for row in rows]
    sessions = np.array([(number, *session) for number, given in enumerate(sets) for session in given],
                        dtype=np.int32).reshape(-1, 4)
    start, end = sessions[:, 2], sessions[:, 3]
    about = {interest: [(row.number, row.about[interest]) for row in rows if interest in row.about] for interest in INTERESTS}
    return Candidates(
        size=len(rows), ids=ids, first=np.array(first, dtype=np.uint32),
        host=np.array([rows[number].host for number in first[:-1]], dtype=np.uint32), planes=planes, position=position,
        columns={name: np.array([value[number] for value in values], dtype=dtype)
                 for number, (name, dtype) in enumerate(COLUMNS.items())},
        sessions=Sessions(len(sets), sessions[:, 0], sessions[:, 1], start, end,
                          (end - start <= 1) | ((start == 0) & (end == 1440))),
        interests=Interests.of({interest: (np.array([row for row, _ in told]), np.array([worth for _, worth in told]))
                                for interest, told in about.items()}),
        kinds=KINDS, zones=ZONES, areas=AREAS, origin=ORIGIN, crossings=CROSSINGS, labels=LABELS,
        fitting_kinds={interest: frozenset(map(KINDS.index, kinds)) for interest, kinds in FITTING.items()},
    )


def _offset(row: Row) -> tuple[float, float]:
    return (np.nan, np.nan) if row.point is None else (row.point[0] - ORIGIN[0], row.point[1] - ORIGIN[1])


def metres(first: tuple[float, float], second: tuple[float, float]) -> float:
    """The engine's own distance, for the reference: both are to differ in nothing but how they go about it."""
    start = np.array([first[0] - ORIGIN[0], first[1] - ORIGIN[1]])
    place = np.float64(np.float32(second[0] - ORIGIN[0])), np.float64(np.float32(second[1] - ORIGIN[1]))
    return float(metres_between(start, place, ORIGIN))


def world(here: Town, profile: Profile, hosts: Hosts) -> World:
    """What the reference needs besides the rows."""
    support = tuple(dict.fromkeys((*WELCOMING, *profile.accommodations, *profile.helpful)))
    care = frozenset(CARES)
    return World(profile, hosts, CROSSINGS, metres, usual_of(here.rows, KINDS, support, care), FITTING, care,
                 free_times(profile))


def anybody(seed: int) -> Profile:
    """A person of whom some things were heard."""
    random = Random(seed)

    def some(keys: Sequence[str], chance: float) -> tuple[str, ...]:
        return tuple(key for key in keys if random.random() < chance)

    required = some(TERMS, 0.08)
    ceilings = {load: random.randrange(1, 5) for load in some(LOADS, 0.5)}
    travels = random.random() < 0.8
    return Profile(
        needs={need: random.choice((0.0, 0.3, 0.7, 1.0)) for need in some(NEEDS, 0.4)} or {"belonging": 1.0},
        interests=some(INTERESTS, 0.3), age=random.choice((None, 8, 17, 25, 42, 66, 80)),
        gender=random.choice((None, "female", "male", "other")), resident=random.choice((None, True, True, False)),
        audiences=some(("parents", "carers", "foreigners", "disabled"), 0.3),
        home_area=random.choice((None, *AREAS)), ceilings=ceilings,
        comfort={load: random.randrange(level + 1) for load, level in ceilings.items() if random.random() < 0.5},
        accompanied=random.random() < 0.2, stretch=random.random() < 0.2, required=required,
        avoided=tuple(term for term in some((*TERMS, "phone_duty", "home_visit"), 0.06) if term not in required),
        accommodations=some(CARES, 0.15), helpful=some((*CARES, "quiet"), 0.2),
        cost_limit=random.choice((None, 0, 300, 1000)), slots=_slots(random),
        travel={mode: random.choice((10, 20, 30, 45)) for mode in some(("walk", "bike", "car", "bus"), 0.5)} if travels else {},
        start=(ORIGIN[0] + random.uniform(-0.05, 0.05), ORIGIN[1] + random.uniform(-0.05, 0.05)) if travels else None,
        zone=random.choice(("mainland", "mainland", "miyajima")), ferry=random.random() < 0.5,
        ferry_limit=random.choice((None, 60)), frail=random.random() < 0.2,
        languages=random.choice(((), (), (), ("vi",), ("easy_japanese",), ("ja",))), companion=random.random() < 0.15,
        away_from_neighbours=random.random() < 0.2, family_only=random.random() < 0.1, waits=random.random() < 0.1,
        excluded=frozenset(f"listing-{random.randrange(40):05d}" for _ in range(random.choice((0, 0, 2)))),
        no_contact=frozenset(f"listing-{random.randrange(40):05d}" for _ in range(random.choice((0, 1, 2)))),
        attends=frozenset(f"listing-{random.randrange(40):05d}" for _ in range(random.choice((0, 0, 0, 1, 3)))),
    )


def _slots(random: Random) -> tuple[Slot, ...]:
    if random.random() < 0.4:
        return ()
    days = random.sample(range(7), k=random.choice((1, 3, 5)))
    start = random.choice((540, 720, 1020))
    return tuple(Slot(day, start, start + random.choice((120, 300, 420))) for day in sorted(days))


def any_hosts(seed: int) -> Hosts:
    """What casework might know."""
    random = Random(seed)
    ids = [f"listing-{number:05d}" for number in range(40)]
    day = date(2026, 11, 1)
    return Hosts(
        declared={one: Places(random.randrange(3), 2, day) for one in random.sample(ids, 8)},
        held={one: random.randrange(3) for one in random.sample(ids, 6)}, resting=frozenset(random.sample(ids, 2)),
        offered={one: random.randrange(5) for one in random.sample(ids, 10)},
        kept={one: Kept(random.uniform(0, 6), 3.0, 6) for one in random.sample(ids, 8)},
        aged=frozenset(random.sample(ids, 2)))


def with_facts(here: Town, number: int, facts: frozenset[str]) -> Town:
    """The town with other facts of one row."""
    rows = [replace(row, facts=facts) if row.number == number else row for row in here.rows]
    return Town(rows, columns_of(rows))
