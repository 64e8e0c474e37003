"""How fast is a whole match, beside ORM rows, geodesics and ifs, over the same made-up cities?

    python -m scripts.benchmark_matching --sizes 1000,10000,100000,1000000 --json

A size counts rows: places to come to and roles. A match is every constraint, tier and count, the scorecard, the order and
every change that would open more, for six made-up people in turn, one thread; `match_p50_ms` is the median. The naive way
(scripts/benchmarking/naive) reads the same rows as ORM objects and goes through them with geopy's geodesic; `same_list` says
that order, tiers, counts and changes agree for every person. Above --naive-rows it is measured on so many rows and scaled,
and lists are compared on those; `naive_measured_rows` says how many. Larger cities than that are copies of it with every
place moved. `memory_pass_ms` reads every byte of the columns once. The last line of --json is one object keyed by size.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, partial
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from tqdm import tqdm

from directory.catalog import Catalog
from directory.db import make_engine
from directory.geocoding import distance_km
from directory.settings import Settings
from directory.vocabulary import load_vocabulary
from matcher.candidates import read_candidates
from matcher.ranking.columns import Candidates, Crossing
from matcher.ranking.hosts import Hosts
from matcher.ranking.profile import Profile
from matcher.ranking.rank import LISTED, Ranking, rank
from matcher.ranking.weights import WELCOMING
from scripts.benchmarking.matching_city import PEOPLE, copies, desk_catalog, fill, matching_listings
from scripts.benchmarking.naive import NaiveResult, World, free_times, naive_match, usual_of
from scripts.benchmarking.naive.loading import load_rows
from scripts.benchmarking.naive.records import Row
from scripts.benchmarking.synthetic_city import synthetic_city

TODAY = date(2026, 11, 24)
CROSSINGS = (Crossing("miyajima", (34.3108, 132.3030), (34.3021, 132.3221), 10),)
NOBODY = Hosts()
MILLISECONDS = 1000
ROUNDS = {1_000: 200, 10_000: 100, 100_000: 30}
FEW_ROUNDS = 9


def main(arguments: list[str] | None = None) -> int:
    """Measure every size and print."""
    options = _parser().parse_args(arguments)
    figures = {}
    for size in tqdm(options.sizes, desc="sizes", disable=options.quiet):
        figures[str(size)] = measure(size, min(size, options.naive_rows))
        print(_sentence(size, figures[str(size)]), flush=True)
    if options.json:
        print(json.dumps(figures))
    return 0


def measure(size: int, naive_rows: int) -> dict[str, float | bool | int]:
    """All figures of one size."""
    catalog, small, naive_ms, same = _compared(naive_rows)
    candidates = copies(small, size // naive_rows)
    for person in PEOPLE:  # means by kind are worked out once an edition
        rank(person, candidates)
    rounds = ROUNDS.get(size, FEW_ROUNDS)
    times = [_milliseconds(partial(rank, person, candidates)) for _ in range(rounds) for person in PEOPLE]
    passes = [_milliseconds(partial(memory_pass, candidates)) for _ in range(max(rounds, 20))]
    match_ms, naive = median(times), naive_ms * candidates.size / naive_rows
    return {
        "match_p50_ms": round(match_ms, 4), "naive_ms": round(naive, 1), "ratio": round(naive / match_ms, 1),
        "memory_pass_ms": round(median(passes), 4), "bytes_per_row": round(candidates.bytes_per_row, 1),
        "times_memory_pass": round(match_ms / median(passes), 1), "match_p95_ms": round(float(np.percentile(times, 95)), 4),
        "naive_measured_rows": naive_rows, "same_list": same, "listings": len(catalog.ids) * (size // naive_rows),
    }


@cache
def _compared(rows: int) -> tuple[Catalog, Candidates, float, bool]:
    """A city of so many rows, how long the naive way takes in it, and whether both ways agree."""
    city = synthetic_city(load_vocabulary(Settings.from_environment(os.environ).data / "vocabulary"))
    made = list(matching_listings(city, rows, TODAY))
    catalog = desk_catalog(city, made, TODAY)
    candidates = read_candidates(catalog, made, CROSSINGS)
    with TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/city.db")
        try:
            fill(engine, made, TODAY)
            times, same = _naive(engine, catalog, candidates)
        finally:
            engine.dispose()
    return catalog, candidates, median(times), same


def _naive(engine: Engine, catalog: Catalog, candidates: Candidates) -> tuple[list[float], bool]:
    """Milliseconds of each person's naive match, reading included, and whether each agrees with ours."""
    weekly = _weekly(candidates, catalog)
    about: dict[int, dict[str, int]] = {}
    for interest in candidates.interests.position:
        for row, worth in zip(*(values.tolist() for values in candidates.interests.about(interest)), strict=True):
            about.setdefault(row, {})[interest] = worth
    with Session(engine) as session:
        rows = load_rows(session, TODAY, tuple(candidates.areas), weekly, about)
    times, same = [], True
    for person in PEOPLE:
        world = _world(person, candidates, rows)
        started = time.perf_counter()
        with Session(engine) as session:
            result = naive_match(world, load_rows(session, TODAY, tuple(candidates.areas), weekly, about), LISTED)
        times.append((time.perf_counter() - started) * MILLISECONDS)
        same &= agree(rank(person, candidates), result)
    return times, same


def _weekly(candidates: Candidates, catalog: Catalog) -> Mapping[str, Sequence[tuple[int, int, int]]]:
    """The weekly sessions of each distinct schedule, which nobody works out anew for every match."""
    sessions, found = candidates.sessions, {}
    for spot, listing in enumerate(catalog.cards.get(catalog.ids)):
        for meeting in listing.meetings:
            number = int(catalog.timetable.of_row[spot])
            found.setdefault(meeting.schedule.to_json(), number)
    return {plan: [(int(sessions.weekday[i]), int(sessions.start[i]), int(sessions.end[i]))
                   for i in np.flatnonzero(sessions.of_set == number)] for plan, number in found.items()}


def _world(person: Profile, candidates: Candidates, rows: Sequence[Row]) -> World:
    care = frozenset(key.removeprefix("care:") for key in candidates.labels if key.startswith("care:"))
    fitting = {interest: frozenset(candidates.kinds[number] for number in kinds)
               for interest, kinds in candidates.fitting_kinds.items()}
    usual = usual_of(rows, candidates.kinds, (*WELCOMING, *person.accommodations, *person.helpful), care)
    return World(person, NOBODY, CROSSINGS, _metres, usual, fitting, care, free_times(person))


def _metres(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Geopy's geodesic, through its one door."""
    return distance_km(first, second) * 1000


def agree(ranking: Ranking, naive: NaiveResult) -> bool:
    """The same order of A∪B and C, the same counts and the same changes with the same numbers."""
    rows = ranking.screened.rows
    changes = sorted((it.opening.added, it.opening.to_confirm) for it in ranking.changes
                     if it.constraint.criterion.key != "hours")
    return (rows[ranking.order].tolist() == list(naive.order) and rows[ranking.near].tolist() == list(naive.near)
            and dict(ranking.counts) == dict(naive.counts) and changes == sorted(naive.openings.values()))


def memory_pass(candidates: Candidates) -> int:
    """Read every byte a match may read, once."""
    total = 0
    for array in candidates.arrays:
        flat = array.reshape(-1).view(np.uint8)
        whole = flat[:len(flat) // 8 * 8].view(np.uint64)
        total ^= int(np.bitwise_xor.reduce(whole))
    return total


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * MILLISECONDS


def _sentence(size: int, it: Mapping[str, float]) -> str:
    scaled = "" if it["naive_measured_rows"] == size else f", measured on {it['naive_measured_rows']} rows and scaled"
    return (f"{size} rows: match {it['match_p50_ms']:.2f} ms (p95 {it['match_p95_ms']:.2f}); the naive way takes "
            f"{it['naive_ms']:.0f} ms, {it['ratio']:.0f} times as long{scaled}; {it['times_memory_pass']:.1f} memory passes; "
            f"{it['bytes_per_row']:.1f} bytes a row; {'the same lists' if it['same_list'] else 'OTHER LISTS'}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scripts.benchmark_matching", description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=lambda text: [int(size) for size in text.split(",")],
                        default=[1_000, 10_000, 100_000, 1_000_000], help="numbers of rows, with commas")
    parser.add_argument("--naive-rows", type=int, default=10_000, help="most rows the naive way goes through")
    parser.add_argument("--json", action="store_true", help="end with one JSON object on the last line")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    return parser


if __name__ == "__main__":
    sys.exit(main())
