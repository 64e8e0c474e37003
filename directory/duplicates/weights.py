"""How much does each agreement or difference count, and how is it said? The whole judgement is this table.

Every pair takes exactly one row of each group; the weights are added to BIAS. They are rough log-odds, set by hand and
tried on the tuning part of data/gold/duplicates only. From LIKELY on we say 重複の見こみ, from POSSIBLE on 念のため.
"""

from collections.abc import Mapping
from dataclasses import dataclass

BIAS = -5.0
LIKELY = 0.0
POSSIBLE = -2.0


@dataclass(frozen=True)
class Level:
    """One row of the table. An empty sentence is not told: there was nothing to compare."""

    key: str
    weight: float
    sentence: str = ""


LEVELS: tuple[Level, ...] = (
    Level("name_written", 4.5, "名前が同じ"),
    Level("name_common", 2.5, "名前が同じ（同じ名前の集まりはほかにもあります）"),
    Level("name_read", 4.0, "名前の読みが同じ"),
    Level("name_within", 3.0, "片方の名前がもう片方の名前の中にある"),
    Level("name_close", 2.0, "名前が似ている"),
    Level("name_kind_only", 1.5, "どちらの名前も、活動の種類と地名だけ"),
    Level("name_half", -1.5, "片方の名前は、活動の種類と地名だけ"),
    Level("name_unlike", -3.0, "名前があまり似ていない"),
    Level("name_different", -5.0, "名前がちがう"),

    Level("topic_same", 1.2, "名前にある活動の種類が同じ"),
    Level("topic_one", -0.5),
    Level("topic_none", 0.0),
    Level("topic_differ", -3.0, "名前にある活動の種類がちがう"),

    Level("mark_same", 0.5, "組・曜日・午前午後などの区別が同じ"),
    Level("mark_none", 0.0),
    Level("mark_one", -8.0, "片方の名前にだけ、組・曜日・対象などの区別がある"),
    Level("mark_differ", -10.0, "組・曜日・午前午後などの区別がちがう"),

    Level("place_address", 2.0, "住所が同じ"),
    Level("place_hall", 2.0, "会場が同じ"),
    Level("place_near", 1.5, "地図の位置が同じ"),
    Level("place_town", 0.7, "町が同じ"),
    Level("place_unknown", 0.0),
    Level("place_address_differ", -2.0, "番地がちがう"),
    Level("place_hall_differ", -1.5, "会場の名前がちがう"),
    Level("place_chome_differ", -3.0, "丁目がちがう"),
    Level("place_town_differ", -5.0, "町がちがう"),

    Level("phone_same", 2.2, "電話番号が同じ"),
    Level("phone_shared", 0.7, "電話番号が同じ（ほかの掲載にもある番号です）"),
    Level("phone_unknown", 0.0),
    Level("phone_differ", -1.0, "電話番号がちがう"),

    Level("person_same", 1.7, "世話人・代表者が同じ"),
    Level("person_surname", 1.7, "世話人・代表者の名字が同じ"),
    Level("person_unknown", 0.0),
    Level("person_may_differ", -1.0, "世話人・代表者の名前の読みが合わない"),
    Level("person_differ", -3.0, "世話人・代表者がちがう"),

    Level("organization_same", 1.0, "団体が同じ"),
    Level("organization_unknown", 0.0),
    Level("organization_differ", -0.7, "団体の名前がちがう"),

    Level("times_same", 2.5, "曜日と時刻が同じ"),
    Level("times_days", 2.2, "曜日が同じ"),
    Level("times_partly", -0.5, "曜日は重なっている"),
    Level("times_unknown", 0.0),
    Level("times_start_differ", -4.0, "曜日は同じで、始まる時刻がちがう"),
    Level("times_differ", -4.5, "曜日がちがう"),

    Level("kind_same", 0.3, ""),
    Level("kind_unknown", 0.0),
    Level("kind_differ", 0.0),
    Level("kind_service_differ", -10.0, "同じ事業所の別のサービス"),

    Level("web_same", 1.0, "ウェブページが同じ"),
    Level("web_unknown", 0.0),

    Level("list_same", -2.5, "同じ一覧の別々の行"),
    Level("list_other", 0.0),
)
TABLE: Mapping[str, Level] = {level.key: level for level in LEVELS}


def score(keys: tuple[str, ...]) -> float:
    """The sum for the rows a pair takes."""
    return round(BIAS + sum(TABLE[key].weight for key in keys), 2)


def sentences(keys: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """What is told of a pair, the strongest first: (sentence, does it speak for one and the same?)."""
    told = sorted((TABLE[key] for key in keys if TABLE[key].sentence), key=lambda level: -abs(level.weight))
    return tuple((level.sentence, level.weight > 0) for level in told)
