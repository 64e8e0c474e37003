"""What may be asked of somebody who looks for a place of their own? Five questions, every one of them a list to tick.

There is no box to write in: nobody has to find words for themselves, and nothing about a person can be typed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from directory.city import City
from directory.vocabulary import Vocabulary, offered
from web.i18n import gettext as _
from web.presenters.for_me.cares import cares

TICKS, CHOICE, SELECT = "ticks", "choice", "select"
SELF, OTHER, FAMILY = "self", "other", "family"
OUTSIDE = "-"
EASY = "easy_japanese"
MINUTES = (10, 15, 20, 30, 40, 60, 90)
YEN = (0, 100, 300, 500, 1000, 2000)
# A tick's worth of what people like; of these the ones this city's vocabulary has
LIKES = (
    "tea", "chatting", "cooking", "eating_out", "veggies", "flowers", "walking", "gymnastics", "ground_golf", "singing",
    "music", "dance", "go_shogi", "mahjong", "craft", "woodwork", "repair", "painting", "calligraphy", "books", "photo",
    "history", "animals", "children", "smartphone", "game",
)
# Ages from–to: as fine as places limit them. The last has no end.
AGES = (
    (0, 5), (6, 11), (12, 14), (15, 17), (18, 19), (20, 24), (25, 29), (30, 34), (35, 39), (40, 44), (45, 49), (50, 54),
    (55, 59), (60, 64), (65, 69), (70, 74), (75, 79), (80, 84), (85, 89), (90, 120),
)
OLDEST = AGES[-1][0]


@dataclass(frozen=True)
class Option:
    """One thing to tick or choose."""

    value: str
    label: str
    remark: str = ""
    # What it is listed under, in a list that folds out
    group: str = ""
    # The remark in やさしい日本語
    easy: str = ""


@dataclass(frozen=True)
class Field:
    """One list: several ticks, one choice of a few, or one of many in a list that folds out. No choice is an answer."""

    name: str
    kind: str
    label: str
    options: tuple[Option, ...]
    # Short options stand side by side
    short: bool = False
    # Folded away until somebody wants it
    folded: bool = False
    # The first one counts when nothing is chosen
    first: bool = False

    @property
    def groups(self) -> list[tuple[str, list[Option]]]:
        """The options by what they are listed under, in their order."""
        return [(group, list(options)) for group, options in groupby(self.options, key=lambda option: option.group)]


@dataclass(frozen=True)
class Question:
    """What is asked of one who looks for themselves, and of one who looks for somebody else."""

    key: str
    title: str
    title_other: str
    hint: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Words:
    """What the questions of this city are made of. `towns`: 地域 → its towns, from the catalog."""

    city: City
    vocabulary: Vocabulary
    towns: Mapping[str, Sequence[str]]


def questions(words: Words) -> tuple[Question, ...]:
    """For whom, then the five questions."""
    return (_for_whom(), _wishes(words.vocabulary), _ease(), _way(words), _time(), _care(words))


def fields_of(asked: Iterable[Question]) -> tuple[Field, ...]:
    """All lists of the form, in its order."""
    return tuple(field for question in asked for field in question.fields)


def _for_whom() -> Question:
    return Question("whom", _("だれが行きますか"), _("だれが行きますか"), _("お名前は聞きません。"), (
        Field("who", CHOICE, "", (
            Option(SELF, _("わたし")),
            Option(OTHER, _("家族や知り合い"), _("代わりにさがします")),
            Option(FAMILY, _("介護や心配ごとのある家族"), _("家族が話を聞いてもらう、休む場所をさがします")),
        ), first=True),
        Field("age", SELECT, _("行く人の年齢"), tuple(Option(f"{first}", _age(first, last)) for first, last in AGES)),
        Field("am", TICKS, _("行く人にあてはまること"), (
            Option("parents", _("子育てをしている")), Option("carers", _("家族の介護をしている")),
        ), short=True),
    ))


def _age(first: int, last: int) -> str:
    schools = {6: _("6～11歳（小学生）"), 12: _("12～14歳（中学生）"), 15: _("15～17歳（高校生）"), 0: _("5歳まで")}
    if first in schools:
        return schools[first]
    if first == OLDEST:
        return _("%(first)s歳から", first=first)
    return _("%(first)s～%(last)s歳", first=first, last=last)


def _wishes(vocabulary: Vocabulary) -> Question:
    needs = tuple(Option(key, term.label, term.sentence, easy=term.easy) for key, term in offered(vocabulary.needs).items())
    likes = tuple(Option(key, vocabulary.interests[key].label) for key in LIKES if key in vocabulary.interests)
    return Question(
        "wish", _("何があるとうれしいですか"), _("その方は、何があるとうれしいですか"),
        _("いくつでも選べます。まだわからないときは、そのままで。"), (
            Field("need", TICKS, "", needs), Field("like", TICKS, _("好きなこと・やってみたいこと"), likes, short=True, folded=True),
        ))


def _ease() -> Question:
    return Question(
        "ease", _("どんな場が楽ですか"), _("その方には、どんな場が楽ですか"),
        _("わからないところは、選ばなくてだいじょうぶです。"), (
            Field("people", CHOICE, _("人の数"), (
                Option("few", _("少ないほうが楽"), _("8人くらいまで")), Option("some", _("20人くらいまでなら")),
                Option("many", _("何人いてもよい")),
            )),
            Field("talk", CHOICE, _("話すこと"), (
                Option("little", _("あまり話さなくてよい場が楽")), Option("some", _("ときどき話すくらいなら")),
                Option("much", _("話すのは好き")),
            )),
            Field("sound", CHOICE, _("音やにぎやかさ"), (
                Option("quiet", _("静かなほうが楽")), Option("some", _("話し声くらいなら")),
                Option("lively", _("にぎやかでもよい")),
            )),
        ))


def _way(words: Words) -> Question:
    towns = tuple(Option(town, town, group=_("%(area)s地域", area=area))
                  for area, names in words.towns.items() for town in names)
    ferry = (Field("ferry", TICKS, _("船"), (Option("yes", _("船に乗ってもよい")),), short=True),) \
        if any(zone.piers for zone in words.city.zones.values()) else ()
    return Question(
        "way", _("どこから、どうやって行きますか"), _("その方は、どこから、どうやって行きますか"),
        _("町の名前だけで、番地は聞きません。"), (
            Field("town", SELECT, _("行く人のお住まいの町"), (*towns, Option(OUTSIDE, _("市の外")))),
            Field("by", TICKS, _("行きかた"), (
                Option("walk", _("歩いて")), Option("bike", _("自転車で")), Option("car", _("車で"), _("乗せてもらうときも")),
                Option("bus", _("バスで")),
            ), short=True),
            Field("minutes", SELECT, _("行きの時間"), tuple(
                Option(f"{minutes}", _("%(minutes)s分くらいまで", minutes=minutes)) for minutes in MINUTES)),
            Field("slow", TICKS, _("歩く速さ"), (Option("yes", _("ゆっくり歩く")),), short=True), *ferry,
        ))


def _time() -> Question:
    return Question(
        "time", _("いつがよいですか"), _("その方は、いつがよいですか"), _("選ばないところは、いつでもよいと考えます。"), (
            Field("day", TICKS, _("曜日"), tuple(
                Option(f"{number}", _("%(weekday)s曜", weekday=name)) for number, name in enumerate(weekdays())), short=True),
            Field("part", TICKS, _("時間"), (
                Option("morning", _("午前"), _("13時ごろまで")), Option("afternoon", _("午後"), _("12時～18時ごろ")),
                Option("evening", _("夕方から夜"), _("16時から")),
            ), short=True),
        ))


def _care(words: Words) -> Question:
    ticks = tuple(Option(care.value, care.label) for care in cares(words.vocabulary))
    yen = tuple(Option(f"{amount}", _("%(amount)s円くらいまで", amount=f"{amount:,}") if amount else _("無料のところだけ"))
                for amount in YEN)
    gender = (Field("gender", CHOICE, _("女性・男性"), (
        Option("women", _("女性だけの場がよい")), Option("mixed", _("男性も行ける場がよい")),
    )),) if "female_only" in words.vocabulary.attributes else ()
    return Question(
        "care", _("気をつけたいことはありますか"), _("気をつけたいことはありますか"),
        _("選んだことがわからない場所は外さずに、電話で聞くことをお知らせします。"), (
            Field("care", TICKS, "", ticks),
            Field("cost", SELECT, _("一回に払えるお金"), yen),
            *gender,
            Field("language", SELECT, _("日本語のほかに使いたいことば"), tuple(
                Option(code, label) for code, label in _languages().items() if code in (*words.city.languages, EASY))),
        ))


def weekdays() -> tuple[str, ...]:
    """月 … 日."""
    return _("月"), _("火"), _("水"), _("木"), _("金"), _("土"), _("日")


def _languages() -> dict[str, str]:
    return {EASY: _("やさしい日本語"), "en": _("英語"), "zh-Hans": _("中国語"), "ko": _("韓国・朝鮮語"),
            "vi": _("ベトナム語"), "pt": _("ポルトガル語")}
