"""Where is a listing now that was merged away? Whoever kept its id means the one it has become part of."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models import ServiceAtLocation

AT_ONCE = 500


def gone_into(session: Session, ids: Iterable[str]) -> dict[str, str]:
    """Id of each of these listings that was merged away → the one that is left; merges of merges are followed.

    What was merged in a circle, which no merge can make, is left out.
    """
    wanted = set(ids)
    steps: dict[str, str] = {}
    asked, new = set(wanted), set(wanted)
    while new:
        found = _merged(session, sorted(new))
        steps |= found
        new = set(found.values()) - asked
        asked |= new
    ends = {one: _end(one, steps) for one in wanted if one in steps}
    return {one: end for one, end in ends.items() if end is not None}


def now_called(session: Session, listing_id: str) -> str:
    """The same for one id; its own where it was not merged away."""
    return gone_into(session, [listing_id]).get(listing_id, listing_id)


def _merged(session: Session, ids: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    table = ServiceAtLocation.__table__.c
    for start in range(0, len(ids), AT_ONCE):
        query = select(table.id, table.merged_into).where(
            table.id.in_(ids[start:start + AT_ONCE]), table.merged_into.is_not(None))
        found |= {row.id: row.merged_into for row in session.execute(query)}
    return found


def _end(one: str, steps: dict[str, str]) -> str | None:
    seen = {one}
    while one in steps:
        one = steps[one]
        if one in seen:
            return None
        seen.add(one)
    return one
