"""Which ways of asking for help would a change of the words no longer hear? Removing such a word can cost a life.

Every urgent phrase, every 生活語 that raises help and every labelled query is asked before and after.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from directory.errors import InvalidRecord
from directory.text.query import parse_query
from directory.vocabulary import Vocabulary

HELD_OUT = "held_out"
CORE_STANDS = (
    "「{words}」は、いのちや身の安全にかかわる言葉です。この画面では、消すことも、相談先が出ないようにすることもできません。"
)


def refuse_silence(after: Vocabulary, today: date) -> None:
    """Raises InvalidRecord when one of the core words would raise no help any more."""
    silent = [word for group in after.urgent.groups.values() for word in group.core
              if group.key not in _raised(word, after, today)]
    if silent:
        raise InvalidRecord(CORE_STANDS.format(words="、".join(dict.fromkeys(silent))))


def losses(before: Vocabulary, after: Vocabulary, asked: Mapping[str, str], today: date) -> dict[str, object]:
    """Ways of asking that raised help before and raise less now: {lost: [{q, groups}], unseen: number, won: number}.

    `asked`: what is asked → the part of the labelled queries it is of ("" for a saying); held-out ones are only counted.
    """
    lost, won, unseen = [], 0, 0
    for words, part in asked.items():
        former, now = (_raised(words, one, today) for one in (before, after))
        won += len(now - former)
        if gone := former - now:
            if part == HELD_OUT:
                unseen += 1
            else:
                lost.append({"q": words, "groups": [before.urgent.groups[key].label for key in sorted(gone)]})
    return {"lost": lost, "unseen": unseen, "won": won}


def sayings(vocabulary: Vocabulary) -> Iterator[str]:
    """Everything that raises help by the tables."""
    for group in vocabulary.urgent.groups.values():
        yield from (*group.phrases, *group.other_languages)
    for word in vocabulary.everyday:
        if word.urgent:
            yield from word.words


def _raised(words: str, vocabulary: Vocabulary, today: date) -> frozenset[str]:
    return frozenset(help_.key for help_ in parse_query(words, vocabulary, today=today).urgent)
