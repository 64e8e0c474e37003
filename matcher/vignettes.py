"""Which places suit which people, by the judgement of people? The labelled cases of data/gold, read strictly."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.catalog import Place
from directory.models import Role, ServiceAtLocation
from directory.vocabulary import Vocabulary
from directory.yaml_files import Entry, entries, read_yaml
from matcher.profile_file import ProfileWords, read_profile
from matcher.ranking.profile import Profile

HARMFUL, BEST = 0, 3
GRADES = (3, 2, 1, 0)
# Why the right answer is no list at all: ask first, or say honestly that nothing fits.
EMPTY = ("ask", "nothing_fits")

# A listing as a place to come to (None), or one of its roles.
Candidate = tuple[str, str | None]


@dataclass(frozen=True)
class Listed:
    """A listing a judgement may name: its id, and the ids of its roles by name in their order."""

    id: str
    roles: Mapping[str, str]


@dataclass(frozen=True)
class Vignette:
    """A made-up person and the grade of every place looked at. `empty`: the right answer is no list."""

    id: str
    story: str
    profile: Profile
    judgements: Mapping[Candidate, int]
    empty: str | None = None


@dataclass(frozen=True)
class Vignettes:
    """All cases and the moment they were written for."""

    now: datetime
    cases: tuple[Vignette, ...]


def all_listed(session: Session) -> dict[str, Listed]:
    """Every listing of the directory by its key, whatever its state: a judgement may say that a closed place is no answer."""
    roles: dict[str, dict[str, str]] = {}
    rows = session.execute(select(Role.listing_id, Role.name, Role.id).order_by(Role.listing_id, Role.position))
    for listing_id, name, role_id in rows:
        roles.setdefault(listing_id, {})[name] = role_id
    listings = session.execute(select(ServiceAtLocation.source_key, ServiceAtLocation.id))
    return {key: Listed(listing_id, roles.get(listing_id, {})) for key, listing_id in listings if key is not None}


def moment_of(path: Path) -> datetime:
    """When the cases of this file take place: the day the city has to be loaded for."""
    return _moment(Entry(path.name, "", read_yaml(path)))


def read_vignettes(
    path: Path, vocabulary: Vocabulary, towns: Mapping[str, Place], listed: Mapping[str, Listed]
) -> Vignettes:
    """The file of cases; InvalidYaml says which case is wrong and what to do."""
    head = Entry(path.name, "", read_yaml(path))
    for key in ("status", "written_by", "reviewed_by", "changes"):  # for the people who read and correct the file
        head.value(key)
    now = _moment(head)
    words = ProfileWords(vocabulary, towns, {key: one.id for key, one in listed.items()})
    rows = entries(path.name, head.value("vignettes"), "id")
    head.done()
    cases: dict[str, Vignette] = {}
    for row in rows:
        if row.text("id") in cases:
            raise row.wrong("id", "同じ id が2回あります。どちらかを変えてください")
        cases[row.text("id")] = _vignette(row, words, listed)
    return Vignettes(now, tuple(cases.values()))


def _moment(head: Entry) -> datetime:
    try:
        return datetime.fromisoformat(head.text("now"))
    except ValueError as error:
        raise head.wrong("now", '"2026-11-24T10:00" の形で書いてください') from error


def _vignette(row: Entry, words: ProfileWords, listed: Mapping[str, Listed]) -> Vignette:
    empty = row.optional("empty")
    if empty is not None:
        row.must_be_known("empty", empty, dict.fromkeys(EMPTY))
    for key in ("good", "trap"):  # for the people who read and correct the file
        row.text(key)
    judgements = _judgements(row, listed)
    if empty is None and not any(grade > 1 for grade in judgements.values()):
        raise row.wrong("judgements", "よい場所（3 か 2）を1つは書くか、empty に、一覧を出さないわけを書いてください")
    if empty is not None and any(grade > 1 for grade in judgements.values()):
        raise row.wrong("empty", "よい場所（3 か 2）があるときは書かないでください")
    profile = read_profile(Entry(row.file, f"{row.name} › profile", row.value("profile")), words)
    vignette = Vignette(row.text("id"), row.text("story"), profile, judgements, empty)
    row.done()
    return vignette


def _judgements(row: Entry, listed: Mapping[str, Listed]) -> Mapping[Candidate, int]:
    given = Entry(row.file, f"{row.name} › judgements", row.value("judgements"))
    judgements: dict[Candidate, int] = {}
    for name in given.content:
        candidate = _candidate(given, name, listed)
        if candidate in judgements:
            raise given.wrong(name, "同じ役が2回あります。1つにしてください")
        judgements[candidate] = _grade(given, name)
    return judgements


def _candidate(given: Entry, name: str, listed: Mapping[str, Listed]) -> Candidate:
    """The listing, or its role by name or by number (番号#2)."""
    key, _, role = name.partition("#")
    if key not in listed:
        raise given.wrong(name, f"「{key}」という掲載はありません")
    place = listed[key]
    if not role:
        return place.id, None
    if role.isdigit() and 1 <= int(role) <= len(place.roles):
        return place.id, list(place.roles.values())[int(role) - 1]
    if role not in place.roles:
        raise given.wrong(name, f"この掲載の役は {'、'.join(place.roles) or 'ありません'}")
    return place.id, place.roles[role]


def _grade(given: Entry, name: str) -> int:
    """The grade alone, or with the reason for the people who read the file."""
    value: Any = given.value(name)
    if isinstance(value, dict):
        reasoned = Entry(given.file, f"{given.name} › {name}", value)
        value = reasoned.value("grade")
        reasoned.text("why")
        reasoned.done()
    if isinstance(value, bool) or value not in GRADES:
        raise given.wrong(name, "札は 3、2、1、0 のどれかです")
    return value
