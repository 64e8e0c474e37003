"""How is an answer said in words? One row a kind of question; what was not heard is said as such."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from directory.japan_time import in_japan
from directory.vocabulary import Vocabulary
from matcher.casework import NOT_HEARD, VALUE, Heard
from matcher.casework.fields import CEILING, COMFORT, Field
from web.answer_forms import Said
from web.i18n import gettext as _
from web.presenters.dates import full_date, weekday
from web.presenters.facts import yen

MONDAY = date(2026, 11, 23)
DAY_MINUTES = 24 * 60


def said(heard: Heard, field: Field, vocabulary: Vocabulary, names: Mapping[str, str] | None = None) -> str:
    """One answer; `names` are those of listings by id."""
    if heard.state == NOT_HEARD:
        return _("聞けなかった")
    if heard.state != VALUE:
        return ""
    return value_in_words(heard.value, field, vocabulary, names)


@dataclass(frozen=True)
class Clash:
    """Somebody else saved the same question: what stands there since when, and what was about to be saved."""

    label: str
    theirs: str
    at: str
    mine: str


def clash(field: Field, stands: Heard, mine: Said, vocabulary: Vocabulary, names: Mapping[str, str]) -> Clash:
    """Both texts side by side."""
    own = Heard(field.key, mine.state, mine.value)
    nothing = _("（空）")
    return Clash(field.label, said(stands, field, vocabulary, names) or nothing,
                 hour(stands.changed_at) if stands.changed_at else "", said(own, field, vocabulary, names) or nothing)


def value_in_words(
    value: Any, field: Field, vocabulary: Vocabulary, names: Mapping[str, str] | None = None
) -> str:
    """The value itself."""
    if field.kind == "listings":
        return "、".join((names or {}).get(one, _("取り下げられた場所")) for one in value)
    return SAYERS.get(field.kind, _plain)(value, field, vocabulary)


def unit(field: Field) -> str:
    """What a number of this question counts, as it stands after the number."""
    return {"age": _("歳"), "cost_limit": _("円まで")}.get(field.key, _("分まで"))


def mode_words() -> Mapping[str, str]:
    """Ways of getting about, and their words."""
    return {"walk": _("歩き"), "bike": _("自転車"), "car": _("車"), "bus": _("バス")}


def clock(minutes: int) -> str:
    """570 → 9:30."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def slot(day: int, start: int, end: int) -> str:
    """水 13:00～15:00."""
    name = weekday(date.fromordinal(MONDAY.toordinal() + day))
    if (start, end) == (0, DAY_MINUTES):
        return _("%(day)s 一日中", day=name)
    return f"{name} {clock(start)}～{clock(end)}"


def moment(at: datetime) -> str:
    """11月24日 10:32, in Japan, of a moment in UTC."""
    there = in_japan(at)
    return _("%(month)s月%(day)s日 %(hour)s:%(minute)s", month=there.month, day=there.day, hour=there.hour,
             minute=f"{there.minute:02d}")


def day(at: datetime) -> str:
    """2026年11月24日, in Japan."""
    return full_date(in_japan(at).date())


def hour(at: datetime) -> str:
    """10:32 in Japan."""
    there = in_japan(at)
    return f"{there.hour}:{there.minute:02d}"


def _plain(value: object, _field: Field, _vocabulary: Vocabulary) -> str:
    return str(value)


def _date(value: object, _field: Field, _vocabulary: Vocabulary) -> str:
    return full_date(date.fromisoformat(str(value)))


def _whole(value: int, field: Field, vocabulary: Vocabulary) -> str:
    for prefix in (CEILING, COMFORT):
        scale = vocabulary.load_levels.get(field.key.removeprefix(prefix))
        if scale and field.key.startswith(prefix):
            return f"{value}　{scale.levels[value]}"
    if field.key == "cost_limit":
        return _("%(amount)sまで", amount=yen(value)) if value else _("無料の所だけ")
    return f"{value}{unit(field)}"


def _yes_no(value: bool, _field: Field, _vocabulary: Vocabulary) -> str:
    return _("はい") if value else _("いいえ")


def _one(value: str, field: Field, vocabulary: Vocabulary) -> str:
    return field.options(vocabulary).get(value, value)


def _many(value: list[str], field: Field, vocabulary: Vocabulary) -> str:
    labels = field.options(vocabulary)
    return "、".join(labels.get(one, one) for one in value)


def _weights(value: Mapping[str, float], field: Field, vocabulary: Vocabulary) -> str:
    """Most important first."""
    labels = field.options(vocabulary)
    rows = sorted(value.items(), key=lambda row: -row[1])
    return "、".join(_("%(label)s（いちばん）", label=labels.get(key, key)) if weight >= 1 else labels.get(key, key)
                    for key, weight in rows)


def _slots(value: list[list[int]], _field: Field, _vocabulary: Vocabulary) -> str:
    return "、".join(slot(*row) for row in value)


def _place(value: Mapping[str, object], _field: Field, _vocabulary: Vocabulary) -> str:
    return str(value["town"])


SAYERS: Mapping[str, Callable[..., str]] = {
    "date": _date, "whole": _whole, "yes_no": _yes_no, "one_of": _one, "many_of": _many, "words": _many,
    "weights": _weights, "slots": _slots, "place": _place,
}
