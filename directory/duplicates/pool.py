"""Which listings does the directory have that could be one, and which of them could a new row be?

    pool = Pool.read(session, vocabulary)
    pool.pairs()            likely and possible pairs, the surest first
    pool.similar(values)    the listings that a row of a file could be, the surest first
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from directory.duplicates.blocking import keys_of, pairs
from directory.duplicates.comparing import Comparer, Pair
from directory.duplicates.facts import Subject, SubjectReader
from directory.duplicates.towns import Towns
from directory.models import (
    DuplicateDecision, Location, Organization, Schedule, Service, ServiceAtLocation, Source, SourceRecord, Town,
)
from directory.schedules import Schedule as Plan
from directory.vocabulary import Vocabulary

ROW = "row"  # the key of a row that is no listing yet
MOST_SIMILAR = 3
MOST_COMPARED = 400
# Levels of the list of place names whose names reach over several towns.
REGIONS = ("area", "school_district")
COLUMNS = {
    "service.name": Service.name, "service.name_kana": Service.name_kana, "service.kind": Service.kind,
    "organization.name": Organization.name, "location.name": Location.name,
    "location.municipality": Location.municipality, "location.town": Location.town,
    "location.address_rest": Location.address_rest, "location.latitude": Location.latitude,
    "location.longitude": Location.longitude, "location.precision": Location.precision,
    "listing.phone": ServiceAtLocation.phone, "listing.mobile": ServiceAtLocation.mobile,
    "listing.representative": ServiceAtLocation.representative, "listing.web": ServiceAtLocation.web,
    "listing.other_facts": ServiceAtLocation.other_facts,
}
OWN_NAMES = {"service.name": ServiceAtLocation.name, "service.name_kana": ServiceAtLocation.name_kana}


class Pool:
    """All listings that are not merged away or closed, ready to be compared."""

    def __init__(self, reader: SubjectReader, subjects: Iterable[Subject], decided: Iterable[tuple[str, str]] = ()) -> None:
        self._reader, self.subjects = reader, list(subjects)
        self._by_key = {subject.key: subject for subject in self.subjects}
        self._decided = frozenset(decided)
        self._comparer = Comparer(self.subjects)
        self._blocks: dict[str, list[str]] | None = None

    @classmethod
    def read(cls, session: Session, vocabulary: Vocabulary, ids: Sequence[str] | None = None) -> "Pool":
        """The pool of this database, or of these listings only; pairs a person called 別物 are left out of `pairs`."""
        reader = SubjectReader(vocabulary, _towns(session, vocabulary))
        decided = session.execute(select(DuplicateDecision.first_id, DuplicateDecision.second_id))
        return cls(reader, _subjects(session, reader, ids), [(first, second) for first, second in decided])

    def pair(self, one: str, other: str) -> Pair | None:
        """These two compared; None where one of them is not in the pool."""
        subjects = [self._by_key.get(key) for key in (one, other)]
        return self._comparer.pair(*subjects) if all(subjects) else None

    def pairs(self, progress: Callable[[Iterator], Iterable] = lambda steps: steps) -> list[Pair]:
        """Likely and possible pairs, the surest first."""
        compared = (self._comparer.pair(first, second) for first, second in progress(pairs(self.subjects)))
        found = [pair for pair in compared if pair.possible and (pair.first, pair.second) not in self._decided]
        return sorted(found, key=lambda pair: (-pair.score, pair.first, pair.second))

    def similar(
        self, values: Mapping[str, Any], source: str | None = None, without: Iterable[str] = (), most: int = MOST_SIMILAR
    ) -> list[Pair]:
        """The listings that a row with these values could be, `Pair.second` or `.first` being ROW; `without` are left out."""
        row = self._reader.subject(ROW, values, [source] if source else [])
        near = [self._by_key[key] for key in self._near(row) if key not in set(without)]
        found = [pair for pair in (self._comparer.pair(row, other) for other in near) if pair.possible]
        return sorted(found, key=lambda pair: (-pair.score, pair.first, pair.second))[:most]

    def _near(self, row: Subject) -> list[str]:
        if self._blocks is None:
            self._blocks = defaultdict(list)
            for subject in self.subjects:
                for key in keys_of(subject):
                    self._blocks[key].append(subject.key)
        blocks = sorted((self._blocks.get(key, []) for key in keys_of(row)), key=len)
        return list(dict.fromkeys(key for block in blocks for key in block))[:MOST_COMPARED]


def other_of(pair: Pair, key: str = ROW) -> str:
    """The key of a pair that is not this one."""
    return pair.second if pair.first == key else pair.first


def _towns(session: Session, vocabulary: Vocabulary) -> Towns:
    """The gazetteer, and what the city's list of place names adds: other readings, and names that reach over towns."""
    towns = [(name, kana or "") for name, kana in session.execute(select(Town.name, Town.name_kana))]
    places = [(place, kana) for place in vocabulary.place_readings for kana in (place.kana, *place.also_kana)]
    regions = [(place.name, kana) for place, kana in places if place.level in REGIONS]
    return Towns([*towns, *((place.name, kana) for place, kana in places if place.level == "town")], regions)


def _subjects(session: Session, reader: SubjectReader, ids: Sequence[str] | None = None) -> Iterator[Subject]:
    plans, sources = _plans(session, ids), _sources(session, ids)
    wanted = (
        select(ServiceAtLocation.id, *OWN_NAMES.values(), Organization.normalised_name, *COLUMNS.values())
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .join(Organization, Organization.id == Service.organization_id)
        .outerjoin(Location, Location.id == ServiceAtLocation.location_id)
        .where(ServiceAtLocation.merged_into.is_(None), ServiceAtLocation.status != "closed")
        .order_by(ServiceAtLocation.id)
    )
    for listing, name, kana, organization, *row in session.execute(_among(wanted, ServiceAtLocation.id, ids)):
        values = dict(zip(COLUMNS, row, strict=True))
        if name:
            values |= {"service.name": name, "service.name_kana": kana}
        values["organization.named"] = not organization.startswith("@")
        yield reader.subject(listing, values, sources.get(listing, ()), plans.get(listing, ()))


def _plans(session: Session, ids: Sequence[str] | None) -> Mapping[str, list[Plan]]:
    plans: dict[str, list[Plan]] = defaultdict(list)
    read: dict[str, Plan] = {}
    wanted = select(Schedule.listing_id, Schedule.plan).order_by(Schedule.position)
    for listing, plan in session.execute(_among(wanted, Schedule.listing_id, ids)):
        if plan not in read:
            read[plan] = Plan.from_json(plan)
        plans[listing].append(read[plan])
    return plans


def _sources(session: Session, ids: Sequence[str] | None) -> Mapping[str, set[str]]:
    sources: dict[str, set[str]] = defaultdict(set)
    wanted = select(SourceRecord.listing_id, Source.name).join(Source, Source.id == SourceRecord.source_id)
    for listing, source in session.execute(_among(wanted, SourceRecord.listing_id, ids)):
        sources[listing].add(source)
    return sources


def _among(query: Select, column: InstrumentedAttribute, ids: Sequence[str] | None) -> Select:
    return query if ids is None else query.where(column.in_(ids))
