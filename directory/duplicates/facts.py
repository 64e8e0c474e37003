"""What of a listing, or of a row that is no listing yet, is compared with others?

Both come as values under the importers' names (`service.name`, `location.town`, `listing.phone`, `schedules` …), so a row
of an Excel file and a listing of the directory are compared in exactly the same way.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from directory.duplicates.names import Name, NameReader
from directory.duplicates.people import numbers_of, person_of
from directory.duplicates.places import Place, place_of
from directory.duplicates.sounds import spell
from directory.duplicates.times import Times, times_of
from directory.duplicates.towns import Named, Towns
from directory.importers.kinds import UNKNOWN_KIND
from directory.japanese import fold
from directory.schedules import Schedule, parse
from directory.vocabulary import Vocabulary

# Columns in which offices list several services of one house, one a row (通所介護, 訪問介護 …).
SERVICE_TITLES = ("サービスの種類", "サービス種別", "実施サービス", "介護サービスの種類", "service", "種別", "区分")


@dataclass(frozen=True)
class Subject:
    """One listing or row as it is compared. `key` is the listing's id; `sources` are the lists that it stands in."""

    key: str
    written: str
    spoken: str
    name: Name
    place: Place
    times: Times
    numbers: frozenset[str]
    person: tuple[str, str] | None
    organization: str | None
    kind: str | None
    service: str | None
    web: str | None
    sources: frozenset[str] = frozenset()

    @property
    def named(self) -> Named:
        """Where it is: as the address or the hall says, else as the name says."""
        place, name = self.place.named, self.name.named
        return Named(place.towns or name.towns, place.regions | name.regions, place.chome or name.chome)


class SubjectReader:
    """Makes subjects of values."""

    def __init__(self, vocabulary: Vocabulary, towns: Towns) -> None:
        self._names = NameReader(vocabulary, towns)
        self._towns = towns

    def subject(
        self, key: str, values: Mapping[str, Any], sources: Iterable[str] = (),
        schedules: Iterable[Schedule] | None = None,
    ) -> Subject:
        """The subject of a record's values; `schedules` saves reading the phrases again where they were read before."""
        name = values["service.name"]
        kind = values.get("service.kind")
        organization = values.get("organization.name") if values.get("organization.named", True) else None
        facts = values.get("listing.other_facts") or {}
        return Subject(
            key=key, written=fold(name).replace(" ", ""), spoken=spell(name).replace(" ", ""),
            name=self._names.name(name, values.get("service.name_kana")), place=place_of(values, self._towns),
            times=times_of(map(_read, values.get("schedules") or ()) if schedules is None else schedules),
            numbers=numbers_of(values.get("listing.phone"), values.get("listing.mobile")),
            person=person_of(values.get("listing.representative")),
            organization=fold(organization).replace(" ", "") if organization and organization != name else None,
            kind=None if kind == UNKNOWN_KIND else kind,
            service=next((str(facts[title]) for title in SERVICE_TITLES if facts.get(title)), None),
            web=_page(values.get("listing.web")), sources=frozenset(sources),
        )


@lru_cache(maxsize=20_000)
def _read(phrase: str) -> Schedule:
    return parse(phrase)


def _page(web: str | None) -> str | None:
    return web.partition("://")[2].rstrip("/").casefold() if web else None
