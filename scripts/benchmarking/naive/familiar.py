"""What is different where the person goes already? As plain ifs on one row; see matcher/ranking/familiar.py."""

from matcher.ranking.weights import EASED
from scripts.benchmarking.naive.records import MAYBE, OK, Row, World


def attended(world: World, row: Row) -> bool:
    """The person goes there already."""
    return row.listing_id in world.profile.attends


def settled(world: World, row: Row, key: str, answer: str) -> str:
    """The answer of a constraint there: some of it is settled by going."""
    criterion, _, part = key.partition(":")
    if not attended(world, row):
        return answer
    if criterion in ("welcome", "capacity", "reach", "crossing"):
        return OK
    known = criterion in ("age", "gender", "residency", "audience", "language", "exclusion") or (
        criterion == "ceiling" and part in EASED)
    return OK if known and answer == MAYBE else answer
