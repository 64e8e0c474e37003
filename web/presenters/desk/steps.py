"""Which questions stand on one screen of a visit? One row a screen, in the order a visit goes; nothing is left out.

A screen asks one thing: a limit and what is easy belong to it together, so do a ferry and its minutes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from directory.vocabulary import Vocabulary
from matcher.casework.fields import CEILING, COMFORT, IDENTITY, TRAVEL, Field, fields
from matcher.ranking.profile import MODES
from web.i18n import gettext as _


@dataclass(frozen=True)
class Step:
    """One screen: `ask` is said aloud, `keys` are its fields; `group` is where the progress counts it."""

    key: str
    group: str
    title: str
    ask: str
    keys: tuple[str, ...]
    help: str = ""


@dataclass(frozen=True)
class Progress:
    """One group of screens and how far it is: the first screen's key, and how many of its screens are done."""

    label: str
    first: str
    done: int
    count: int
    here: bool


# What is asked of the person, and what is kept apart from it
PERSON = "person"
GROUPS = {"wishes": "望むこと", "limits": "大切にしたいこと", "travel": "行き来", "loads": "負荷"}

# key, group, title, what is said aloud (empty: as the field says), fields, a word of help
_ROWS = (
    ("relation", "wishes", "だれの相談か", "", ("relation", "met"),
     "本人に会えていないときは、家族のための場所だけを出します。"),
    ("own_words", "wishes", "本人の言葉", "", ("own_words",), "聞いたとおりに書きます。きれいに直さないでください。"),
    ("needs", "wishes", "求めていること", "", ("needs",), "いくつでも。いちばんのものを決めると、順番に効きます。"),
    ("interests", "wishes", "好きなこと・してみたいこと", "", ("interests",), "一覧にないことは、下の箱に本人の言葉で。"),
    ("age", "wishes", "年齢と性別", "年齢や性別で分けている場所があります。差しつかえなければ教えてください。", ("age", "gender"), ""),
    ("audiences", "wishes", "あてはまること", "子育てや介護をしている、といったことはありますか。その方たちのための場所も出せます。", ("audiences",),
     "本人が言ったことだけ。見た目や書類から選ばないでください。"),
    ("home", "wishes", "住まい", "どのあたりにお住まいですか。町の名前までで大丈夫です。", ("resident", "home_area"), ""),
    ("together", "limits", "一緒に行く人", "", ("accompanied", "companion"),
     "一緒に行く人がいると、刺激・人数・会話は一つ高い所まで出します。"),
    ("required", "limits", "なくてはならないこと", "これがないと行けない、ということはありますか。", ("required",),
     "ここで選ぶと、無い場所は外れます。あると助かる、くらいのことは次の画面へ。"),
    ("helpful", "limits", "あると助かること", "あったら助かる、ということはありますか。", ("helpful",), "無くても外れません。"),
    ("avoided", "limits", "あると行けないこと", "これがあると行けない、ということはありますか。", ("avoided",), ""),
    ("accommodations", "limits", "お願いしたい配慮", "場所の方に、わかっていてほしいことはありますか。", ("accommodations",),
     "診断名は書きません。してほしいことだけを選びます。"),
    ("cost", "limits", "お金", "一回にいくらくらいまでなら、無理がないでしょうか。", ("cost_limit",), ""),
    ("languages", "limits", "ことば", "ふだんお使いの言葉を教えてください。", ("languages",), ""),
    ("away", "limits", "知り合いのいる所", "知り合いのいない所のほうが、行きやすいでしょうか。わけは言わなくてかまいません。",
     ("away_from_neighbours",), ""),
    ("stretch", "limits", "少しの挑戦", "楽な所より、ほんの少しだけ挑戦してみたい、という気持ちはありますか。", ("stretch",),
     "本人がそう言ったときだけ「はい」にします。こちらからすすめません。"),
    ("waits", "limits", "空きを待つこと", "いっぱいのときは、空くまで待ってもよいですか。", ("waits",), "待てるときは、いまは枠のない場所も出します。"),
    ("excluded", "limits", "除く場所", "行きたくない場所があれば、わけを言わずに除けます。", ("excluded",),
     "候補の画面で「この場所は除く」を押すと、ここに入ります。わけは残りません。"),
    ("slots", "travel", "曜日と時間", "", ("slots",), "何も選ばないと、いつでもよいとして探します。"),
    ("start", "travel", "出かける所", "どこから出かけることが多いですか。町の名前までで大丈夫です。", ("start",),
     "番地は要りません。町のまん中から分数を見積もります。"),
    ("ways", "travel", "行き方と分数", "どうやって、片道何分くらいまでなら楽でしょうか。",
     (*(f"{TRAVEL}{mode}" for mode in MODES), "frail"), "使わない行き方は空けておきます。"),
    ("ferry", "travel", "船", "船に乗って出かけるのは、大丈夫ですか。", ("ferry", "ferry_limit"), ""),
)


def steps(vocabulary: Vocabulary) -> Mapping[str, Step]:
    """Every screen of a visit by its key, in order; the seven loads come from the vocabulary."""
    known = fields(vocabulary)
    rows = [Step(key, group, title, ask or known[keys[0]].ask or known[keys[0]].label, keys, help_)
            for key, group, title, ask, keys, help_ in _ROWS]
    rows += [Step(f"load-{key}", "loads", scale.label, scale.ask_person, (f"{CEILING}{key}", f"{COMFORT}{key}"), scale.about)
             for key, scale in vocabulary.load_levels.items()]
    return {step.key: step for step in rows}


def person_step(vocabulary: Vocabulary) -> Step:
    """Name and ways to reach the person: one page beside the visit, read only when it is needed."""
    keys = tuple(key for key, field in fields(vocabulary).items() if field.group == IDENTITY)
    return Step(PERSON, PERSON, _("名前と連絡先"), "", keys, _("ここに書いたことは封をして保管し、一覧にも候補にも出しません。"))


def step_of(vocabulary: Vocabulary) -> Mapping[str, Step]:
    """Field → its screen."""
    return {key: step for step in (*steps(vocabulary).values(), person_step(vocabulary)) for key in step.keys}


def neighbours(vocabulary: Vocabulary, key: str) -> tuple[Step | None, Step | None]:
    """The screens before and after."""
    keys = list(steps(vocabulary))
    if key not in keys:
        return None, None
    at, known = keys.index(key), steps(vocabulary)
    return (known[keys[at - 1]] if at else None, known[keys[at + 1]] if at + 1 < len(keys) else None)


def progress(vocabulary: Vocabulary, asked: frozenset[str], here: str) -> list[Progress]:
    """The groups in order; a screen is done when one of its questions was asked (`asked`: fields)."""
    found = []
    known = steps(vocabulary)
    for group, label in GROUPS.items():
        screens = [step for step in known.values() if step.group == group]
        done = sum(1 for step in screens if asked.intersection(step.keys))
        found.append(Progress(_(label), screens[0].key, done, len(screens), any(step.key == here for step in screens)))
    return found


def fields_of(vocabulary: Vocabulary, step: Step) -> list[Field]:
    """The fields of a screen."""
    known = fields(vocabulary)
    return [known[key] for key in step.keys]
