"""What is asked about a person, and what may an answer be? One row a question; every one may stay 「聞けなかった」."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from directory.errors import InvalidRecord
from directory.vocabulary import Vocabulary
from matcher.casework.texts import UNWRITABLE
from matcher.ranking.profile import MODES

LONG, SHORT, MOST_ITEMS = 4_000, 200, 60
DAY_MINUTES = 24 * 60
IDENTITY, CONDITIONS = "identity", "conditions"
NO_OPTIONS: Mapping[str, str] = {}

Options = Callable[[Vocabulary], Mapping[str, str]]


@dataclass(frozen=True)
class Field:
    """A question. `kind` is a key of CHECKS; `options` are the words of the city it is chosen from; `screen` groups."""

    key: str
    screen: str
    kind: str
    label: str
    ask: str = ""
    options: Options = lambda _vocabulary: NO_OPTIONS
    least: int = 0
    most: int = 0
    group: str = CONDITIONS


def _terms(name: str, *more: tuple[str, str]) -> Options:
    return lambda words: {key: term.label for key, term in getattr(words, name).items()} | dict(more)


def _fixed(**options: str) -> Options:
    return lambda _vocabulary: options


def _areas(words: Vocabulary) -> Mapping[str, str]:
    return {area.name: area.name for area in words.areas}


def _whom(words: Vocabulary) -> Mapping[str, str]:
    """What a person may count themselves among; ages are asked as ages."""
    return {key: words.audiences[key].label for key in ("parents", "carers", "foreigners", "disabled")
            if key in words.audiences}


_who = partial(Field, screen="who", group=IDENTITY)
_wish = partial(Field, screen="wishes")
_limit = partial(Field, screen="limits")
_way = partial(Field, screen="travel")
MODE_LABELS = {"walk": "歩き", "bike": "自転車", "car": "車", "bus": "バス・電車"}
LANGUAGES = {
    "ja": "日本語", "en": "English", "zh-Hans": "简体中文", "ko": "한국어", "vi": "Tiếng Việt", "pt": "Português",
}
# Load keys are those of data/vocabulary/load_levels.yml; a scale gives two questions: the limit, and what is easy.
CEILING, COMFORT, TRAVEL = "ceiling_", "comfort_", "travel_"

_ROWS = (
    _who("name", kind="text", label="名前"),
    _who("kana", kind="text", label="ふりがな"),
    _who("birth_date", kind="date", label="生年月日"),
    _who("phone", kind="text", label="電話番号", ask="どこへ、何時ごろなら、お電話してよいでしょうか。"),
    _who("address", kind="text", label="住所"),
    _who("consulter", kind="text", label="相談に来た人の名前と連絡先"),
    _who("emergency", kind="text", label="もしものときの連絡先"),
    _who("finder", kind="text", label="つながったきっかけ（民生委員、アウトリーチなど）"),
    _who("lead_agency", kind="text", label="中心になる機関（生活保護のときは保護係）"),
    Field("relation", "wishes", "one_of", "相談に来たのは", options=_fixed(
        self="本人", family="家族", neighbour="近所の人・民生委員", professional="支援機関")),
    _wish("met", kind="yes_no", label="本人に会えた"),
    _wish("own_words", kind="long_text", label="本人の言葉で", ask="どんなふうに過ごせたらいいと思われますか。"),
    _wish("needs", kind="weights", label="求めていること", options=_terms("needs"),
          ask="いま、どんなことがあったらいいと思われますか。"),
    _wish("interests", kind="words", label="好きなこと・してみたいこと", options=_terms("interests"),
          ask="好きなこと、前によくしていたことはありますか。"),
    _wish("age", kind="whole", label="年齢", most=120),
    _wish("gender", kind="one_of", label="性別", options=_fixed(female="女性", male="男性", other="その他・答えない")),
    _wish("resident", kind="yes_no", label="市内に住んでいる"),
    _wish("home_area", kind="one_of", label="住んでいる地域", options=_areas),
    _wish("audiences", kind="many_of", label="あてはまるもの（本人が言ったものだけ）", options=_whom),
    _limit("accompanied", kind="yes_no", label="一緒に行く人がいる", ask="はじめのうち、一緒に行く人がいたほうがよいですか。"),
    _limit("companion", kind="yes_no", label="付き添いが入れる所がよい"),
    _limit("stretch", kind="yes_no", label="少しだけ挑戦したい（本人がそう言ったとき）"),
    _limit("required", kind="many_of", label="なくてはならないこと", options=_terms("attributes")),
    _limit("avoided", kind="many_of", label="あると行けないこと",
           options=_terms("attributes", ("phone_duty", "電話に出る役目"))),
    _limit("helpful", kind="many_of", label="あると助かること", options=lambda words: {
        **_terms("attributes")(words), **_terms("accommodations")(words)}),
    _limit("accommodations", kind="many_of", label="受け入れ先にお願いしたい配慮", options=_terms("accommodations")),
    _limit("cost_limit", kind="whole", label="一回に出せる金額（円）", most=100_000),
    _limit("languages", kind="many_of", label="使えることば", options=_fixed(**LANGUAGES)),
    _limit("away_from_neighbours", kind="yes_no", label="知り合いのいない地区がよい"),
    _limit("waits", kind="yes_no", label="空くまで待てる"),
    _limit("excluded", kind="listings", label="この場所は除く（わけは残さない）"),
    _way("slots", kind="slots", label="行ける曜日と時間", ask="動きやすいのは、何曜日の何時ごろですか。"),
    *(_way(f"{TRAVEL}{mode}", kind="whole", label=f"{MODE_LABELS[mode]}で行ける時間（分）", most=240) for mode in MODES),
    _way("start", kind="place", label="出かけるときの出発点（町名まで）"),
    _way("ferry", kind="yes_no", label="船に乗れる"),
    _way("ferry_limit", kind="whole", label="船に乗るときの片道の時間（分）", most=240),
    _way("frail", kind="yes_no", label="ゆっくり歩く"),
)


def fields(vocabulary: Vocabulary) -> Mapping[str, Field]:
    """Every question in the order of the desk; the seven loads come from the vocabulary."""
    loads = [
        Field(f"{prefix}{key}", "loads", "whole", f"{scale.label}：{what}", scale.ask_person, most=4)
        for key, scale in vocabulary.load_levels.items()
        for prefix, what in ((CEILING, "ここまでなら"), (COMFORT, "楽なのは"))
    ]
    return {field.key: field for field in (*_ROWS, *loads)}


def checked(field: Field, value: object, vocabulary: Vocabulary) -> object:
    """The value as it is kept. Raises InvalidRecord with a sentence that names the question, never the value."""
    try:
        return CHECKS[field.kind](field, value, field.options(vocabulary))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        sentence = f"「{field.label}」の答えが読み取れませんでした。{HINTS[field.kind]}"
    # Beyond the except: Python's own message repeats the value, and a log would repeat Python's message.
    raise InvalidRecord(sentence)


def _text(longest: int, _field: Field, value: object, _options: Mapping[str, str]) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > longest or UNWRITABLE.search(value):
        raise ValueError
    return value.strip()


def _date(_field: Field, value: object, _options: Mapping[str, str]) -> str:
    day = date.fromisoformat(str(value))
    if not 1900 <= day.year <= 2100:
        raise ValueError
    return day.isoformat()


def _whole(field: Field, value: object, _options: Mapping[str, str]) -> int:
    if type(value) is not int or not field.least <= value <= field.most:
        raise ValueError
    return value


def _yes_no(_field: Field, value: object, _options: Mapping[str, str]) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _one_of(_field: Field, value: object, options: Mapping[str, str]) -> str:
    if value not in options:
        raise ValueError
    return str(value)


def _list(value: object) -> list:
    if not isinstance(value, (list, tuple)) or len(value) > MOST_ITEMS:
        raise ValueError
    return list(value)


def _many_of(field: Field, value: object, options: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(_one_of(field, item, options) for item in _list(value)))


def _words(field: Field, value: object, options: Mapping[str, str]) -> list[str]:
    """Keys of the vocabulary, or free words."""
    return list(dict.fromkeys(_text(SHORT, field, item, options) for item in _list(value)))


def _weights(_field: Field, value: object, options: Mapping[str, str]) -> dict[str, float]:
    if not isinstance(value, Mapping) or any(
            key not in options or isinstance(weight, bool) or not 0 < float(weight) <= 1 for key, weight in value.items()):
        raise ValueError
    return {key: float(weight) for key, weight in value.items()}


def _slots(_field: Field, value: object, _options: Mapping[str, str]) -> list[list[int]]:
    """Rows of weekday (月=0), from minute, until minute."""
    rows = [[int(part) for part in row] for row in _list(value)]
    for weekday, start, end in rows:
        if not (0 <= weekday <= 6 and 0 <= start < end <= DAY_MINUTES):
            raise ValueError
    return sorted(rows)


def _place(field: Field, value: object, options: Mapping[str, str]) -> dict[str, object]:
    """A town, not a house: its name, where its middle is, and its zone."""
    if not isinstance(value, Mapping) or set(value) != {"town", "latitude", "longitude", "zone"}:
        raise ValueError
    latitude, longitude = float(value["latitude"]), float(value["longitude"])
    if not (math.isfinite(latitude) and abs(latitude) <= 90 and math.isfinite(longitude) and abs(longitude) <= 180):
        raise ValueError
    return {"town": _text(SHORT, field, value["town"], options), "latitude": latitude, "longitude": longitude,
            "zone": _text(SHORT, field, value["zone"], options)}


def _listings(_field: Field, value: object, _options: Mapping[str, str]) -> list[str]:
    ids = [item for item in _list(value) if isinstance(item, str) and 0 < len(item) <= 36]
    if len(ids) != len(_list(value)):
        raise ValueError
    return sorted(set(ids))


CHECKS: Mapping[str, Callable[[Field, object, Mapping[str, str]], object]] = {
    "text": partial(_text, SHORT), "long_text": partial(_text, LONG), "date": _date, "whole": _whole, "yes_no": _yes_no,
    "one_of": _one_of, "many_of": _many_of, "words": _words, "weights": _weights, "slots": _slots, "place": _place,
    "listings": _listings,
}
HINTS: Mapping[str, str] = {
    "text": f"{SHORT}字までで書いてください。", "long_text": f"{LONG}字までで書いてください。",
    "date": "1950-04-01 の形で書いてください。", "whole": "決められた範囲の数で答えてください。",
    "yes_no": "はいか、いいえで答えてください。", "one_of": "並んでいるものから選んでください。",
    "many_of": "並んでいるものから選んでください。", "words": f"ひとつ{SHORT}字まで、{MOST_ITEMS}個までにしてください。",
    "weights": "並んでいるものから選び、大切さを 0 より大きく 1 までにしてください。",
    "slots": "曜日と、始まりより後の終わりの時間を選んでください。", "place": "町の名前を一覧から選んでください。",
    "listings": "掲載から選んでください。",
}
