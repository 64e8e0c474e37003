"""How does a gap become the beginning of a place? As a draft, or a role at a place that is there, linked to the gap.

Listing and link are one act: whoever takes the act back takes both back.
"""

from datetime import datetime

from sqlalchemy import Engine, select

from directory.catalog.columns import AREA_KIND
from directory.curation.acting import DRAFT, acting
from directory.curation.checking import checked
from directory.curation.values import role_value
from directory.errors import InvalidRecord
from directory.gaps.linking import Gap, link
from directory.models import Role
from directory.vocabulary import Vocabulary

KIND = "gap"
WHY = "足りないものから下書き"


def draft_listing(
    engine: Engine, gap: Gap, name: str, kind: str, vocabulary: Vocabulary, *, by: str, now: datetime, note: str = "",
) -> str:
    """A listing in draft that would meet the gap; returns its id. Raises InvalidRecord with what is wrong."""
    values, problems = checked({
        "service.name": name, "service.kind": kind, "service.needs": [gap.need], "areas": [[AREA_KIND, gap.area]],
        "listing.service_area": gap.area,
    }, vocabulary)
    if problems:
        raise InvalidRecord("".join(problems.values()))
    with acting(engine, by=by, kind=KIND, why=WHY, now=now) as act:
        listing_id = act.create(values, DRAFT)
        link(act.session, gap, listing_id, by=by, now=now, note=note)
        return listing_id


def draft_role(
    engine: Engine, gap: Gap, listing_id: str, name: str, what: str, vocabulary: Vocabulary, *, by: str, now: datetime,
    note: str = "",
) -> str:
    """A role at a place that is there already; returns its id. Raises InvalidRecord, NotFound."""
    with acting(engine, by=by, kind=KIND, why=WHY, now=now) as act:
        listing = act.open(listing_id, None)
        known = {role.id for role in listing.roles}
        values, problems = checked({"roles": [*map(role_value, listing.roles), {"name": name, "what": what}]}, vocabulary)
        if problems:
            raise InvalidRecord("".join(problems.values()))
        act.change(listing_id, values)
        act.session.flush()
        made = act.session.scalars(
            select(Role.id).where(Role.listing_id == listing_id, Role.id.not_in(known))).one()
        link(act.session, gap, listing_id, by=by, now=now, note=note, role_id=made)
        return made
