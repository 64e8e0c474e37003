"""In what do two subjects agree, and in what do they differ? One row of the table of weights for each group of facts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from directory.duplicates.facts import Subject
from directory.duplicates.people import is_mobile_only, same_number, same_person
from directory.duplicates.places import NEAR_METRES, alike, metres, same_hall
from directory.duplicates.times import days_meet, starts_meet
from directory.duplicates.weights import LIKELY, POSSIBLE, score

MOST_TOWNS_OF_A_RARE_NAME = 1
MOST_LISTINGS_OF_AN_OWN_NUMBER = 3
SHORTEST_WITHIN = 2
CLOSE, UNLIKE = 0.6, 0.35


@dataclass(frozen=True)
class Pair:
    """Two keys in order, the sum of the weights, and the rows of the table they took."""

    first: str
    second: str
    score: float
    evidence: tuple[str, ...]

    @property
    def likely(self) -> bool:
        """True where we say 重複の見こみ."""
        return self.score >= LIKELY

    @property
    def possible(self) -> bool:
        """True where a person may want to look."""
        return self.score >= POSSIBLE


class Comparer:
    """Compares subjects. How common a name or a number is, is counted over all of them."""

    def __init__(self, subjects: Iterable[Subject]) -> None:
        towns: dict[str, set[str]] = {}
        self._numbers: Counter[str] = Counter()
        for subject in subjects:
            for own in subject.name.own:
                towns.setdefault(own, set()).update(subject.named.towns)
            self._numbers.update(subject.numbers)
        self._common = {own for own, where in towns.items() if len(where) > MOST_TOWNS_OF_A_RARE_NAME}

    def pair(self, first: Subject, second: Subject) -> Pair:
        """The two compared."""
        evidence = (
            self._name(first, second), _topic(first, second), _mark(first, second), _place(first, second),
            self._phone(first, second), _person(first, second), _organization(first, second), _times(first, second),
            _kind(first, second), "web_same" if first.web and first.web == second.web else "web_unknown",
            "list_same" if first.sources & second.sources else "list_other",
        )
        one, other = sorted((first.key, second.key))
        return Pair(one, other, score(evidence), evidence)

    def _name(self, first: Subject, second: Subject) -> str:
        own, others = first.name.own, second.name.own
        if not own or not others:
            return "name_half" if own or others else "name_kind_only"
        shared = own & others
        if shared:
            if shared & self._common:
                return "name_common"
            return "name_written" if first.written == second.written else "name_read"
        if any(_within(one, other) for one in own for other in others):
            return "name_within"
        closest = max(alike(one, other) for one in own for other in others)
        closest = max(closest, alike(first.written, second.written))
        return "name_close" if closest >= CLOSE else "name_unlike" if closest >= UNLIKE else "name_different"

    def _phone(self, first: Subject, second: Subject) -> str:
        if not first.numbers or not second.numbers:
            return "phone_unknown"
        number = same_number(first.numbers, second.numbers)
        if number is None:
            other_kind = is_mobile_only(first.numbers) != is_mobile_only(second.numbers)
            return "phone_unknown" if other_kind else "phone_differ"
        return "phone_same" if self._numbers[number] <= MOST_LISTINGS_OF_AN_OWN_NUMBER else "phone_shared"


def _within(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= SHORTEST_WITHIN and (long.startswith(short) or long.endswith(short))


def _topic(first: Subject, second: Subject) -> str:
    one, other = first.name.topics, second.name.topics
    if not one or not other:
        return "topic_one" if one or other else "topic_none"
    return "topic_same" if one & other else "topic_differ"


def _mark(first: Subject, second: Subject) -> str:
    one, other = first.name.marks, second.name.marks
    if any(one[category] != other[category] for category in one.keys() & other.keys()):
        return "mark_differ"
    if one.keys() ^ other.keys():
        return "mark_one"
    return "mark_same" if one else "mark_none"


def _place(first: Subject, second: Subject) -> str:
    one, other = first.place, second.place
    if one.address and one.address == other.address:
        return "place_address"
    hall = same_hall(one, other)
    here, there = first.named, second.named
    apart = _apart(here.towns, there.towns)
    if hall and not apart:
        return "place_hall"
    if one.point and other.point and metres(one.point, other.point) <= NEAR_METRES:
        return "place_near"
    if apart:
        return "place_town_differ"
    if one.address and other.address:
        return "place_address_differ"
    shared = here.towns & there.towns
    if shared and None not in (here.chome, there.chome) and here.chome != there.chome:
        return "place_chome_differ"
    if hall is False:
        return "place_hall_differ"
    shared |= here.regions & (there.regions | there.towns) | there.regions & here.towns
    return "place_town" if shared else "place_unknown"


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    """True where both name towns and none of them is, or begins, a town of the other (大野 and 大野中央)."""
    return bool(one and other) and not any(a.startswith(b) or b.startswith(a) for a in one for b in other)


def _person(first: Subject, second: Subject) -> str:
    if first.person is None or second.person is None:
        return "person_unknown"
    return f"person_{same_person(first.person, second.person)}"


def _organization(first: Subject, second: Subject) -> str:
    if first.organization is None or second.organization is None:
        return "organization_unknown"
    alike_enough = alike(first.organization, second.organization) >= CLOSE
    return "organization_same" if alike_enough else "organization_differ"


def _times(first: Subject, second: Subject) -> str:
    days, starts = days_meet(first.times, second.times), starts_meet(first.times, second.times)
    if days in ("unknown", "differ"):
        return f"times_{days}"
    if starts == "differ":
        return "times_start_differ"
    if days == "partly":
        return "times_partly"
    return "times_same" if starts == "same" else "times_days"


def _kind(first: Subject, second: Subject) -> str:
    if first.service and second.service and first.service != second.service and first.sources & second.sources:
        return "kind_service_differ"
    if first.kind is None or second.kind is None:
        return "kind_unknown"
    return "kind_same" if first.kind == second.kind else "kind_differ"
