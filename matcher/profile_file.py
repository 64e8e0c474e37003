"""What does a hand-written profile say? The fields of Profile in YAML, checked word by word.

Made-up people only: a case of data/gold/vignettes.yml, a file for trying the engine. A real person's profile is in the
casework database and nowhere else. `start` is a town of the gazetteer or [latitude, longitude]; `slots` are written as
「平日 12:00-18:00」, 「水 09:00-12:00」; places are named by their keys.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from directory.catalog import Place
from directory.vocabulary import Vocabulary
from directory.yaml_files import Entry
from matcher.ranking.criteria.avoided import OTHERS
from matcher.ranking.profile import AUDIENCES, GENDERS, MAINLAND, MODES, Profile, Slot

WEEKDAYS = "月火水木金土日"
DAYS: Mapping[str, tuple[int, ...]] = {
    "毎日": tuple(range(7)), "平日": tuple(range(5)), "土日": (5, 6),
    **{name: (weekday,) for weekday, name in enumerate(WEEKDAYS)},
}
SLOT = re.compile(r"(?P<days>\S+) (?P<from>\d{1,2}:\d{2})-(?P<until>\d{1,2}:\d{2})")
MOST_LOAD = 4
MOST_MINUTES = 600
OLDEST = 120


@dataclass(frozen=True)
class ProfileWords:
    """What a profile may refer to: the vocabulary, the towns one can set out from, and listing ids by their keys."""

    vocabulary: Vocabulary
    towns: Mapping[str, Place]
    listings: Mapping[str, str]


def read_profile(entry: Entry, words: ProfileWords) -> Profile:
    """The profile; what is left out was not heard. Raises InvalidYaml with the field and what to do."""
    vocabulary = words.vocabulary
    start, zone = _start(entry, words.towns)
    profile = Profile(
        needs=entry.weights("needs", vocabulary.needs),
        interests=entry.texts("interests"),
        age=_at_most(entry, "age", OLDEST),
        gender=_one_of(entry, "gender", GENDERS),
        resident=entry.flag("resident") if "resident" in entry.content else None,
        audiences=entry.known("audiences", dict.fromkeys(AUDIENCES)),
        home_area=_one_of(entry, "home_area", [area.name for area in vocabulary.areas]),
        ceilings=_levels(entry, "ceilings", vocabulary),
        comfort=_levels(entry, "comfort", vocabulary),
        accompanied=entry.flag("accompanied"),
        stretch=entry.flag("stretch"),
        required=entry.known("required", vocabulary.attributes),
        avoided=entry.known("avoided", {**vocabulary.attributes, **OTHERS}),
        accommodations=entry.known("accommodations", vocabulary.accommodations),
        helpful=entry.known("helpful", {**vocabulary.attributes, **vocabulary.accommodations}),
        cost_limit=entry.whole_number("cost_limit"),
        slots=_slots(entry),
        travel=_minutes(entry),
        start=start,
        zone=zone,
        ferry=entry.flag("ferry"),
        ferry_limit=entry.whole_number("ferry_limit"),
        frail=entry.flag("frail"),
        languages=entry.texts("languages"),
        companion=entry.flag("companion"),
        away_from_neighbours=entry.flag("away_from_neighbours"),
        family_only=entry.flag("family_only"),
        waits=entry.flag("waits"),
        attends=_listings(entry, "attends", words.listings),
        excluded=_listings(entry, "excluded", words.listings),
        no_contact=_listings(entry, "no_contact", words.listings),
    )
    entry.done()
    return profile


def _at_most(entry: Entry, key: str, most: int) -> int | None:
    value = entry.whole_number(key)
    if value is not None and value > most:
        raise entry.wrong(key, f"{most} 以下の数を書いてください")
    return value


def _one_of(entry: Entry, key: str, allowed: Any) -> str | None:
    value = entry.optional(key)
    if value is not None:
        entry.must_be_known(key, value, dict.fromkeys(allowed))
    return value


def _levels(entry: Entry, key: str, vocabulary: Vocabulary) -> Mapping[str, int]:
    return _numbers(entry, key, vocabulary.loads, MOST_LOAD)


def _minutes(entry: Entry) -> Mapping[str, int]:
    return _numbers(entry, "travel", dict.fromkeys(MODES), MOST_MINUTES)


def _numbers(entry: Entry, key: str, allowed: Mapping[str, Any], most: int) -> Mapping[str, int]:
    given = Entry(entry.file, f"{entry.name} › {key}", entry.value(key, {}))
    for name in given.content:
        given.must_be_known("", name, allowed)
    return {name: int(given.number(name, 0, most)) for name in given.content}


def _slots(entry: Entry) -> tuple[Slot, ...]:
    slots = []
    for text in entry.texts("slots"):
        read = SLOT.fullmatch(text)
        if read is None or read["days"] not in DAYS:
            raise entry.wrong("slots", f"「{text}」を「平日 12:00-18:00」「水 09:00-12:00」の形で書いてください")
        begin, end = _minute(read["from"]), _minute(read["until"])
        if not begin < end <= 24 * 60:
            raise entry.wrong("slots", f"「{text}」は、終わりを始まりよりあとにしてください")
        slots += [Slot(weekday, begin, end) for weekday in DAYS[read["days"]]]
    return tuple(sorted(set(slots)))


def _minute(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _start(entry: Entry, towns: Mapping[str, Place]) -> tuple[tuple[float, float] | None, str]:
    """The point and its zone; a point given as numbers lies on the mainland unless `zone` says otherwise."""
    given, zone = entry.value("start"), entry.optional("zone")
    if given is None:
        return None, zone or MAINLAND
    if isinstance(given, list):
        if len(given) != 2 or not all(isinstance(one, float) for one in given):
            raise entry.wrong("start", "町の名前か [緯度, 経度] で書いてください")
        return (given[0], given[1]), zone or MAINLAND
    town = towns.get(entry.text("start"))
    if town is None:
        raise entry.wrong("start", f"「{given}」は町字の一覧（towns.csv）にありません")
    return (town.latitude, town.longitude), zone or town.zone


def _listings(entry: Entry, key: str, listings: Mapping[str, str]) -> frozenset[str]:
    return frozenset(listings[name] for name in entry.known(key, listings))
