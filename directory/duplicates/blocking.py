"""Which subjects are worth comparing at all? Those that share a key: a name's reading, a number, an address, a hall …

With 56,000 listings all pairs are 1,500,000,000; sharing a key leaves a few for each. A key that too many share says
nothing by itself: it is split by town, then by the beginning of the name, and dropped where that does not help.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from directory.duplicates.facts import Subject

LARGEST = 60
LETTERS = 3


def keys_of(subject: Subject) -> frozenset[str]:
    """Every key of one subject; two subjects without a common key are never compared."""
    towns = subject.named.towns
    keys = {f"own {own}" for own in subject.name.own} | {f"spoken {subject.spoken}", f"written {subject.written}"}
    keys |= {f"begins {own[:LETTERS]} {town}" for own in subject.name.own for town in towns or ("",)}
    keys |= {f"ends {own[-LETTERS:]} {town}" for own in subject.name.own for town in towns or ("",)}
    keys |= {f"number {number[-6:]}" for number in subject.numbers}
    keys |= {f"topic {topic} {town}" for topic in subject.name.topics for town in towns | subject.named.regions}
    if not subject.name.own:
        keys |= {f"unnamed {town}" for town in towns | subject.named.regions}
    if subject.place.address:
        keys.add(f"address {subject.place.address}")
    if subject.place.hall_own or subject.place.named.towns:
        keys.add(f"hall {subject.place.hall}")
    if subject.person and subject.times.days:
        keys |= {f"person {subject.person[1].split()[0]} {day}" for day in sorted(subject.times.days)[:4]}
    return frozenset(keys)


def pairs(subjects: Sequence[Subject]) -> Iterator[tuple[Subject, Subject]]:
    """Every pair worth comparing, once."""
    blocks = defaultdict(list)
    for position, subject in enumerate(subjects):
        for key in keys_of(subject):
            blocks[key].append(position)
    seen: set[tuple[int, int]] = set()
    for block in blocks.values():
        for part in _parts(block, subjects):
            for pair in combinations(part, 2):
                if pair not in seen:
                    seen.add(pair)
                    yield subjects[pair[0]], subjects[pair[1]]


def _parts(block: list[int], subjects: Sequence[Subject]) -> Iterable[list[int]]:
    """The block, or, where too many share its key, those of it that also share a town, then the start of the name."""
    for tell in (_nothing, _town, _beginning):
        groups = defaultdict(list)
        for position in block:
            groups[tell(subjects[position])].append(position)
        if all(len(group) <= LARGEST for group in groups.values()):
            return groups.values()
    return [group for group in groups.values() if len(group) <= LARGEST]


def _nothing(_subject: Subject) -> str:
    return ""


def _town(subject: Subject) -> str:
    return " ".join(sorted(subject.named.towns))


def _beginning(subject: Subject) -> str:
    return f"{_town(subject)} {subject.spoken[:LETTERS]}"
