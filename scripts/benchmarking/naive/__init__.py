"""How would one match without thinking about speed? Row by row, if by if: the readable reference of the engine.

It shares tables and words with the engine but no step of its work: the tests compare the two, the benchmark times it with
geopy's geodesic.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.ranking.hosts import Hosts
from matcher.ranking.weights import (
    A_HOST, ASKED_FOR, DELTA, DOUBT, EASY_SHARE, LAMBDA, LIKENESS, MINUTE_STEPS, NEAR, ORDERED, POOL, YEN_STEPS,
)
from scripts.benchmarking.naive.constraints import Minutes, constraints, is_relaxable, ways
from scripts.benchmarking.naive.familiar import settled
from scripts.benchmarking.naive.records import MAYBE, NO, Row, Usual, World, free_times, usual_of
from scripts.benchmarking.naive.scores import SCORES, combine


@dataclass(frozen=True)
class Verdict:
    """One row for one person. fails, unknown: keys of constraints; u: criterion → (expected, least, most)."""

    row: Row
    fails: tuple[str, ...]
    unknown: tuple[str, ...]
    u: Mapping[str, tuple[float, float, float]]
    score: float
    low: float
    high: float
    minutes: Minutes


@dataclass(frozen=True)
class NaiveResult:
    """order: row numbers of A∪B; near: of C; hidden: how many are closed; openings: change → (added, to confirm)."""

    verdicts: Sequence[Verdict]
    order: Sequence[int]
    near: Sequence[int]
    counts: Mapping[str, int]
    openings: Mapping[tuple[str, int | None], tuple[int, int]]


def naive_match(world: World, rows: Sequence[Row], most: int) -> NaiveResult:
    """Judge every row, then order."""
    tests = constraints(world.profile)
    verdicts = [judge(world, row, tests) for row in rows]
    tiers = [tier(verdict) for verdict in verdicts]
    open_ = [it for it, found in zip(verdicts, tiers, strict=True) if found in ("A", "B")]
    near = [it for it, found in zip(verdicts, tiers, strict=True) if found == "C"]
    counts = Counter(tiers)
    return NaiveResult(
        verdicts, order(world, open_, most),
        [it.row.number for it in sorted(near, key=lambda it: (-balanced(world, it), it.row.number))[:most]],
        {name: counts[name] for name in ("A", "B", "C")}, openings(world, near))


def judge(world: World, row: Row, tests: Mapping) -> Verdict:
    """All constraints and the scorecard of one row."""
    minutes = ways(world, row)
    answers = {key: settled(world, row, key, test(world, row, minutes)) for key, test in tests.items()}
    u = {key: score(world, row, minutes) for key, score in SCORES.items()}
    return Verdict(
        row, tuple(key for key, answer in answers.items() if answer == NO),
        tuple(key for key, answer in answers.items() if answer == MAYBE), u,
        combine({key: values[0] for key, values in u.items()}), combine({key: values[1] for key, values in u.items()}),
        combine({key: values[2] for key, values in u.items()}), minutes)


def tier(verdict: Verdict) -> str | None:
    """A, B, C or hidden (None)."""
    if not verdict.fails:
        return "B" if verdict.unknown else "A"
    return "C" if len(verdict.fails) == 1 and is_relaxable(verdict.fails[0]) else None


def balanced(world: World, verdict: Verdict) -> float:
    """U': full hosts are spared a little."""
    places = world.hosts.declared.get(verdict.row.listing_id)
    if places is None or places.total <= 0:
        return verdict.score
    share = max(places.free - world.hosts.held.get(verdict.row.listing_id, 0), 0) / places.total
    return round(verdict.score - DELTA * (1 - min(share / EASY_SHARE, 1.0)), 9)


def order(world: World, verdicts: Sequence[Verdict], most: int) -> list[int]:
    """Greedy over the best POOL, the rest by U'."""
    best = sorted(verdicts, key=lambda it: (-balanced(world, it), it.row.number))[:max(most, POOL)]
    left, chosen, hosts = best[:POOL], [], Counter()
    needs = {need for need, weight in world.profile.needs.items() if weight > 0}
    uncovered = {need for need in needs if any(f"need1:{need}" in it.row.facts for it in left)}
    while left and len(chosen) < min(ORDERED, most):
        covering = [it for it in left if any(f"need1:{need}" in it.row.facts for need in uncovered)]
        value = {it.row.number: LAMBDA * (balanced(world, it) - DOUBT * open_wishes(it)) - (1 - LAMBDA) * max(
            (likeness(it.row, other.row) for other in chosen), default=0.0) for it in covering or left}
        least = max(value.values()) - NEAR * LAMBDA
        pick = min((it for it in covering or left if value[it.row.number] >= least), key=lambda it: (
            world.hosts.offered.get(it.row.listing_id, 0), -value[it.row.number], best.index(it)))
        chosen.append(pick)
        hosts[pick.row.host] += 1
        uncovered -= {need for need in uncovered if f"need1:{need}" in pick.row.facts}
        left = [it for it in left if it is not pick and hosts[it.row.host] < A_HOST]
    rest = [it for it in best if all(it is not other for other in chosen)]
    return [it.row.number for it in (*chosen, *rest)][:most]


def open_wishes(verdict: Verdict) -> int:
    """How many of the things the person asked for nobody knows of the place."""
    return sum(key.partition(":")[0] in ASKED_FOR for key in verdict.unknown)


def likeness(one: Row, other: Row) -> float:
    """How alike two rows are, 0–1."""
    days = {weekday for weekday, _, _ in one.sessions} & {weekday for weekday, _, _ in other.sessions}
    return (LIKENESS["kind"] * (one.kind == other.kind) + LIKENESS["host"] * (one.host == other.host)
            + LIKENESS["weekday"] * bool(days))


def openings(world: World, near: Sequence[Verdict]) -> dict[tuple[str, int | None], tuple[int, int]]:
    """Minutes, yen and levels that let near misses in: (constraint, amount) → (added, of them to confirm)."""
    found: dict[tuple[str, int | None], tuple[int, int]] = {}
    profile = world.profile
    by_key: dict[str, list[Verdict]] = {}
    for verdict in near:
        by_key.setdefault(verdict.fails[0], []).append(verdict)
    for key, verdicts in by_key.items():
        criterion, _, part = key.partition(":")
        if criterion == "reach":
            for mode, limit in profile.travel.items():
                needed = [(it.minutes[mode][0], it) for it in verdicts
                          if profile.ferry_limit is None or it.minutes[mode][3] == limit]
                _step(found, f"{key}:{mode}", needed, limit, MINUTE_STEPS)
        elif criterion == "cost":
            _step(found, key, [(it.row.cost or 0, it) for it in verdicts], profile.cost_limit, YEN_STEPS)
        elif criterion == "ceiling":
            level = min(it.row.loads[part] for it in verdicts)
            opened = [it for it in verdicts if it.row.loads[part] == level]
            found[key, level] = len(opened), sum(bool(it.unknown) for it in opened)
        elif criterion != "hours":
            found[key, None] = len(verdicts), sum(bool(it.unknown) for it in verdicts)
    return found


def _step(found: dict, key: str, needed: Sequence[tuple[float, Verdict]], limit: int, steps: Sequence[int]) -> None:
    amount = next((step for step in steps if step > limit and any(need <= step for need, _ in needed)), None)
    if amount is not None:
        opened = [it for need, it in needed if need <= amount]
        mode = key.removeprefix("reach:reach:")
        confirm = sum(bool(it.unknown) or (mode in it.minutes and (mode == "bus" or it.minutes[mode][2] > amount))
                      for it in opened)
        found[key, amount] = len(opened), confirm


__all__ = [
    "Hosts", "NaiveResult", "Row", "Usual", "Verdict", "World", "combine", "free_times", "is_relaxable", "judge",
    "naive_match", "usual_of",
]
