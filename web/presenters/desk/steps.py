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


# What is kept apart from what is asked of the person
PERSON = "person"



def parts_of_a_visit() -> Mapping[str, str]:
    """The parts of a visit, in order, and their names."""
    return {"wishes": _("望むこと"), "limits": _("大切にしたいこと"), "travel": _("行き来"), "loads": _("負荷")}


def steps(vocabulary: Vocabulary) -> Mapping[str, Step]:
    """Every screen of a visit by its key, in order; the seven loads come from the vocabulary."""
    known = fields(vocabulary)
    rows = [Step(key, group, title, ask or known[keys[0]].ask or known[keys[0]].label, keys, help_)
            for key, group, title, ask, keys, help_ in _rows()]
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
    for group, label in parts_of_a_visit().items():
        screens = [step for step in known.values() if step.group == group]
        done = sum(1 for step in screens if asked.intersection(step.keys))
        found.append(Progress(label, screens[0].key, done, len(screens), any(step.key == here for step in screens)))
    return found


def fields_of(vocabulary: Vocabulary, step: Step) -> list[Field]:
    """The fields of a screen."""
    known = fields(vocabulary)
    return [known[key] for key in step.keys]


def _rows() -> tuple[tuple[str, str, str, str, tuple[str, ...], str], ...]:
    """Key, group, title, what is said aloud (empty: as the field says), fields, a word of help."""
    return (
        ("relation", "wishes", _("だれの相談か"), "", ("relation", "met"),
         _("本人に会えていないときは、家族のための場所だけを出します。")),
        ("own_words", "wishes", _("本人の言葉"), "", ("own_words",), _("聞いたとおりに書きます。きれいに直さないでください。")),
        ("needs", "wishes", _("求めていること"), "", ("needs",), _("いくつでも。いちばんのものを決めると、順番に効きます。")),
        ("interests", "wishes", _("好きなこと・してみたいこと"), "", ("interests",), _("一覧にないことは、下の箱に本人の言葉で。")),
        ("age", "wishes", _("年齢と性別"), _("年齢や性別で分けている場所があります。差しつかえなければ教えてください。"), ("age", "gender"), ""),
        ("audiences", "wishes", _("あてはまること"), _("子育てや介護をしている、といったことはありますか。その方たちのための場所も出せます。"), ("audiences",),
         _("本人が言ったことだけ。見た目や書類から選ばないでください。")),
        ("home", "wishes", _("住まい"), _("どのあたりにお住まいですか。町の名前までで大丈夫です。"), ("resident", "home_area"), ""),
        ("together", "limits", _("一緒に行く人"), "", ("accompanied", "companion"),
         _("一緒に行く人がいると、刺激・人数・会話は一つ高い所まで出します。")),
        ("required", "limits", _("なくてはならないこと"), _("これがないと行けない、ということはありますか。"), ("required",),
         _("ここで選ぶと、無い場所は外れます。あると助かる、くらいのことは次の画面へ。")),
        ("helpful", "limits", _("あると助かること"), _("あったら助かる、ということはありますか。"), ("helpful",), _("無くても外れません。")),
        ("avoided", "limits", _("あると行けないこと"), _("これがあると行けない、ということはありますか。"), ("avoided",), ""),
        ("accommodations", "limits", _("お願いしたい配慮"), _("場所の方に、わかっていてほしいことはありますか。"), ("accommodations",),
         _("診断名は書きません。してほしいことだけを選びます。")),
        ("cost", "limits", _("お金"), _("一回にいくらくらいまでなら、無理がないでしょうか。"), ("cost_limit",), ""),
        ("languages", "limits", _("ことば"), _("ふだんお使いの言葉を教えてください。"), ("languages",), ""),
        ("away", "limits", _("知り合いのいる所"), _("知り合いのいない所のほうが、行きやすいでしょうか。わけは言わなくてかまいません。"),
         ("away_from_neighbours",), ""),
        ("stretch", "limits", _("少しの挑戦"), _("楽な所より、ほんの少しだけ挑戦してみたい、という気持ちはありますか。"), ("stretch",),
         _("本人がそう言ったときだけ「はい」にします。こちらからすすめません。")),
        ("waits", "limits", _("空きを待つこと"), _("いっぱいのときは、空くまで待ってもよいですか。"), ("waits",), _("待てるときは、いまは枠のない場所も出します。")),
        ("excluded", "limits", _("除く場所"), _("行きたくない場所があれば、わけを言わずに除けます。"), ("excluded",),
         _("候補の画面で「この場所は除く」を押すと、ここに入ります。わけは残りません。")),
        ("slots", "travel", _("曜日と時間"), "", ("slots",), _("何も選ばないと、いつでもよいとして探します。")),
        ("start", "travel", _("出かける所"), _("どこから出かけることが多いですか。町の名前までで大丈夫です。"), ("start",),
         _("番地は要りません。町のまん中から分数を見積もります。")),
        ("ways", "travel", _("行き方と分数"), _("どうやって、片道何分くらいまでなら楽でしょうか。"),
         (*(f"{TRAVEL}{mode}" for mode in MODES), "frail"), _("使わない行き方は空けておきます。")),
        ("ferry", "travel", _("船"), _("船に乗って出かけるのは、大丈夫ですか。"), ("ferry", "ferry_limit"), ""),
    )
