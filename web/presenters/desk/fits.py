"""Which of the person's conditions does a place meet? Each as a sign with a word: ✔, 要確認, ✕."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory.vocabulary import Vocabulary
from matcher.answer import Match
from matcher.ranking.profile import Profile
from matcher.ranking.screening import Constraint, constraints_of
from web.i18n import gettext as _
from web.presenters.desk.saying import mode_words

OK, ASK, NO = "ok", "ask", "no"
# What is true of every place on the list says nothing
SILENT = frozenset({"unavailable", "excluded", "purpose", "family"})


@dataclass(frozen=True)
class Fit:
    """One condition of one place. `state`: ok, ask, no."""

    state: str
    sign: str
    words: str


def signs() -> Mapping[str, str]:
    """The sign of each state."""
    return {OK: "✔", ASK: _("要確認"), NO: "✕"}


def fits(match: Match, profile: Profile, vocabulary: Vocabulary) -> tuple[Fit, ...]:
    """Every condition that means something here: ✕ first, then what to ask, then what fits."""
    found = []
    for constraint in constraints_of(profile):
        state = NO if match.fail >> constraint.bit & 1 else ASK if match.unknown_bits >> constraint.bit & 1 else OK
        words = condition(constraint, profile, vocabulary)
        if words and not (state == OK and constraint.criterion.key in PLAIN):
            found.append(Fit(state, signs()[state], words))
    return tuple(sorted(found, key=lambda fit: (NO, ASK, OK).index(fit.state)))


# Worth a word only where they are not met or not known
PLAIN = frozenset({"audience", "welcome", "capacity", "residency", "crossing", "gender", "age", "language", "exclusion"})


def condition(constraint: Constraint, profile: Profile, vocabulary: Vocabulary) -> str:
    """The condition in a few words: 少人数, 人数 1まで, 300円まで."""
    key, part = constraint.criterion.key, constraint.part
    if key in SILENT:
        return ""
    if key == "ceiling":
        return _("%(load)s %(level)sまで", load=vocabulary.load_levels[part].label, level=profile.ceilings[part])
    if key == "reach":
        return _("%(ways)s", ways="・".join(
            _("%(mode)s%(minutes)s分", mode=mode_words()[mode], minutes=minutes) for mode, minutes in profile.travel.items()))
    if key == "cost":
        return _("%(yen)s円まで", yen=profile.cost_limit) if profile.cost_limit else _("無料")
    if key == "avoided":
        return _("%(what)sを避ける", what=_label(part, vocabulary))
    if part in {**vocabulary.attributes, **vocabulary.accommodations}:
        return _label(part, vocabulary)
    return _words().get(key, constraint.criterion.key)


def _label(part: str, vocabulary: Vocabulary) -> str:
    known: Mapping = {**vocabulary.attributes, **vocabulary.accommodations}
    return known[part].label if part in known else {
        "phone_duty": _("電話番"), "home_visit": _("家への訪問")}.get(part, part)


def _words() -> Mapping[str, str]:
    return {
        "hours": _("曜日・時間"), "age": _("年齢"), "gender": _("性別"), "residency": _("住まいの決まり"),
        "audience": _("だれのための場か"), "language": _("ことば"), "companion": _("付き添い"), "welcome": _("新しい方の受け入れ"),
        "capacity": _("枠"), "crossing": _("船"), "exclusion": _("参加の条件"),
    }
