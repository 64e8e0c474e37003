"""By what does the next import recognise this row? By its id where that is one, else by name and address.

A column of 1, 2, 3 … is a row count, not an id: one row more and every number moves. What was decided for a source is
remembered with its column map, so a later file with a gap does not change the mind of the importer.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from directory.addresses import normalise_address
from directory.importers.cleaning.text import fold
from directory.importers.records import Record

LONGEST_KEY = 400
BY_NAME = ("name", "address")
# Added one after the other, only for rows that would otherwise share a key.
TELLS_APART = ("kind", "table", "place", "schedule")


def choose_key(
    records: Sequence[Record], of_format: tuple[str, ...], remembered: Sequence[str] | None
) -> tuple[str, ...]:
    """The fields that name a row in this source."""
    if remembered:
        return tuple(remembered)
    ids = [record.identity.get("id") for record in records]
    if not ids or not all(ids) or _counts_rows(ids):
        return BY_NAME
    wanted = of_format or ("id",)
    keys = Counter(tuple(record.identity.get(name) for name in wanted) for record in records)
    return wanted if of_format or len(keys) == len(records) else BY_NAME


def assign_keys(records: Sequence[Record], fields: tuple[str, ...]) -> list[Record]:
    """Give every record its key; returns the records that repeat another one word for word and are left out."""
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        groups[_key(record, fields)].append(record)
    repeated: list[Record] = []
    for key, group in groups.items():
        repeated += _tell_apart(key, group)
    return repeated


def _tell_apart(key: str, group: list[Record]) -> list[Record]:
    """Key one group; rows that share the key get more words until each has its own."""
    first_of: dict[str, Record] = {}
    repeated = [record for record in group if first_of.setdefault(record.hash, record) is not record]
    different = [record for record in group if first_of[record.hash] is record]
    keys = dict.fromkeys(map(id, different), key)
    for name in TELLS_APART:
        shared = Counter(keys.values())
        if all(count == 1 for count in shared.values()):
            break
        keys = {
            mark: f"{keys[mark]}|{fold(record.identity.get(name) or '')}"
            if shared[keys[mark]] > 1 else keys[mark]
            for mark, record in zip(keys, different, strict=True)
        }
    shared = Counter(keys.values())
    for mark, record in zip(list(keys), different, strict=True):
        unique = keys[mark] if shared[keys[mark]] == 1 else f"{keys[mark]}|{record.hash[:12]}"
        record.key = _bounded(unique)
    return repeated


def _key(record: Record, fields: tuple[str, ...]) -> str:
    if fields == BY_NAME:
        address = record.identity.get("address") or record.identity.get("place")
        return f"{fold(record.identity['name'] or '')}|{normalise_address(address)}"
    return "|".join(fold(record.identity.get(name) or "") for name in fields)


def _counts_rows(ids: Sequence[str]) -> bool:
    """True for 1, 2, 3 … in any order, with a few gaps; zero-padded or long numbers are ids."""
    if not all(re.fullmatch(r"[1-9]\d{0,4}", text) for text in ids):
        return False
    numbers = [int(text) for text in ids]
    repeats = len(set(numbers)) < len(numbers)
    return repeats or max(numbers) <= 2 * len(numbers) + 5


def _bounded(key: str) -> str:
    if len(key) <= LONGEST_KEY:
        return key
    return key[: LONGEST_KEY - 33] + "#" + hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:32]
