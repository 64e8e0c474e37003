"""Can this profile be used as it is? Unknown words and contradictions are told in one sentence each, nothing is guessed.

The rows of CHECKS are tried in order; each gives the sentences it has to say. No sentence names a person.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from directory.vocabulary import Vocabulary
from matcher.ranking.columns import LEVELS
from matcher.ranking.criteria.avoided import OTHERS
from matcher.ranking.profile import AUDIENCES, GENDERS, MODES, Profile
from matcher.errors import InvalidRecord

DAY_MINUTES = 24 * 60
OLDEST, MOST_MINUTES, MOST_YEN = 120, 600, 1_000_000


def check(profile: Profile, vocabulary: Vocabulary) -> None:
    """Raises InvalidRecord with every sentence there is to say."""
    said = [sentence for find in CHECKS for sentence in find(profile, vocabulary)]
    if said:
        raise InvalidRecord("".join(said))


def _unknown_words(profile: Profile, vocabulary: Vocabulary) -> Iterator[str]:
    attributes, care = vocabulary.attributes, vocabulary.accommodations
    areas = {area.name for area in vocabulary.areas}
    given: tuple[tuple[str, Iterable[str], Iterable[str]], ...] = (
        ("ニーズ", profile.needs, vocabulary.needs), ("負荷の上限", profile.ceilings, vocabulary.load_levels),
        ("楽な負荷", profile.comfort, vocabulary.load_levels), ("ぜひ必要なこと", profile.required, attributes),
        ("避けたいこと", profile.avoided, {**attributes, **OTHERS}), ("受け入れの配慮", profile.accommodations, care),
        ("あると助かること", profile.helpful, {**attributes, **care}), ("行き方", profile.travel, MODES),
        ("性別", [profile.gender] if profile.gender else (), GENDERS), ("立場", profile.audiences, AUDIENCES),
        ("お住まいの地域", [profile.home_area] if profile.home_area else (), areas),
        ("出発の場所", [profile.zone], {area.zone for area in vocabulary.areas} | {"mainland"}),
    )
    for label, keys, allowed in given:
        unknown = [key for key in keys if key not in allowed]
        if unknown:
            yield f"{label}の「{'」「'.join(unknown)}」は、用語集にありません。用語集の言葉から選んでください。"


def _out_of_range(profile: Profile, vocabulary: Vocabulary) -> Iterator[str]:
    for key, weight in profile.needs.items():
        if not 0 <= weight <= 1:
            yield f"ニーズ「{_need(key, vocabulary)}」の大事さは、0から1で書いてください。"
    for label, levels in (("上限", profile.ceilings), ("楽な程度", profile.comfort)):
        for key, level in levels.items():
            if level not in range(LEVELS):
                yield f"負荷「{_load(key, vocabulary)}」の{label}は、0から{LEVELS - 1}で書いてください。"
    numbers = (("年齢", profile.age, OLDEST), ("払える額", profile.cost_limit, MOST_YEN),
               ("船を使うときの分数", profile.ferry_limit, MOST_MINUTES),
               *(("行ける分数", minutes, MOST_MINUTES) for minutes in profile.travel.values()))
    for label, number, most in numbers:
        if number is not None and not 0 <= number <= most:
            yield f"{label}は、0から{most}の数で書いてください。"
    if any(not (0 <= it.weekday < 7 and 0 <= it.from_minute < it.until_minute <= DAY_MINUTES) for it in profile.slots):
        yield "行ける時間は、終わりが始まりよりあとになるように書いてください。"


def _contradictions(profile: Profile, vocabulary: Vocabulary) -> Iterator[str]:
    for term in dict.fromkeys(profile.required):
        if term in profile.avoided:
            yield f"「{_attribute(term, vocabulary)}」が、必要なことにも避けたいことにもあります。どちらかを外してください。"
    for term, wrong in (("female_only", ("male", "other")), ("male_only", ("female", "other"))):
        if term in profile.required and profile.gender in wrong:
            yield f"「{_attribute(term, vocabulary)}」が必要とありますが、聞いている性別と合いません。どちらかを直してください。"
    for key, comfort in profile.comfort.items():
        if comfort > profile.ceilings.get(key, comfort):
            yield f"負荷「{_load(key, vocabulary)}」は、楽な程度が上限より高くなっています。どちらかを直してください。"
    if profile.resident is False and profile.home_area:
        yield "市外にお住まいとありますが、市内の地域が選ばれています。どちらかを直してください。"


def _need(key: str, vocabulary: Vocabulary) -> str:
    return _label(vocabulary.needs, key)


def _load(key: str, vocabulary: Vocabulary) -> str:
    return _label(vocabulary.load_levels, key)


def _attribute(key: str, vocabulary: Vocabulary) -> str:
    return _label(vocabulary.attributes, key)


def _label(terms: Mapping, key: str) -> str:
    return terms[key].label if key in terms else key


CHECKS: tuple[Callable[[Profile, Vocabulary], Iterator[str]], ...] = (_unknown_words, _out_of_range, _contradictions)
