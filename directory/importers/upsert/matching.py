"""Does the directory know this organisation, this location already? 法人番号, then name; address and building."""

from collections.abc import Mapping
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.importers.parts.organization import normalised_name
from directory.importers.upsert.columns import LOCATION, ORGANIZATION, columns
from directory.models import Area, Location, Organization
from directory.models.columns import new_id


def stable_id(kind: str, *words: str) -> str:
    """The same id for the same words, so that two first imports of one file agree."""
    return str(uuid5(NAMESPACE_URL, "yoridokoro:import:" + ":".join((kind, *words))))


class Matcher:
    """Finds records by their match keys, or prepares rows for new ones (`new_rows`) that later rows find too."""

    def __init__(self, session: Session, source: str) -> None:
        self.source = source
        self.new_rows: dict[type, list[dict]] = {Organization: [], Location: [], Area: []}
        # Organisations and locations this import makes
        self.made: set[str] = set()
        self._by_number: dict[str, str] = {}
        self._by_name: dict[str, str | None] = {}
        self._number_of: dict[str, str | None] = {}
        wanted = select(Organization.id, Organization.normalised_name, Organization.corporate_number)
        for key, name, number in session.execute(wanted.order_by(Organization.id)):
            self._know_organization(key, name, number)
        places = select(Location.id, Location.normalised_address).order_by(Location.id.desc())
        self._locations = {address: key for key, address in session.execute(places) if address}
        self._ids = set(session.scalars(select(Location.id))) | set(self._number_of)
        self._areas = {(kind, name): key for key, kind, name in session.execute(select(Area.id, Area.kind, Area.name))}

    def organization(self, values: Mapping[str, object], key: str) -> str:
        """The id of the row's organisation. One the source does not name is the row's own and matches nothing else."""
        number = values["organization.corporate_number"]
        named = values["organization.named"]
        name = normalised_name(str(values["organization.name"])) if named else f"@{self.source}:{key}"[:400]
        found = self._by_number.get(str(number)) if number else None
        if found is None:
            found = self._by_name.get(name)
            # The same name under another 法人番号 is another organisation.
            if found and number and self._number_of[found] not in (None, number):
                found = None
        return found or self._new_organization(values, name, str(number) if number else None)

    def location(self, values: Mapping[str, object]) -> str | None:
        """The id of the row's location, None where it has none."""
        if not values["location.exists"]:
            return None
        key = str(values["location.key"])
        if key not in self._locations:
            location_id = self._fresh(stable_id("location", key))
            self._locations[key] = location_id
            self.new_rows[Location].append(
                {"id": location_id, "normalised_address": key, **columns(values, "location", LOCATION)})
        return self._locations[key]

    def area(self, kind: str, name: str) -> str:
        """The id of the area of this kind and name."""
        if (kind, name) not in self._areas:
            self._areas[kind, name] = new_id()
            self.new_rows[Area].append({"id": self._areas[kind, name], "kind": kind, "name": name})
        return self._areas[kind, name]

    def _new_organization(self, values: Mapping[str, object], name: str, number: str | None) -> str:
        key = self._fresh(stable_id("organization", number or name))
        self.new_rows[Organization].append(
            {"id": key, "normalised_name": name[:400], **columns(values, "organization", ORGANIZATION)})
        self._know_organization(key, name[:400], number)
        return key

    def _know_organization(self, key: str, name: str, number: str | None) -> None:
        self._number_of[key] = number
        if number:
            self._by_number.setdefault(number, key)
        # Two organisations of one name: the name alone decides nothing (さくら会 ×4).
        self._by_name[name] = None if self._by_name.get(name, key) != key else key

    def _fresh(self, key: str) -> str:
        key = new_id() if key in self._ids else key
        self._ids.add(key)
        self.made.add(key)
        return key


def listing_id(source: str, key: str, taken: set[str]) -> str:
    """The id of a new listing: the source's own UUID (HSDS) where it has one, else one made of source and key."""
    try:
        wanted = str(UUID(key))
    except ValueError:
        wanted = stable_id("listing", source, key)
    return new_id() if wanted in taken else wanted
