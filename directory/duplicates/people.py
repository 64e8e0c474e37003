"""Whom does one phone, and who looks after it? Numbers and names brought to a form in which two lists can be compared."""

import re
from collections.abc import Iterable

from directory.duplicates.sounds import spell
from directory.importers.cleaning.phones import is_mobile
from directory.japanese import fold, is_kana

HONORIFIC = re.compile("(?:さん|先生|せんせい|会長|代表|様|氏|くん)$")
NOT_A_PERSON = re.compile("[()（）]|センター|せんたー|社協|事務所|商店|の人|課$|係$|委員")
# A number noted without its area code: 00-3101.
SHORTEST_NUMBER = 6


def numbers_of(*written: str | None) -> frozenset[str]:
    """Digits only."""
    digits = (re.sub(r"\D", "", fold(text)) for text in written if text)
    return frozenset(number for number in digits if len(number) >= SHORTEST_NUMBER)


def same_number(first: Iterable[str], second: Iterable[str]) -> str | None:
    """The number both have; one of them may lack its area code."""
    for one in first:
        for other in second:
            if one == other or (min(len(one), len(other)) < 9 and (one.endswith(other) or other.endswith(one))):
                return max(one, other, key=len)
    return None


def person_of(written: str | None) -> tuple[str, str] | None:
    """(as written, as read) without title; None where it names an office."""
    if not written or NOT_A_PERSON.search(fold(written)):
        return None
    plain = HONORIFIC.sub("", fold(written).strip())
    return (plain, spell(plain)) if plain else None


def same_person(first: tuple[str, str], second: tuple[str, str]) -> str:
    """same (whole name), surname (one list has no more), differ, or may_differ: one is only in kana, read otherwise."""
    whole = [("".join(one.split())) for one in (*first, *second)]
    if whole[0] == whole[2] or whole[1] == whole[3]:
        return "same"
    given = [len(name[0].split()) > 1 for name in (first, second)]
    surnames = [(name[0].split()[0], name[1].split()[0]) for name in (first, second)]
    if all(given):
        return "differ"
    fits = any(a == b or (min(len(a), len(b)) >= 2 and (a.startswith(b) or b.startswith(a)))
               for a, b in zip(*surnames, strict=True))
    fits = fits or any(len(short) >= 2 and long.startswith(short) for short, long in (
        (surnames[0][0], whole[2]), (surnames[1][0], whole[0]), (surnames[0][1], whole[3]), (surnames[1][1], whole[1])))
    if fits:
        return "surname"
    return "may_differ" if is_kana(surnames[0][0]) != is_kana(surnames[1][0]) else "differ"


def is_mobile_only(numbers: Iterable[str]) -> bool:
    """True where a list has a mobile and no number of a house: the other list may well have that."""
    return all(is_mobile(number) for number in numbers)
