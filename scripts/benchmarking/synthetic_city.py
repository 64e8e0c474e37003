"""What would a city with thousands of listings look like? Made-up listings with Zipf text, the same for every run.

The words are the vocabulary's own and invented ones; how often a word occurs falls with its rank, as in real notices.
Nothing here describes a real place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from itertools import accumulate
from random import Random

from directory import schedules
from directory.japanese import fold
from directory.listing import AreaName, AttributeValue, Fee, Listing, Meeting
from directory.text import index_terms
from directory.vocabulary import Vocabulary

INVENTED_WORDS = 15_000
SYLLABLES = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわ"
KANJI = "山川田中森林原野谷岡島浜崎松竹梅花鳥風月光星空海波里村町道橋宮寺門堂館園会台坂池泉滝峰岩石雪霧朝夕春夏秋冬東西南北上下"
# How many words each field of a listing has.
LENGTHS = {"name": 3, "summary": 8, "description": 18, "place": 1, "organisation": 2, "keywords": 2}
DAYS = "月火水木金土日"
TIMES = ("10時～12時", "9時30分～11時30分", "13時～15時", "13時30分～15時30分", "17時30分～19時", "19時～20時30分")
RHYTHMS = ("毎週{}曜日", "第1・3{}曜日", "第2・4{}曜日", "毎月第2{}曜日")
TERMS_ANSWERED = 12


@dataclass(frozen=True)
class City:
    """Everything listings are made from."""

    vocabulary: Vocabulary
    words: Sequence[str]
    weights: Sequence[float]
    meetings: Sequence[Meeting]


def synthetic_city(vocabulary: Vocabulary) -> City:
    """The words, each with its cumulative frequency, and a pool of schedules."""
    random = Random(2)
    said = {form for word in vocabulary.everyday for form in word.words if len(form) <= 8}
    named = {form for term in vocabulary.kinds.values() for form in (term.label, *term.synonyms)}
    words = [*sorted(said | named), *sorted({_invented(random) for _ in range(INVENTED_WORDS)})]
    words = [word for word in words if " " not in word]
    random.shuffle(words)
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    phrases = [f"{rhythm.format(day)} {time}" for rhythm in RHYTHMS for day in DAYS for time in TIMES]
    return City(vocabulary, words, weights, [Meeting(schedules.parse(phrase)) for phrase in phrases])


def listings(city: City, size: int, today: date) -> Iterator[Listing]:
    """`size` listings, ids ascending."""
    random = Random(size)
    for number in range(size):
        yield _listing(city, random, number, today)


class WordTerms:
    """Index terms of made-up text: each word is analysed once, as stored tokens would have it."""

    def __call__(self, text: str, pairs: bool = True) -> list[str]:
        return [term for word in text.split(" ") if word for term in terms_of_word(word, pairs)]


@cache
def terms_of_word(word: str, pairs: bool) -> tuple[str, ...]:
    """The same for one word."""
    return index_terms(word, pairs)


@cache
def folded(word: str) -> str:
    """A word as a search by letters compares it."""
    return fold(word)


def _invented(random: Random) -> str:
    if random.random() < 0.5:
        return "".join(random.choices(KANJI, k=random.choice((2, 2, 3))))
    return "".join(random.choices(SYLLABLES, k=random.choice((3, 4, 5))))


def _listing(city: City, random: Random, number: int, today: date) -> Listing:
    vocabulary = city.vocabulary
    kinds = [key for key in vocabulary.kinds if key != "care_provider"]
    needs = random.sample(list(vocabulary.needs), k=random.choice((1, 2, 3)))
    terms = random.sample(list(vocabulary.attributes), k=TERMS_ANSWERED)
    area = random.choices(vocabulary.areas, weights=(6, 3, 1, 3, 1)[:len(vocabulary.areas)])[0]
    words = {field: " ".join(random.choices(city.words, cum_weights=city.weights, k=length))
             for field, length in LENGTHS.items()}
    plain = Listing(
        id=f"{number:08d}-0000-5000-8000-000000000000", source_key=None, status="published", visibility="public",
        name=words["name"], kana=None, kind=kinds[min(int(random.expovariate(0.12)), len(kinds) - 1)],
        organization_id=str(number // 3), organization_name=words["organisation"],
    )
    return replace(
        plain, summary=words["summary"], description=words["description"], needs_primary=tuple(needs[:1]),
        needs_secondary=tuple(needs[1:]), place_name=words["place"], latitude=34.2 + random.random() * 0.3,
        longitude=132.1 + random.random() * 0.3, zone=area.zone, areas=(AreaName("地域", area.name),),
        meetings=(random.choice(city.meetings),), welcome=random.choice(list(vocabulary.welcome)),
        attributes=tuple(AttributeValue(term, random.choice(("yes", "yes", "no"))) for term in terms),
        fees_state="stated", fees=(Fee("毎回", random.choice((0, 0, 100, 200, 300, 500)), None),),
        pickup=random.choice(("service", "none", None, None)), contact_public=random.random() < 0.7, assured_date=today,
        last_modified=datetime(today.year, 1, 1), search_words=tuple(words["keywords"].split()),
    )
