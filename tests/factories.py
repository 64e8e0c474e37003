"""How does a test make a listing by naming only what matters to it? Everything left out is ordinary.

    listing_id = add_listing(engine, service={"name": "編み物の会"}, phrases=["毎週水曜 10時～12時"])
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Engine

from directory import schedules
from directory.models import Area, Attribute, CostOption, Location, Organization, Role, Schedule
from directory.models import Service, ServiceAtLocation, ServiceNeed
from directory.writing import Writing, writing

NOW = datetime(2026, 11, 24, 9, 0)

ORDINARY_ORGANIZATION = {"name": "みどり町いきいき会", "normalised_name": "みどり町いきいき会"}
ORDINARY_SERVICE = {"name": "みどり町サロン", "kind": "salon"}
ORDINARY_LOCATION = {
    "name": "みどり町集会所", "prefecture": "広島県", "municipality": "廿日市市", "town": "みどり町",
    "latitude": 34.35, "longitude": 132.33, "precision": "building",
}
ORDINARY_LISTING = {"status": "published", "visibility": "public", "last_modified": NOW}


def add_listing(
    engine: Engine,
    *,
    organization: Mapping[str, object] | None = None,
    service: Mapping[str, object] | None = None,
    location: Mapping[str, object] | None = None,
    phrases: Sequence[str] = ("毎週水曜日 10時～12時",),
    attributes: Mapping[str, str] | None = None,
    needs: Sequence[str] = (),
    fees: Sequence[Mapping[str, object]] = (),
    roles: Sequence[Mapping[str, object]] = (),
    areas: Sequence[tuple[str, str]] = (),
    placeless: bool = False,
    now: datetime = NOW,
    **listing: object,
) -> str:
    """Write one listing with all it stands on and return its id; `placeless` makes a visiting or telephone service.

    `attributes` maps term → yes/no/unknown, `areas` holds (kind, name); other keywords are the listing's columns.
    """
    with writing(engine, by="test", why="factory", now=now) as write:
        place = None if placeless else write.add(Location(**ORDINARY_LOCATION | (location or {})))
        offered = _add_service(write, organization or {}, service or {}, needs, fees)
        record = ServiceAtLocation(
            **ORDINARY_LISTING | listing, service_id=offered.id, location_id=place.id if place else None
        )
        record.schedules = [make_schedule(phrase, position=position) for position, phrase in enumerate(phrases)]
        record.attributes = [Attribute(term=term, value=value) for term, value in (attributes or {}).items()]
        record.roles = [Role(position=position, **role) for position, role in enumerate(roles)]
        record.areas = [Area(kind=kind, name=name) for kind, name in areas]
        return write.add(record).id


def make_schedule(phrase: str, **values: object) -> Schedule:
    """A schedule as the importers write it: the phrase and what it was understood to mean."""
    understood = schedules.parse(phrase)
    return Schedule(phrase=phrase, state=understood.state, plan=understood.to_json(), **values)


def _add_service(
    write: Writing,
    organization: Mapping[str, object],
    service: Mapping[str, object],
    needs: Sequence[str],
    fees: Sequence[Mapping[str, object]],
) -> Service:
    owner = write.add(Organization(**ORDINARY_ORGANIZATION | organization))
    offered = Service(**ORDINARY_SERVICE | service, organization_id=owner.id)
    offered.needs = [ServiceNeed(need=need, primary=not place, position=place) for place, need in enumerate(needs)]
    offered.cost_options = [CostOption(position=place, **fee) for place, fee in enumerate(fees)]
    return write.add(offered)
